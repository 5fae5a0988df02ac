public import Foundation
public import Kernel
public import Postgres

extension Alliance.Kind: SQLValue {}
extension Alliance.State: SQLValue {}

extension Alliance: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["alliance_id"], slug: try row["slug"], name: try row["name"], kind: try row["kind"],
            siteName: try row["site_name"], state: try row["state"])
    }
}

/// A municipality, as the catalogue knows it.
public struct Municipality: Sendable, Hashable, Identifiable, RowDecodable {
    /// The DIVIPOLA code, five digits.
    public let code: String
    /// Its name.
    public let name: String
    /// The department it lies in.
    public let department: String

    /// The code.
    public var id: String { code }
    /// Name and department, `San Antero, Córdoba`; the name alone for the capital, which is its own department.
    public var title: String { name == department ? name : "\(name), \(department)" }

    /// Reads a row of the catalogue.
    public init(row: Row) throws(RowError) {
        code = try row["municipality_code"]
        name = try row["name"]
        department = try row["department"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the alliances of the tenant by name.
    public func alliances() async throws -> [Alliance] {
        try await rows(
            """
            select alliance_id, slug, name, kind, site_name, state from tenancy.alliances
            where organization_id = \(organization) order by name, alliance_id
            """)
    }

    /// Returns an alliance of the tenant.
    public func alliance(_ id: ID<Alliance>) async throws -> Alliance? {
        try await row(
            """
            select alliance_id, slug, name, kind, site_name, state from tenancy.alliances
            where organization_id = \(organization) and alliance_id = \(id)
            """)
    }

    /// Returns the alliance of the tenant that has a slug.
    public func alliance(slug: String) async throws -> Alliance? {
        try await row(
            """
            select alliance_id, slug, name, kind, site_name, state from tenancy.alliances
            where organization_id = \(organization) and slug = \(slug)
            """)
    }

    /// Returns the municipalities of an alliance by name.
    public func municipalities(of alliance: ID<Alliance>) async throws -> [Municipality] {
        try await rows(
            """
            select municipalities.municipality_code, name, department
            from tenancy.alliance_municipalities
            join catalogue.municipalities
                on municipalities.municipality_code = alliance_municipalities.municipality_code
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by name, municipality_code
            """)
    }

    /// Returns the municipalities of some alliances, those of each by name.
    public func municipalities(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: [Municipality]] {
        let rows = try await rows(
            """
            select alliance_id, municipalities.municipality_code, name, department
            from tenancy.alliance_municipalities
            join catalogue.municipalities
                on municipalities.municipality_code = alliance_municipalities.municipality_code
            where organization_id = \(organization) and alliance_id = any (\(alliances))
            order by name, municipalities.municipality_code
            """, as: AlliancePlaceRow.self)
        return Dictionary(grouping: rows, by: \.alliance).mapValues { $0.map(\.municipality) }
    }

    /// Adds an alliance, with the first slug of its name that is free.
    ///
    /// - Returns: The alliance as it was added.
    /// - Throws: ``AllianceError/nameTaken(_:)``.
    func insert(_ alliance: Alliance, at now: Date) async throws -> Alliance {
        let taken = Set(
            try await values(
                "select slug from tenancy.alliances where organization_id = \(organization)", as: String.self)
        )
        let slug = Slug(of: alliance.name)?.candidates.first { !taken.contains($0) } ?? alliance.slug
        try await execute(
            """
            insert into tenancy.alliances (
                organization_id, alliance_id, slug, name, kind, site_name, state, created_at)
            values (
                \(organization), \(alliance.id), \(slug), \(alliance.name), \(alliance.kind),
                \(alliance.siteName), \(alliance.state), \(now))
            """,
            refusals: [
                "alliances_name_key": AllianceError.nameTaken(alliance.name),
                "alliances_slug_key": AllianceError.nameTaken(alliance.name),
            ])
        return Alliance(
            id: alliance.id, slug: slug, name: alliance.name, kind: alliance.kind,
            siteName: alliance.siteName,
            state: alliance.state)
    }

    /// Writes name, site, state and address of an alliance.
    ///
    /// - Throws: ``AllianceError/nameTaken(_:)``, ``AllianceError/addressTaken(_:)``.
    public func update(_ alliance: Alliance) async throws {
        try await execute(
            """
            update tenancy.alliances
            set name = \(alliance.name), site_name = \(alliance.siteName), state = \(alliance.state),
                slug = \(alliance.slug)
            where organization_id = \(organization) and alliance_id = \(alliance.id)
            """,
            refusals: [
                "alliances_name_key": AllianceError.nameTaken(alliance.name),
                "alliances_slug_key": AllianceError.addressTaken(alliance.slug),
            ])
    }

    /// Passes an alliance on to a state that its life allows.
    ///
    /// - Throws: ``AllianceError``.
    public func move(_ alliance: ID<Alliance>, to state: Alliance.State) async throws {
        guard let current = try await self.alliance(alliance) else { throw AllianceError.notFound }
        guard current.state != state else { return }
        guard current.state.successors.contains(state) else {
            throw AllianceError.cannotBecome(state, from: current.state)
        }
        try await set(state, of: alliance, from: [current.state])
    }

    /// Passes an alliance on to the state that an act brings about: a registration makes it registered, those who
    /// take their seats make it active. One that is in preparation, further on or dissolved stays as it is.
    public func advance(_ alliance: ID<Alliance>, to state: Alliance.State) async throws {
        try await set(state, of: alliance, from: state.reachedFrom)
    }

    /// Passes an alliance on to a state that the days brought about, with why, where it still is in the one that was read.
    public func passOn(
        _ alliance: ID<Alliance>, from before: Alliance.State, to state: Alliance.State,
        because reason: String, at now: Date
    ) async throws {
        guard try await set(state, of: alliance, from: [before]) else { return }
        try append(
            AuditEvent(
                "tenancy.alliance.passed_on", subject: alliance,
                details: ["state": state.title, "before": before.title, "reason": reason]),
            to: .alliance(alliance), at: now)
        try await post(.allianceChanged(alliance), at: now)
    }

    /// Refuses what a dissolved alliance does no more; an act of none is let through.
    ///
    /// - Throws: ``AllianceError/isDissolved``.
    public func requireUndissolved(_ alliance: ID<Alliance>?) async throws {
        guard let alliance else { return }
        let isDissolved = try await value(
            """
            select state = 'dissolved' from tenancy.alliances
            where organization_id = \(organization) and alliance_id = \(alliance)
            """, as: Bool.self)
        guard isDissolved != true else { throw AllianceError.isDissolved }
    }

    /// Writes the state of an alliance that is in one of some states.
    ///
    /// - Returns: Whether it was.
    @discardableResult
    func set(
        _ state: Alliance.State, of alliance: ID<Alliance>, from before: Set<Alliance.State>
    ) async throws -> Bool {
        try await execute(
            """
            update tenancy.alliances set state = \(state)
            where organization_id = \(organization) and alliance_id = \(alliance)
                and state = any (\(before.map(\.rawValue)))
            """) == 1
    }

    /// Sets the municipalities of an alliance.
    ///
    /// - Throws: ``AllianceError`` where there is none, too many, or one that is not in use.
    func setMunicipalities(_ codes: Set<String>, of alliance: Alliance) async throws {
        guard !codes.isEmpty else { throw AllianceError.withoutTerritory }
        if alliance.kind == .site, codes.count > 1 { throw AllianceError.siteHasOneMunicipality }
        let codes = codes.sorted()
        let unknown = try await values(
            """
            select codes.code from unnest(\(codes)) as codes (code)
            where not exists (
                select from catalogue.municipalities
                where municipality_code = codes.code and not is_retired)
            order by codes.code
            """,
            as: String.self)
        if let code = unknown.first { throw AllianceError.unknownMunicipality(code) }
        try await execute(
            """
            delete from tenancy.alliance_municipalities
            where organization_id = \(organization) and alliance_id = \(alliance.id)
                and municipality_code <> all (\(codes))
            """)
        try await execute(
            """
            insert into tenancy.alliance_municipalities (organization_id, alliance_id, municipality_code)
            select \(organization), \(alliance.id), codes.code from unnest(\(codes)) as codes (code)
            on conflict on constraint alliance_municipalities_pkey do nothing
            """)
    }
}

private struct AlliancePlaceRow: RowDecodable {
    let alliance: ID<Alliance>
    let municipality: Municipality

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        municipality = try Municipality(row: row)
    }
}

// The catalogue is public, so every scope may read it.
extension Transaction {
    /// Returns the municipalities in use, by department and name.
    public func municipalities() async throws -> [Municipality] {
        try await rows(
            """
            select municipality_code, name, department from catalogue.municipalities
            where not is_retired order by department, name, municipality_code
            """)
    }

    /// Returns the municipalities of some codes, by name.
    public func municipalities(coded codes: [String]) async throws -> [Municipality] {
        try await rows(
            """
            select municipality_code, name, department from catalogue.municipalities
            where municipality_code = any (\(codes)) order by name, municipality_code
            """)
    }
}
