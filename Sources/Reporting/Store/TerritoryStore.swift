public import Foundation
public import Governance
public import Kernel
public import Postgres
public import Tenancy

/// The municipalities of a control body and what it may see of them: projections alone, through the scope of
/// its territory. No tenant's table is touched.
public struct WatchedTerritory: Sendable {
    /// The municipalities, by name.
    public let municipalities: [Municipality]
    private let scope: TerritoryScope
    private let database: Database

    /// Opens the territory of the control body that a principal acts for.
    ///
    /// - Throws: ``AccessError/notPermitted(_:)`` for anybody else.
    public init(of principal: Principal, in database: Database) async throws {
        try principal.require(.watchTerritory, in: .office)
        let codes = try await database.read(TenantScope(principal)) { try await $0.territory() }
        municipalities = try await database.read(PublicScope()) {
            try await $0.municipalities(coded: codes)
        }
        scope = TerritoryScope(controlBody: principal.organization, municipalities: codes)
        self.database = database
    }

    /// Returns every alliance of the territory, once in each of its municipalities there; every entity that works in
    /// one of them without an alliance that lives; and the other insurers, of which nothing is known here.
    public func rows() async throws -> [ComplianceRow] {
        let (known, without) = try await database.read(scope) { transaction in
            (try await transaction.complianceRows(), try await transaction.entitiesWithoutAlliance())
        }
        // Apart, because the catalogue and the projections are not joined from the catalogue's side: on a
        // sharded database that would have to ask every shard for what is not there.
        let directory = try await database.read(PublicScope()) { transaction in
            (
                organizations: try await transaction.organizations(),
                insurers: try await transaction.insurersElsewhere()
            )
        }
        let told = Set(known.compactMap(\.organization)).union(without.map(\.organization))
        let untold = directory.organizations.filter { $0.kind == .insurer && !told.contains($0.id) }
        return known
            + without.map { row in
                ComplianceRow(
                    organization: row.organization, entity: row.entity, kind: row.kind,
                    municipality: row.municipality, information: .withoutAlliance, states: [:], dueOn: nil)
            }
            + untold.map { organization in
                ComplianceRow(
                    organization: organization.id, entity: organization.shortName, kind: organization.kind,
                    municipality: nil, information: .none, states: [:], dueOn: nil)
            }
            + directory.insurers.map { name in
                ComplianceRow(
                    organization: nil, entity: name, kind: .insurer, municipality: nil, information: .none,
                    states: [:], dueOn: nil)
            }
    }

    /// Returns what the alliances of the territory tell of their commitments and complaints, each once, by entity and name.
    public func figures() async throws -> [AllianceFigures] {
        try await database.read(scope) { try await $0.toldFigures() }
    }

    /// Returns when what is told of the territory was reckoned, for whatever was reckoned longest ago; `nil` where
    /// there is nothing.
    public func reckonedAt() async throws -> Date? {
        try await database.read(scope) { try await $0.reckonedAt() }
    }

    /// Returns the mandates of the territory that end within an alarm of their body, or whose holders go on past their
    /// end, as the projection tells them: without a name.
    public func comingEnds(on day: CalendarDate) async throws -> [ComingEnd] {
        let profiles = try await database.read(scope) { try await $0.profiles() }
        return profiles.flatMap { published in
            published.profile.bodies.flatMap { body in
                body.seats.compactMap { seat in
                    guard let until = seat.until, let days = body.alarms.flatMap({ try? AlarmDays($0) }),
                        let alarm = days.alarm(on: day, endingOn: until)
                    else { return nil }
                    return ComingEnd(
                        subject: "seat:\(published.organization)/\(published.id)/\(body.name)/\(seat.title)",
                        alliance: published.id,
                        named: "\(published.name) (\(published.organizationName))", body: body.name,
                        seat: seat.title, endsOn: until, alarm: alarm,
                        remark: seat.isActing == true ? "Siguen en funciones hasta que los reemplacen" : nil)
                }
            }
        }
    }

    /// Returns an alliance of the territory with where it stands, `nil` where the territory has none such.
    public func alliance(
        _ alliance: ID<Alliance>, of organization: ID<Organization>
    ) async throws -> WatchedAlliance? {
        try await database.read(scope) { transaction in
            guard
                let profile = try await transaction.profile(of: alliance, in: organization)
            else { return nil }
            return WatchedAlliance(
                profile: profile, obligations: try await transaction.obligations(),
                standings: try await transaction.standings(of: alliance, in: organization),
                figures: try await transaction.toldFigures(of: alliance, in: organization).first)
        }
    }
}

/// An alliance as its control body sees it.
public struct WatchedAlliance: Sendable {
    /// What the alliance is.
    public let profile: PublishedAlliance
    /// The obligations of the catalogue.
    public let obligations: [Obligation]
    /// Where it stands on each.
    public let standings: [Standing]
    /// What it tells of its commitments and complaints; `nil` for one that is no more.
    public let figures: AllianceFigures?
}

extension ComplianceListRow {
    /// What a group of rows of a profile tells of the elections that are due.
    static let electionsDue: SQL = """
        coalesce(max(jsonb_array_length(profile -> 'electionsDue')), 0) as elections_due,
        min((
            select min((due ->> 'dueOn')::date) from jsonb_array_elements(profile -> 'electionsDue') as due
        )) as election_due_on
        """

    /// The alliances of some municipalities with their states.
    static func query(of municipalities: [String]) -> SQL {
        """
        select profiles.organization_id, profiles.organization_name, profiles.organization_kind,
            profiles.alliance_id, profiles.alliance_name, profiles.alliance_slug, profiles.state,
            concat_ws(', ', municipalities.name,
                nullif(municipalities.department, municipalities.name)) as municipality,
            array_agg(states.code order by states.code) as codes,
            array_agg(states.state order by states.code) as states,
            min(states.due_on) filter (where states.state in ('due', 'overdue')) as due_on,
            \(fragment: electionsDue)
        from reporting.alliance_profiles as profiles
        join reporting.obligation_states as states on states.organization_id = profiles.organization_id
            and states.alliance_id = profiles.alliance_id
            and states.municipality_code = profiles.municipality_code
        join catalogue.municipalities on municipalities.municipality_code = profiles.municipality_code
        where profiles.municipality_code = any (\(municipalities))
            and states.municipality_code = any (\(municipalities))
        group by profiles.organization_id, profiles.organization_name, profiles.organization_kind,
            profiles.alliance_id, profiles.alliance_name, profiles.alliance_slug, profiles.state,
            municipalities.name, municipalities.department
        order by municipality, profiles.organization_name, profiles.alliance_name
        """
    }
}

extension Transaction where Scope == TerritoryScope {
    fileprivate func complianceRows() async throws -> [ComplianceRow] {
        try await rows(
            ComplianceListRow.query(of: scope.municipalities), as: ComplianceListRow.self
        ).map(\.row)
    }

    fileprivate func profiles() async throws -> [PublishedAlliance] {
        try await rows(
            """
            select distinct on (organization_id, alliance_id) \(fragment: PublishedAlliance.columns)
            from reporting.alliance_profiles
            where municipality_code = any (\(scope.municipalities)) and state <> 'dissolved'
            order by organization_id, alliance_id, municipality_code
            """)
    }

    fileprivate func profile(
        of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> PublishedAlliance? {
        try await row(
            """
            select \(fragment: PublishedAlliance.columns) from reporting.alliance_profiles
            where organization_id = \(organization) and alliance_id = \(alliance)
                and municipality_code = any (\(scope.municipalities))
            order by municipality_code limit 1
            """)
    }

    fileprivate func standings(
        of alliance: ID<Alliance>, in organization: ID<Organization>
    ) async throws -> [Standing] {
        try await rows(
            """
            select distinct on (states.code) \(fragment: Standing.columns)
            from reporting.obligation_states as states
            where states.organization_id = \(organization) and states.alliance_id = \(alliance)
                and states.municipality_code = any (\(scope.municipalities))
            order by states.code, states.municipality_code
            """)
    }
}

extension Transaction where Scope == PublicScope {
    /// The insurers of the catalogue that are in force and are no tenants, each once, by the name people use.
    fileprivate func insurersElsewhere() async throws -> [String] {
        try await values(
            """
            select min(insurers.short_name) from catalogue.insurers
            where insurers.state = 'current' and insurers.kind <> 'especial'
            group by insurers.insurer_key
            having not bool_or(exists (
                select from catalogue.organization_codes as codes where codes.code = insurers.insurer_code))
            order by 1
            """)
    }
}
