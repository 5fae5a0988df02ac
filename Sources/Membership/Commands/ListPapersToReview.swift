public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A paper that waits for its review, as lists show it.
public struct WaitingPaper: Sendable, Hashable {
    /// The paper.
    public let paper: PersonFile.Paper
    /// Of whom it is.
    public let person: ID<Person>
    /// Names and surnames.
    public let name: String
    /// When it was recorded.
    public let recordedAt: Date
    /// Who recorded it, by name.
    public let recorder: String?
}

/// Lists the papers of an alliance and its elections that nobody has reviewed yet, the oldest first.
public struct ListPapersToReview: Query {
    /// Who may do it.
    public static let permission = Permission.reviewFacts
    /// The alliance.
    public let alliance: ID<Alliance>
    /// How many rows at the most.
    public let limit: Int
    /// How many rows are passed over.
    public let offset: Int

    /// Asks for a page of the list.
    public init(of alliance: ID<Alliance>, limit: Int = 50, offset: Int = 0) {
        self.alliance = alliance
        self.limit = limit
        self.offset = offset
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names, and what papers say, are shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "name papers"]) }

    /// Reads the page, and how many there are in all.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (papers: [WaitingPaper], total: Int) {
        try await transaction.papersToReview(self)
    }
}
