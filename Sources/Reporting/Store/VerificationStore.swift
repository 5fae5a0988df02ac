public import Kernel
public import Postgres
public import Tenancy

/// Where an alliance is found by citizens.
public struct PublicAddress: Sendable, Hashable, RowDecodable {
    /// The alliance.
    public let alliance: Kernel.ID<Alliance>
    /// Its name.
    public let allianceName: String
    /// The part of addresses that names it.
    public let allianceSlug: String
    /// The name of its entity.
    public let organizationName: String
    /// The part of addresses that names the entity.
    public let organizationSlug: String

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        allianceName = try row["alliance_name"]
        allianceSlug = try row["alliance_slug"]
        organizationName = try row["organization_name"]
        organizationSlug = try row["organization_slug"]
    }
}

/// A published document as who holds a copy of it finds it.
public struct FoundPublication: Sendable, Hashable, RowDecodable {
    /// The document.
    public let document: PublishedDocument
    /// Where its alliance is found.
    public let address: PublicAddress

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        document = try PublishedDocument(row: row)
        address = try PublicAddress(row: row)
    }
}

extension Transaction where Scope == PublicScope {
    /// Returns the published documents whose content has a SHA-256.
    public func publications(sha256: HashDigest) async throws -> [FoundPublication] {
        try await rows(
            """
            select distinct on (documents.organization_id, documents.document_id)
                documents.document_id, documents.kind, documents.title, documents.sha256,
                documents.published_at, profiles.alliance_id, profiles.alliance_name, profiles.alliance_slug,
                profiles.organization_name, profiles.organization_slug
            from reporting.published_documents as documents
            join reporting.alliance_profiles as profiles
                on profiles.organization_id = documents.organization_id
                    and profiles.alliance_id = documents.alliance_id and profiles.is_public
            where documents.sha256 = \(sha256.bytes) and documents.is_public
            order by documents.organization_id, documents.document_id, profiles.municipality_code
            limit 20
            """)
    }

    /// Returns where published alliances are found.
    public func publicAddresses(
        of alliances: [Kernel.ID<Alliance>]
    ) async throws -> [PublicAddress] {
        try await rows(
            """
            select distinct on (organization_id, alliance_id) alliance_id, alliance_name, alliance_slug,
                organization_name, organization_slug
            from reporting.alliance_profiles
            where alliance_id = any (\(alliances)) and is_public
            order by organization_id, alliance_id, municipality_code
            """)
    }
}
