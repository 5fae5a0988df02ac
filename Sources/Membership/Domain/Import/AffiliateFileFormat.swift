/// What was understood of a file of affiliates before its rows are read.
public struct AffiliateFileFormat: Sendable, Hashable {
    /// How its bytes stand for characters.
    public let encoding: FileEncoding
    /// Whether it begins with a byte order mark.
    public let hasByteOrderMark: Bool
    /// The character between two values.
    public let separator: Character
    /// The columns in the order of the file: their names in it, and what each stands for, `nil` where it is
    /// passed over.
    public let columns: [Column]
    /// What the office should know before it goes on.
    public let notices: [AffiliateFileNotice]

    /// A column of a file.
    public struct Column: Sendable, Hashable {
        /// The name in the header of the file.
        public let name: String
        /// What it stands for.
        public let column: AffiliateColumn?
    }

    /// The name of the separator in Spanish.
    public var separatorName: String {
        switch separator {
        case ",": "coma"
        case ";": "punto y coma"
        case "|": "barra vertical"
        default: "tabulación"
        }
    }
}

extension AffiliateFileFormat {
    private static let separators: [UInt8] = [UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|"), .tab]
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Finds out encoding, separator and columns of a file, and leaves it at its first byte.
    ///
    /// It reads the file up to its first sequence of UTF-8: one without any is read whole, since the last byte
    /// may tell.
    init(of source: inout any ByteSource, rules: AffiliateFileRules) throws {
        var survey = EncodingSurvey()
        var beginning: [UInt8] = []
        try source.rewind()
        while true {
            let bytes = try source.read(upTo: 1 << 18)
            if bytes.isEmpty { break }
            if beginning.count <= RecordSplitter.longestRecord {
                beginning.append(contentsOf: bytes)
                try Self.refuseOtherFormats(beginning)
            }
            survey.look(at: bytes.span)
            if survey.isDecided, beginning.count > RecordSplitter.longestRecord + 8 { break }
        }
        try source.rewind()

        encoding = survey.encoding
        hasByteOrderMark = beginning.starts(with: Self.byteOrderMark)
        if hasByteOrderMark { beginning.removeFirst(Self.byteOrderMark.count) }
        var text: [UInt8] = []
        switch encoding {
        case .utf8: text = beginning
        case .windows1252: Windows1252.transcode(beginning.span, into: &text)
        }
        let (separator, names) = try Self.header(of: text, encoding: encoding)
        let header = try AffiliateHeader(names: names, isRequired: rules.isRequired)
        self.separator = Character(Unicode.Scalar(separator))
        columns = header.columns
        notices = header.notices
    }

    /// Refuses what is no text of single bytes, as far as the first bytes tell.
    private static func refuseOtherFormats(_ beginning: [UInt8]) throws(AffiliateFileError) {
        let wide: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF], [0x00, 0x00, 0xFE, 0xFF]]
        guard !wide.contains(where: beginning.starts) else { throw .wideCharacters }
        // ZIP, of which XLSX and ODS are made, and the compound files of the old XLS.
        let workbooks: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
        guard !workbooks.contains(where: beginning.starts) else { throw .workbook }
    }

    /// The separator under which most columns are recognised, and the names that it parts.
    private static func header(
        of text: [UInt8], encoding: FileEncoding
    ) throws(AffiliateFileError) -> (separator: UInt8, names: [String]) {
        var best: (separator: UInt8, names: [String], known: Int)?
        var isUnreadable = false
        for separator in separators {
            guard let names = try names(of: text, separator: separator, encoding: encoding) else {
                isUnreadable = true
                continue
            }
            let known = names.count { AffiliateColumn(named: $0) != nil }
            if known > best?.known ?? -1 { best = (separator, names, known) }
        }
        guard let best, best.known > 0 || !isUnreadable else { throw .unreadableHeader }
        return (best.separator, best.names)
    }

    /// The names of the first record under a separator, `nil` where it cannot be split.
    private static func names(
        of text: [UInt8], separator: UInt8, encoding: FileEncoding
    ) throws(AffiliateFileError) -> [String]? {
        var splitter = RecordSplitter(separator: separator)
        var start = 0
        while true {
            switch splitter.split(text.span, from: start, line: 1, isWhole: true) {
            case .blank(let end, _): start = end
            case .endOfFile, .incomplete: throw .empty
            case .faulty: return nil
            case .record(let end, _):
                guard !text[start..<end].contains(0) else { throw .wideCharacters }
                guard UTF8Automaton.firstInvalid(in: text.span, start..<end) == nil else {
                    throw .foreignBytesInHeader(encoding)
                }
                let fields = splitter.fields
                return fields.indices.map { position in
                    let field = fields[position]
                    let range = text.span.trimmed(field.range)
                    return text.span.string(
                        of: RecordField(
                            start: range.lowerBound, end: range.upperBound,
                            hasDoubledQuotes: field.hasDoubledQuotes))
                }
            }
        }
    }
}
