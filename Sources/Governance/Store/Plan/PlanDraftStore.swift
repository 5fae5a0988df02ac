import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Lifts the reserve from a draft and from all that is in it, and gives it its number.
    ///
    /// - Throws: ``PlanError/draftAwaits(_:)`` where another draft came first.
    func share(_ draft: WorkPlan, as version: Int, because reason: String?) async throws {
        try await execute(
            "select governance.share_plan(\(organization), \(draft.id), \(version), \(reason))",
            refusals: [
                "work_plans_version_key": PlanError.draftAwaits(draft.year),
                "work_plans_one_draft_key": PlanError.draftAwaits(draft.year),
            ])
    }

    /// Whether something was told of a version of a plan.
    func isFollowed(_ plan: ID<WorkPlan>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.plan_follow_ups
                where organization_id = \(organization) and plan_id = \(plan))
            """) ?? false
    }

    /// Writes that a draft was given up.
    ///
    /// - Throws: ``PlanError/notADraft``.
    func drop(_ plan: ID<WorkPlan>, because reason: String, on day: CalendarDate) async throws {
        let written = try await execute(
            """
            update governance.work_plans set dropped_on = \(day), drop_reason = \(reason)
            where organization_id = \(organization) and plan_id = \(plan) and approved_on is null
                and dropped_on is null
            """)
        guard written == 1 else { throw PlanError.notADraft }
    }
}
