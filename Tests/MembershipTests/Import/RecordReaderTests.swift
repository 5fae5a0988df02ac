import Testing

@testable import Membership

/// Bytes that come in pieces of random sizes, so that every edge of a buffer is met.
struct TornBytes: ByteSource {
    let bytes: [UInt8]
    let longestPiece: Int
    var random: SeededRandom
    var position = 0

    init(_ bytes: [UInt8], longestPiece: Int, seed: UInt64 = 1) {
        self.bytes = bytes
        self.longestPiece = longestPiece
        random = SeededRandom(seed: seed)
    }

    mutating func read(upTo count: Int) -> [UInt8] {
        let size = Int.random(in: 1...longestPiece, using: &random)
        let end = min(bytes.count, position + min(count, size))
        defer { position = end }
        return Array(bytes[position..<end])
    }

    mutating func rewind() { position = 0 }
}

/// What a reader said of one record.
enum ReadRecord: Equatable, CustomStringConvertible {
    case fields(Int, [String])
    case faulty(Int, RecordFault, lastField: String)

    var description: String {
        switch self {
        case .fields(let line, let fields): "\(line): \(fields)"
        case .faulty(let line, let fault, let field): "\(line): \(fault) \(field)"
        }
    }
}

func records(
    of bytes: [UInt8], separator: Character = ";", encoding: FileEncoding = .utf8,
    longestPiece: Int = 1 << 20,
    seed: UInt64 = 1
) throws -> [ReadRecord] {
    var reader = RecordReader(
        source: TornBytes(bytes, longestPiece: longestPiece, seed: seed), encoding: encoding,
        hasByteOrderMark: false, separator: try #require(separator.asciiValue))
    var records: [ReadRecord] = []
    func text(_ field: RecordField) -> String {
        let raw = String(decoding: reader.text[field.range], as: UTF8.self)
        return field.hasDoubledQuotes ? raw.replacing("\"\"", with: "\"") : raw
    }
    while true {
        switch try reader.next() {
        case .record:
            let fields = reader.fields
            records.append(.fields(reader.line, fields.indices.map { text(fields[$0]) }))
        case .faulty(let fault):
            records.append(.faulty(reader.line, fault, lastField: reader.fields.last.map(text) ?? ""))
        case .endOfFile:
            return records
        }
    }
}

@Suite struct RecordReaderTests {
    @Test(
        arguments: [
            ("", []),
            ("a", [.fields(1, ["a"])]),
            ("a;b", [.fields(1, ["a", "b"])]),
            ("a;b\n", [.fields(1, ["a", "b"])]),
            (";", [.fields(1, ["", ""])]),
            ("a;\n;b\n", [.fields(1, ["a", ""]), .fields(2, ["", "b"])]),
            // Each of the three line breaks, also mixed.
            ("a\nb\rc\r\nd", [.fields(1, ["a"]), .fields(2, ["b"]), .fields(3, ["c"]), .fields(4, ["d"])]),
            ("a\r", [.fields(1, ["a"])]),
            ("a\r\n", [.fields(1, ["a"])]),
            // Empty lines and lines of spaces are passed over, and counted as lines.
            ("\n\na\n\r\n  \nb\n\n", [.fields(3, ["a"]), .fields(6, ["b"])]),
            ("   ", []),
            // Quotes.
            ("\"a\";\"b\"\n", [.fields(1, ["a", "b"])]),
            ("\"\"\n", [.fields(1, [""])]),
            ("\"\";\"\"", [.fields(1, ["", ""])]),
            ("\"a;b\"\n", [.fields(1, ["a;b"])]),
            ("\"a\"\"b\"\n", [.fields(1, ["a\"b"])]),
            ("\"\"\"\"\n", [.fields(1, ["\""])]),
            ("\"  \"\n", [.fields(1, ["  "])]),
            // A quote within a field that does not begin with one is a character like any other.
            ("a\"b\";c\n", [.fields(1, ["a\"b\"", "c"])]),
            (" \"a\";c\n", [.fields(1, [" \"a\"", "c"])]),
            // Line breaks within quotes are text; the record bears the line on which it starts.
            (
                "\"a\nb\";c\nd\n", [.fields(1, ["a\nb", "c"]), .fields(3, ["d"])]
            ),
            (
                "\"a\r\nb\rc\n\";d\r\ne", [.fields(1, ["a\r\nb\rc\n", "d"]), .fields(5, ["e"])]
            ),
            ("\"\r\";d\ne", [.fields(1, ["\r", "d"]), .fields(3, ["e"])]),
            // Text after a closing quote spoils its line and no more.
            (
                "\"a\"b;c\nd\n",
                [.faulty(1, .textAfterClosingQuote, lastField: "a"), .fields(2, ["d"])]
            ),
            (
                "x;\"a\" ;c\nd\n",
                [.faulty(1, .textAfterClosingQuote, lastField: "a"), .fields(2, ["d"])]
            ),
            // A stray quote runs on to the next one, whose text gives it away.
            (
                "1;\"a\n2;\"b\";c\n",
                [.faulty(1, .textAfterClosingQuote, lastField: "a\n2;"), .fields(2, ["2", "b", "c"])]
            ),
            // A quote that is never closed is named with the line on which it opened.
            (
                "a;b\n1;\"2\n3;4",
                [
                    .fields(1, ["a", "b"]), .faulty(2, .unclosedQuote(openedOn: 2), lastField: "2\n3;4"),
                    .fields(3, ["3", "4"]),
                ]
            ),
            (
                "\"a\nb\";\"c\n\nd",
                [
                    .faulty(1, .unclosedQuote(openedOn: 2), lastField: "c\n\nd"),
                    .faulty(2, .unclosedQuote(openedOn: 2), lastField: "c\n\nd"),
                    .fields(4, ["d"]),
                ]
            ),
            ("\"", [.faulty(1, .unclosedQuote(openedOn: 1), lastField: "")]),
            ("a\n\"b\"\"", [.fields(1, ["a"]), .faulty(2, .unclosedQuote(openedOn: 2), lastField: "b\"")]),
        ] as [(String, [ReadRecord])])
    func `records, fields and lines are what the text says, in whatever pieces it comes`(
        text: String, expected: [ReadRecord]
    ) throws {
        for longestPiece in [1, 2, 3, 7, 1 << 20] {
            #expect(try records(of: Array(text.utf8), longestPiece: longestPiece) == expected)
        }
    }

    @Test func `a record longer than the limit costs its line and no memory`() throws {
        let limit = RecordSplitter.longestRecord
        for (length, fits) in [(limit, true), (limit + 1, false), (limit + 2, false), (3_000_000, false)] {
            let long = [UInt8](repeating: .init(ascii: "x"), count: length)
            for ending in ["\n", "\r\n", "\r"] {
                let bytes = Array("a;b\n".utf8) + long + Array("\(ending)c;d\n".utf8)
                for longestPiece in [1000, 1 << 20] {
                    let read = try records(of: bytes, longestPiece: longestPiece)
                    #expect(read.count == 3)
                    #expect(read.last == .fields(3, ["c", "d"]))
                    switch read[1] {
                    case .fields(let line, _): #expect(fits && line == 2)
                    case .faulty(let line, let fault, _): #expect(!fits && line == 2 && fault == .overlong)
                    }
                }
            }
        }
    }

    @Test func `an open quote is followed to the limit and the lines behind it are read`() throws {
        let rows = (3...50_000).map { "CC;\($0)\n" }.joined()
        let bytes = Array("a;b\nx;\"y\n\(rows)".utf8)
        for longestPiece in [100_000, 1 << 20] {
            var reader = RecordReader(
                source: TornBytes(bytes, longestPiece: longestPiece), encoding: .utf8,
                hasByteOrderMark: false, separator: 0x3B)
            #expect(try reader.next() == .record)
            #expect(try reader.next() == .faulty(.unclosedQuote(openedOn: 2)))
            for line in 3...50_000 {
                guard try reader.next() == .record, reader.line == line else {
                    Issue.record("line \(line) was read as \(reader.line)")
                    return
                }
            }
            #expect(try reader.next() == .endOfFile)
            #expect(reader.text.capacity < 2_000_000)
        }
    }

    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func `what an independent writer wrote is read back, field by field and line by line`(seed: UInt64) throws
    {
        var random = SeededRandom(seed: seed)
        let separator = try #require([",", ";", "|", "\t"].randomElement(using: &random) as Character?)
        let alphabet: [String] = [
            "a", "ñ", "€", "\"", "\n", "\r", "\r\n", " ", ";", ",", "|", "\t", "😀", "'",
        ]
        let lineBreak = try #require(["\n", "\r", "\r\n"].randomElement(using: &random))
        var line = 1
        var text = ""
        var expected: [ReadRecord] = []
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            let fields = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                (0..<Int.random(in: 0...8, using: &random))
                    .map { _ in alphabet.randomElement(using: &random) ?? "" }.joined()
            }
            let written = fields.map { field in
                let needsQuotes = field.contains { $0.isNewline || $0 == "\"" || $0 == separator }
                return needsQuotes || Bool.random(using: &random)
                    ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
            }
            expected.append(.fields(line, fields))
            text += written.joined(separator: String(separator)) + lineBreak
            // A break within quotes counts by its bytes: a CR at the end of a field and an LF that begins the next part
            // of it would be one CRLF, as they are on any screen.
            line += 1 + fields.map { lines(in: $0) }.reduce(0, +)
        }
        let longestPiece = Int.random(in: 1...64, using: &random)
        let read = try records(
            of: Array(text.utf8), separator: separator, longestPiece: longestPiece, seed: seed)
        #expect(read == expected, "seed \(seed)")
    }

    private func lines(in field: String) -> Int {
        field.replacing("\r\n", with: "\n").unicodeScalars.count { $0 == "\n" || $0 == "\r" }
    }

    @Test(arguments: 1...300 as ClosedRange<UInt64>)
    func `broken bytes are read alike in any pieces, and every line is accounted for`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let alphabet: [UInt8] = [0x22, 0x22, 0x3B, 0x0A, 0x0D, 0x61, 0x20, 0xC3, 0xB1, 0xFF, 0x00, 0x81]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            alphabet.randomElement(using: &random) ?? 0
        }
        let whole = try records(of: bytes)
        for encoding in [FileEncoding.utf8, .windows1252] {
            let reference = try records(of: bytes, encoding: encoding)
            let torn = try records(of: bytes, encoding: encoding, longestPiece: 5, seed: seed)
            #expect(torn == reference, "seed \(seed)")
            #expect(reference.count == whole.count, "seed \(seed)")
        }
        let lines = whole.map { record in
            switch record {
            case .fields(let line, _), .faulty(let line, _, _): line
            }
        }
        #expect(lines == lines.sorted() && Set(lines).count == lines.count, "seed \(seed)")
    }
}
