import Foundation
import Kernel
import Postgres
import Tenancy

/// A right in an alliance whose ground, a mandate, is over.
struct PastRight: RowDecodable {
    let grant: ID<Grant>
    let user: ID<User>
    let role: Role
    let alliance: ID<Alliance>

    init(row: Row) throws(RowError) {
        grant = try row["grant_id"]
        user = try row["user_id"]
        role = try row["role"]
        alliance = try row["alliance_id"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The rights in alliances that have not ended, of those whose mandate was over before a day and who hold no seat in a
    /// body of the alliance on it.
    func rightsOfPastMandates(on day: CalendarDate, at now: Date) async throws -> [PastRight] {
        try await rows(
            """
            with seats as (
                select users.user_id, bodies.alliance_id, holdings.held_from, holdings.held_until
                from tenancy.users
                join membership.affiliates on affiliates.organization_id = \(organization)
                    and affiliates.document_type = users.document_type
                    and affiliates.document_number = users.document_number
                join governance.mandates on mandates.organization_id = \(organization)
                    and mandates.person_id = affiliates.person_id
                join governance.holdings on holdings.organization_id = \(organization)
                    and holdings.mandate_id = mandates.mandate_id
                join governance.bodies on bodies.organization_id = \(organization)
                    and bodies.body_id = mandates.body_id and not bodies.is_external
                    and bodies.kind <> 'election_committee'
                where users.organization_id = \(organization)
            )
            select grants.grant_id, grants.user_id, grants.role, grants.alliance_id
            from tenancy.grants
            where grants.organization_id = \(organization) and grants.alliance_id is not null
                and grants.process_id is null and (grants.ends_at is null or grants.ends_at > \(now))
                and (
                    exists (
                        select from governance.holdings
                        where holdings.organization_id = \(organization)
                            and holdings.mandate_id = grants.mandate_id and holdings.held_until < \(day))
                    or grants.mandate_id is null and grants.role = \(Role.board) and exists (
                        select from seats
                        where seats.user_id = grants.user_id and seats.alliance_id = grants.alliance_id
                            and seats.held_from <= seats.held_until and seats.held_until < \(day)
                            and seats.held_until
                                >= (grants.starts_at at time zone 'America/Bogota')::date))
                and not exists (
                    select from seats
                    where seats.user_id = grants.user_id and seats.alliance_id = grants.alliance_id
                        and seats.held_from <= \(day) and seats.held_until >= \(day))
            order by grants.alliance_id, grants.grant_id
            """)
    }
}
