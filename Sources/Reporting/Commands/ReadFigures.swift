public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What control bodies are told of the commitments and complaints of an alliance, or of all of the tenant's: who is watched
/// reads the same as who watches.
public struct ReadFigures: Query {
    /// Who may ask.
    public static let permission = Permission.seeCompliance
    /// The alliance; `nil` for all of the tenant.
    public let alliance: ID<Alliance>?

    /// Asks about an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// Asks about all of the tenant's.
    public init() {
        alliance = nil
    }

    /// The alliance's chain, or the office's.
    public var stream: AuditStream { alliance.map(AuditStream.alliance) ?? .office }

    /// Reads it.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [AllianceFigures] {
        try await transaction.toldFigures(of: alliance)
    }
}
