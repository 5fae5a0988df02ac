import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns how many mandates of principals in force end until a day with nobody to follow, by alliance.
    func endingMandates(until day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select bodies.alliance_id, null::uuid as process_id, count(*) as count, null::timestamptz as since,
                min(mandates.ends_on) as due_on
            from governance.mandates
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = mandates.body_id
            where mandates.organization_id = \(organization) and mandates.state = 'in_force'
                and mandates.rank = 0 and mandates.ends_on <= \(day) and bodies.dissolved_on is null
                and not exists (
                    select from governance.mandates as later
                    where later.organization_id = \(organization) and later.seat_id = mandates.seat_id
                        and later.rank = 0 and later.state in ('pending', 'in_force')
                        and later.starts_on > mandates.starts_on)
            group by bodies.alliance_id
            """)
    }
}
