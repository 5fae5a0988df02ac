public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Ends a campaign: what came of it, or why it was not sent.
public struct CloseCampaign: Command {
    /// Who may do it.
    public static let permission = Permission.runCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>
    /// What came of it.
    public let words: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``CampaignError/noteMissing``.
    public init(_ id: ID<Campaign>, of alliance: ID<Alliance>, _ words: String) throws(CampaignError) {
        guard let words = words.trimmedOrNil else { throw .noteMissing }
        self.alliance = alliance
        self.id = id
        self.words = words
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it.
    ///
    /// - Throws: ``CampaignError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        _ = try await transaction.openCampaign(id, of: alliance)
        try await transaction.close(id, on: ColombianTime.date(at: now), words)
        return Audited(AuditEvent("governance.campaign.closed", subject: id))
    }
}
