public import Foundation
public import Kernel
public import Postgres

/// Makes an alliance in preparation, with its territory.
public struct CreateAlliance: Command {
    /// Who may do it.
    public static let permission = Permission.createAlliances
    /// The alliance to be.
    public let alliance: Alliance
    /// The DIVIPOLA codes of its municipalities.
    public let municipalities: Set<String>

    /// Takes what a person filled in.
    ///
    /// - Throws: ``InvalidInput``.
    public init(
        name: String, kind: Alliance.Kind, siteName: String? = nil, municipalities: Set<String>
    ) throws(InvalidInput) {
        alliance = try Alliance(filledIn: name, kind: kind, siteName: siteName)
        self.municipalities = municipalities
    }

    // The alliance's own chain begins with its first event. The right is asked in the whole office: who has
    // it in one alliance alone makes no other.
    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Alliance> {
        let alliance = try await transaction.insert(alliance, at: now)
        try await transaction.setMunicipalities(municipalities, of: alliance)
        try await transaction.post(.allianceChanged(alliance.id), at: now)
        return Audited(
            alliance,
            AuditEvent(
                "tenancy.alliance.created", subject: alliance.id,
                details: [
                    "name": alliance.name, "kind": alliance.kind.rawValue, "site": alliance.siteName ?? "",
                    "municipalities": municipalities.sorted().joined(separator: " "),
                ]))
    }
}
