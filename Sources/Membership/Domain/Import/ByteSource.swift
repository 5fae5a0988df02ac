/// Bytes that can be read from the start more than once: a file on disk, an upload kept there.
public protocol ByteSource: Sendable {
    /// The next bytes, at most `count` and at least one; none at the end.
    mutating func read(upTo count: Int) throws -> [UInt8]

    /// Goes back to the first byte.
    mutating func rewind() throws
}

/// Bytes in memory.
public struct BytesInMemory: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    /// The bytes of a source that needs no file.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next bytes, at most `count`; none at the end.
    public mutating func read(upTo count: Int) -> [UInt8] {
        let end = min(bytes.count, position + count)
        defer { position = end }
        return Array(bytes[position..<end])
    }

    /// Goes back to the first byte.
    public mutating func rewind() {
        position = 0
    }
}
