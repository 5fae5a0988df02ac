public import Kernel
public import Tenancy

/// A few closed questions that an alliance asks (`sondeo`). It decides nothing: a poll is no vote.
public struct Poll: Sendable, Hashable {
    /// A question with its answers to choose from.
    public struct Question: Sendable, Hashable, Codable {
        /// How it is answered.
        public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
            /// One answer.
            case single
            /// Any number of answers.
            case multiple
            /// From 1 to 5.
            case scale

            /// The name on screens.
            public var title: String {
                switch self {
                case .single: "Una sola respuesta"
                case .multiple: "Varias respuestas"
                case .scale: "De 1 a 5"
                }
            }
        }

        /// The answers of a scale.
        static let scale = ["1", "2", "3", "4", "5"]
        /// The most answers that a question offers.
        public static let mostOptions = 12

        /// How it is answered.
        public let kind: Kind
        /// The question.
        public let words: String
        /// The answers to choose from.
        public let options: [String]

        /// Describes a question.
        ///
        /// - Throws: ``PollError``.
        public init(_ kind: Kind, _ words: String, options: [String] = []) throws(PollError) {
            guard let words = words.trimmedOrNil else { throw .questionMissing }
            var (kept, seen): ([String], Set<String>) = ([], [])
            for option in options.compactMap(\.trimmedOrNil) where seen.insert(option.folded).inserted {
                kept.append(option)
            }
            self.kind = kind
            self.words = words
            self.options = kind == .scale ? Self.scale : kept
            guard (2...Self.mostOptions).contains(self.options.count) else { throw .optionsOutOfRange }
        }
    }

    /// Where it stands on a day.
    public enum Standing: Sendable, Hashable {
        /// It opens later.
        case ahead
        /// It takes answers.
        case open
        /// Its days are over, and nobody closed it: paper may still be counted.
        case toClose
        /// It was closed.
        case closed
    }

    /// The most questions of a poll.
    public static let mostQuestions = 10
    /// Below how many answers nothing is broken down: a few answers tell whose they are.
    public static let leastAnswers = 5

    /// Identifies it.
    public let id: ID<Poll>
    /// Its name.
    public let title: String
    /// What it is for.
    public let purpose: String
    /// The first day on which it takes answers.
    public let opensOn: CalendarDate
    /// The last day.
    public let closesOn: CalendarDate
    /// Whether whoever has the link answers, and not members alone.
    public let isPublic: Bool
    /// Whether a comment may be added.
    public let takesComments: Bool
    /// What its link ends in.
    public let code: String
    /// The day on which it was closed.
    public let closedOn: CalendarDate?
    /// What it asks, in order.
    public let questions: [Question]

    /// Describes a poll.
    ///
    /// - Throws: ``PollError``.
    public init(
        id: ID<Poll> = ID(), title: String, purpose: String, opensOn: CalendarDate, closesOn: CalendarDate,
        isPublic: Bool, takesComments: Bool, code: String = ReadableCode.random(groups: 2).description,
        closedOn: CalendarDate? = nil, questions: [Question]
    ) throws(PollError) {
        guard let title = title.trimmedOrNil else { throw .titleMissing }
        guard let purpose = purpose.trimmedOrNil else { throw .purposeMissing }
        guard closesOn >= opensOn else { throw .closesBeforeItOpens }
        guard !questions.isEmpty else { throw .questionMissing }
        guard questions.count <= Self.mostQuestions else { throw .tooManyQuestions }
        self.id = id
        self.title = title
        self.purpose = purpose
        self.opensOn = opensOn
        self.closesOn = closesOn
        self.isPublic = isPublic
        self.takesComments = takesComments
        self.code = code
        self.closedOn = closedOn
        self.questions = questions
    }

    /// Where it stands on a day.
    public func standing(on day: CalendarDate) -> Standing {
        if closedOn != nil { return .closed }
        if day < opensOn { return .ahead }
        return day <= closesOn ? .open : .toClose
    }
}

/// A sheet of answers.
public struct PollSheet: Sendable, Hashable {
    /// The answers chosen of each question, by their place in the list from 0; of a question that was left out, none.
    public let choices: [[Int]]
    /// What else was said.
    public let comment: String?

    /// Takes answers to a poll.
    ///
    /// - Throws: ``PollError``.
    public init(_ choices: [[Int]], comment: String? = nil, to poll: [Poll.Question]) throws(PollError) {
        guard choices.count == poll.count else { throw .answerUnknown }
        for (question, chosen) in zip(poll, choices) {
            guard chosen.allSatisfy(question.options.indices.contains), Set(chosen).count == chosen.count,
                question.kind == .multiple || chosen.count <= 1
            else { throw .answerUnknown }
        }
        guard choices.contains(where: { !$0.isEmpty }) else { throw .nothingAnswered }
        self.choices = choices
        self.comment = comment?.trimmedOrNil
    }
}

/// Sheets of paper that were counted by hand.
public struct PollTally: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<PollTally>
    /// Where they were filled in.
    public let place: String
    /// How many there were.
    public let sheets: Int
    /// The day on which they were counted.
    public let countedOn: CalendarDate
    /// The sheets, or the sheet of the count.
    public let file: ID<StoredFile>?
    /// How many chose each answer of each question.
    public let counts: [[Int]]
    /// Why it does not count.
    public let withdrawal: String?

    /// Describes a count.
    ///
    /// - Throws: ``PollError``.
    public init(
        id: ID<PollTally> = ID(), place: String, sheets: Int, countedOn: CalendarDate,
        file: ID<StoredFile>? = nil, counts: [[Int]], withdrawal: String? = nil
    ) throws(PollError) {
        guard let place = place.trimmedOrNil else { throw .placeMissing }
        guard sheets >= 1 else { throw .sheetsOutOfRange }
        self.id = id
        self.place = place
        self.sheets = sheets
        self.countedOn = countedOn
        self.file = file
        self.counts = counts
        self.withdrawal = withdrawal
    }

    /// Asks that no more is counted than there are sheets: of a question with one answer in all, of another for each.
    ///
    /// - Throws: ``PollError/countTooHigh(question:)``.
    func check(against questions: [Poll.Question]) throws(PollError) {
        guard counts.count == questions.count else { throw .answerUnknown }
        for (index, (question, counts)) in zip(questions, counts).enumerated() {
            guard counts.count == question.options.count, counts.allSatisfy({ $0 >= 0 }) else {
                throw .answerUnknown
            }
            let most = question.kind == .multiple ? counts.max() ?? 0 : counts.reduce(0, +)
            guard most <= sheets else { throw .countTooHigh(question: index + 1) }
        }
    }
}

/// What came of a poll.
public struct PollResult: Sendable, Hashable {
    /// What came of a question.
    public struct Line: Sendable, Hashable {
        /// The question.
        public let question: Poll.Question
        /// How many chose each answer, on screens.
        public let onScreen: [Int]
        /// How many chose each answer, on paper.
        public let onPaper: [Int]

        /// How many chose an answer.
        public func total(_ option: Int) -> Int { onScreen[option] + onPaper[option] }
    }

    /// How many sheets came by screens.
    public let sheets: Int
    /// How many came on paper.
    public let paperSheets: Int
    /// What came of each question.
    public let lines: [Line]
    /// What else was said.
    public let comments: [String]

    /// How many answered.
    public var answers: Int { sheets + paperSheets }
    /// Whether so many answered that nobody is found out by it.
    public var mayBeBrokenDown: Bool { answers >= Poll.leastAnswers }
}
