public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Reads what the acta de escrutinio of a contest says; `nil` while there is no canvass.
public struct ReadCanvass: Query {
    /// Who may do it.
    public static let permission = Permission.seeCanvasses
    /// The process.
    public let place: ProcessPlace
    /// The contest.
    public let contest: ID<Contest>

    /// Asks about a contest.
    public init(of contest: ID<Contest>, in place: ProcessPlace) {
        self.place = place
        self.contest = contest
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Jurors, signers and those elected are named.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "jurors signers elected"]) }

    /// Reads it.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> CanvassReport? {
        try await transaction.report(of: contest, in: place)
    }
}
