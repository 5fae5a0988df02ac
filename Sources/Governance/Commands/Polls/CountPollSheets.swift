public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Adds sheets of paper that were counted by hand.
public struct CountPollSheets: Command {
    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let poll: ID<Poll>
    /// The count.
    public let tally: PollTally
    /// The sheets, or the sheet of the count.
    public let paper: StoredFile?

    /// Takes a count.
    public init(
        _ tally: PollTally, of poll: ID<Poll>, in alliance: ID<Alliance>, paper: StoredFile? = nil
    ) {
        self.alliance = alliance
        self.poll = poll
        self.tally = tally
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    ///
    /// - Throws: ``PollError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.lockPoll(poll)
        let found = try await transaction.poll(poll, of: alliance)
        guard found.closedOn == nil else { throw PollError.closed }
        guard tally.countedOn <= ColombianTime.date(at: now), tally.countedOn >= found.opensOn else {
            throw PollError.dayOutOfPlace
        }
        try tally.check(against: found.questions)
        var file: ID<StoredFile>?
        if let paper { file = try await transaction.store(paper, as: .activities, in: stream, at: now) }
        try await transaction.insert(
            PollTally(
                id: tally.id, place: tally.place, sheets: tally.sheets, countedOn: tally.countedOn,
                file: file,
                counts: tally.counts), to: poll, at: now)
        return Audited(
            AuditEvent(
                "governance.poll.counted", subject: poll, details: ["sheets": String(tally.sheets)]))
    }
}
