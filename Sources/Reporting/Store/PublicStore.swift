public import Elections
public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// An alliance as anybody may know it.
public struct PublishedAlliance: Sendable, Hashable, RowDecodable {
    /// The entity that convened it.
    public let organization: Kernel.ID<Organization>
    /// The part of addresses that names the entity.
    public let organizationSlug: String
    /// The name of the entity.
    public let organizationName: String
    /// The kind of the entity.
    public let organizationKind: Organization.Kind
    /// The alliance.
    public let id: Kernel.ID<Alliance>
    /// The part of addresses that names the alliance.
    public let slug: String
    /// The name of the alliance.
    public let name: String
    /// Where it stands in its life.
    public let state: Alliance.State
    /// How many members it has.
    public let memberCount: Int
    /// What it is, who represents it, its elections, its contact.
    public let profile: AllianceProfile
    /// When this was last written.
    public let updatedAt: Date

    static var columns: SQL {
        """
        organization_id, organization_slug, organization_name, organization_kind, alliance_id, alliance_slug,
        alliance_name, state, member_count, profile, updated_at
        """
    }

    /// The alliance of an address.
    static func query(slug: String, of organization: Kernel.ID<Organization>) -> SQL {
        """
        select \(fragment: columns) from reporting.alliance_profiles
        where organization_id = \(organization) and alliance_slug = \(slug) and is_public
        order by municipality_code limit 1
        """
    }

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        organizationSlug = try row["organization_slug"]
        organizationName = try row["organization_name"]
        organizationKind = try row["organization_kind"]
        id = try row["alliance_id"]
        slug = try row["alliance_slug"]
        name = try row["alliance_name"]
        state = try row["state"]
        memberCount = try row["member_count"]
        updatedAt = try row["updated_at"]
        let document: JSONText = try row["profile"]
        do {
            profile = try document.decoded()
        } catch {
            throw RowError(unreadable: "profile", because: error)
        }
    }
}

/// A document that an alliance published, without its content.
public struct PublishedDocument: Sendable, Hashable, RowDecodable {
    /// Identifies it.
    public let id: Kernel.ID<PublishedDocument>
    /// What sort of document: `call`, `canvass_record`, `bylaws`, `minutes`, `report`…
    public let kind: String
    /// Its title.
    public let title: String
    /// The SHA-256 of its content, by which anybody can check a copy.
    public let sha256: HashDigest
    /// When it was published.
    public let publishedAt: Date

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        id = try row["document_id"]
        kind = try row["kind"]
        title = try row["title"]
        publishedAt = try row["published_at"]
        let bytes: [UInt8] = try row["sha256"]
        guard let digest = HashDigest(bytes: bytes) else {
            throw RowError(unreadable: "sha256", because: SQLDecodingError.malformed)
        }
        sha256 = digest
    }
}

/// The content of a published document.
public struct PublishedContent: Sendable, RowDecodable {
    /// The document.
    public let document: PublishedDocument
    /// The alliance that published it.
    public let alliance: Kernel.ID<Alliance>
    /// Its media type.
    public let mediaType: String
    /// Its bytes.
    public let bytes: [UInt8]

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        document = try PublishedDocument(row: row)
        alliance = try row["alliance_id"]
        mediaType = try row["media_type"]
        bytes = try row["content"]
    }
}

/// An alliance in the list of the front page.
public struct ListedAlliance: Sendable, Hashable, RowDecodable {
    /// The part of addresses that names the entity.
    public let organizationSlug: String
    /// The name of the entity.
    public let organizationName: String
    /// The part of addresses that names the alliance.
    public let slug: String
    /// The name of the alliance.
    public let name: String
    /// Where it stands in its life.
    public let state: Alliance.State
    /// One of its municipalities, with the department.
    public let municipality: String
    /// How many were found in all.
    public let total: Int

    /// Reads a row of the projection.
    public init(row: Row) throws(RowError) {
        organizationSlug = try row["organization_slug"]
        organizationName = try row["organization_name"]
        slug = try row["alliance_slug"]
        name = try row["alliance_name"]
        state = try row["state"]
        municipality = try row["municipality"]
        total = try row["total"]
    }
}

extension Transaction where Scope == PublicScope {
    /// Returns the published alliances by municipality, one row for each of its municipalities.
    ///
    /// `words` is the beginning of a municipality's name, or a part of the entity's or the alliance's; empty
    /// for all.
    public func publishedAlliances(
        _ words: String, limit: Int, offset: Int
    ) async throws -> [ListedAlliance] {
        let beginning = words.folded
        return try await rows(
            """
            select profiles.organization_slug, profiles.organization_name, profiles.alliance_slug,
                profiles.alliance_name, profiles.state,
                concat_ws(', ', municipalities.name,
                    nullif(municipalities.department, municipalities.name)) as municipality,
                count(*) over () as total
            from reporting.alliance_profiles as profiles
            join catalogue.municipalities on municipalities.municipality_code = profiles.municipality_code
            where profiles.is_public and profiles.state <> 'dissolved' and (
                \(words) = ''
                or \(beginning) <> '' and municipalities.name_folded ^@ \(beginning)
                or strpos(lower(profiles.alliance_name), lower(\(words))) > 0
                or strpos(lower(profiles.organization_name), lower(\(words))) > 0)
            order by municipalities.name, profiles.organization_name, profiles.alliance_name
            limit \(limit) offset \(offset)
            """)
    }

    /// Returns a published alliance of an entity, `nil` where there is none of that address.
    public func publishedAlliance(
        slug: String, of organization: Kernel.ID<Organization>
    ) async throws -> PublishedAlliance? {
        try await row(PublishedAlliance.query(slug: slug, of: organization))
    }

    /// Where the public page of an electronic box stands, by the identifier of its archive; `nil` where none is published.
    public func boxPlace(
        uuid: String, in organization: Kernel.ID<Organization>
    ) async throws -> PublishedBoxPlace? {
        try await row(
            """
            select profiles.alliance_slug, boxes.process_id, boxes.box_id from elections.boxes
            join reporting.alliance_profiles as profiles on profiles.organization_id = \(organization)
                and profiles.alliance_id = boxes.alliance_id and profiles.is_public
            where boxes.organization_id = \(organization) and boxes.uuid = \(uuid) and boxes.is_public
            limit 1
            """)
    }

    /// Returns the documents that an alliance published, the latest first.
    public func publishedDocuments(
        of alliance: Kernel.ID<Alliance>, in organization: Kernel.ID<Organization>
    ) async throws -> [PublishedDocument] {
        try await rows(
            """
            select document_id, kind, title, sha256, published_at from reporting.published_documents
            where organization_id = \(organization) and alliance_id = \(alliance) and is_public
            order by published_at desc, document_id limit 200
            """)
    }

    /// Whether a document stands on the page of its alliance: minutes are published by an act and may be taken back.
    public func isPublished(
        _ document: Kernel.ID<PublishedDocument>, in organization: Kernel.ID<Organization>
    ) async throws -> Bool {
        try await value(
            """
            select exists (
                select from reporting.published_documents
                where organization_id = \(organization) and document_id = \(document) and is_public)
            """) ?? false
    }

    /// Returns the content of a published document.
    public func publishedContent(
        _ document: Kernel.ID<PublishedDocument>, in organization: Kernel.ID<Organization>
    ) async throws -> PublishedContent? {
        try await row(
            """
            select document_id, alliance_id, kind, title, sha256, published_at, media_type, content
            from reporting.published_documents
            where organization_id = \(organization) and document_id = \(document) and is_public
            """)
    }
}

/// Where the public page of an electronic box stands.
public struct PublishedBoxPlace: Sendable, RowDecodable {
    /// The alliance, as addresses name it.
    public let alliance: String
    /// The process.
    public let process: Kernel.ID<ElectoralProcess>
    /// The box.
    public let box: Kernel.ID<BallotBox>

    /// Reads a row of what is published.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_slug"]
        process = try row["process_id"]
        box = try row["box_id"]
    }
}
