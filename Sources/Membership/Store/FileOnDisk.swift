import Foundation

/// A file as a source of bytes.
public struct FileOnDisk: ByteSource {
    private let handle: FileHandle

    /// Opens a file.
    ///
    /// - Throws: The error of the system where there is no such file, or it may not be read.
    public init(path: String) throws {
        handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    /// The next bytes, at most `count`; none at the end.
    public mutating func read(upTo count: Int) throws -> [UInt8] {
        guard let data = try handle.read(upToCount: count) else { return [] }
        return Array(data)
    }

    /// Goes back to the first byte.
    public mutating func rewind() throws {
        try handle.seek(toOffset: 0)
    }
}
