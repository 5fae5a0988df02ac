public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A source document as it was imported.
public struct ImportedSource: Sendable, Hashable {
    /// Identifies it.
    public let id: ID<SourceDocument>
    /// Its name among the sources.
    public let code: String
    /// Its kind.
    public let kind: SourceDocument.Kind
    /// Its title.
    public let title: String
    /// Whose document it is.
    public let publisher: String
    /// When it was imported.
    public let importedAt: Date
    /// The SHA-256 of the file.
    public let digest: [UInt8]
}

extension Transaction where Scope == TenantScope {
    /// The source documents of an alliance, by title.
    public func sources(of alliance: ID<Alliance>) async throws -> [ImportedSource] {
        try await rows(
            """
            \(fragment: sourceColumns)
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by title
            """)
    }

    /// The source document of a name, `nil` where the alliance has none.
    public func source(_ code: String, of alliance: ID<Alliance>) async throws -> ImportedSource? {
        try await row(
            """
            \(fragment: sourceColumns)
            where organization_id = \(organization) and alliance_id = \(alliance) and code = \(code)
            """)
    }

    /// Parts of the text of a source document, in their order.
    public func passages(of source: ID<SourceDocument>) async throws -> [SourceDocument.Passage] {
        try await rows(
            """
            select heading, body from governance.source_passages
            where organization_id = \(organization) and source_id = \(source)
            order by position
            """)
    }

    /// Where a source document contradicts itself, in its order.
    public func warnings(of source: ID<SourceDocument>) async throws -> [SourceWarning] {
        try await rows(
            """
            select kind, place, written, first_reading, second_reading, meeting_id
            from governance.source_warnings
            where organization_id = \(organization) and source_id = \(source)
            order by position
            """)
    }

    /// What sources get wrong about a meeting.
    public func warnings(about meeting: ID<Meeting>) async throws -> [SourceWarning] {
        try await rows(
            """
            select kind, place, written, first_reading, second_reading, meeting_id
            from governance.source_warnings
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by source_id, position
            """)
    }

    /// Adds a source document with its text.
    func insert(
        _ source: SourceDocument, as id: ID<SourceDocument>, of alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.source_documents (
                organization_id, source_id, alliance_id, code, kind, title, publisher, sha256, imported_at,
                imported_by)
            values (
                \(organization), \(id), \(alliance), \(source.code), \(source.kind), \(source.title),
                \(source.publisher), \(source.digest.bytes), \(now), \(scope.principal.user))
            """,
            refusals: ["source_documents_code_key": SourceError.changed(source.code)])
        try await pipeline(
            source.passages.enumerated().map { position, passage -> SQL in
                """
                insert into governance.source_passages (organization_id, source_id, position, heading, body)
                values (\(organization), \(id), \(position + 1), \(passage.heading), \(passage.body))
                """
            })
    }

    /// Adds where a source document contradicts itself.
    func insert(_ warnings: [SourceWarning], of source: ID<SourceDocument>) async throws {
        try await execute(
            """
            insert into governance.source_warnings (
                organization_id, source_id, position, kind, place, written, first_reading, second_reading,
                meeting_id)
            select \(organization), \(source), position, kind, place, written, first_reading, second_reading,
                meeting_id
            from unnest(
                \(warnings.map(\.kind)), \(warnings.map(\.place)), \(warnings.map(\.written)),
                \(warnings.map(\.firstReading)), \(warnings.map(\.secondReading)),
                \(warnings.map(\.meeting))
            ) with ordinality as warnings (
                kind, place, written, first_reading, second_reading, meeting_id, position)
            """)
    }
}

private let sourceColumns: SQL = """
    select source_id, code, kind, title, publisher, imported_at, sha256 from governance.source_documents
    """

// MARK: - Rows

extension ImportedSource: RowDecodable {
    /// Reads a row of `governance.source_documents`.
    public init(row: Row) throws(RowError) {
        id = try row["source_id"]
        code = try row["code"]
        kind = try row["kind"]
        title = try row["title"]
        publisher = try row["publisher"]
        importedAt = try row["imported_at"]
        digest = try row["sha256"]
    }
}

extension SourceDocument.Passage: RowDecodable {
    /// Reads a row of `governance.source_passages`.
    public init(row: Row) throws(RowError) {
        self.init(heading: try row["heading"], body: try row["body"])
    }
}

extension SourceWarning: RowDecodable {
    /// Reads a row of `governance.source_warnings`.
    public init(row: Row) throws(RowError) {
        self.init(
            kind: try row["kind"], place: try row["place"], written: try row["written"],
            firstReading: try row["first_reading"], secondReading: try row["second_reading"],
            meeting: try row["meeting_id"])
    }
}

extension SourceDocument.Kind: SQLValue {}

extension SourceWarning.Kind: SQLValue {}
