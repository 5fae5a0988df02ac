public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Reads the count of a contest at a table, blind: nobody sees a jury's figures before both have entered.
public struct ReadCount: Query {
    /// Who may do it.
    public static let permission = Permission.seeCounts
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace

    /// Asks about a vote at its table.
    public init(of poll: PollPlace, in place: ProcessPlace) {
        self.place = place
        self.poll = poll
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Reads it.
    ///
    /// - Throws: ``VotingDayError/pollNotOpen`` where nobody voted there yet.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> CountFile {
        try await transaction.countFile(of: poll, in: place)
    }
}
