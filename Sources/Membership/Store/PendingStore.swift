import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns how many papers wait for the review of who looks, by alliance and election.
    func papersToReview() async throws -> [PendingCount] {
        try await rows(
            """
            select facts.alliance_id, facts.process_id, count(*) as count,
                min(facts.recorded_at) as since, null::date as due_on
            from membership.recorded_facts as facts
            where facts.organization_id = \(organization) and facts.needs_review
                and facts.alliance_id is not null and facts.cancelled_at is null
                and facts.recorded_by is distinct from \(scope.principal.user)
                and not exists (
                    select from membership.fact_reviews as reviews
                    where reviews.organization_id = \(organization) and reviews.fact_id = facts.fact_id)
            group by facts.alliance_id, facts.process_id
            """)
    }

    /// Returns how many applications wait, by alliance.
    func applicationsToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select alliance_id, null::uuid as process_id, count(*) as count, min(recorded_at) as since,
                null::date as due_on
            from membership.applications
            where organization_id = \(organization) and state = 'pending'
            group by alliance_id
            """)
    }

    /// Returns how many requests of the public page wait for somebody to say who it is, by alliance.
    func joinRequestsToIdentify() async throws -> [PendingCount] {
        try await rows(
            """
            select alliance_id, null::uuid as process_id, count(*) as count, min(recorded_at) as since,
                null::date as due_on
            from membership.join_requests
            where organization_id = \(organization) and application_id is null and closed_on is null
            group by alliance_id
            """)
    }
}
