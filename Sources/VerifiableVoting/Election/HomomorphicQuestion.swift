/// A question of which only the sums are ever known (format, §4.4): so many answers, of which a ballot chooses some or,
/// where that is allowed, leaves all of them blank.
public struct HomomorphicQuestion: Hashable, Sendable {
    /// What is asked.
    public let question: String
    /// What can be chosen, in the order of the ciphertexts.
    public let answers: [String]
    /// Whether a blank vote is one of the choices; its ciphertext comes before the others.
    public let allowsBlank: Bool
    /// The fewest answers that a vote that is not blank chooses.
    public let minimum: Int
    /// The most answers that a vote chooses.
    public let maximum: Int

    /// The most answers that one question may have. The ballot grows by three kilobytes with each.
    public static let answerLimit = 1_000

    /// Asks a question; 0 ≤ `minimum` ≤ `maximum` ≤ the number of answers, of which there is at least one.
    public init(
        question: String, answers: [String], allowsBlank: Bool, minimum: Int, maximum: Int
    ) throws(ElectionFault) {
        guard (1...Self.answerLimit).contains(answers.count) else { throw .answerCount(answers.count) }
        guard minimum >= 0, minimum <= maximum, maximum <= answers.count else {
            throw .choiceLimits(minimum: minimum, maximum: maximum)
        }
        self.question = question
        self.answers = answers
        self.allowsBlank = allowsBlank
        self.minimum = minimum
        self.maximum = maximum
    }

    /// How many ciphertexts a ballot has for it.
    public var choiceCount: Int { answers.count + (allowsBlank ? 1 : 0) }

    /// How many numbers of choices the proof over all of them has to tell apart.
    public var allowedSums: ClosedRange<Int> { minimum...maximum }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"answers":"#)
        writer.array(answers) { $0.string($1) }
        if allowsBlank { writer.literal(#","blank":true"#) }
        writer.literal(#","min":"#)
        writer.integer(minimum)
        writer.literal(#","max":"#)
        writer.integer(maximum)
        writer.literal(#","question":"#)
        writer.string(question)
        writer.literal("}")
    }
}
