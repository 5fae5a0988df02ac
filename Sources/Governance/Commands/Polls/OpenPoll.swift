public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Begins a poll. What it asks is not changed afterwards: answers are to what was read.
public struct OpenPoll: Undertaking {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: Poll

    /// Takes what a person filled in.
    public init(_ poll: Poll, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.poll = poll
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Begins it.
    ///
    /// - Throws: ``PollError``, `InvalidInput` where the filter found something.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Poll>> {
        guard poll.closesOn >= ColombianTime.date(at: now) else { throw PollError.closesBeforeItOpens }
        try await transaction.clinicalFilter().check([("title", poll.title), ("purpose", poll.purpose)])
        try await transaction.insert(poll, of: alliance, at: now)
        return Audited(
            poll.id,
            AuditEvent(
                "governance.poll.opened", subject: poll.id,
                details: ["title": poll.title, "questions": String(poll.questions.count)]))
    }
}
