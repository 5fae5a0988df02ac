public import Kernel
public import Tenancy

/// A signed paper that was added to an act recorded before: the act stays as it was, and the paper beside it.
public struct Paper: Sendable, Hashable {
    /// What a paper is of.
    public enum Subject: Sendable, Hashable {
        /// The minutes of a constitution assembly.
        case constitution(ID<Constitution>)
        /// The minutes of the assembly that approved bylaws.
        case bylaws(ID<Bylaws>)
        /// The minutes of the meeting that approved a plan.
        case plan(ID<WorkPlan>)
        /// The signed minutes of a meeting.
        case minutes(ID<Minutes>)
        /// The list of those who came to a meeting.
        case attendance(ID<Minutes>)
        /// The certificate of a registration.
        case registration(ID<Registration>)

        /// The name on screens.
        public var title: String {
            switch self {
            case .constitution: "Acta de constitución firmada"
            case .bylaws: "Acta que aprobó los estatutos"
            case .plan: "Acta que aprobó el plan"
            case .minutes: "Acta firmada"
            case .attendance: "Lista de asistencia"
            case .registration: "Certificado del registro"
            }
        }

        /// What it is kept as.
        var retention: RetentionClass {
            switch self {
            case .constitution, .bylaws, .registration: .constitution
            case .plan, .minutes: .minutes
            case .attendance: .attendance
            }
        }
    }

    /// Identifies it.
    public let id: ID<Paper>
    /// What it is of.
    public let subject: Subject
    /// Its number and what it calls itself.
    public let title: String
    /// The day that it bears.
    public let datedOn: CalendarDate
    /// The document.
    public let file: ID<StoredFile>

    /// Makes a paper.
    public init(
        id: ID<Paper>, subject: Subject, title: String, datedOn: CalendarDate, file: ID<StoredFile>
    ) {
        self.id = id
        self.subject = subject
        self.title = title
        self.datedOn = datedOn
        self.file = file
    }
}

/// Why a paper is refused.
public enum PaperError: UserFacingError, Hashable {
    /// What it is of is none of this alliance's.
    case subjectNotFound
    /// It has no name.
    case untitled
    /// The day lies in the future.
    case inFuture

    /// The stable code.
    public var code: String {
        switch self {
        case .subjectNotFound: "governance.paper.subject_not_found"
        case .untitled: "governance.paper.untitled"
        case .inFuture: "governance.paper.in_future"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { self == .subjectNotFound ? .notFound : .invalid }

    /// The form field.
    public var field: String? {
        switch self {
        case .subjectNotFound: nil
        case .untitled: "title"
        case .inFuture: "day"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .subjectNotFound:
            "No encontramos a qué pertenece ese documento. Vuelva a la alianza y ábralo de nuevo."
        case .untitled: "Escriba cómo se identifica el documento: su número y fecha."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        }
    }
}
