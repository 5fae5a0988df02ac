public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes back a mistaken count of paper.
public struct WithdrawPollTally: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The count.
    public let tally: ID<PollTally>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``PollError/reasonMissing``.
    public init(
        _ tally: ID<PollTally>, of poll: ID<Poll>, in alliance: ID<Alliance>, because reason: String
    ) throws(PollError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.poll = poll
        self.tally = tally
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        guard try await transaction.poll(poll, of: alliance).closedOn == nil else { throw PollError.closed }
        try await transaction.withdraw(tally, of: poll, because: reason)
        return Audited(
            AuditEvent("governance.poll.count_withdrawn", subject: poll, details: ["reason": reason]))
    }
}
