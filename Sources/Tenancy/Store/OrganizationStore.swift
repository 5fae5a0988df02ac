import Foundation
public import Kernel
public import Postgres

extension Organization.Kind: SQLValue {}

/// A tenant as its row in the directory.
struct OrganizationRow: RowDecodable {
    let organization: Organization

    init(row: Row) throws(RowError) {
        organization = Organization(
            id: try row["organization_id"], slug: try row["slug"], kind: try row["kind"],
            name: try row["name"], shortName: try row["short_name"], nit: try row["nit"],
            municipality: try row["municipality_code"])
    }
}

extension Organization {
    /// The columns that an ``OrganizationRow`` is read from.
    static var columns: SQL {
        """
        organizations.organization_id, organizations.slug, organizations.kind, organizations.name,
        organizations.short_name, organizations.nit, organizations.municipality_code
        """
    }
}

// The directory is public, so every scope may read it.
extension Transaction {
    /// Returns all tenants, by name.
    public func organizations() async throws -> [Organization] {
        try await rows(
            """
            select \(fragment: Organization.columns) from catalogue.organizations
            order by short_name, organization_id
            """,
            as: OrganizationRow.self
        ).map(\.organization)
    }

    /// Returns the tenant of an identifier.
    public func organization(_ id: ID<Organization>) async throws -> Organization? {
        try await row(
            """
            select \(fragment: Organization.columns) from catalogue.organizations
            where organization_id = \(id)
            """,
            as: OrganizationRow.self
        )?.organization
    }

    /// Returns the tenant that has a slug.
    public func organization(slug: String) async throws -> Organization? {
        try await row(
            """
            select \(fragment: Organization.columns) from catalogue.organizations where slug = \(slug)
            """,
            as: OrganizationRow.self
        )?.organization
    }

    /// Returns the tenant that has a slug or an official code (EPS, REPS).
    public func organization(code: String) async throws -> Organization? {
        try await row(
            """
            select \(fragment: Organization.columns) from catalogue.organizations
            where slug = \(code) or organization_id = (
                select codes.organization_id from catalogue.organization_codes as codes
                where codes.code = \(code))
            order by slug = \(code) desc limit 1
            """,
            as: OrganizationRow.self
        )?.organization
    }
}

extension Transaction where Scope == TenantScope {
    /// Adds the tenant in scope to the directory, with its official codes and, for a control body, its territory.
    ///
    /// - Throws: ``OrganizationError``.
    func insert(
        _ described: Organization, codes: [String], territory: [String], at now: Date
    ) async throws {
        let unknown = try await values(
            """
            select codes.code from unnest(\(territory)) as codes (code)
            where not exists (
                select from catalogue.municipalities where municipality_code = codes.code)
            """,
            as: String.self)
        if let code = unknown.first { throw OrganizationError.unknownMunicipality(code) }
        try await requireFree(codes)
        try await execute(
            """
            select tenancy.register_organization(
                \(organization), \(described.slug), \(described.kind), \(described.name),
                \(described.shortName), \(described.nit), \(described.municipality), \(codes), \(territory),
                \(now))
            """,
            refusals: [
                "organizations_slug_key": OrganizationError.slugTaken(described.slug),
                "organizations_municipality_fkey":
                    OrganizationError.unknownMunicipality(described.municipality),
                "organization_codes_pkey": OrganizationError.codeTaken(codes.first ?? ""),
                "territories_of_control_bodies": OrganizationError.territoryOnlyForControlBodies,
            ])
    }

    /// Refuses codes that another tenant holds, by the first of them.
    ///
    /// - Throws: ``OrganizationError/codeTaken(_:)``.
    private func requireFree(_ codes: [String]) async throws {
        let held = try await values(
            """
            select code from catalogue.organization_codes
            where code = any (\(codes)) and organization_id <> \(organization) order by code limit 1
            """,
            as: String.self)
        if let code = held.first { throw OrganizationError.codeTaken(code) }
    }

    /// Returns the municipalities that the tenant, a control body, watches.
    public func territory() async throws -> [String] {
        try await values(
            """
            select municipality_code from tenancy.territories
            where organization_id = \(organization) order by municipality_code
            """)
    }

    /// Returns the official codes of the tenant, in order.
    public func organizationCodes() async throws -> [String] {
        try await values(
            """
            select code from catalogue.organization_codes
            where organization_id = \(organization) order by code
            """)
    }

    /// Returns the insurers of some codes.
    func insurers(coded codes: [String]) async throws -> [CodedInsurer] {
        try await rows(
            """
            select insurer_code, short_name from catalogue.insurers
            where insurer_code = any (\(codes)) order by insurer_code
            """)
    }

    /// Writes names, NIT, seat and codes of the tenant, through the definer functions that let it change its own row
    /// of the directory alone.
    ///
    /// - Throws: ``OrganizationError``.
    func describe(_ described: Organization, codes: [String]) async throws {
        try await execute(
            """
            select tenancy.describe_organization(
                \(organization), \(described.name), \(described.shortName), \(described.nit),
                \(described.municipality))
            """,
            refusals: [
                "organizations_municipality_fkey": OrganizationError.unknownMunicipality(
                    described.municipality)
            ])
        try await requireFree(codes)
        try await execute(
            "select tenancy.set_organization_codes(\(organization), \(codes))",
            refusals: ["organization_codes_pkey": OrganizationError.codeTaken(codes.first ?? "")])
    }
}

/// A code of the catalogue with the insurer whose it is.
struct CodedInsurer: RowDecodable {
    let code: String
    let name: String

    init(row: Row) throws(RowError) {
        code = try row["insurer_code"]
        name = try row["short_name"]
    }
}
