public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The polls of an alliance.
public struct ReadPolls: Query {
    /// A poll with how many answered.
    public struct Line: Sendable, Hashable {
        /// The poll.
        public let poll: Poll
        /// How many answered.
        public let answers: Int
    }

    /// Who may do it.
    public static let permission = Permission.keepPolls
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them, the latest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Line] {
        let answers = try await transaction.pollAnswers(of: alliance)
        return try await transaction.polls(of: alliance).map { Line(poll: $0, answers: answers[$0.id] ?? 0) }
    }
}
