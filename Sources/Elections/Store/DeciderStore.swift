import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The names of the committee of a process at a moment, in their order.
    func committee(of place: ProcessPlace, at moment: Date) async throws -> [String] {
        try await values(
            """
            select distinct users.name \(fragment: deciders(of: place.process, in: place.alliance, at: moment))
            order by users.name
            """)
    }

    /// The names of those who may decide for the committee in a process besides who asks, in their order.
    func otherDeciders(of process: ElectionProcess, at now: Date) async throws -> [String] {
        try await values(
            """
            select distinct users.name \(fragment: deciders(of: process.id, in: process.alliance, at: now))
                and users.user_id is distinct from \(scope.principal.user) and is_active
                and not exists (
                    select from membership.affiliates
                    join elections.capacities on capacities.organization_id = affiliates.organization_id
                        and capacities.person_id = affiliates.person_id
                    where affiliates.organization_id = \(organization)
                        and capacities.organization_id = \(organization)
                        and capacities.process_id = \(process.id)
                        and affiliates.document_type = users.document_type
                        and affiliates.document_number = users.document_number
                        and capacity <> 'committee')
            order by users.name
            """)
    }

    private func deciders(
        of process: ID<ElectoralProcess>, in alliance: ID<Alliance>, at moment: Date
    ) -> SQL {
        """
        from tenancy.users
        join tenancy.grants on grants.organization_id = users.organization_id
            and grants.user_id = users.user_id
        where users.organization_id = \(organization) and grants.organization_id = \(organization)
            and grants.role = \(Role.electionCommittee)
            and starts_at <= \(moment) and (ends_at is null or ends_at > \(moment))
            and (grants.alliance_id is null or grants.alliance_id = \(alliance))
            and (grants.process_id is null or grants.process_id = \(process))
        """
    }
}
