import Foundation

/// The bytes of an archive, which can be read at any place and by several tasks at once.
public protocol ArchiveSource: Sendable {
    /// How many bytes there are. An archive may grow while it is read; this is how long it was at the beginning.
    var count: Int { get }
    /// Reads a range, which lies within ``count``.
    func bytes(in range: Range<Int>) throws -> [UInt8]
}

/// An archive in memory, as tests make them: whoever verifies one reads a file, which never is in memory as a whole.
package struct ArchiveBytes: ArchiveSource {
    private let bytes: [UInt8]

    /// An archive that was read already.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The bytes that there are.
    package var count: Int { bytes.count }

    /// A copy of a range.
    package func bytes(in range: Range<Int>) -> [UInt8] { Array(bytes[range]) }
}

/// An archive in a file, which is never in memory as a whole.
public final class ArchiveFile: ArchiveSource {
    private let descriptor: Int32
    /// The length of the file when it was opened, in bytes.
    public let count: Int

    /// Opens a regular file.
    ///
    /// - Throws: `POSIXError` where there is none that may be read.
    public init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.lastError }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let error = Self.lastError
            close(descriptor)
            throw error
        }
        // A pipe has no length and cannot be read twice, which the votes that were changed need.
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw POSIXError(.EINVAL)
        }
        self.descriptor = descriptor
        count = Int(status.st_size)
    }

    deinit {
        close(descriptor)
    }

    /// Reads a range of the file.
    ///
    /// - Throws: `POSIXError` where it cannot be read, `EIO` where the file has become shorter meanwhile.
    public func bytes(in range: Range<Int>) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, read in
            while read < range.count {
                let rest = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[read...])
                let count = pread(
                    descriptor, rest.baseAddress, range.count - read, off_t(range.lowerBound + read))
                if count > 0 {
                    read += count
                } else if count == 0 {
                    throw POSIXError(.EIO)
                } else if errno != EINTR {
                    throw Self.lastError
                }
            }
        }
    }

    private static var lastError: POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
