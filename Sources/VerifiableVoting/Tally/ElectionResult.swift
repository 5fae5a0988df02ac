/// How many votes each choice has (§4.10): for each question one number for each choice, the blank vote first where there
/// is one.
public struct ElectionResult: Hashable, Sendable {
    /// Numbers of votes, by question and choice.
    public let counts: [[Int]]

    /// A result with these numbers.
    public init(counts: [[Int]]) {
        self.counts = counts
    }

    /// The canonical text, which is hashed.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        writer.literal(#"{"result":"#)
        writer.array(counts) { writer, counts in writer.array(counts) { $0.integer($1) } }
        writer.literal("}")
        return writer.bytes
    }

    /// Reads a result strictly.
    public init(reading text: [UInt8]) throws(TextFault) {
        var reader = CanonicalReader(text)
        try reader.expect(#"{"result":"#)
        counts = try reader.questionLists { reader throws(TextFault) in
            try reader.integer(in: 0...Int.max)
        }
        try reader.expect("}")
        try reader.end()
    }
}
