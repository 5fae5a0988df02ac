public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Shares a campaign of the board's own space with the entity. It is not taken back.
public struct ShareCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>

    /// Names a campaign.
    public init(_ id: ID<Campaign>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedCampaign(id, of: alliance)?.campaign else {
            throw CampaignError.notFound
        }
        guard found.isReserved else { throw CampaignError.alreadyShared }
        try await transaction.share(id)
        return Audited(
            AuditEvent("governance.campaign.shared", subject: id, details: ["title": found.title]))
    }
}
