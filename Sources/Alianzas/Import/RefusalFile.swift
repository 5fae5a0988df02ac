import Foundation
import Synchronization

/// The report of refused rows, written as they come and put in its place at the end.
final class RefusalFile: Sendable {
    private let path: String
    private let handle = Mutex<FileHandle?>(nil)

    init(path: String) {
        self.path = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
    }

    private var draft: String { path + ".parcial" }

    /// Writes a piece; the first makes the file.
    func write(_ bytes: [UInt8]) throws {
        try handle.withLock { handle in
            if handle == nil {
                guard FileManager.default.createFile(atPath: draft, contents: nil),
                    let opened = FileHandle(forWritingAtPath: draft)
                else { throw InputFileError.reportNotWritable(path) }
                handle = opened
            }
            try handle?.write(contentsOf: Data(bytes))
        }
    }

    /// Drops what was begun and not finished.
    func drop() {
        handle.withLock { handle in
            guard let opened = handle else { return }
            try? opened.close()
            handle = nil
            try? FileManager.default.removeItem(atPath: draft)
        }
    }

    /// Puts the report in its place, over one of an earlier run, or drops it where nothing was refused.
    ///
    /// - Returns: Its path, where it was kept.
    func finish(keeping isKept: Bool) throws -> String? {
        try handle.withLock { handle in
            guard let opened = handle else { return nil }
            try opened.close()
            handle = nil
            guard isKept else {
                try FileManager.default.removeItem(atPath: draft)
                return nil
            }
            guard rename(draft, path) == 0 else { throw InputFileError.reportNotWritable(path) }
            return path
        }
    }
}
