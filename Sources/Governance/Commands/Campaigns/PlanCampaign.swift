public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Plans a campaign or bulletin. Its board may keep it to itself until it shares it.
public struct PlanCampaign: Undertaking {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// What is planned.
    public let campaign: Campaign

    /// Takes what a person filled in.
    public init(_ campaign: Campaign, of alliance: ID<Alliance>) {
        self.campaign = campaign
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Plans it.
    ///
    /// - Throws: ``CampaignError/notOnBoard``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Campaign>
    > {
        if campaign.isReserved, !transaction.scope.principal.mayReserve(in: stream) {
            throw CampaignError.notOnBoard
        }
        try await transaction.insert(campaign, of: alliance, at: now)
        return Audited(
            campaign.id,
            AuditEvent(
                "governance.campaign.planned", subject: campaign.id, details: campaign.details,
                words: ["title": campaign.title], isReserved: campaign.isReserved))
    }
}
