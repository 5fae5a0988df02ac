public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A copy of all that an alliance has, as it was asked for and made.
public struct AllianceExport: Sendable, Hashable, RowDecodable {
    /// Identifies it.
    public let id: ID<AllianceExport>
    /// The long work that makes it.
    public let job: ID<Job>
    /// How that stands.
    public let state: Job.State
    /// What is being done.
    public let phase: String
    /// How much is done.
    public let done: Int
    /// Of how much.
    public let total: Int?
    /// Why it could not be made.
    public let failure: String?
    /// When it was asked for.
    public let requestedAt: Date
    /// When it was made.
    public let finishedAt: Date?
    /// How large it is.
    public let byteCount: Int?
    /// How many entries it has.
    public let entryCount: Int?
    /// The SHA-256 of the archive.
    public let digest: HashDigest?
    /// The SHA-256 of its manifest.
    public let manifestDigest: HashDigest?
    /// When the archive was removed.
    public let removedAt: Date?

    /// For how many days an archive is kept.
    public static let keptDays = 7

    /// Whether it can be had.
    public var isThere: Bool { finishedAt != nil && removedAt == nil }
    /// Whether it is being made.
    public var isUnderWay: Bool { finishedAt == nil && !state.isEnd }

    /// Reads a row with the work that makes it.
    public init(row: Row) throws(RowError) {
        id = try row["export_id"]
        job = try row["job_id"]
        state = try row["state"]
        phase = try row["phase"]
        done = try row["done_units"]
        total = try row["total_units"]
        failure = try row["failure"]
        requestedAt = try row["requested_at"]
        finishedAt = try row["finished_at"]
        byteCount = try row["byte_count"]
        entryCount = try row["entry_count"]
        let sha256: [UInt8]? = try row["sha256"]
        digest = sha256.flatMap { HashDigest(bytes: $0) }
        let manifest: [UInt8]? = try row["manifest_sha256"]
        manifestDigest = manifest.flatMap { HashDigest(bytes: $0) }
        removedAt = try row["removed_at"]
    }
}

/// A table that has rows of alliances.
struct ExportedRelation: Sendable, RowDecodable {
    let name: String

    init(row: Row) throws(RowError) {
        name = try row["relation"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The copies of an alliance, the latest first.
    func exports(of alliance: ID<Alliance>) async throws -> [AllianceExport] {
        try await rows(
            """
            select exports.export_id, exports.job_id, jobs.state, jobs.phase, jobs.done_units,
                jobs.total_units, jobs.failure, exports.requested_at, exports.finished_at, exports.byte_count,
                exports.entry_count, exports.sha256, exports.manifest_sha256, exports.removed_at
            from governance.alliance_exports as exports
            join tenancy.jobs on jobs.organization_id = \(organization) and jobs.job_id = exports.job_id
            where exports.organization_id = \(organization) and exports.alliance_id = \(alliance)
            order by exports.requested_at desc, exports.export_id
            limit 20
            """)
    }

    /// Asks for a copy.
    func insert(_ export: ID<AllianceExport>, of alliance: ID<Alliance>, by job: ID<Job>, at now: Date)
        async throws
    {
        try await execute(
            """
            insert into governance.alliance_exports (
                organization_id, export_id, alliance_id, job_id, requested_at, requested_by)
            values (
                \(organization), \(export), \(alliance), \(job), \(now), \(scope.principal.user))
            """)
    }

    /// Notes that a copy was made.
    func finish(_ export: ID<AllianceExport>, _ made: MadeExport, at now: Date) async throws {
        try await execute(
            """
            update governance.alliance_exports
            set finished_at = \(now), byte_count = \(made.byteCount), entry_count = \(made.entryCount),
                sha256 = \(made.digest.bytes), manifest_sha256 = \(made.manifestDigest.bytes),
                chain_head = \(made.chainHead?.bytes)
            where organization_id = \(organization) and export_id = \(export)
            """)
    }

    /// Notes that archives were removed, and returns which: those made before a moment.
    func expireExports(madeBefore moment: Date, at now: Date) async throws -> [ID<AllianceExport>] {
        try await values(
            """
            update governance.alliance_exports set removed_at = \(now)
            where organization_id = \(organization) and finished_at < \(moment) and removed_at is null
            returning export_id
            """, as: ID<AllianceExport>.self)
    }

    /// The tables that have rows of alliances.
    func exportedRelations() async throws -> [ExportedRelation] {
        try await rows("select relation from governance.export_relations() order by relation")
    }

    /// Rows of an alliance in a table, as JSON.
    func exportedRows(
        of relation: String, in alliance: ID<Alliance>, after offset: Int, limit: Int
    ) async throws -> [String] {
        try await values(
            """
            select rows.text from governance.export_rows(
                \(relation), \(organization), \(alliance), \(offset), \(limit)) as rows (text)
            """, as: String.self)
    }

    /// Why some tables are not in a copy.
    func exportExclusions() async throws -> [(relation: String, reason: String)] {
        try await rows(
            "select relation, reason from governance.export_exclusions()", as: ExportExclusion.self
        )
        .map { ($0.relation, $0.reason) }
    }

    /// The people who are or were members, as JSON.
    func exportedMembers(of alliance: ID<Alliance>) async throws -> [String] {
        try await values(
            """
            select jsonb_build_object(
                'person_id', people.person_id, 'document_type', people.document_type,
                'document_number', people.document_number, 'first_surname', people.first_surname,
                'second_surname', people.second_surname, 'first_name', people.first_name,
                'second_name', people.second_name, 'phone', people.phone, 'email', people.email,
                'municipality_code', people.municipality_code)::text
            from membership.affiliates as people
            where people.organization_id = \(organization) and people.person_id in (
                select memberships.person_id from membership.memberships
                where memberships.organization_id = \(organization) and memberships.alliance_id = \(alliance))
            order by people.person_id
            """, as: String.self)
    }

    /// The names of those who acted in a chain, as JSON.
    func exportedActors(of streams: [UUID]) async throws -> [String] {
        try await values(
            """
            select jsonb_build_object('user_id', users.user_id, 'name', users.name)::text
            from tenancy.users
            where users.organization_id = \(organization) and users.user_id in (
                select events.actor_id from tenancy.audit_events as events
                where events.organization_id = \(organization) and events.stream_id = any (\(streams)))
            order by users.user_id
            """, as: String.self)
    }

    /// The files of an alliance and its elections, by their identifiers and names.
    func exportedFiles(of alliance: ID<Alliance>) async throws -> [(id: ID<StoredFile>, name: String)] {
        try await rows(
            """
            select file_id, name from tenancy.files
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by stored_at, file_id
            """, as: ExportedFile.self
        ).map { ($0.id, $0.name) }
    }

    /// The chains of the elections of an alliance.
    func exportedStreams(of alliance: ID<Alliance>) async throws -> [UUID] {
        try await values(
            """
            select (rows.text::jsonb ->> 'process_id')::uuid as stream_id
            from governance.export_rows(
                'elections.processes', \(organization), \(alliance), 0, 100000) as rows (text)
            """, as: UUID.self)
    }
}

private struct ExportExclusion: RowDecodable {
    let relation: String
    let reason: String

    init(row: Row) throws(RowError) {
        relation = try row["relation"]
        reason = try row["reason"]
    }
}

private struct ExportedFile: RowDecodable {
    let id: ID<StoredFile>
    let name: String

    init(row: Row) throws(RowError) {
        id = try row["file_id"]
        name = try row["name"]
    }
}
