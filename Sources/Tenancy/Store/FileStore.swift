public import Foundation
public import Kernel
public import Postgres

extension MediaType: SQLValue {}
extension RetentionClass: SQLValue {}

/// A file without its content.
public struct FileRecord: Sendable, Hashable, Identifiable, RowDecodable {
    /// Identifies the file within the tenant.
    public let id: ID<StoredFile>
    /// The name under which it is handed out.
    public let name: String
    /// What it is.
    public let mediaType: MediaType
    /// Its size, in octets.
    public let byteCount: Int
    /// The SHA-256 of its content.
    public let sha256: [UInt8]
    /// The day of the document itself.
    public let effectiveOn: CalendarDate
    /// When it was stored.
    public let storedAt: Date
    /// Who stored it.
    public let storedBy: Kernel.ID<User>?
    /// The space that it belongs to.
    public let space: AuditStream
    /// What it is kept as.
    public let retention: RetentionClass
    /// Why somebody chose another class than the one that follows from what it proves.
    public let reclassification: String?
    /// Whether it is the board's own.
    public let isReserved: Bool
    /// When its content was let go, after its term.
    public let disposedAt: Date?

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        id = try row["file_id"]
        name = try row["name"]
        mediaType = try row["media_type"]
        byteCount = try row["byte_count"]
        sha256 = try row["sha256"]
        effectiveOn = try row["effective_on"]
        storedAt = try row["stored_at"]
        storedBy = try row["stored_by"]
        let alliance: Kernel.ID<Alliance>? = try row["alliance_id"]
        let process: Kernel.ID<ElectoralProcess>? = try row["process_id"]
        retention = try row["retention_class"]
        reclassification = try row["reclassification"]
        isReserved = try row["is_reserved"]
        disposedAt = try row["disposed_at"]
        space = process.map { .process($0, of: alliance) } ?? alliance.map { .alliance($0) } ?? .office
    }
}

extension Transaction where Scope == TenantScope {
    /// Keeps a file. Commands of other modules call it for what comes with their acts: there is no other way in.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - retention: What it proves, by which it is kept; what is of an election is electoral in any case.
    ///   - stream: The space that it belongs to, in which the right to open it is asked.
    ///   - isReserved: Whether it is the own of the board of the space's alliance.
    ///   - now: When it is stored.
    /// - Returns: The file's identifier; that of an equal file of the same name, day, class and space where the tenant
    ///   has one already, with its content.
    /// - Throws: ``PostgresError``.
    public func store(
        _ file: StoredFile, as retention: RetentionClass, in stream: AuditStream = .office,
        isReserved: Bool = false, at now: Date
    ) async throws -> ID<StoredFile> {
        let process: Kernel.ID<ElectoralProcess>? = if case .process(let id, _) = stream { id } else { nil }
        let kept = retention.kept(in: stream)
        let known = try await values(
            """
            select file_id from tenancy.files
            where organization_id = \(organization) and sha256 = \(file.sha256) and name = \(file.name)
                and effective_on = \(file.effectiveOn)
                and alliance_id is not distinct from \(stream.alliance)
                and process_id is not distinct from \(process) and is_reserved = \(isReserved)
                and retention_class = \(kept) and disposed_at is null
            limit 1
            """,
            as: ID<StoredFile>.self)
        if let known = known.first { return known }
        try await execute(
            """
            insert into tenancy.files (
                organization_id, file_id, sha256, name, media_type, byte_count, content, effective_on,
                stored_at, stored_by, alliance_id, process_id, is_reserved, retention_class)
            values (
                \(organization), \(file.id), \(file.sha256), \(file.name), \(file.mediaType),
                \(file.content.count), \(file.content), \(file.effectiveOn), \(now), \(scope.principal.user),
                \(stream.alliance), \(process), \(isReserved), \(kept))
            """)
        return file.id
    }

    /// Returns what is known of a file.
    public func file(_ id: ID<StoredFile>) async throws -> FileRecord? {
        try await row(
            """
            select file_id, name, media_type, byte_count, sha256, effective_on, stored_at, stored_by,
                alliance_id, process_id, retention_class, reclassification, is_reserved, disposed_at
            from tenancy.files
            where organization_id = \(organization) and file_id = \(id)
            """)
    }

    /// Shows files that a board kept to itself, and the documents that they are, to whoever may open those of their
    /// space. `files` is a query of their identifiers.
    public func lift(_ files: SQL) async throws {
        try await pipeline([
            """
            update tenancy.files set is_reserved = false
            where organization_id = \(organization) and is_reserved and file_id in (\(fragment: files))
            """,
            """
            update tenancy.documents set is_reserved = false
            where organization_id = \(organization) and is_reserved and file_id in (\(fragment: files))
            """,
        ])
    }

    /// Keeps a file as something else.
    func reclassify(
        _ file: ID<StoredFile>, as retention: RetentionClass, because reason: String, at now: Date
    ) async throws {
        try await execute(
            """
            update tenancy.files
            set retention_class = \(retention), reclassified_at = \(now),
                reclassified_by = \(scope.principal.user), reclassification = \(reason)
            where organization_id = \(organization) and file_id = \(file)
            """)
    }

    /// Returns the content of a file; `nil` for one that was let go, too.
    public func content(of file: ID<StoredFile>) async throws -> [UInt8]? {
        try await value(
            """
            select content from tenancy.files
            where organization_id = \(organization) and file_id = \(file)
            """)
    }
}
