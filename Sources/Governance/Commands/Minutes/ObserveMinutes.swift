public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Asks for a change in circulated minutes.
public struct ObserveMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.observeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The section.
    public let section: String
    /// What is asked.
    public let observation: String

    /// Takes what a person wrote.
    ///
    /// - Throws: ``MinutesError/emptyObservation``.
    public init(
        _ observation: String, on section: String, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) throws(MinutesError) {
        guard let observation = observation.trimmedOrNil else { throw .emptyObservation }
        self.alliance = alliance
        self.meeting = meeting
        self.section = section
        self.observation = observation
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard try await transaction.meeting(meeting, of: alliance) != nil,
            let draft = try await transaction.lockedMinutes(of: meeting)
        else { throw MinutesError.notFound }
        switch draft.state {
        case .draft: throw MinutesError.notCirculated
        case .approved, .sealed: throw MinutesError.closed
        case .circulated: break
        }
        let principal = transaction.scope.principal
        if !principal.holds(.writeMinutes, in: stream) {
            guard try await transaction.wasIn(meeting) else { throw MinutesError.wasNotThere }
        }
        var name = "La administración del servidor"
        if let user = principal.user, let found = try await transaction.user(user) { name = found.name }
        try await transaction.insert(observation: observation, on: section, of: draft, by: name, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.observed", subject: draft.id,
                details: ["meeting": meeting.description, "section": section]))
    }
}
