public import Foundation
public import Postgres
public import Tenancy

/// Reads the challenges of a process.
public struct ListChallenges: Query {
    /// Who may do it.
    public static let permission = Permission.seeChallenges
    /// The process.
    public let place: ProcessPlace

    /// Asks about a process.
    public init(in place: ProcessPlace) {
        self.place = place
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Who challenged is shown.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "challenger facts"]) }

    /// Reads them by number.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [ChallengeFile] {
        try await transaction.challenges(of: place)
    }
}
