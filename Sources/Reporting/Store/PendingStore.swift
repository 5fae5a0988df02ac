import Foundation
import Kernel
import Postgres
import Tenancy

/// An obligation that asks something of an alliance, as it was last reckoned.
struct AskedObligation: RowDecodable {
    let alliance: ID<Alliance>
    let code: Obligation.Code
    let title: String
    let state: ObligationState
    let dueOn: CalendarDate?

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        code = try row["code"]
        title = try row["title"]
        state = try row["state"]
        dueOn = try row["due_on"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the obligations that are in some states, each once for an alliance, whatever its municipalities.
    func askedObligations(_ asked: [ObligationState]) async throws -> [AskedObligation] {
        try await rows(
            """
            select states.alliance_id, states.code, obligations.title, states.state,
                min(states.due_on) as due_on
            from reporting.obligation_states as states
            join catalogue.obligations on obligations.code = states.code
            where states.organization_id = \(organization)
                and states.state = any (\(asked.map(\.rawValue)))
            group by states.alliance_id, states.code, obligations.title, states.state
            order by states.code, states.alliance_id
            """)
    }
}
