/// Turns votes into seats: takes a line of JSON as `alianzas election count` reads it, without its line feed, and
/// returns the line with which it answers.
///
/// The engine that counts the paper tables stands in a module that uses this one, so whoever verifies hands it over; and
/// since question and answer are lines of text, anybody can ask the same of the command.
public typealias SeatCounting = @Sendable ([UInt8]) -> [UInt8]

/// The seats that the votes of a question give, by the terms that were bound to each ballot.
public struct SeatCount: Hashable, Sendable {
    /// Contenders with equal rights to fewer seats than they are, which a draw has to settle.
    public struct Tie: Hashable, Sendable {
        /// Those tied.
        public let among: [String]
        /// The seats for the draw.
        public let seats: Int
    }

    /// A contender and its seats.
    public struct Allocation: Hashable, Sendable {
        /// The name by which it is counted.
        public let contender: String
        /// The seats that are certainly its own.
        public let seats: Int
    }

    /// The line that was asked: who repeats the count with `alianzas election count` gives it this.
    public let request: String
    /// How the count ends, such as `elected`, `tie` or `blank_wins`.
    public let outcome: String
    /// The seats of each contender, in the order of the options; empty where the count gives none to anybody.
    public let allocations: [Allocation]
    /// What a draw has to settle.
    public let ties: [Tie]
    /// Seats that nobody has.
    public let vacant: Int
    /// The arithmetic in Spanish, step by step.
    public let steps: [String]

    /// Counts the votes of a question.
    ///
    /// - Parameters:
    ///   - terms: What the question decides.
    ///   - seats: How votes become seats in it.
    ///   - votes: The votes of each option, in their order.
    ///   - blank: The blank votes.
    ///   - ballots: The ballots that were counted.
    ///   - counting: The engine.
    /// - Throws: What the engine refuses, in its words.
    init(
        _ terms: ContestTerms, _ seats: SeatTerms, votes: [Int], blank: Int, ballots: Int,
        by counting: SeatCounting
    ) throws(SeatCountFault) {
        var writer = CanonicalWriter(capacity: 1024)
        writer.literal(#"{"id":"#)
        writer.string(terms.contest)
        writer.literal(",")
        seats.write(to: &writer)
        writer.literal(#","votes":"#)
        writer.members(Array(zip(terms.options.map(\.contender), votes)))
        writer.literal(#","blank":"#)
        writer.integer(blank)
        writer.literal(#","marked_ballots":"#)
        writer.integer(ballots - blank)
        writer.literal("}")
        request = String(decoding: writer.bytes, as: UTF8.self)
        let answer = try? JSONNode(counting(writer.bytes))
        if let refusal = answer?["error"]?.string { throw SeatCountFault(sentence: refusal) }
        guard let answer, let outcome = answer["outcome"]?.string, let vacant = answer["vacant"]?.integer,
            case .object(let won)? = answer["seats"], let ties = answer["ties"]?.array,
            let steps = answer["steps"]?.array
        else { throw SeatCountFault(sentence: "El motor de conteo no respondió en la forma debida.") }
        self.outcome = outcome
        self.vacant = vacant
        allocations = won.map { Allocation(contender: $0.name, seats: $0.value.integer ?? 0) }
        self.ties = ties.map { tie in
            Tie(
                among: (tie["among"]?.array ?? []).compactMap(\.string), seats: tie["seats"]?.integer ?? 0)
        }
        self.steps = steps.compactMap { $0["text"]?.string }
    }
}

extension ContestTerms {
    /// Counts no votes, and one for each option. What the engine refuses of the terms it would refuse of the result, when
    /// nothing can be mended any more, since each ballot is bound to them.
    func tryCount(by counting: SeatCounting?) throws(SeatCountFault) {
        guard let counting, let count else { return }
        for votes in [0, 1] {
            _ = try SeatCount(
                self, count, votes: options.map { _ in votes }, blank: 0, ballots: votes * options.count,
                by: counting)
        }
    }
}

/// Why the seats of a question cannot be counted by its terms.
public struct SeatCountFault: Error, Hashable, Sendable {
    /// The reason, in Spanish, as a sentence.
    public let sentence: String
}
