public import Kernel
public import Tenancy

/// An event that several alliances hold at once (`evento conjunto`): each has its own meeting of it, with its own call,
/// attendance, minutes and evidence.
public struct JointEvent: Sendable, Hashable {
    /// Identifies the event.
    public let id: ID<JointEvent>
    /// Its name.
    public let title: String
    /// What its meetings are.
    public let kind: Meeting.Kind

    /// Describes an event.
    public init(id: ID<JointEvent> = ID(), title: String, kind: Meeting.Kind) {
        self.id = id
        self.title = title
        self.kind = kind
    }
}

/// An event with where it stands in all its alliances.
public struct JointEventSummary: Sendable, Hashable {
    /// The event.
    public let event: JointEvent
    /// The first of its days; of the meetings that were not called off, where there are such.
    public let day: CalendarDate
    /// How many alliances hold it.
    public let alliances: Int
    /// In how many it was held.
    public let held: Int
    /// In how many it was called off.
    public let cancelled: Int
    /// How many people came, over all of them.
    public let present: Int
}

/// What an alliance has of an event.
public struct JointMeeting: Sendable, Hashable {
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its meeting.
    public let summary: MeetingSummary
    /// How many people came to it.
    public let present: Int
    /// How many files show it.
    public let evidence: Int
}

/// Why a joint event is not planned or changed.
public enum JointEventError: UserFacingError, Hashable {
    /// There is no such event.
    case notFound
    /// No alliance was chosen.
    case nobody
    /// An alliance has it already.
    case alreadyTakesPart
    /// None of its meetings is on the calendar any more.
    case nothingPlanned

    /// The code.
    public var code: String {
        switch self {
        case .notFound: "governance.event.not_found"
        case .nobody: "governance.event.nobody"
        case .alreadyTakesPart: "governance.event.already_takes_part"
        case .nothingPlanned: "governance.event.nothing_planned"
        }
    }

    /// The kind.
    public var kind: ErrorKind { self == .notFound ? .notFound : .conflict }

    /// The question that it is about.
    public var field: String? { self == .nobody || self == .alreadyTakesPart ? "alliances" : nil }

    /// What to say.
    public var message: String {
        switch self {
        case .notFound: "Ese evento no existe."
        case .nobody: "Elija al menos una alianza."
        case .alreadyTakesPart: "Una de esas alianzas ya hace parte del evento."
        case .nothingPlanned: "El evento ya se realizó o se canceló en todas sus alianzas."
        }
    }
}
