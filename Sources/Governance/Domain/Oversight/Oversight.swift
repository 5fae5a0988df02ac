public import Kernel
public import Tenancy

/// What an alliance watches over (`veeduría`): what and why, who does it, and until when.
public struct Oversight: Sendable, Hashable {
    /// Where it is registered (Ley 850 de 2003). An exercise that is not registered is no breach: it lacks this alone.
    public struct Registration: Sendable, Hashable {
        /// Before whom: a personería, a chamber of commerce.
        public let authority: String
        /// Its number there.
        public let number: String
        /// The day.
        public let day: CalendarDate
        /// The certificate.
        public let file: ID<StoredFile>?

        /// Describes a registration.
        ///
        /// - Throws: ``OversightError``.
        public init(
            before authority: String, number: String, on day: CalendarDate, file: ID<StoredFile>? = nil
        ) throws(OversightError) {
            guard let authority = authority.trimmedOrNil else { throw .authorityMissing }
            guard let number = number.trimmedOrNil else { throw .numberMissing }
            self.authority = authority
            self.number = number
            self.day = day
            self.file = file
        }
    }

    /// How it ended.
    public struct End: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// What it comes to.
        public let conclusion: String

        /// Tells how it ended.
        ///
        /// - Throws: ``OversightError/conclusionMissing``.
        public init(on day: CalendarDate, concluding conclusion: String) throws(OversightError) {
            guard let conclusion = conclusion.trimmedOrNil else { throw .conclusionMissing }
            self.day = day
            self.conclusion = conclusion
        }
    }

    /// How it stands on a day; nobody sets it.
    public enum Standing: Sendable, Hashable {
        /// It begins later.
        case ahead
        /// It goes on.
        case ongoing
        /// Its end has passed and nobody closed it.
        case overdue
        /// It was closed.
        case closed
    }

    /// Identifies it.
    public let id: ID<Oversight>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Whether it is the board's own, until the board shares it.
    public let isReserved: Bool
    /// What is watched.
    public let title: String
    /// Why.
    public let reason: String
    /// Whose service it is.
    public let entity: String
    /// When it begins.
    public let startsOn: CalendarDate
    /// By when it is to end; `nil` for one that goes on.
    public let endsOn: CalendarDate?
    /// How often its description was written: who edits an older one is refused.
    public let version: Int
    /// Where it is registered.
    public let registration: Registration?
    /// How it ended; `nil` while it goes on.
    public let end: End?

    /// Describes an exercise.
    ///
    /// - Throws: ``OversightError``.
    public init(
        id: ID<Oversight> = ID(), alliance: ID<Alliance>, isReserved: Bool = false, title: String,
        reason: String, entity: String, startsOn: CalendarDate, endsOn: CalendarDate? = nil,
        version: Int = 1, registration: Registration? = nil, end: End? = nil
    ) throws(OversightError) {
        guard let title = title.trimmedOrNil else { throw .titleMissing }
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        guard let entity = entity.trimmedOrNil else { throw .entityMissing }
        if let endsOn, endsOn < startsOn { throw .endsBeforeItBegins }
        self.id = id
        self.alliance = alliance
        self.isReserved = isReserved
        self.title = title
        self.reason = reason
        self.entity = entity
        self.startsOn = startsOn
        self.endsOn = endsOn
        self.version = version
        self.registration = registration
        self.end = end
    }

    /// How it stands on a day.
    public func standing(on day: CalendarDate) -> Standing {
        if end != nil { return .closed }
        if let endsOn, endsOn < day { return .overdue }
        return startsOn > day ? .ahead : .ongoing
    }
}

/// Somebody of the team of an exercise (`veedor`).
public struct OversightMember: Sendable, Hashable {
    /// As what somebody is in it.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Who answers for it.
        case coordinator
        /// Who goes and looks.
        case member
        /// Who helps with what they know.
        case adviser

        /// The name on screens.
        public var title: String {
            switch self {
            case .coordinator: "Coordina"
            case .member: "Veedor o veedora"
            case .adviser: "Asesora"
            }
        }
    }

    /// Identifies their time in it.
    public let id: ID<OversightMember>
    /// Their name.
    public let name: String
    /// As what they are in it.
    public let role: Role
    /// Since when.
    public let joinedOn: CalendarDate
    /// Until when; `nil` while they are in it.
    public let leftOn: CalendarDate?
}

/// What the visits of an exercise look at (`indicador`), and what is expected of it.
public struct OversightIndicator: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<OversightIndicator>
    /// Its place in the list, from 1.
    public let position: Int
    /// What is looked at.
    public let name: String
    /// What is expected.
    public let expected: String
    /// Since when it is not looked at any more.
    public let droppedOn: CalendarDate?

    /// Describes an indicator.
    ///
    /// - Throws: ``OversightError/indicatorIncomplete``.
    public init(
        id: ID<OversightIndicator> = ID(), position: Int = 1, name: String, expected: String,
        droppedOn: CalendarDate? = nil
    ) throws(OversightError) {
        guard let name = name.trimmedOrNil, let expected = expected.trimmedOrNil else {
            throw .indicatorIncomplete
        }
        self.id = id
        self.position = position
        self.name = name
        self.expected = expected
        self.droppedOn = droppedOn
    }
}

/// An exercise as a list shows it.
public struct OversightSummary: Sendable, Hashable {
    /// The exercise.
    public let oversight: Oversight
    /// Who answers for it.
    public let coordinators: [String]
    /// How many visits were held.
    public let visits: Int
    /// The day of the last one.
    public let lastVisitOn: CalendarDate?
    /// How many findings there are.
    public let findings: Int
    /// How many of them are closed.
    public let closedFindings: Int
    /// How many were corrected.
    public let corrected: Int
}
