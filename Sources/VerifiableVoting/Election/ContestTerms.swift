/// What a question decides: the contest, who stands behind each answer, and how votes become seats.
public struct ContestTerms: Hashable, Sendable {
    /// Who stands behind an answer.
    public struct Option: Hashable, Sendable {
        /// Its number on the ballot paper and on the screen: the place of its answer, from 1.
        public let number: Int
        /// Identifies the slate or person.
        public let slate: String
        /// The name by which it is counted, which is its answer in the same bytes; no two are alike.
        public let contender: String

        /// An option of a ballot.
        public init(number: Int, slate: String, contender: String) {
            self.number = number
            self.slate = slate
            self.contender = contender
        }
    }

    /// Identifies the contest.
    public let contest: String
    /// Which vote of the contest it is, 1 but for a runoff.
    public let round: Int
    /// Who stands behind each answer, in the order of the answers; blank is none of them.
    public let options: [Option]
    /// How votes become seats; `nil` for a question that fills none.
    public let count: SeatTerms?

    /// What a question decides.
    public init(contest: String, round: Int, options: [Option], count: SeatTerms?) {
        self.contest = contest
        self.round = round
        self.options = options
        self.count = count
    }

    func check(against question: HomomorphicQuestion) throws(ElectionFault) {
        guard round >= 1 else { throw .terms("round") }
        // What a voter reads is the answer, and what is counted the contender: terms that name one behind the other would
        // give the votes of one slate to another.
        guard options.count == question.answers.count, Set(options.map(\.contender)).count == options.count
        else { throw .terms("options") }
        for (place, option) in options.enumerated() {
            guard option.contender.utf8.elementsEqual(question.answers[place].utf8) else {
                throw .otherContender(option.contender, answer: question.answers[place])
            }
            guard option.number == place + 1 else { throw .terms("number") }
        }
        guard let count else { return }
        guard count.seats >= 1 else { throw .terms("seats") }
        guard Set(options.map(\.contender)).isSuperset(of: count.sizes.map(\.contender)) else {
            throw .terms("sizes")
        }
        // With a blank vote to choose and at least one mark otherwise, the ballots that bear votes are known from the
        // sums: all but the blank ones. The count needs their number where a ballot may bear several marks.
        guard question.allowsBlank, question.minimum >= 1 else { throw .terms("blank") }
        // Only where candidates stand alone does a ballot bear several marks: for any other rule they would be several
        // votes of one person.
        let marks = count.isAtLarge ? min(count.seats, options.count) : 1
        guard question.maximum == marks else { throw .terms("rule") }
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"contest":"#)
        writer.string(contest)
        writer.literal(#","round":"#)
        writer.integer(round)
        writer.literal(#","options":"#)
        writer.array(options) { writer, option in
            writer.literal(#"{"number":"#)
            writer.integer(option.number)
            writer.literal(#","slate":"#)
            writer.string(option.slate)
            writer.literal(#","contender":"#)
            writer.string(option.contender)
            writer.literal("}")
        }
        if let count {
            writer.literal(#","count":{"#)
            count.write(to: &writer)
            writer.literal("}")
        }
        writer.literal("}")
    }

    init(reading node: JSONNode) throws(ElectionFault) {
        var members = try TermMembers(node, of: "questions")
        contest = try members.string("contest")
        round = try members.integer("round")
        var options: [Option] = []
        for option in try members.array("options") {
            var members = try TermMembers(option, of: "options")
            options.append(
                Option(
                    number: try members.integer("number"), slate: try members.string("slate"),
                    contender: try members.string("contender")))
            try members.end()
        }
        self.options = options
        count = members.has("count") ? try SeatTerms(reading: try members.required("count")) : nil
        try members.end()
    }
}

/// How votes become seats, in the words of `alianzas election count`, whose lines have the same members:
/// `{"rule":s,"seats":int,"threshold":s?,"sizes":{contender:int,…}?,"blank_majority":true?,"majority_of":s?}`.
public struct SeatTerms: Hashable, Sendable {
    /// How many candidates stand on a slate.
    public struct Size: Hashable, Sendable {
        /// The slate, by the name under which it is counted.
        public let contender: String
        /// How many candidates it has.
        public let candidates: Int

        /// The size of a slate.
        public init(contender: String, candidates: Int) {
            self.contender = contender
            self.candidates = candidates
        }
    }

    /// The rule, such as `cuociente`.
    public let rule: String
    /// How many seats are to be filled.
    public let seats: Int
    /// The share of the quotient that a slate has to reach, such as `1/2`.
    public let threshold: String?
    /// The slates with their candidates; one that is not named has enough.
    public let sizes: [Size]
    /// Whether the vote is repeated where blank votes are more than half of the valid ones.
    public let blankMajority: Bool
    /// What an absolute majority is more than half of.
    public let majorityBase: String?

    /// Whether candidates stand alone and those with most votes are elected: a ballot may bear as many marks as there are
    /// seats.
    var isAtLarge: Bool { rule == "plurinominal" }

    /// How votes become seats.
    public init(
        rule: String, seats: Int, threshold: String? = nil, sizes: [Size] = [], blankMajority: Bool = false,
        majorityBase: String? = nil
    ) {
        self.rule = rule
        self.seats = seats
        self.threshold = threshold
        self.sizes = sizes
        self.blankMajority = blankMajority
        self.majorityBase = majorityBase
    }

    /// Writes the members, without the braces around them.
    func write(to writer: inout CanonicalWriter) {
        writer.literal(#""rule":"#)
        writer.string(rule)
        writer.literal(#","seats":"#)
        writer.integer(seats)
        if let threshold {
            writer.literal(#","threshold":"#)
            writer.string(threshold)
        }
        if !sizes.isEmpty {
            writer.literal(#","sizes":"#)
            writer.members(sizes.map { ($0.contender, $0.candidates) })
        }
        if blankMajority { writer.literal(#","blank_majority":true"#) }
        if let majorityBase {
            writer.literal(#","majority_of":"#)
            writer.string(majorityBase)
        }
    }

    init(reading node: JSONNode) throws(ElectionFault) {
        var members = try TermMembers(node, of: "count")
        rule = try members.string("rule")
        seats = try members.integer("seats")
        threshold = members.has("threshold") ? try members.string("threshold") : nil
        sizes = members.has("sizes") ? try Self.sizes(in: try members.required("sizes")) : []
        blankMajority = try members.flag("blank_majority")
        majorityBase = members.has("majority_of") ? try members.string("majority_of") : nil
        try members.end()
    }

    private static func sizes(in node: JSONNode) throws(ElectionFault) -> [Size] {
        guard case .object(let members) = node, !members.isEmpty else { throw .terms("sizes") }
        var sizes: [Size] = []
        for member in members {
            guard let candidates = member.value.integer else { throw .terms("sizes") }
            sizes.append(Size(contender: member.name, candidates: candidates))
        }
        return sizes
    }
}

extension CanonicalWriter {
    /// Writes an object of numbers.
    mutating func members(_ members: [(name: String, number: Int)]) {
        var separator: StaticString = "{"
        for member in members {
            literal(separator)
            separator = ","
            string(member.name)
            literal(":")
            integer(member.number)
        }
        if members.isEmpty { literal("{") }
        literal("}")
    }
}
