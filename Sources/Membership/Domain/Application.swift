public import Kernel
public import Tenancy

/// A request to join an alliance (`solicitud de inscripción`), which may be made at any time.
public struct Application: Sendable, Hashable {
    /// How it came.
    public enum Channel: String, Sendable, Hashable, CaseIterable {
        case session, counter, web, phone, letter

        /// The words on screens.
        public var title: String {
            switch self {
            case .session: "En una sesión"
            case .counter: "En la oficina"
            case .web: "Por la página"
            case .phone: "Por teléfono"
            case .letter: "Por carta o correo"
            }
        }
    }

    /// Where it stands.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case pending, accepted, refused, withdrawn

        /// The words on screens.
        public var title: String {
            switch self {
            case .pending: "Por decidir"
            case .accepted: "Aceptada"
            case .refused: "Negada"
            case .withdrawn: "Retirada"
            }
        }
    }

    /// Identifies the request.
    public let id: ID<Application>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Who asks.
    public let person: ID<Person>
    /// The day on which it came.
    public let requestedOn: CalendarDate
    /// How it came.
    public let channel: Channel
    /// Where it stands.
    public let state: State

    /// Makes a request.
    public init(
        id: ID<Application>, alliance: ID<Alliance>, person: ID<Person>, requestedOn: CalendarDate,
        channel: Channel, state: State
    ) {
        self.id = id
        self.alliance = alliance
        self.person = person
        self.requestedOn = requestedOn
        self.channel = channel
        self.state = state
    }
}

/// Why a request to join is not taken or decided.
public enum ApplicationError: UserFacingError, Hashable {
    /// The request is none of this alliance's, or was decided already.
    case notPending
    /// The person has one that waits.
    case alreadyPending
    /// A refusal needs its reason.
    case reasonMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .notPending: "membership.application.not_pending"
        case .alreadyPending: "membership.application.already_pending"
        case .reasonMissing: "membership.application.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notPending, .alreadyPending: .conflict
        case .reasonMissing: .invalid
        }
    }

    /// The form field.
    public var field: String? { self == .reasonMissing ? "reason" : nil }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notPending: "Esa solicitud ya se decidió o no existe. Vuelva a la lista."
        case .alreadyPending: "Esa persona ya tiene una solicitud por decidir."
        case .reasonMissing: "Escriba por qué se niega: la persona tiene derecho a saberlo."
        }
    }
}
