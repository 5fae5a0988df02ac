public import Kernel
public import Tenancy

/// What the representatives of an alliance did in a body outside it.
public struct BodyService: Sendable, Hashable {
    /// Its sessions, the latest first.
    public let sessions: [ServiceSession]
    /// What they proposed there, the latest first.
    public let proposals: [ServiceProposal]
    /// What they told the members, the latest first.
    public let reports: [ServiceReport]
    /// Those who represent the alliance today, by seat.
    public let representatives: [MandateSummary]
    /// Today.
    public let today: CalendarDate

    /// How many days since members were last told; `nil` where they never were.
    public var daysSinceReport: Int? { reports.first.map { today - $0.reportedOn } }
}

/// A session of a body outside.
public struct ServiceSession: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<ServiceSession>
    /// The representative's mandate.
    public let mandate: ID<Mandate>
    /// Their name.
    public let representative: String
    /// The day.
    public let heldOn: CalendarDate
    /// Whether they took part.
    public let attended: Bool
    /// What was treated.
    public let summary: String
    /// Why they did not come.
    public let excuse: String?
    /// The minutes, or another paper.
    public let file: ID<StoredFile>?
}

/// Something that a representative proposed in a body outside.
public struct ServiceProposal: Sendable, Hashable, Identifiable {
    /// What it is about.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Days and hours of attention.
        case openingHours = "opening_hours"
        /// Quality of the service.
        case quality
        /// Access: appointments, medicines, distances.
        case access
        /// Participation of users.
        case participation
        /// Anything else.
        case other

        /// The name on screens.
        public var title: String {
            switch self {
            case .openingHours: "Días y horarios de atención"
            case .quality: "Calidad del servicio"
            case .access: "Acceso: citas, medicamentos, traslados"
            case .participation: "Participación de los usuarios"
            case .other: "Otro tema"
            }
        }
    }

    /// What was decided on it.
    public enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// Nothing yet.
        case pending
        /// It was accepted.
        case accepted
        /// It was refused.
        case refused

        /// The name on screens.
        public var title: String {
            switch self {
            case .pending: "Sin decisión"
            case .accepted: "Aceptada"
            case .refused: "Negada"
            }
        }
    }

    /// Whether what was accepted was carried out.
    public enum Fulfilment: String, Sendable, Hashable, CaseIterable {
        /// Nobody said.
        case unknown
        /// It was.
        case yes
        /// In part.
        case partly
        /// It was not.
        case no

        /// The name on screens.
        public var title: String {
            switch self {
            case .unknown: "Sin dato"
            case .yes: "Se cumplió"
            case .partly: "Se cumplió en parte"
            case .no: "No se ha cumplido"
            }
        }
    }

    /// Identifies it.
    public let id: Kernel.ID<ServiceProposal>
    /// What it is about.
    public let kind: Kind
    /// What is proposed.
    public let proposal: String
    /// The day.
    public let proposedOn: CalendarDate
    /// What was decided.
    public let outcome: Outcome
    /// In which words.
    public let decision: String?
    /// When.
    public let decidedOn: CalendarDate?
    /// Whether it was carried out.
    public let carriedOut: Fulfilment
    /// What is known of that.
    public let followUp: String?
    /// As of which day.
    public let followedOn: CalendarDate?
}

/// What representatives told the members.
public struct ServiceReport: Sendable, Hashable {
    /// The day.
    public let reportedOn: CalendarDate
    /// To whom, and how.
    public let audience: String
    /// What they told.
    public let summary: String
    /// The meeting in which they did.
    public let meeting: ID<Meeting>?
    /// The report in writing.
    public let file: ID<StoredFile>?
}

/// Why something about representatives outside is refused.
public enum ServiceError: UserFacingError, Hashable {
    /// The body is none outside the alliance.
    case notOutside
    /// The representative did not hold the seat on the day.
    case noRight(String)
    /// Nothing is told of what was treated.
    case summaryMissing
    /// A session of that day was told.
    case sameDay
    /// The day lies in the future.
    case inFuture
    /// The proposal says nothing.
    case proposalMissing
    /// There is no such proposal.
    case notFound
    /// The decision is not told.
    case decisionMissing
    /// What was decided lies before what was proposed.
    case decidedBefore
    /// It was decided before.
    case decidedAlready
    /// It was not accepted: nothing is to be carried out.
    case notAccepted
    /// What is known of it is not told.
    case followUpMissing
    /// Who was told is missing.
    case audienceMissing

    /// The stable code.
    public var code: String {
        switch self {
        case .notOutside: "governance.service.not_outside"
        case .noRight: "governance.service.no_right"
        case .summaryMissing: "governance.service.summary_missing"
        case .sameDay: "governance.service.same_day"
        case .inFuture: "governance.service.in_future"
        case .proposalMissing: "governance.service.proposal_missing"
        case .notFound: "governance.service.not_found"
        case .decisionMissing: "governance.service.decision_missing"
        case .decidedBefore: "governance.service.decided_before"
        case .decidedAlready: "governance.service.decided_already"
        case .notAccepted: "governance.service.not_accepted"
        case .followUpMissing: "governance.service.follow_up_missing"
        case .audienceMissing: "governance.service.audience_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .sameDay, .decidedAlready: .conflict
        case .notOutside, .noRight, .notAccepted: .refused
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .noRight: "mandate"
        case .sameDay, .inFuture, .decidedBefore: "day"
        case .summaryMissing: "summary"
        case .proposalMissing: "proposal"
        case .decisionMissing: "decision"
        case .followUpMissing: "follow_up"
        case .audienceMissing: "audience"
        default: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notOutside:
            "Esto se anota de los organismos de fuera a los que la alianza envía representantes."
        case .noRight(let name): "\(name) no ocupaba el puesto ese día. Revise la fecha o quién fue."
        case .summaryMissing: "Cuente qué se trató en la sesión."
        case .sameDay: "La sesión de ese día ya está anotada."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .proposalMissing: "Escriba qué se propuso."
        case .notFound: "No encontramos esa propuesta. Vuelva al organismo y escójala de nuevo."
        case .decisionMissing: "Escriba qué se decidió."
        case .decidedBefore: "La decisión no puede ser anterior a la propuesta."
        case .decidedAlready: "La decisión sobre esa propuesta ya consta."
        case .notAccepted: "Solo de una propuesta aceptada se anota si se cumplió."
        case .followUpMissing: "Cuente qué se sabe del cumplimiento."
        case .audienceMissing: "Diga a quiénes se les contó y cómo."
        }
    }
}
