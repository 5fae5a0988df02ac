public import Kernel
public import Tenancy

/// What somebody is to do (`compromiso`), from the meeting in which they took it on until it is done.
public struct Commitment: Sendable, Hashable {
    /// Who answers for a commitment.
    public enum Owner: Sendable, Hashable {
        /// The entity's participation office.
        case office(String)
        /// A body of the alliance, or one that it elects to.
        case body(ID<Body>, name: String)
        /// A person of the register.
        case person(ID<Person>, name: String)
        /// Somebody without an account: a clinic, the town hall.
        case outside(String)

        /// The sorts of owners.
        public enum Kind: String, Sendable, Hashable, CaseIterable {
            /// The entity's participation office.
            case office
            /// A body.
            case body
            /// A person of the register.
            case person
            /// Somebody without an account.
            case outside

            /// The name on screens.
            public var title: String {
                switch self {
                case .office: "La oficina de la entidad"
                case .body: "Un organismo de la alianza"
                case .person: "Una persona"
                case .outside: "Alguien de fuera"
                }
            }
        }

        /// Which sort it is.
        public var kind: Kind {
            switch self {
            case .office: .office
            case .body: .body
            case .person: .person
            case .outside: .outside
            }
        }

        /// The name.
        public var name: String {
            switch self {
            case .office(let name), .body(_, let name), .person(_, let name), .outside(let name): name
            }
        }
    }

    /// Where a commitment stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        /// To be done.
        case open
        /// Done.
        case done
        /// No longer to be done, with the reason.
        case dropped
    }

    /// How a commitment stands on a day.
    public enum Standing: Sendable, Hashable {
        /// Open without a day.
        case undated
        /// Open, with more days left than what counts as soon.
        case onTime(daysLeft: Int)
        /// Open, and its day is near: 0 is today.
        case due(daysLeft: Int)
        /// Open, and its day has passed.
        case overdue(days: Int)
        /// Done.
        case done
        /// No longer to be done.
        case dropped
    }

    /// What in a meeting it comes of.
    public enum Cause: Sendable, Hashable {
        /// A point of its agenda.
        case item(ID<AgendaItem>)
        /// A decision that it took.
        case decision(ID<MeetingDecision>)
    }

    /// Within how many days a commitment counts as due soon, and its owner is reminded first.
    public static let soonDays = 7

    /// Identifies it.
    public let id: ID<Commitment>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is to be done.
    public let activity: String
    /// Who answers for it.
    public let owner: Owner
    /// Where reminders go; `nil` where there is no address.
    public let email: String?
    /// The meeting in which it was taken on.
    public let meeting: ID<Meeting>?
    /// The point or decision of that meeting that it comes of.
    public let cause: Cause?
    /// The day on which it was taken on.
    public let madeOn: CalendarDate
    /// The last day for it, `nil` where none was set.
    public let dueOn: CalendarDate?
    /// Where it stands.
    public let state: State
    /// The day on which it was done or dropped.
    public let closedOn: CalendarDate?
    /// Whether it is the board's own.
    public let isReserved: Bool

    /// Takes on a commitment.
    ///
    /// - Throws: ``CommitmentError``.
    public init(
        id: ID<Commitment> = ID(), alliance: ID<Alliance>, activity: String, owner: Owner,
        email: String? = nil, meeting: ID<Meeting>? = nil, cause: Cause? = nil, madeOn: CalendarDate,
        dueOn: CalendarDate? = nil, state: State = .open, closedOn: CalendarDate? = nil,
        isReserved: Bool = false
    ) throws(CommitmentError) {
        guard let activity = activity.trimmedOrNil else { throw .activityMissing }
        guard owner.name.trimmedOrNil != nil else { throw .ownerMissing }
        if let dueOn, dueOn < madeOn { throw .dueBeforeMade }
        self.id = id
        self.alliance = alliance
        self.activity = activity
        self.owner = owner
        self.email = email?.trimmedOrNil
        self.meeting = meeting
        self.cause = cause
        self.madeOn = madeOn
        self.dueOn = dueOn
        self.state = state
        self.closedOn = closedOn
        self.isReserved = isReserved
    }

    /// It, with another address for reminders and what else was a slip.
    ///
    /// - Throws: ``CommitmentError``.
    func corrected(email: String?) throws(CommitmentError) -> Commitment {
        try corrected(activity: activity, owner: owner, email: email, dueOn: dueOn)
    }

    /// It, as it is right.
    ///
    /// - Throws: ``CommitmentError``.
    func corrected(
        activity: String, owner: Owner, email: String?, dueOn: CalendarDate?
    ) throws(CommitmentError) -> Commitment {
        try Commitment(
            id: id, alliance: alliance, activity: activity, owner: owner, email: email, meeting: meeting,
            cause: cause, madeOn: madeOn, dueOn: dueOn, state: state, closedOn: closedOn,
            isReserved: isReserved)
    }

    /// How it stands on a day.
    public func standing(on day: CalendarDate) -> Standing {
        switch state {
        case .done: return .done
        case .dropped: return .dropped
        case .open: break
        }
        guard let dueOn else { return .undated }
        let left = dueOn - day
        if left < 0 { return .overdue(days: -left) }
        return left <= Self.soonDays ? .due(daysLeft: left) : .onTime(daysLeft: left)
    }

    /// How many days it has been open, up to the day on which it was closed.
    public func age(on day: CalendarDate) -> Int { max(0, (closedOn ?? day) - madeOn) }

    /// Whether its owner is reminded on a day: when it becomes due soon, the day before, on the day, and each week
    /// after it.
    public func isRemindedOf(on day: CalendarDate) -> Bool {
        switch standing(on: day) {
        case .due(let left): [Self.soonDays, 1, 0].contains(left)
        case .overdue(let days): days % 7 == 0
        case .undated, .onTime, .done, .dropped: false
        }
    }
}

/// What became of a commitment, step by step.
public struct CommitmentStep: Sendable, Hashable {
    /// The sorts of steps.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// It was taken on.
        case made
        /// A slip in it was mended.
        case corrected
        /// Something was done for it.
        case progress
        /// Its day was put off.
        case postponed
        /// Its owner was reminded.
        case reminded
        /// A meeting looked at it.
        case reviewed
        /// It is done.
        case done
        /// It is to be done after all.
        case reopened
        /// It is no longer to be done.
        case dropped

        /// The name on screens.
        public var title: String {
            switch self {
            case .made: "Se adquirió"
            case .corrected: "Se corrigió"
            case .progress: "Avance"
            case .postponed: "Se aplazó"
            case .reminded: "Se recordó"
            case .reviewed: "Se revisó en reunión"
            case .done: "Se cumplió"
            case .reopened: "Se reabrió"
            case .dropped: "Se descartó"
            }
        }
    }

    /// Its sort.
    public let kind: Kind
    /// What is told of it.
    public let note: String
    /// The day until which it was to be done before it was put off.
    public let dueBefore: CalendarDate?
    /// The day to which it was put off.
    public let dueAfter: CalendarDate?
    /// The meeting that looked at it.
    public let meeting: ID<Meeting>?
    /// Its evidence.
    public let file: ID<StoredFile>?
    /// The day on which it happened.
    public let happenedOn: CalendarDate

    /// Describes a step.
    public init(
        kind: Kind, note: String = "", dueBefore: CalendarDate? = nil, dueAfter: CalendarDate? = nil,
        meeting: ID<Meeting>? = nil, file: ID<StoredFile>? = nil, happenedOn: CalendarDate
    ) {
        self.kind = kind
        self.note = note
        self.dueBefore = dueBefore
        self.dueAfter = dueAfter
        self.meeting = meeting
        self.file = file
        self.happenedOn = happenedOn
    }
}

/// What an owner has open, and for how long (`antigüedad por responsable`).
public struct CommitmentAgeing: Sendable, Hashable {
    /// Who answers.
    public let owner: String
    /// How many are open.
    public let open: Int
    /// How many of them are past their day.
    public let overdue: Int
    /// For how many days the oldest has been open.
    public let oldestDays: Int
    /// How many were done.
    public let done: Int

    /// The ageing of each owner of some commitments on a day, who has most overdue first.
    public static func byOwner(of commitments: [Commitment], on day: CalendarDate) -> [Self] {
        Dictionary(grouping: commitments, by: \.owner.name).map { owner, all in
            let open = all.filter { $0.state == .open }
            return Self(
                owner: owner, open: open.count,
                overdue: open.count { if case .overdue = $0.standing(on: day) { true } else { false } },
                oldestDays: open.map { $0.age(on: day) }.max() ?? 0, done: all.count { $0.state == .done })
        }
        .sorted { ($1.overdue, $1.open, $0.owner) < ($0.overdue, $0.open, $1.owner) }
    }
}

/// Why a commitment is refused.
public enum CommitmentError: UserFacingError, Hashable {
    /// It is none of this alliance's.
    case notFound
    /// It says nothing.
    case activityMissing
    /// Nobody answers for it.
    case ownerMissing
    /// Its day comes before it was taken on.
    case dueBeforeMade
    /// It was closed already.
    case isClosed
    /// It is open.
    case isOpen
    /// A step that tells nothing.
    case noteMissing
    /// The day lies in the future, or before the commitment.
    case dayOutOfPlace
    /// It is put off to a day that is none later.
    case notLater
    /// The body is none of this alliance's.
    case bodyNotFound
    /// The person is not in the register.
    case personNotFound
    /// What is written is no address.
    case malformedEmail
    /// The same is open already, of the same owner and day.
    case alreadyMade
    /// Minutes tell of it: it is put off or dropped, not corrected.
    case isTold
    /// It is right as it is.
    case nothingCorrected
    /// The point or decision is none of that meeting's, or the decision was withdrawn.
    case causeNotFound

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.commitment.not_found"
        case .activityMissing: "governance.commitment.activity_missing"
        case .ownerMissing: "governance.commitment.owner_missing"
        case .dueBeforeMade: "governance.commitment.due_before_made"
        case .isClosed: "governance.commitment.is_closed"
        case .isOpen: "governance.commitment.is_open"
        case .noteMissing: "governance.commitment.note_missing"
        case .dayOutOfPlace: "governance.commitment.day_out_of_place"
        case .notLater: "governance.commitment.not_later"
        case .bodyNotFound: "governance.commitment.body_not_found"
        case .personNotFound: "governance.commitment.person_not_found"
        case .malformedEmail: "governance.commitment.malformed_email"
        case .alreadyMade: "governance.commitment.already_made"
        case .isTold: "governance.commitment.is_told"
        case .nothingCorrected: "governance.commitment.nothing_corrected"
        case .causeNotFound: "governance.commitment.cause_not_found"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .isClosed, .isOpen, .isTold: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .isClosed, .isOpen, .isTold: nil
        case .activityMissing, .alreadyMade: "activity"
        case .ownerMissing: "owner"
        case .dueBeforeMade, .notLater: "due_on"
        case .noteMissing, .nothingCorrected: "note"
        case .dayOutOfPlace: "day"
        case .bodyNotFound: "body"
        case .personNotFound: "owner"
        case .malformedEmail: "email"
        case .causeNotFound: "cause"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese compromiso. Vuelva a la lista y escójalo de nuevo."
        case .activityMissing: "Diga qué se va a hacer."
        case .ownerMissing: "Diga quién responde: una oficina, un organismo, una persona o una entidad."
        case .dueBeforeMade: "El plazo es anterior al día en que se adquirió. Corrija una de las dos fechas."
        case .isClosed: "El compromiso ya está cerrado. Si hay que volver a él, reábralo."
        case .isOpen: "El compromiso está abierto."
        case .noteMissing: "Cuente en una frase qué pasó."
        case .dayOutOfPlace: "Esa fecha todavía no llega, o es anterior al compromiso. Corríjala."
        case .notLater: "El plazo nuevo tiene que ser posterior al que había."
        case .bodyNotFound: "Escoja un organismo de la alianza."
        case .personNotFound: "Nadie del registro tiene ese documento. Revíselo, o escoja «alguien de fuera»."
        case .alreadyMade:
            "Ya está anotado el mismo compromiso, con quien responde y el mismo plazo. Si es otro, escriba en qué se distingue."
        case .isTold:
            "El acta ya cuenta este compromiso. Si cambió el plazo, aplácelo; si ya no se hace, descártelo."
        case .nothingCorrected: "No hay ningún cambio. Corrija lo que está mal, o vuelva atrás."
        case .causeNotFound:
            "Ese punto o esa decisión no es de la reunión, o la decisión se retiró. Escoja otra vez."
        case .malformedEmail: "Ese correo no está completo. Revíselo o déjelo en blanco."
        }
    }
}
