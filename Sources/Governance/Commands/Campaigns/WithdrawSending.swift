public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes a sending that was recorded by mistake out of what counts.
public struct WithdrawSending: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let campaign: ID<Campaign>
    /// The sending.
    public let id: ID<CampaignSending>
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CampaignError/noteMissing``.
    public init(
        _ id: ID<CampaignSending>, of campaign: ID<Campaign>, in alliance: ID<Alliance>,
        because reason: String
    ) throws(CampaignError) {
        guard let reason = reason.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.campaign = campaign
        self.id = id
        self.reason = reason
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it out.
    ///
    /// - Throws: ``CampaignError/notFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.campaign(campaign, of: alliance) else {
            throw CampaignError.notFound
        }
        try await transaction.withdraw(id, of: campaign, because: reason, at: now)
        return Audited(
            AuditEvent(
                "governance.campaign.sending_withdrawn", subject: campaign, words: ["reason": reason],
                isReserved: found.campaign.isReserved))
    }
}
