/// Reads a file of affiliates row by row, in memory that does not grow with the file but for some 32 bytes a
/// person, by which a document that comes twice is found.
///
/// Every record of the file is either accepted or refused, and so the counts add up.
public struct AffiliateFileReader {
    /// What was understood of the file.
    public let format: AffiliateFileFormat
    private var records: RecordReader
    private var check: AffiliateRowCheck

    /// The records read, the header not counted.
    public private(set) var readCount = 0
    /// The records refused among them.
    public private(set) var refusedCount = 0

    enum Outcome {
        /// ``AffiliateFileReader/row`` holds the values.
        case accepted
        /// ``AffiliateFileReader/refusals`` say why.
        case refused
        case endOfFile
    }

    /// Begins to read a file.
    ///
    /// - Throws: ``AffiliateFileError`` where the file cannot be read at all, and what `source` throws.
    public init(_ source: any ByteSource, rules: AffiliateFileRules) throws {
        var source = source
        let format = try AffiliateFileFormat(of: &source, rules: rules)
        self.format = format
        records = RecordReader(
            source: source, encoding: format.encoding, hasByteOrderMark: format.hasByteOrderMark,
            separator: format.separator.asciiValue ?? UInt8(ascii: ";"))
        check = AffiliateRowCheck(
            header: AffiliateHeader(format.columns), encoding: format.encoding, rules: rules)
        _ = try records.next()
    }

    /// The bytes of the file read so far, for those who wait.
    public var bytesRead: Int { records.bytesRead }
    /// The SHA-256 of those bytes: once all are read, that of the file.
    public var digest: [UInt8] { records.digest }
    /// The row last accepted, and the text in which its values stand.
    var row: (row: AffiliateRow, text: [UInt8]) { (check.row, records.text) }
    /// What is wrong with the record last refused.
    var refusals: [Refusal] { check.refusals }

    /// Reads on to the next record.
    mutating func next() throws -> Outcome {
        let outcome = try records.next()
        let (fields, text, line) = (records.fields, records.text, records.line)
        let isAccepted: Bool
        switch outcome {
        case .record:
            isAccepted = check.accepts(fields, of: text.span, hasHighBytes: records.hasHighBytes, line: line)
        case .faulty(let fault):
            check.refuse(fault, fields: fields, of: text.span, line: line)
            isAccepted = false
        case .endOfFile:
            return .endOfFile
        }
        readCount += 1
        if !isAccepted { refusedCount += 1 }
        return isAccepted ? .accepted : .refused
    }
}
