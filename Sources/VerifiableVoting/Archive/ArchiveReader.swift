public import Kernel

/// A record of an archive other than the first.
public struct ArchiveRecord: Sendable {
    /// What a record is for, as its name says.
    public enum Kind: Hashable, Sendable {
        /// Said by the event that follows.
        case data
        /// A link of the chain.
        case event
    }

    /// What it is for.
    public let kind: Kind
    /// The hash of the content, which is its name.
    public let digest: HashDigest
    /// The text.
    public let content: [UInt8]
    /// Where the content stands in the archive.
    public let place: Range<Int>
}

/// Reads the records of an archive one after the other, and holds one at a time (format, §4.3).
///
/// Each header is made again from the name and the size that it states and has to be the same in all of its 512 bytes; each
/// name has to be the hash of the content; what pads the content has to be zeros; all records carry the time of the first.
public struct ArchiveReader: Sendable {
    private let source: any ArchiveSource
    /// Seconds since 1970, which every record carries. Nothing binds it: it is the word of who wrote the archive.
    public let timestamp: Int
    /// Where the next record begins, in bytes.
    public private(set) var position: Int

    /// Reads the first record, which says that this is an archive and of which version.
    ///
    /// - Throws: ``RecordFault``, or what the source throws.
    public init(_ source: any ArchiveSource) throws {
        self.source = source
        guard source.count > 0 else { throw RecordFault(at: 0, .noArchive) }
        let block = try Self.block(at: 0, of: source)
        guard let (name, size) = RecordHeader.parse(block), name == Array("BELENIOS".utf8), size <= 128 else {
            throw RecordFault(at: 0, .noArchive)
        }
        let content = try Self.content(at: 0, size: size, of: source)
        timestamp = try Self.timestamp(in: content)
        guard block == RecordHeader.block(name: name, size: size, time: timestamp) else {
            throw RecordFault(at: 0, .header)
        }
        position = RecordHeader.blockSize + size + RecordHeader.padding(after: size)
    }

    /// Reads the next record, `nil` at the end of the archive.
    ///
    /// - Parameters:
    ///   - dataLimit: The most bytes that a record of data may have here, `nil` where none may stand.
    ///   - eventLimit: The most bytes that an event may have.
    /// - Returns: The record.
    /// - Throws: ``RecordFault``, or what the source throws.
    public mutating func next(dataLimit: Int?, eventLimit: Int) throws -> ArchiveRecord? {
        guard position < source.count else { return nil }
        let start = position
        let block = try Self.block(at: start, of: source)
        guard let (name, size) = RecordHeader.parse(block) else { throw RecordFault(at: start, .header) }
        let suffixes: [(suffix: StaticString, kind: ArchiveRecord.Kind)] = [
            (".data.json", .data), (".event.json", .event),
        ]
        guard let (suffix, kind) = suffixes.first(where: { name.ends(with: $0.suffix) }) else {
            throw RecordFault(at: start, .name)
        }
        // Before the content is read: a size may be a lie.
        guard block == RecordHeader.block(name: name, size: size, time: timestamp) else {
            throw RecordFault(at: start, .header)
        }
        guard let limit = kind == .event ? eventLimit : dataLimit else {
            throw RecordFault(at: start, .unexpectedData)
        }
        guard size <= limit else { throw RecordFault(at: start, .tooLarge(size: size, limit: limit)) }
        let content = try Self.content(at: start, size: size, of: source)
        let digest = HashDigest(of: content)
        guard name == Array("\(digest)\(suffix)".utf8) else { throw RecordFault(at: start, .notItsHash) }
        let first = start + RecordHeader.blockSize
        position = first + size + RecordHeader.padding(after: size)
        return ArchiveRecord(kind: kind, digest: digest, content: content, place: first..<first + size)
    }

    private static func block(at start: Int, of source: any ArchiveSource) throws -> [UInt8] {
        let end = start + RecordHeader.blockSize
        guard end <= source.count else {
            throw RecordFault(at: start, .truncated(missing: end - source.count))
        }
        return try source.bytes(in: start..<end)
    }

    /// The content of a record without its padding.
    private static func content(at start: Int, size: Int, of source: any ArchiveSource) throws -> [UInt8] {
        let first = start + RecordHeader.blockSize
        let end = first + size + RecordHeader.padding(after: size)
        guard end <= source.count else {
            throw RecordFault(at: start, .truncated(missing: end - source.count))
        }
        var content = try source.bytes(in: first..<end)
        guard content[size...].allSatisfy({ $0 == 0 }) else { throw RecordFault(at: start, .padding) }
        content.removeLast(content.count - size)
        return content
    }

    /// The time in `{"version":1,"timestamp":"1795216420"}`.
    private static func timestamp(in content: [UInt8]) throws(RecordFault) -> Int {
        var reader = CanonicalReader(content)
        do {
            try reader.expect(#"{"version":"#)
            let version = try reader.integer(in: 0...1_000_000)
            guard version == 1 else { throw RecordFault(at: 0, .otherVersion(version)) }
            try reader.expect(#","timestamp":"#)
            let digits = try reader.decimal(maximumDigits: 10)
            try reader.expect("}")
            try reader.end()
            guard let time = Int(String(decoding: content[digits], as: UTF8.self)),
                time <= RecordHeader.largestNumber
            else { throw RecordFault(at: 0, .noArchive) }
            return time
        } catch let fault as RecordFault {
            throw fault
        } catch {
            throw RecordFault(at: 0, .noArchive)
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with text: StaticString) -> Bool {
        suffix(text.utf8CodeUnitCount).elementsEqual(
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
