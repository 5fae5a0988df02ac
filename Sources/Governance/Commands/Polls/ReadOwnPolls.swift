public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The polls that a member may answer now, and those they answered.
public struct ReadOwnPolls: Query {
    /// A poll with whether they answered it.
    public struct Line: Sendable, Hashable {
        /// The poll.
        public let poll: Poll
        /// Whether it was answered from their account.
        public let isAnswered: Bool
    }

    /// Who may do it.
    public static let permission = Permission.answerPolls
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(in alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Line] {
        guard let user = transaction.scope.principal.user else { return [] }
        let today = ColombianTime.date(at: now)
        var lines: [Line] = []
        for poll in try await transaction.polls(of: alliance) where poll.standing(on: today) == .open {
            lines.append(
                Line(
                    poll: poll, isAnswered: try await transaction.isAnswered(poll.id, from: .user(user))))
        }
        return lines
    }
}
