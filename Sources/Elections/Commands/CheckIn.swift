public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Lets an elector of the frozen roll in (`registra el ingreso`) and records the presence as a fact.
public struct CheckIn: Command {
    /// Who may do it.
    public static let permission = Permission.checkIn
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// The elector.
    public let person: ID<Person>
    /// Whether the original identity document was shown.
    public let showedDocument: Bool

    /// Somebody at the door.
    public init(
        _ person: ID<Person>, to session: ID<VotingSession>, of place: ProcessPlace, showedDocument: Bool
    ) {
        self.place = place
        self.session = session
        self.person = person
        self.showedDocument = showedDocument
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Lets the person in.
    ///
    /// - Throws: ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<SessionPresence>> {
        let presence = ID<SessionPresence>()
        try await transaction.checkIn(
            person, as: presence, to: session, of: place, showedDocument: showedDocument, at: now)
        let day = ColombianTime.date(at: now)
        try await transaction.record(
            FactRecord(
                person: person, kind: "presence", value: "in", source: "ingreso a la votación",
                validFrom: day, happenedAt: now, alliance: place.alliance, process: place.process,
                origin: presence.rawValue), at: now)
        if showedDocument {
            try await transaction.record(
                FactRecord(
                    person: person, kind: "identity_shown", value: "shown", source: "ingreso a la votación",
                    validFrom: day, happenedAt: now, alliance: place.alliance, process: place.process,
                    origin: presence.rawValue),
                at: now)
        }
        let obstacles = try await transaction.sessionObstacles(
            of: person, as: .elector,
            in: EligibilitySpace(alliance: place.alliance, process: place.process), on: day, at: now)
        guard obstacles.isEmpty else { throw VotingDayError.requirementsNotMet(obstacles) }
        return Audited(
            presence,
            AuditEvent(
                "elections.presence.arrived", subject: presence, details: ["person": person.description]))
    }
}

/// Takes a check-in back within five minutes; it stays as undone, and nothing is known of it any more.
public struct UndoCheckIn: Command {
    /// Who may do it.
    public static let permission = Permission.checkIn
    /// The process.
    public let place: ProcessPlace
    /// The check-in.
    public let presence: ID<SessionPresence>

    /// Names the check-in.
    public init(_ presence: ID<SessionPresence>, of place: ProcessPlace) {
        self.place = place
        self.presence = presence
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Takes it back.
    ///
    /// - Throws: ``VotingDayError/notPresent`` and ``VotingDayError/tooLateToUndo``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.undo(presence, of: place, at: now)
        try await transaction.cancelFacts(
            of: presence.rawValue, because: "El ingreso se deshizo.", at: now)
        return Audited(AuditEvent("elections.presence.undone", subject: presence))
    }
}

/// Notes that somebody left (`registra la salida`).
public struct Leave: Command {
    /// Who may do it.
    public static let permission = Permission.checkIn
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// Who left.
    public let person: ID<Person>

    /// Somebody who goes.
    public init(_ person: ID<Person>, from session: ID<VotingSession>, of place: ProcessPlace) {
        self.place = place
        self.session = session
        self.person = person
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Notes it, also as a fact.
    ///
    /// - Throws: ``VotingDayError/notPresent``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.leave(person, session, of: place, at: now)
        try await transaction.record(
            FactRecord(
                person: person, kind: "presence", value: "out", source: "salida de la votación",
                validFrom: ColombianTime.date(at: now), happenedAt: now, alliance: place.alliance,
                process: place.process), at: now)
        return Audited(
            AuditEvent("elections.presence.left", subject: session, details: ["person": person.description]))
    }
}
