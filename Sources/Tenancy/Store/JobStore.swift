public import Foundation
public import Kernel
public import Postgres

/// Long work with its progress.
public struct Job: Sendable, Hashable, Identifiable, RowDecodable {
    /// Where a job stands.
    public enum State: String, Sendable, Hashable, CaseIterable, SQLValue {
        /// Nobody has begun it.
        case waiting
        /// It is being done.
        case running
        /// It is done.
        case done
        /// It could not be done.
        case failed
        /// Somebody called it off.
        case cancelled

        /// The name of the state on screens.
        public var title: String {
            switch self {
            case .waiting: "En espera"
            case .running: "En curso"
            case .done: "Terminado"
            case .failed: "Falló"
            case .cancelled: "Cancelado"
            }
        }

        /// Whether nothing more will come of it.
        public var isEnd: Bool { self == .done || self == .failed || self == .cancelled }
    }

    /// Identifies the job within the tenant.
    public let id: ID<Job>
    /// What is to be done, `module.thing.verb`; the handler is chosen by it.
    public let kind: String
    /// The alliance that it concerns, where it concerns one.
    public let alliance: Kernel.ID<Alliance>?
    /// What the handler has to know.
    public let payload: JSONText
    /// Where it stands.
    public let state: State
    /// Units done, of a kind that the phase names.
    public let doneUnits: Int
    /// All units, where they are known.
    public let totalUnits: Int?
    /// What is being done, in Spanish.
    public let phase: String
    /// What came of it.
    public let result: JSONText?
    /// Why it failed, in Spanish.
    public let failure: String?
    /// Who asked for it.
    public let requestedBy: Kernel.ID<User>?
    /// When it was asked for.
    public let requestedAt: Date
    /// When it was begun.
    public let startedAt: Date?
    /// When it last gave a sign of life.
    public let beatAt: Date?
    /// When it ended.
    public let finishedAt: Date?
    /// How often it was taken up.
    public let attempts: Int

    /// The share that is done, in percent; `nil` where the whole is not known.
    public var percent: Int? {
        guard let totalUnits, totalUnits > 0 else { return nil }
        return min(100, doneUnits * 100 / totalUnits)
    }

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        id = try row["job_id"]
        kind = try row["kind"]
        alliance = try row["alliance_id"]
        payload = try row["payload"]
        state = try row["state"]
        doneUnits = try row["done_units"]
        totalUnits = try row["total_units"]
        phase = try row["phase"]
        result = try row["result"]
        failure = try row["failure"]
        requestedBy = try row["requested_by"]
        requestedAt = try row["requested_at"]
        startedAt = try row["started_at"]
        beatAt = try row["beat_at"]
        finishedAt = try row["finished_at"]
        attempts = try row["attempts"]
    }

    fileprivate static var columns: SQL {
        """
        job_id, kind, alliance_id, payload, state, done_units, total_units, phase, result, failure,
        requested_by, requested_at, started_at, beat_at, finished_at, attempts
        """
    }
}

/// The use of a job by one worker, which ends where another takes it up.
enum JobLease {}

extension Transaction where Scope == TenantScope {
    /// Asks for long work, to be begun once this transaction has committed.
    ///
    /// - Parameters:
    ///   - kind: Which handler does it.
    ///   - alliance: The alliance that it concerns.
    ///   - payload: What the handler has to know.
    ///   - phase: What the person sees until it begins, in Spanish.
    ///   - now: When it was asked for.
    /// - Returns: The job, for a page that shows its progress.
    /// - Throws: ``PostgresError``.
    public func request(
        _ kind: String, alliance: ID<Alliance>? = nil, payload: JSONText = "{}", phase: String = "En espera",
        at now: Date
    ) async throws -> ID<Job> {
        let id = ID<Job>()
        try await execute(
            """
            insert into tenancy.jobs (
                organization_id, job_id, kind, alliance_id, payload, state, done_units, phase, requested_by,
                requested_at, attempts)
            values (
                \(organization), \(id), \(kind), \(alliance), \(payload), \(Job.State.waiting), 0, \(phase),
                \(scope.principal.user), \(now), 0)
            """)
        return id
    }

    /// Returns the last jobs of the tenant, the newest first.
    public func jobs(limit: Int = 100) async throws -> [Job] {
        try await rows(
            """
            select \(fragment: Job.columns) from tenancy.jobs
            where organization_id = \(organization)
            order by requested_at desc, job_id desc limit \(limit)
            """)
    }

    /// Returns a job.
    public func job(_ id: ID<Job>) async throws -> Job? {
        try await row(
            """
            select \(fragment: Job.columns) from tenancy.jobs
            where organization_id = \(organization) and job_id = \(id)
            """)
    }

    /// Takes up the oldest job that waits, or whose worker gave no sign of life for a time.
    ///
    /// A sign of life from far in the future was given by a clock that was ahead and has been put right since: it
    /// proves nothing, and waiting until then could take days.
    ///
    /// The worker's own jobs, `mine`, are left alone whatever their last sign says: a clock that leaps ahead makes them
    /// silent for a moment. `silence` is in seconds.
    func takeUpJob(
        of kinds: [String], except mine: [ID<Job>] = [], lease: ID<JobLease>, silentFor silence: TimeInterval,
        at now: Date
    ) async throws -> Job? {
        let open = try await values(
            """
            select job_id from tenancy.jobs
            where organization_id = \(organization) and kind = any (\(kinds))
                and (state = 'waiting' or (
                    state = 'running' and job_id <> all (\(mine)) and (
                        beat_at < \(now.addingTimeInterval(-silence))
                        or beat_at > \(now.addingTimeInterval(silence)))))
            order by requested_at, job_id limit 1
            for update skip locked
            """,
            as: ID<Job>.self)
        guard let id = open.first else { return nil }
        try await execute(
            """
            update tenancy.jobs
            set state = 'running', lease_id = \(lease), attempts = attempts + 1,
                started_at = coalesce(started_at, \(now)), beat_at = \(now)
            where organization_id = \(organization) and job_id = \(id)
            """)
        return try await job(id)
    }

    /// Notes that a job is alive.
    ///
    /// - Returns: Whether the lease still holds: nobody cancelled the job or took it up anew.
    func beat(_ job: ID<Job>, lease: ID<JobLease>, at now: Date) async throws -> Bool {
        try await execute(
            """
            update tenancy.jobs set beat_at = \(now)
            where organization_id = \(organization) and job_id = \(job) and lease_id = \(lease)
                and state = 'running'
            """) == 1
    }

    /// Notes how far a job has come.
    ///
    /// - Returns: Whether the lease still holds.
    func note(
        progress done: Int, of total: Int?, phase: String, job: ID<Job>, lease: ID<JobLease>, at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update tenancy.jobs
            set done_units = \(done), total_units = \(total), phase = \(phase), beat_at = \(now)
            where organization_id = \(organization) and job_id = \(job) and lease_id = \(lease)
                and state = 'running'
            """) == 1
    }

    /// Gives a job back, as if it had not been taken up.
    func release(_ job: ID<Job>, lease: ID<JobLease>) async throws {
        try await execute(
            """
            update tenancy.jobs set state = 'waiting', lease_id = null, attempts = attempts - 1
            where organization_id = \(organization) and job_id = \(job) and lease_id = \(lease)
                and state = 'running'
            """)
    }

    /// Ends a job.
    ///
    /// - Returns: Whether the lease still held.
    @discardableResult
    func finish(
        _ job: ID<Job>, as state: Job.State, result: JSONText?, failure: String?, lease: ID<JobLease>,
        at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update tenancy.jobs
            set state = \(state), result = \(result), failure = \(failure), finished_at = \(now)
            where organization_id = \(organization) and job_id = \(job) and lease_id = \(lease)
                and state = 'running'
            """) == 1
    }

    /// Calls a job off.
    ///
    /// - Returns: Whether it had not ended.
    @discardableResult
    public func cancel(_ job: ID<Job>, at now: Date) async throws -> Bool {
        try await execute(
            """
            update tenancy.jobs set state = 'cancelled', finished_at = \(now)
            where organization_id = \(organization) and job_id = \(job) and state in ('waiting', 'running')
            """) == 1
    }

    /// Puts a job that failed or was called off back among those that wait.
    ///
    /// - Returns: Whether it was such a job.
    func retry(_ job: ID<Job>) async throws -> Bool {
        try await execute(
            """
            update tenancy.jobs
            set state = 'waiting', lease_id = null, attempts = 0, failure = null, finished_at = null,
                phase = 'En espera'
            where organization_id = \(organization) and job_id = \(job) and state in ('failed', 'cancelled')
            """) == 1
    }
}
