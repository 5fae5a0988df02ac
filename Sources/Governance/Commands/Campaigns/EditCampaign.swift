public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Changes what a campaign is; what was written and sent of it stays.
public struct EditCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign as it is to be, with the revision that was read.
    public let campaign: Campaign

    /// Takes what a person filled in.
    public init(_ campaign: Campaign, of alliance: ID<Alliance>) {
        self.campaign = campaign
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let found = try await transaction.openCampaign(campaign.id, of: alliance)
        try await transaction.update(campaign)
        return Audited(
            AuditEvent(
                "governance.campaign.edited", subject: campaign.id, details: campaign.details,
                words: ["title": campaign.title], isReserved: found.campaign.isReserved))
    }
}
