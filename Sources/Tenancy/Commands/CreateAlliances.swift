public import Foundation
public import Postgres

/// Makes several alliances in preparation at once: all of them, or none.
public struct CreateAlliances: Command {
    /// Who may do it.
    public static let permission = Permission.createAlliances
    /// How many may be made at once.
    public static let limit = 500
    /// What makes each.
    public let alliances: [CreateAlliance]

    /// Takes what a person reviewed.
    ///
    /// - Throws: ``AllianceError/nothingToCreate``, ``AllianceError/tooManyAtOnce``.
    public init(_ alliances: [CreateAlliance]) throws(AllianceError) {
        guard !alliances.isEmpty else { throw .nothingToCreate }
        guard alliances.count <= Self.limit else { throw .tooManyAtOnce }
        self.alliances = alliances
    }

    /// Where the right is asked and each act is written, as one that is made alone.
    public var stream: AuditStream { .office }

    /// Carries it out.
    ///
    /// - Throws: ``AllianceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<[Alliance]> {
        let (made, traces) = try await alliances.perform(in: transaction, at: now)
        guard let first = traces.first else { throw AllianceError.nothingToCreate }
        return Audited(made, first.event, others: Array(traces.dropFirst()))
    }
}
