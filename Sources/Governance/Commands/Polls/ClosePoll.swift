public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Closes a poll: it takes no more answers, and what came of it stands.
public struct ClosePoll: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>

    /// Names a poll.
    public init(_ poll: ID<Poll>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.poll = poll
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Closes it today; one that never opened is over on its first day.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        try await transaction.close(poll, on: max(ColombianTime.date(at: now), found.opensOn))
        return Audited(AuditEvent("governance.poll.closed", subject: poll))
    }
}
