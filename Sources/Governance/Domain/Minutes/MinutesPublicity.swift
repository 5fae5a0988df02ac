public import Foundation
public import Kernel
public import Tenancy

/// Whether sealed minutes stand on the citizen's page of their alliance.
public enum MinutesPublicity: Sendable, Hashable {
    /// What somebody decided about it.
    public enum Act: String, Sendable, Hashable, CaseIterable {
        /// To publish the version without names.
        case published
        /// Not to publish it.
        case withheld
        /// To take it off the page.
        case withdrawn
    }

    /// The board keeps the meeting to itself.
    case reserved
    /// Nobody has decided.
    case undecided
    /// Anybody reads their public version.
    case published(at: Date)
    /// Somebody decided not to publish them.
    case withheld(at: Date, reason: String)
    /// They stood on the page and were taken off it.
    case withdrawn(at: Date, reason: String)

    /// Asks that an act is one that may follow on how they stand.
    ///
    /// - Throws: ``MinutesPublicityError``.
    func require(_ act: Act) throws(MinutesPublicityError) {
        switch (self, act) {
        case (.reserved, _): throw .reserved
        case (.published, .published), (.published, .withheld): throw .alreadyPublished
        case (.withheld, .withheld): throw .alreadyWithheld
        case (.undecided, .withdrawn), (.withheld, .withdrawn), (.withdrawn, .withdrawn),
            (.withdrawn, .withheld):
            throw .notPublished
        case (.undecided, _), (.withheld, .published), (.withdrawn, .published), (.published, .withdrawn):
            break
        }
    }
}

/// Sealed minutes before those who decide whether they are published.
public struct SealedMinutes: Sendable, Hashable {
    /// The minutes.
    public let id: ID<Minutes>
    /// Whether the board had kept the meeting to itself: it alone decides then.
    public let isOfBoard: Bool
    /// Where they stand.
    public let publicity: MinutesPublicity
    /// How many times somebody decided.
    let decisions: Int

    /// Asks that an act may follow on how they stand, and that who acts may decide it.
    ///
    /// - Throws: ``MinutesPublicityError``.
    public func require(
        _ act: MinutesPublicity.Act, by principal: Principal, in stream: AuditStream
    ) throws(MinutesPublicityError) {
        guard mayDecide(principal, in: stream) else { throw .ofTheBoard }
        try publicity.require(act)
    }

    /// Whether who acts may decide, beside the right to publish.
    public func mayDecide(_ principal: Principal, in stream: AuditStream) -> Bool {
        !isOfBoard || principal.mayReserve(in: stream)
    }
}

/// Why minutes are not published, withheld or taken back.
public enum MinutesPublicityError: UserFacingError, Hashable {
    /// They have no seal, or no public version.
    case notSealed
    /// The meeting is the board's own still.
    case reserved
    /// The board had kept the meeting to itself, and who acts is not on it.
    case ofTheBoard
    /// They are published already.
    case alreadyPublished
    /// It was decided already that they are not.
    case alreadyWithheld
    /// They are not on the page.
    case notPublished
    /// No reason is given.
    case unreasoned

    /// The stable code.
    public var code: String {
        switch self {
        case .notSealed: "governance.minutes_publicity.not_sealed"
        case .reserved: "governance.minutes_publicity.reserved"
        case .ofTheBoard: "governance.minutes_publicity.of_the_board"
        case .alreadyPublished: "governance.minutes_publicity.already_published"
        case .alreadyWithheld: "governance.minutes_publicity.already_withheld"
        case .notPublished: "governance.minutes_publicity.not_published"
        case .unreasoned: "governance.minutes_publicity.unreasoned"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notSealed, .reserved: .refused
        case .ofTheBoard: .forbidden
        case .alreadyPublished, .alreadyWithheld, .notPublished: .conflict
        case .unreasoned: .invalid
        }
    }

    /// The form field.
    public var field: String? { self == .unreasoned ? "reason" : nil }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notSealed: "Solo se publica un acta sellada. Complete las firmas y vuelva a intentarlo."
        case .reserved:
            "La junta todavía guarda esta reunión para sí. Compártala primero con la entidad; después podrá publicar el acta."
        case .ofTheBoard:
            "La junta guardaba esta reunión para sí: solo ella decide si el acta se publica. Pídaselo a la junta."
        case .alreadyPublished: "Esta acta ya está publicada en la página de la alianza."
        case .alreadyWithheld:
            "Ya se decidió no publicar esta acta. Si cambiaron de parecer, pueden publicarla."
        case .notPublished: "Esta acta no está en la página de la alianza: no hay nada que retirar."
        case .unreasoned: "Escriba por qué; lo leen quienes pueden ver el acta."
        }
    }
}
