import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Counts how many people of the register each insurer has. It reads the whole register: once an import, and never
    /// where somebody looks. The caller holds the register.
    func countInsurers(at now: Date) async throws {
        try await execute(
            "delete from membership.insurer_counts where organization_id = \(organization)")
        try await execute(
            """
            insert into membership.insurer_counts (organization_id, insurer_code, users, counted_at)
            select organization_id, insurer_code, count(*)::integer, \(now)
            from membership.affiliates
            where organization_id = \(organization) and insurer_code is not null
                and affiliation_state in ('active', 'suspended')
            group by organization_id, insurer_code
            """)
    }
}
