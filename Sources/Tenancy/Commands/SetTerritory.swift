public import Foundation
public import Kernel
public import Postgres

/// Sets the municipalities of an alliance.
public struct SetTerritory: Command {
    /// Who may do it.
    public static let permission = Permission.editAlliances
    /// The alliance.
    public let id: ID<Alliance>
    /// The DIVIPOLA codes of all its municipalities.
    public let municipalities: Set<String>

    /// Takes what a person chose.
    public init(of id: ID<Alliance>, municipalities: Set<String>) {
        self.id = id
        self.municipalities = municipalities
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(id) }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let alliance = try await transaction.alliance(id) else { throw AllianceError.notFound }
        let before = try await transaction.municipalities(of: id).map(\.code).sorted()
        try await transaction.setMunicipalities(municipalities, of: alliance)
        return Audited(
            AuditEvent(
                "tenancy.alliance.territory_set", subject: id,
                details: [
                    "municipalities": municipalities.sorted().joined(separator: " "),
                    "before": before.joined(separator: " "),
                ]))
    }
}
