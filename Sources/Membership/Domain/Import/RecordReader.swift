import Crypto

/// Reads the records of a delimited text, as RFC 4180 describes them, in bounded memory.
///
/// Beyond the RFC: any separator; a line ends in LF, CR or CRLF, the last one also at the end of the file;
/// quotes count only where they begin a field; empty lines are passed over. The damage of a record that
/// cannot be split ends with its first physical line: reading resumes on the next, so that one stray quote
/// costs one row and not the rest of the file.
struct RecordReader {
    private static let chunk = 262_144

    enum Outcome: Equatable {
        /// A record, whose fields are in ``RecordReader/fields``.
        case record
        /// A record that cannot be split; what it holds of fields is there, the faulty one last.
        case faulty(RecordFault)
        case endOfFile
    }

    private var source: any ByteSource
    private let encoding: FileEncoding
    private var splitter: RecordSplitter

    /// UTF-8, whatever the encoding of the file.
    private(set) var text: [UInt8] = []
    /// Where in ``text`` the current record starts.
    private var position = 0
    private var sourceIsExhausted = false
    private var resumption = Resumption.at(0, lines: 0)

    /// The physical line on which the current record starts; the first is 1.
    private(set) var line = 1
    /// The bytes of the file that were read so far.
    private(set) var bytesRead = 0
    private var hasher = SHA256()
    /// The SHA-256 of the bytes read so far: at the end, that of the file.
    var digest: [UInt8] { Array(hasher.finalize()) }
    /// The fields of the current record, as ranges of ``text``.
    var fields: RecordFields { splitter.fields }
    /// Whether the current record holds a byte that is no ASCII.
    var hasHighBytes: Bool { splitter.hasHighBytes }

    /// Where the record after the current one starts.
    private enum Resumption {
        case at(Int, lines: Int)
        case nextPhysicalLine
    }

    /// The bytes of a byte order mark that are still to be passed over.
    private var markLeft: Int

    /// Reads `source` from its first byte on.
    init(source: any ByteSource, encoding: FileEncoding, hasByteOrderMark: Bool, separator: UInt8) {
        self.source = source
        self.encoding = encoding
        markLeft = hasByteOrderMark ? 3 : 0
        splitter = RecordSplitter(separator: separator)
        text.reserveCapacity(2 * Self.chunk)
    }

    /// Goes on to the next record.
    mutating func next() throws -> Outcome {
        try resume()
        while true {
            switch split() {
            case .record(let end, let lines):
                resumption = .at(end, lines: lines)
                return .record
            case .blank(let end, let lines):
                position = end
                line += lines
            case .faulty(let fault):
                resumption = .nextPhysicalLine
                return .faulty(fault)
            case .incomplete:
                try refill()
            case .endOfFile:
                return .endOfFile
            }
        }
    }

    private mutating func split() -> RecordSplitter.Outcome {
        // A second reference for as long as it takes: the borrow of a property would be one of all of them.
        let text = text
        return splitter.split(text.span, from: position, line: line, isWhole: sourceIsExhausted)
    }

    private mutating func resume() throws {
        switch resumption {
        case .at(let end, let lines):
            position = end
            line += lines
        case .nextPhysicalLine:
            try skipPhysicalLine()
        }
        resumption = .at(position, lines: 0)
    }

    /// Passes over the rest of a physical line, however long, without keeping it.
    private mutating func skipPhysicalLine() throws {
        while true {
            while position < text.count, !text[position].isLineBreak { position += 1 }
            // The byte after a carriage return tells whether the line break has one byte or two.
            if position + 1 < text.count || sourceIsExhausted { break }
            try refill()
        }
        guard position < text.count else { return }
        let isPair =
            text[position] == .carriageReturn && position + 1 < text.count && text[position + 1] == .lineFeed
        position += isPair ? 2 : 1
        line += 1
    }

    private mutating func refill() throws {
        text.removeSubrange(0..<position)
        position = 0
        var bytes = try source.read(upTo: Self.chunk)
        bytesRead += bytes.count
        hasher.update(data: bytes)
        sourceIsExhausted = bytes.isEmpty
        if markLeft > 0 {
            let left = max(0, markLeft - bytes.count)
            bytes.removeFirst(markLeft - left)
            markLeft = left
        }
        switch encoding {
        case .utf8: text.append(contentsOf: bytes)
        case .windows1252: Windows1252.transcode(bytes.span, into: &text)
        }
    }
}
