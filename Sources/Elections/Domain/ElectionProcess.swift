public import Kernel
public import Tenancy

/// An electoral process (`proceso electoral`) of an alliance, which elects one or several bodies at once.
public struct ElectionProcess: Sendable, Hashable {
    /// Identifies the process.
    public let id: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Its name: "Elección del comité organizador 2026–2028".
    public let name: String
    /// Where it stands.
    public let state: ProcessState
    /// Why it is suspended, void or annulled.
    public let stateReason: String?
    /// The process that it replaces, where that one was void, annulled or has to be repeated.
    public let replaces: ID<ElectoralProcess>?

    /// Makes a process.
    public init(
        id: ID<ElectoralProcess>, alliance: ID<Alliance>, name: String, state: ProcessState,
        stateReason: String? = nil, replaces: ID<ElectoralProcess>? = nil
    ) {
        self.id = id
        self.alliance = alliance
        self.name = name
        self.state = state
        self.stateReason = stateReason
        self.replaces = replaces
    }

    /// The chain to which what concerns the process is written.
    public var stream: AuditStream { .process(id, of: alliance) }

    /// Refuses what is decided only while the process goes on.
    ///
    /// - Throws: ``ProcessError/suspended``, ``ProcessError/over(_:)``.
    func requireGoingOn() throws(ProcessError) {
        try state.requireGoingOn()
    }
}

extension ProcessState {
    /// Refuses what is done only while a process goes on.
    ///
    /// - Throws: ``ProcessError/suspended``, ``ProcessError/over(_:)``.
    func requireGoingOn() throws(ProcessError) {
        guard self != .suspended else { throw .suspended }
        guard !isOver else { throw .over(self) }
    }
}

/// Why a process is not drafted or moved.
public enum ProcessError: UserFacingError, Hashable {
    /// The process is none of this alliance's.
    case notFound
    /// It has no name, or too long a one.
    case unnamed
    /// It elects nothing.
    case noContests
    /// A process does not pass from one of these states to the other.
    case cannotBecome(ProcessState, from: ProcessState)
    /// The process is suspended: it goes on first.
    case suspended
    /// The process is over.
    case over(ProcessState)
    /// The call was published: contests and rules stand.
    case alreadyCalled
    /// A break needs its reason.
    case reasonMissing
    /// A document is of nobody in the register.
    case notInRegister

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "elections.process.not_found"
        case .unnamed: "elections.process.unnamed"
        case .noContests: "elections.process.no_contests"
        case .cannotBecome: "elections.process.cannot_become"
        case .suspended: "elections.process.suspended"
        case .over: "elections.process.over"
        case .alreadyCalled: "elections.process.already_called"
        case .reasonMissing: "elections.process.reason_missing"
        case .notInRegister: "elections.process.not_in_register"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .unnamed, .noContests, .reasonMissing, .notInRegister: .invalid
        case .cannotBecome, .suspended, .over, .alreadyCalled: .refused
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .unnamed: "name"
        case .noContests: "bodies"
        case .reasonMissing: "reason"
        case .notInRegister: "document"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese proceso electoral. Vuelva a la lista."
        case .unnamed: "Escriba el nombre del proceso, de a lo sumo 200 caracteres."
        case .noContests: "Escoja al menos un organismo con puestos por elegir."
        case .cannotBecome(let next, let state):
            "Un proceso en «\(state.title)» no puede pasar a «\(next.title)». Revise en qué paso está."
        case .suspended: "La elección está suspendida. Para continuar, el comité electoral debe reanudarla."
        case .over(let state): "La elección ya terminó: está en «\(state.title)»."
        case .alreadyCalled: "La convocatoria ya se publicó: lo que se elige y sus reglas no cambian."
        case .reasonMissing: "Escriba el motivo: queda en el acta."
        case .notInRegister: "Nadie del padrón tiene ese documento. Revise el tipo y el número."
        }
    }
}
