/// What stands before the commitments in the hashes of one ballot (§4.7), by which no proof can be used in another one.
struct BallotPrefixes {
    /// S0 = φ ‖ "|" ‖ S(C).
    private let context: [UInt8]

    init(fingerprint: String, credential: some Sequence<UInt8>) {
        context = Array(fingerprint.utf8) + [UInt8(ascii: "|")] + Array(credential)
    }

    /// The prefixes of an answer with these texts of α1, β1, α2, β2, …
    func answer(_ texts: [[UInt8]]) -> AnswerPrefixes {
        AnswerPrefixes(context: context, texts: texts)
    }

    /// "sig|" ‖ h ‖ "|".
    static func signature(hash: String) -> [UInt8] {
        Array("sig|\(hash)|".utf8)
    }
}

/// The prefixes of one answer.
struct AnswerPrefixes {
    /// S0.
    private let context: [UInt8]
    /// S = S0 ‖ "|" ‖ S(α1) ‖ "," ‖ S(β1) ‖ "," ‖ S(α2) ‖ …
    private let whole: [UInt8]
    private let texts: [[UInt8]]

    fileprivate init(context: [UInt8], texts: [[UInt8]]) {
        self.context = context
        self.texts = texts
        whole = context + [UInt8(ascii: "|")] + Array(texts.joined(separator: [UInt8(ascii: ",")]))
    }

    private static func assemble(_ name: StaticString, _ pieces: [UInt8]...) -> [UInt8] {
        let bar = [UInt8(ascii: "|")]
        let begin = Array(UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        return pieces.reduce(into: begin + bar) { $0 += $1 + bar }
    }

    private static func pair(_ alpha: [UInt8], _ beta: [UInt8]) -> [UInt8] {
        alpha + [UInt8(ascii: ",")] + beta
    }

    /// Of the proof that one choice is 0 or 1.
    func individual(_ choice: Int) -> [UInt8] {
        Self.assemble("prove", context, Self.pair(texts[2 * choice], texts[2 * choice + 1]))
    }

    /// Of the proof over all choices where none is blank; with the texts of αΣ and βΣ.
    func overall(_ sum: [[UInt8]]) -> [UInt8] {
        Self.assemble("prove", whole, Self.pair(sum[0], sum[1]))
    }

    /// Of the proof that the vote is not blank or chooses nothing else.
    var blank: [UInt8] { Self.assemble("bproof0", whole) }

    /// Of the proof that the vote is blank or chooses as many as are allowed.
    var overallWithBlank: [UInt8] { Self.assemble("bproof1", whole) }
}
