public import Foundation
public import Kernel

/// How far the sealed minutes of a meeting go beyond those who run it.
public enum MinutesPublicity: Sendable, Hashable {
    /// The board never kept the meeting to itself: their public version is published with the seal.
    case withSeal
    /// The board keeps the meeting to itself.
    case reserved
    /// The board shared the meeting with the entity, and has not published its minutes.
    case entityOnly
    /// The board shared the meeting, and published its minutes then.
    case published(at: Date)
}

/// Why minutes are not published.
public enum MinutesPublicityError: UserFacingError, Hashable {
    /// They have no seal, or no public version.
    case notSealed
    /// The meeting is the board's own still.
    case reserved
    /// They are published already.
    case alreadyPublished

    /// The stable code.
    public var code: String {
        switch self {
        case .notSealed: "governance.minutes_publicity.not_sealed"
        case .reserved: "governance.minutes_publicity.reserved"
        case .alreadyPublished: "governance.minutes_publicity.already_published"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notSealed, .reserved: .refused
        case .alreadyPublished: .conflict
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notSealed: "Solo se publica un acta sellada. Complete las firmas y vuelva a intentarlo."
        case .reserved:
            "La junta todavía guarda esta reunión para sí. Compártala primero con la entidad; después podrá publicar el acta."
        case .alreadyPublished: "Esta acta ya está publicada en la página de la alianza."
        }
    }
}
