/// A record as who keeps an archive record by record keeps it: the bytes that stand for it in the file.
public struct StoredRecord: Sendable {
    /// Its name.
    public let name: String
    /// What it says.
    public let content: [UInt8]

    /// A record that is kept elsewhere.
    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }

    /// Header, content and padding, with the time that every record of its archive carries (format, §4.3).
    public func bytes(timestamp: Int) -> [UInt8] {
        RecordHeader.block(name: Array(name.utf8), size: content.count, time: timestamp) + content
            + [UInt8](repeating: 0, count: RecordHeader.padding(after: content.count))
    }
}
