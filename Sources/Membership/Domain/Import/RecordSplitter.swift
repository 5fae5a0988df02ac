/// A field of a record: where its bytes stand, without the enclosing quotes.
struct RecordField: Equatable {
    var start: Int
    var end: Int
    /// Whether quotes within it are still doubled.
    var hasDoubledQuotes = false
    /// Whether it holds a byte that is no ASCII.
    var hasHighBytes = false

    var range: Range<Int> { start..<end }
}

/// The fields of one record after the other, in memory that is kept from one to the next.
struct RecordFields {
    private var storage: [RecordField] = []
    private(set) var count = 0

    /// A field, counted from 0.
    subscript(position: Int) -> RecordField { storage[position] }

    var indices: Range<Int> { 0..<count }
    var last: RecordField? { count > 0 ? storage[count - 1] : nil }

    mutating func removeAll() {
        count = 0
    }

    mutating func append(_ field: RecordField) {
        if count < storage.count {
            storage[count] = field
        } else {
            storage.append(field)
        }
        count += 1
    }
}

/// Why a record cannot be split into fields.
enum RecordFault: Equatable, Sendable {
    /// Something other than a separator or a line break follows the closing quote.
    case textAfterClosingQuote
    /// The file, or the longest record, ended before the quote that was opened on a line.
    case unclosedQuote(openedOn: Int)
    /// The record has more bytes than a record may have.
    case overlong
}

/// Finds the fields of one record in bytes that may end before it does.
struct RecordSplitter {
    /// The bytes that a record may have, without the line break that ends it. It bounds the memory, and how
    /// far a quote that nobody closed is followed.
    static let longestRecord = 32_768

    enum Outcome: Equatable {
        /// The record is ``RecordSplitter/fields``; the next one starts at `end`, so many lines further.
        case record(end: Int, lines: Int)
        /// A line with nothing but spaces.
        case blank(end: Int, lines: Int)
        /// The fields up to the faulty one, which is the last, are in ``RecordSplitter/fields``.
        case faulty(RecordFault)
        /// More bytes are needed to tell.
        case incomplete
        case endOfFile
    }

    let separator: UInt8

    /// The fields of the last record.
    private(set) var fields = RecordFields()
    /// Whether the last record holds a byte that is no ASCII.
    private(set) var hasHighBytes = false

    /// What lies where the bytes to be looked at end.
    private enum Edge {
        case unread
        case endOfFile
        case longestRecord
    }

    init(separator: UInt8) {
        self.separator = separator
    }

    /// Splits the record that starts at `start`, on the physical line `line`.
    mutating func split(
        _ bytes: Span<UInt8>, from start: Int, line: Int, isWhole: Bool
    ) -> Outcome {
        fields.removeAll()
        guard start < bytes.count else { return isWhole ? .endOfFile : .incomplete }
        // Two bytes more than the longest record: its line break.
        let furthest = start + Self.longestRecord + 2
        let end = min(bytes.count, furthest)
        let edge: Edge = end == furthest ? .longestRecord : isWhole ? .endOfFile : .unread
        let separator = separator
        var hasHighBytes = false
        var lines = 0
        var index = start
        while true {
            if index < end, bytes[index] == .quote {
                let openedOn = line + lines
                var field = RecordField(start: index + 1, end: index + 1)
                let isClosed = Self.followQuotes(bytes, to: end, &field, &lines)
                hasHighBytes = hasHighBytes || field.hasHighBytes
                if !isClosed {
                    if edge == .unread { return .incomplete }
                    fields.append(field)
                    return .faulty(.unclosedQuote(openedOn: openedOn))
                }
                fields.append(field)
                index = field.end + 1
                // The byte after a quote tells whether it closes the field or is doubled.
                if index == end, edge == .unread { return .incomplete }
                if index < end, bytes[index] != separator, !bytes[index].isLineBreak {
                    return .faulty(.textAfterClosingQuote)
                }
            } else {
                let field = Self.plainField(bytes, from: index, to: end, separator: separator)
                hasHighBytes = hasHighBytes || field.hasHighBytes
                fields.append(field)
                index = field.end
            }
            if index < end, bytes[index] == separator {
                index += 1
                continue
            }
            self.hasHighBytes = hasHighBytes
            return finish(bytes, at: index, of: start, end: end, edge: edge, lines: lines)
        }
    }

    /// The field without quotes that starts at `start`, up to a separator, a line break or the end of the bytes.
    ///
    /// Every byte of the file passes here, eight at a time: where a field ends cannot be foretold, and to ask it of
    /// each byte costs more than all else.
    @inline(__always)
    private static func plainField(
        _ bytes: Span<UInt8>, from start: Int, to end: Int, separator: UInt8
    ) -> RecordField {
        let separators = EightBytes(repeating: separator)
        var high = EightBytes(repeating: 0)
        var index = start
        while index + 8 <= end {
            let word = EightBytes(bytes, at: index)
            let stops =
                word.places(of: separators) | word.places(of: .lineFeeds) | word.places(of: .carriageReturns)
            guard stops == 0 else {
                let length = stops.trailingZeroBitCount / 8
                let isHigh = (high.bits | word.prefix(length)) & EightBytes.highBits != 0
                return RecordField(start: start, end: index + length, hasHighBytes: isHigh)
            }
            high.bits |= word.bits
            index += 8
        }
        var rest: UInt8 = 0
        while index < end {
            let byte = bytes[index]
            if byte == separator || byte.isLineBreak { break }
            rest |= byte
            index += 1
        }
        let isHigh = rest >= 0x80 || high.bits & EightBytes.highBits != 0
        return RecordField(start: start, end: index, hasHighBytes: isHigh)
    }

    /// Follows a quoted field from behind its opening quote to the closing one, or to the end of the bytes.
    private static func followQuotes(
        _ bytes: Span<UInt8>, to end: Int, _ field: inout RecordField, _ lines: inout Int
    ) -> Bool {
        var index = field.start
        while index < end {
            let byte = bytes[index]
            if byte == .quote {
                guard index + 1 < end, bytes[index + 1] == .quote else {
                    field.end = index
                    return true
                }
                field.hasDoubledQuotes = true
                index += 1
            } else if byte >= 0x80 {
                field.hasHighBytes = true
            } else if byte == .lineFeed {
                lines += 1
            } else if byte == .carriageReturn, index + 1 < end, bytes[index + 1] != .lineFeed {
                // Without an LF behind it, which counts for both, a CR is a line break of its own.
                lines += 1
            }
            index += 1
        }
        field.end = end
        return false
    }

    /// The outcome of a record whose last field ends at `index`.
    private func finish(
        _ bytes: Span<UInt8>, at index: Int, of start: Int, end: Int, edge: Edge, lines: Int
    ) -> Outcome {
        guard index - start <= Self.longestRecord else { return .faulty(.overlong) }
        var next = index + 1
        if index == end || (bytes[index] == .carriageReturn && next == end) {
            switch edge {
            case .unread: return .incomplete
            case .longestRecord: return .faulty(.overlong)
            case .endOfFile: next = end
            }
        } else if bytes[index] == .carriageReturn, bytes[next] == .lineFeed {
            next += 1
        }
        let lines = index < end ? lines + 1 : lines
        let isBlank =
            fields.count == 1 && fields[0].start == start && bytes.isBlank(fields[0].range)
        return isBlank ? .blank(end: next, lines: lines) : .record(end: next, lines: lines)
    }
}

/// Eight bytes of a text that are looked at together, the first of them lowest.
private struct EightBytes {
    static let highBits: UInt64 = 0x8080_8080_8080_8080
    static var lineFeeds: Self { Self(repeating: .lineFeed) }
    static var carriageReturns: Self { Self(repeating: .carriageReturn) }

    var bits: UInt64

    init(repeating byte: UInt8) {
        bits = UInt64(byte) &* 0x0101_0101_0101_0101
    }

    init(_ bytes: Span<UInt8>, at index: Int) {
        bits = UInt64(
            littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// The highest bit of each byte that equals that of `other`, and no other bit (H. Warren, "Hacker's Delight",
    /// 6-1).
    func places(of other: Self) -> UInt64 {
        let difference = bits ^ other.bits
        let low = ~Self.highBits
        return ~(((difference & low) &+ low) | difference | low)
    }

    /// The first bytes, the others 0.
    func prefix(_ count: Int) -> UInt64 {
        bits & ~(UInt64.max << UInt64(count * 8))
    }
}

extension Span<UInt8> {
    fileprivate func isBlank(_ range: Range<Int>) -> Bool {
        for index in range where self[index] != .space { return false }
        return true
    }
}

extension UInt8 {
    static var tab: UInt8 { UInt8(ascii: "\t") }
    static var lineFeed: UInt8 { UInt8(ascii: "\n") }
    static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
    static var space: UInt8 { UInt8(ascii: " ") }
    static var quote: UInt8 { UInt8(ascii: "\"") }

    var isLineBreak: Bool { self == .lineFeed || self == .carriageReturn }
}
