import Foundation
import Kernel
import Postgres
import Tenancy

extension Campaign {
    /// What its events tell beside its name.
    var details: [String: String] {
        ["kind": kind.title, "axis": String(axis.rawValue), "from": planned.lowerBound.description]
    }
}

extension Transaction where Scope == TenantScope {
    /// A campaign that is not over.
    func openCampaign(
        _ id: ID<Campaign>, of alliance: ID<Alliance>
    ) async throws -> CampaignSummary {
        guard let found = try await lockedCampaign(id, of: alliance) else { throw CampaignError.notFound }
        guard found.campaign.closing == nil else { throw CampaignError.closed }
        return found
    }
}
