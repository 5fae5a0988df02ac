import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns how many claims wait, by process.
    func claimsToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(claims.filed_at) as since, null::date as due_on
            from elections.claims
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = claims.process_id
            where claims.organization_id = \(organization) and claims.state = 'open'
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// Returns how many slates wait, by process.
    func slatesToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(slates.registered_at) as since, null::date as due_on
            from elections.slates
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = slates.process_id
            where slates.organization_id = \(organization) and slates.state = 'registered'
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// Returns how many challenges wait, by process.
    func challengesToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(challenges.filed_at) as since, null::date as due_on
            from elections.challenges
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = challenges.process_id
                and processes.state not in ('proclaimed', 'void', 'annulled')
            where challenges.organization_id = \(organization) and challenges.state = 'open'
            group by processes.alliance_id, processes.process_id
            """)
    }
}
