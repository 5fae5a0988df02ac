import Foundation

/// A file that was not there before and that nobody else reads.
enum NewFile {
    /// Writes it, and waits until it is on the disk.
    ///
    /// - Throws: Why it cannot be written: `EEXIST` where there is one.
    static func write(_ bytes: [UInt8], to path: String) throws(POSIXError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
        } catch {
            throw POSIXError(.EIO)
        }
    }
}
