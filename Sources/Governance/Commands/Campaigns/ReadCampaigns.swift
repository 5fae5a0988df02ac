public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The campaigns and bulletins of an alliance, as the scope may see them.
public struct ReadCampaigns: Query {
    /// Who may do it.
    public static let permission = Permission.readCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Asks for those of an alliance.
    public init(of alliance: ID<Alliance>) {
        self.alliance = alliance
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads them.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [CampaignSummary] {
        try await transaction.campaigns(of: alliance)
    }
}

/// A campaign with its piece in all versions and what was sent.
public struct ReadCampaign: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The campaign.
        public let summary: CampaignSummary
        /// The versions of its piece, the last first.
        public let pieces: [CampaignPiece]
        /// What was sent, the last first.
        public let sendings: [CampaignSending]
        /// The year in which it counts, and the activities of its plan that campaigns fulfil.
        public let fulfils: (year: Int, activities: [WorkPlan.Activity])
    }

    /// Who may do it.
    public static let permission = Permission.readCampaigns
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The campaign.
    public let id: ID<Campaign>

    /// Asks for a campaign.
    public init(_ id: ID<Campaign>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``CampaignError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let summary = try await transaction.campaign(id, of: alliance) else {
            throw CampaignError.notFound
        }
        let sendings = try await transaction.sendings(of: id)
        let first = sendings.filter { $0.withdrawal == nil }.map(\.sentOn).min()
        let year = (first ?? summary.campaign.planned.lowerBound).components.year
        let plan = try await transaction.plans(of: alliance, in: year).first
        return Answer(
            summary: summary, pieces: try await transaction.pieces(of: id), sendings: sendings,
            fulfils: (
                year,
                plan?.activities.filter {
                    $0.fulfilledBy.contains { [.campaign, .campaignReach].contains($0) }
                } ?? []
            ))
    }
}
