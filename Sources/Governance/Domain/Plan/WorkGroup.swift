public import Kernel
public import Tenancy

/// A committee, commission or project that an alliance charges with something. It has no seats and decides nothing:
/// what does is a body.
public struct WorkGroup: Sendable, Hashable {
    /// The kinds of groups.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// `comité de trabajo`.
        case committee
        /// `comisión`.
        case commission
        /// `proyecto`.
        case project

        /// The name on screens.
        public var title: String {
            switch self {
            case .committee: "Comité de trabajo"
            case .commission: "Comisión"
            case .project: "Proyecto"
            }
        }
    }

    /// How it ended.
    public struct End: Sendable, Hashable {
        /// The day.
        public let day: CalendarDate
        /// Why: done, or not gone on with.
        public let reason: String
        /// What it told at the end.
        public let report: String
        /// The report as a document.
        public let file: ID<StoredFile>?

        /// Tells how it ended.
        ///
        /// - Throws: ``WorkGroupError/reportMissing``.
        public init(
            on day: CalendarDate, because reason: String, report: String, file: ID<StoredFile>? = nil
        ) throws(WorkGroupError) {
            guard let reason = reason.trimmedOrNil, let report = report.trimmedOrNil else {
                throw .reportMissing
            }
            self.day = day
            self.reason = reason
            self.report = report
            self.file = file
        }
    }

    /// Identifies it.
    public let id: ID<WorkGroup>
    /// Its kind.
    public let kind: Kind
    /// Its name.
    public let name: String
    /// What it is charged with.
    public let charge: String
    /// The activity of the plan that it works on.
    public let activity: ID<WorkPlan.Activity>?
    /// When it began.
    public let beganOn: CalendarDate
    /// By when it is to end; `nil` for one that goes on.
    public let endsOn: CalendarDate?
    /// How it ended; `nil` while it goes on.
    public let end: End?

    /// Charges a group.
    ///
    /// - Throws: ``WorkGroupError``.
    public init(
        id: ID<WorkGroup> = ID(), kind: Kind, name: String, charge: String,
        activity: ID<WorkPlan.Activity>? = nil, beganOn: CalendarDate, endsOn: CalendarDate? = nil,
        end: End? = nil
    ) throws(WorkGroupError) {
        guard let name = name.trimmedOrNil else { throw .unnamed }
        guard let charge = charge.trimmedOrNil else { throw .chargeMissing }
        if let endsOn, endsOn < beganOn { throw .endsBeforeItBegins }
        self.id = id
        self.kind = kind
        self.name = name
        self.charge = charge
        self.activity = activity
        self.beganOn = beganOn
        self.endsOn = endsOn
        self.end = end
    }

    /// Whether its day has passed and nobody ended it.
    public func isLate(on today: CalendarDate) -> Bool {
        guard end == nil, let endsOn else { return false }
        return endsOn < today
    }
}

/// Somebody in a work group.
public struct WorkGroupMember: Sendable, Hashable {
    /// As what somebody is in it.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        /// Who answers for it.
        case coordinator
        /// Anybody else.
        case member

        /// The name on screens.
        public var title: String {
            switch self {
            case .coordinator: "Coordina"
            case .member: "Integrante"
            }
        }
    }

    /// Identifies their time in it.
    public let id: ID<WorkGroupMember>
    /// The person.
    public let person: ID<Person>
    /// Their name.
    public let name: String
    /// As what they are in it.
    public let role: Role
    /// Since when.
    public let joinedOn: CalendarDate
    /// Until when; `nil` while they are in it.
    public let leftOn: CalendarDate?
}

/// Why something of a work group is refused.
public enum WorkGroupError: UserFacingError, Hashable {
    /// There is none of that identifier.
    case notFound
    /// It has no name.
    case unnamed
    /// Nothing says what it is charged with.
    case chargeMissing
    /// Its end lies before its beginning.
    case endsBeforeItBegins
    /// Another that goes on has its name.
    case nameTaken
    /// It ended.
    case ended
    /// Its end says nothing.
    case reportMissing
    /// The day lies in the future.
    case inFuture
    /// The document is nobody's in the register.
    case personNotFound
    /// The person is in it already.
    case alreadyIn
    /// The person is not in it.
    case notIn

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.group.not_found"
        case .unnamed: "governance.group.unnamed"
        case .chargeMissing: "governance.group.charge_missing"
        case .endsBeforeItBegins: "governance.group.ends_before_it_begins"
        case .nameTaken: "governance.group.name_taken"
        case .ended: "governance.group.ended"
        case .reportMissing: "governance.group.report_missing"
        case .inFuture: "governance.group.in_future"
        case .personNotFound: "governance.group.person_not_found"
        case .alreadyIn: "governance.group.already_in"
        case .notIn: "governance.group.not_in"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .nameTaken, .ended, .alreadyIn, .notIn: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed, .nameTaken: "name"
        case .chargeMissing: "charge"
        case .endsBeforeItBegins: "ends_on"
        case .reportMissing: "report"
        case .inFuture: "day"
        case .personNotFound, .alreadyIn: "person"
        case .notFound, .ended, .notIn: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese grupo de trabajo. Vuelva a la lista."
        case .unnamed: "Escriba cómo se llama."
        case .chargeMissing: "Diga qué se le encarga."
        case .endsBeforeItBegins: "No puede terminar antes de empezar. Corrija las fechas."
        case .nameTaken: "Ya hay un grupo en curso con ese nombre. Use otro."
        case .ended: "Ese grupo ya terminó."
        case .reportMissing: "Escriba por qué termina y qué informa."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .personNotFound: "Ese documento no está en el padrón. Escríbalo como «CC 123»."
        case .alreadyIn: "Esa persona ya está en el grupo."
        case .notIn: "Esa persona ya no está en el grupo."
        }
    }
}
