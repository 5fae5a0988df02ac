import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns how many obligations are in a state, by alliance, as they were last reckoned.
    func askedObligations(_ state: ObligationState) async throws -> [PendingCount] {
        try await rows(
            """
            select alliance_id, null::uuid as process_id, count(distinct code) as count,
                null::timestamptz as since, min(due_on) as due_on
            from reporting.obligation_states
            where organization_id = \(organization) and state = \(state)
            group by alliance_id
            """)
    }
}
