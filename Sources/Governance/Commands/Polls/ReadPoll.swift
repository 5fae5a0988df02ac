public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A poll with what came of it.
public struct ReadPoll: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The poll.
        public let poll: Poll
        /// What came of it.
        public let result: PollResult
        /// Its counts of paper.
        public let tallies: [PollTally]
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The poll.
    public let id: ID<Poll>

    /// Asks for a poll.
    public init(_ id: ID<Poll>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``PollError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let poll = try await transaction.poll(id, of: alliance)
        return Answer(
            poll: poll, result: try await transaction.result(of: poll),
            tallies: try await transaction.tallies(of: poll), today: ColombianTime.date(at: now))
    }
}
