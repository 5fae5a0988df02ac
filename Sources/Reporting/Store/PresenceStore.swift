import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Tells anew in which municipalities the entity works: an insurer where its register has people, a provider at its
    /// seat. It reads the register once a day, and again after an import or its undoing.
    func reckonPresence(since morning: Date, at now: Date) async throws {
        let isKnown: Bool? = try await value(
            """
            select coalesce(bool_and(counted_at >= \(morning) and counted_at >= changed_at), false)
            from reporting.entity_presence
            cross join (
                select coalesce(max(greatest(imported_at, undone_at)), '-infinity') as changed_at
                from membership.import_batches where organization_id = \(organization)
            ) as imports
            where organization_id = \(organization)
            """)
        guard isKnown != true else { return }
        try await execute(
            """
            insert into reporting.entity_presence (
                organization_id, municipality_code, is_public, organization_name, organization_kind,
                counted_at)
            select \(organization), places.municipality_code, false, organizations.short_name,
                organizations.kind, \(now)
            from catalogue.organizations
            join (
                select 'insurer' as kind, municipality_code from membership.affiliates
                where organization_id = \(organization) and affiliation_state in ('active', 'suspended')
                group by municipality_code
                union all
                select kind, municipality_code from catalogue.organizations
                where organization_id = \(organization) and kind in ('provider', 'public_hospital')
            ) as places on places.kind = organizations.kind
            where organizations.organization_id = \(organization)
            on conflict on constraint entity_presence_pkey do update set
                organization_name = excluded.organization_name,
                organization_kind = excluded.organization_kind, counted_at = excluded.counted_at
            """)
        try await execute(
            """
            delete from reporting.entity_presence
            where organization_id = \(organization) and counted_at < \(now)
            """)
    }
}

/// An entity in a municipality where it works.
struct PresenceRow: RowDecodable {
    let organization: ID<Organization>
    let entity: String
    let kind: Organization.Kind
    let municipalityCode: String
    let municipality: String

    init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        entity = try row["organization_name"]
        kind = try row["organization_kind"]
        municipalityCode = try row["municipality_code"]
        municipality = try row["municipality"]
    }
}

extension Transaction where Scope == TerritoryScope {
    /// The entities that work in the municipalities and have no alliance there that lives.
    func entitiesWithoutAlliance() async throws -> [PresenceRow] {
        try await rows(
            """
            select presence.organization_id, presence.organization_name, presence.organization_kind,
                presence.municipality_code, concat_ws(', ', municipalities.name,
                    nullif(municipalities.department, municipalities.name)) as municipality
            from reporting.entity_presence as presence
            join catalogue.municipalities
                on municipalities.municipality_code = presence.municipality_code
            where presence.municipality_code = any (\(scope.municipalities))
                and not exists (
                    select from reporting.alliance_profiles as profiles
                    where profiles.organization_id = presence.organization_id
                        and profiles.municipality_code = presence.municipality_code
                        and profiles.state <> 'dissolved')
            order by presence.organization_name, municipality
            """)
    }

    /// When what is told of the municipalities was last reckoned, for whatever was reckoned longest ago; `nil` where
    /// nothing was.
    func reckonedAt() async throws -> Date? {
        try await value(
            """
            select min(evaluated_at) from reporting.obligation_states
            where municipality_code = any (\(scope.municipalities))
            """)
    }
}
