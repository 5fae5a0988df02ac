public import Kernel
public import Tenancy

/// What shows that a meeting was held (`evidencia`): photographs, slides, a poster with its stamp.
public struct MeetingEvidence: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<MeetingEvidence>
    /// What it shows.
    public let title: String
    /// The day of the file itself.
    public let datedOn: CalendarDate
    /// The file.
    public let file: ID<StoredFile>
    /// Its SHA-256.
    public let sha256: HashDigest
}

/// Why something is not kept as evidence.
public enum EvidenceError: UserFacingError, Hashable {
    /// It does not say what it shows.
    case untitled
    /// The meeting was called off.
    case cancelled
    /// The day lies ahead.
    case inFuture
    /// The meeting has that file already.
    case known

    /// The code.
    public var code: String {
        switch self {
        case .untitled: "governance.evidence.untitled"
        case .cancelled: "governance.evidence.cancelled"
        case .inFuture: "governance.evidence.in_future"
        case .known: "governance.evidence.known"
        }
    }

    /// The kind.
    public var kind: ErrorKind { self == .untitled || self == .inFuture ? .invalid : .conflict }

    /// The question that it is about.
    public var field: String? {
        switch self {
        case .untitled: "title"
        case .inFuture: "day"
        case .known: "file"
        case .cancelled: nil
        }
    }

    /// What to say.
    public var message: String {
        switch self {
        case .untitled: "Escriba qué muestra el archivo."
        case .cancelled: "La reunión se canceló: no tiene evidencias."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .known: "Ese archivo ya está entre las evidencias de la reunión."
        }
    }
}
