public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Keeps what a person adds to what happened, as long as the minutes are not approved.
public struct WriteMinutes: Command {
    /// Who may do it.
    public static let permission = Permission.writeMinutes
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What is kept.
    public let free: MinutesDraft.Free

    /// Takes what a person wrote.
    public init(_ free: MinutesDraft.Free, of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.free = free
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Keeps it.
    ///
    /// - Throws: ``MinutesError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let draft = try await transaction.openMinutes(of: meeting, in: alliance, at: now)
        guard draft.state == .draft || draft.state == .circulated else { throw MinutesError.closed }
        try await transaction.save(free, in: draft.id, at: now)
        return Audited(
            AuditEvent(
                "governance.minutes.written", subject: draft.id, details: ["meeting": meeting.id.description])
        )
    }
}
