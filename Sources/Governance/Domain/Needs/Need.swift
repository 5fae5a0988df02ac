public import Kernel

/// Something that users say they need (`necesidad`). It names nobody and tells nothing of their health.
public struct Need: Sendable, Hashable {
    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case open, attended, dropped

        /// The name on screens.
        public var title: String {
            switch self {
            case .open: "Por atender"
            case .attended: "Atendida"
            case .dropped: "Descartada"
            }
        }
    }

    /// What came of it.
    public struct Answer: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// What was done, or why nothing is.
        public let note: String

        /// Tells what came of it.
        ///
        /// - Throws: ``NeedError/noteMissing``.
        public init(on day: CalendarDate, _ note: String) throws(NeedError) {
            guard let note = note.trimmedOrNil else { throw .noteMissing }
            self.day = day
            self.note = note
        }
    }

    /// The most people that one entry stands for.
    public static let mostPeople = 100_000

    /// Identifies it.
    public let id: ID<Need>
    /// What it is about.
    public let topic: Complaint.Category
    /// What is needed.
    public let account: String
    /// Where: a municipality, a quarter, a site.
    public let place: String
    /// How many people said so.
    public let people: Int
    /// How it came in.
    public let channel: Complaint.Channel
    /// The day.
    public let toldOn: CalendarDate
    /// Where it stands.
    public let state: State
    /// The meeting on whose agenda it was put.
    public let meeting: ID<Meeting>?
    /// The activity of the plan that it led to.
    public let activity: ID<WorkPlan.Activity>?
    /// What came of it.
    public let answer: Answer?

    /// Describes a need.
    ///
    /// - Throws: ``NeedError``.
    public init(
        id: ID<Need> = ID(), topic: Complaint.Category, account: String, place: String, people: Int = 1,
        channel: Complaint.Channel, toldOn: CalendarDate, state: State = .open, meeting: ID<Meeting>? = nil,
        activity: ID<WorkPlan.Activity>? = nil, answer: Answer? = nil
    ) throws(NeedError) {
        guard let account = account.trimmedOrNil else { throw .accountMissing }
        guard let place = place.trimmedOrNil else { throw .placeMissing }
        guard (1...Self.mostPeople).contains(people) else { throw .peopleOutOfRange }
        self.id = id
        self.topic = topic
        self.account = account
        self.place = place
        self.people = people
        self.channel = channel
        self.toldOn = toldOn
        self.state = state
        self.meeting = meeting
        self.activity = activity
        self.answer = answer
    }
}

/// The needs of one topic, counted.
public struct NeedTopic: Sendable, Hashable {
    /// The topic.
    public let topic: Complaint.Category
    /// How many times it was told.
    public let needs: Int
    /// How many people said so.
    public let people: Int
    /// How many wait.
    public let open: Int
    /// The places that were named, each once.
    public let places: [String]
}

extension Sequence<Need> {
    /// The needs by topic, what most people told first.
    public var byTopic: [NeedTopic] {
        Dictionary(grouping: self, by: \.topic).map { topic, needs in
            NeedTopic(
                topic: topic, needs: needs.count, people: needs.reduce(0) { $0 + $1.people },
                open: needs.count { $0.state == .open }, places: Set(needs.map(\.place)).sorted())
        }.sorted { ($1.people, $0.topic.title) < ($0.people, $1.topic.title) }
    }
}

/// Why a need is refused.
public enum NeedError: UserFacingError, Hashable {
    /// There is none of that identifier.
    case notFound
    /// It says nothing.
    case accountMissing
    /// It says no place.
    case placeMissing
    /// Nobody, or too many.
    case peopleOutOfRange
    /// The day lies in the future, or before it was told.
    case dayOutOfPlace
    /// It was attended or given up.
    case over
    /// Nothing says what came of it.
    case noteMissing
    /// None was chosen.
    case nothingChosen

    /// The stable code.
    public var code: String { "governance.need.\(words.code)" }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .over: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? { words.field }

    /// The words for the person.
    public var message: String { words.message }

    private var words: (code: String, field: String?, message: String) {
        switch self {
        case .notFound: ("not_found", nil, "No encontramos esa necesidad. Vuelva a la lista.")
        case .accountMissing: ("account_missing", "account", "Diga qué se necesita.")
        case .placeMissing: ("place_missing", "place", "Diga dónde: el municipio, el barrio o la sede.")
        case .peopleOutOfRange:
            (
                "people_out_of_range", "people",
                "Escriba cuántas personas, de 1 a \(SpanishFormat.number(Need.mostPeople))."
            )
        case .dayOutOfPlace:
            ("day_out_of_place", "day", "Esa fecha todavía no llega, o es anterior al día en que se dijo.")
        case .over: ("over", nil, "Una de esas necesidades ya se atendió o se descartó.")
        case .noteMissing: ("note_missing", "note", "Cuente en una frase qué se hizo.")
        case .nothingChosen: ("nothing_chosen", "needs", "Elija al menos una necesidad.")
        }
    }
}
