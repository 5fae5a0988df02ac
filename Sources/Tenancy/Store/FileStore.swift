public import Foundation
public import Kernel
public import Postgres

extension MediaType: SQLValue {}

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
    }
}

extension Transaction where Scope == TenantScope {
    /// Keeps a file. Commands of other modules call it for what comes with their acts.
    ///
    /// - Returns: The file's identifier; that of an equal file of the same name and day where the tenant has
    ///   one already.
    public func store(_ file: StoredFile, at now: Date) async throws -> ID<StoredFile> {
        let known = try await values(
            """
            select file_id from tenancy.files
            where organization_id = \(organization) and sha256 = \(file.sha256) and name = \(file.name)
                and effective_on = \(file.effectiveOn)
            limit 1
            """,
            as: ID<StoredFile>.self)
        if let known = known.first { return known }
        try await execute(
            """
            insert into tenancy.files (
                organization_id, file_id, sha256, name, media_type, byte_count, content, effective_on,
                stored_at, stored_by)
            values (
                \(organization), \(file.id), \(file.sha256), \(file.name), \(file.mediaType),
                \(file.content.count), \(file.content), \(file.effectiveOn), \(now), \(scope.principal.user))
            """)
        return file.id
    }

    /// Returns what is known of a file.
    public func file(_ id: ID<StoredFile>) async throws -> FileRecord? {
        try await row(
            """
            select file_id, name, media_type, byte_count, sha256, effective_on, stored_at, stored_by
            from tenancy.files
            where organization_id = \(organization) and file_id = \(id)
            """)
    }

    /// Returns the content of a file.
    public func content(of file: ID<StoredFile>) async throws -> [UInt8]? {
        try await value(
            """
            select content from tenancy.files
            where organization_id = \(organization) and file_id = \(file)
            """)
    }
}
