/// The encrypted sums of all votes (§4.8): for each question and choice the product of the ballots' ciphertexts, each to
/// the power of its weight.
public struct EncryptedTally<Group: VotingGroup>: Equatable, Sendable {
    /// One list for each question, with one ciphertext for each choice.
    public private(set) var sums: [[Ciphertext<Group>]]

    /// The sums of no ballots.
    public init(questions: [HomomorphicQuestion]) {
        sums = questions.map { Array(repeating: .one, count: $0.choiceCount) }
    }

    /// What trustees decrypt to prove that their key opens: g to a public number in the place of α, so that nobody voted it.
    public init(trial number: Group.Scalar) {
        sums = [[Ciphertext(alpha: Group.publicPower(of: Group.generator, to: number), beta: Group.identity)]]
    }

    /// Adds a ballot that was checked. Variable time.
    ///
    /// - Parameters:
    ///   - answers: The ballot's answers to the questions.
    ///   - weight: How many votes it counts for; not negative.
    public mutating func add(_ answers: [Ballot<Group>.Answer], weight: Int = 1) {
        multiply(answers.map(\.choices)) { weight == 1 ? $0 : $0.publicPower(Group.Scalar(weight)) }
    }

    /// Adds what was summed elsewhere, by another task.
    public mutating func add(_ other: Self) {
        multiply(other.sums) { $0 }
    }

    /// Takes out again what was summed of some of its ballots, such as those that a later one has replaced. Variable
    /// time.
    public mutating func subtract(_ other: Self) {
        multiply(other.sums) {
            Ciphertext(alpha: Group.publicInverse(of: $0.alpha), beta: Group.publicInverse(of: $0.beta))
        }
    }

    private mutating func multiply(
        _ factors: [[Ciphertext<Group>]], _ change: (Ciphertext<Group>) -> Ciphertext<Group>
    ) {
        for (question, factors) in factors.enumerated() {
            for (choice, factor) in factors.enumerated() {
                sums[question][choice] = sums[question][choice] * change(factor)
            }
        }
    }

    /// The canonical text, which is hashed.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        writer.array(sums) { writer, question in writer.array(question) { $1.write(to: &$0) } }
        return writer.bytes
    }

    /// Reads sums that were published, and tests the orders of their elements.
    public init(reading text: [UInt8]) throws(TextFault) {
        var reader = CanonicalReader(text)
        sums = try reader.questionLists { reader throws(TextFault) in
            try reader.expect(#"{"alpha":"#)
            let alpha = try reader.member(of: Group.self)
            try reader.expect(#","beta":"#)
            let beta = try reader.member(of: Group.self)
            try reader.expect("}")
            return Ciphertext(alpha: alpha, beta: beta)
        }
        try reader.end()
    }
}

extension CanonicalReader {
    /// Reads a list for each question.
    mutating func questionLists<Element>(
        _ read: (inout CanonicalReader) throws(TextFault) -> Element
    ) throws(TextFault) -> [[Element]] {
        try array(atMost: ElectionDescription.questionLimit) { reader throws(TextFault) in
            try reader.array(atMost: HomomorphicQuestion.answerLimit + 1, read)
        }
    }
}
