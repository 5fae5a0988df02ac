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

    /// Whether it can be had at a moment: not once its days are over, whether its archive was removed already or not.
    public func isThere(at now: Date) -> Bool {
        guard let finishedAt, removedAt == nil else { return false }
        return finishedAt > Self.limit(at: now)
    }

    /// Whether it is being made.
    public var isUnderWay: Bool { finishedAt == nil && removedAt == nil && !state.isEnd }

    /// What was made until then is kept no more at a moment.
    static func limit(at now: Date) -> Date { now.addingTimeInterval(-Double(keptDays) * 86_400) }

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

    /// Asks for a copy, once those are given up whose work ended without one.
    ///
    /// - Throws: ``CustodyError/exportUnderWay`` where one is being made.
    func insert(_ export: ID<AllianceExport>, of alliance: ID<Alliance>, by job: ID<Job>, at now: Date)
        async throws
    {
        try await giveUpExports(at: now)
        try await execute(
            """
            insert into governance.alliance_exports (
                organization_id, export_id, alliance_id, job_id, requested_at, requested_by)
            values (
                \(organization), \(export), \(alliance), \(job), \(now), \(scope.principal.user))
            """,
            refusals: ["alliance_exports_under_way_key": CustodyError.exportUnderWay])
    }

    /// Notes that a copy was made.
    ///
    /// - Throws: ``CustodyError/exportNotThere`` where it was given up meanwhile.
    func finish(_ export: ID<AllianceExport>, _ made: MadeExport, at now: Date) async throws {
        let updated = try await execute(
            """
            update governance.alliance_exports
            set finished_at = \(now), byte_count = \(made.byteCount), entry_count = \(made.entryCount),
                sha256 = \(made.digest.bytes), manifest_sha256 = \(made.manifestDigest.bytes),
                chain_head = \(made.chainHead?.bytes)
            where organization_id = \(organization) and export_id = \(export) and removed_at is null
            """)
        guard updated == 1 else { throw CustodyError.exportNotThere }
    }

    /// Gives up the copies whose work failed or was broken off: nothing will come of them.
    func giveUpExports(at now: Date) async throws {
        try await execute(
            """
            update governance.alliance_exports set removed_at = \(now)
            where organization_id = \(organization) and finished_at is null and removed_at is null
                and job_id in (
                    select jobs.job_id from tenancy.jobs
                    where jobs.organization_id = \(organization)
                        and jobs.state = any (\(Job.State.allCases.filter(\.isEnd).map(\.rawValue))))
            """)
    }

    /// Gives up the copies that are kept no more, and returns those that are there or being made.
    func livingExports(at now: Date) async throws -> [ID<AllianceExport>] {
        try await giveUpExports(at: now)
        try await execute(
            """
            update governance.alliance_exports set removed_at = \(now)
            where organization_id = \(organization) and finished_at <= \(AllianceExport.limit(at: now))
                and removed_at is null
            """)
        return try await values(
            """
            select export_id from governance.alliance_exports
            where organization_id = \(organization) and removed_at is null
            """, as: ID<AllianceExport>.self)
    }
}
