public import Foundation
public import Kernel
public import Logging
public import Postgres
import Synchronization

/// How jobs of a kind are done.
public struct JobHandler: Sendable {
    /// The kind, `module.thing.verb`.
    public let kind: String
    let work: @Sendable (Job, ID<Organization>, JobProgress) async throws -> JSONText

    /// Handles a kind of jobs.
    ///
    /// The work runs in transactions of its own and gives back what came of it. It may be begun again after
    /// the server was killed, and finds what its earlier transactions left.
    public init(
        _ kind: String,
        work: @escaping @Sendable (Job, ID<Organization>, JobProgress) async throws -> JSONText
    ) {
        self.kind = kind
        self.work = work
    }
}

/// Where a job's work tells how far it has come.
public final class JobProgress: Sendable {
    /// How often progress is written at most.
    static let interval: Duration = .milliseconds(250)

    private let database: Database
    private let scope: TenantScope
    private let job: ID<Job>
    private let lease: ID<JobLease>
    private let now: @Sendable () -> Date
    private let written = Mutex<(at: ContinuousClock.Instant, phase: String)?>(nil)

    init(
        database: Database, organization: ID<Organization>, job: ID<Job>, lease: ID<JobLease>,
        now: @escaping @Sendable () -> Date
    ) {
        self.database = database
        scope = TenantScope(.system(in: organization))
        self.job = job
        self.lease = lease
        self.now = now
    }

    /// Tells how far the work has come. Calls may be as frequent as they like: a few a second are written.
    ///
    /// - Parameters:
    ///   - done: Units done.
    ///   - total: All units, where they are known.
    ///   - phase: What is being done, in Spanish.
    /// - Throws: `CancellationError` where the job was cancelled, or taken up by another server.
    public func report(_ done: Int, of total: Int?, phase: String) async throws {
        try Task.checkCancellation()
        let isDue = written.withLock { written in
            if let written, written.phase == phase, written.at.duration(to: .now) < Self.interval {
                return false
            }
            written = (.now, phase)
            return true
        }
        guard isDue else { return }
        let now = now()
        do {
            let holds = try await database.transaction(scope) { transaction in
                try await transaction.note(
                    progress: done, of: total, phase: phase, job: job, lease: lease, at: now)
            }
            guard holds else { throw CancellationError() }
        } catch let error as PostgresError where error.isUnavailability {
            // The work need not end because it could not be told of: signs of life say whether it may go on.
        }
    }

    /// Gives a sign of life.
    ///
    /// - Returns: Whether the job is still this worker's.
    func beat() async throws -> Bool {
        let now = now()
        return try await database.transaction(scope) { try await $0.beat(job, lease: lease, at: now) }
    }

    /// Gives the job back, as if it had not been taken up.
    func release() async throws {
        try await database.transaction(scope) { try await $0.release(job, lease: lease) }
    }

    func finish(as state: Job.State, result: JSONText?, failure: String?) async throws {
        let now = now()
        try await database.transaction(scope) { transaction in
            _ = try await transaction.finish(
                job, as: state, result: result, failure: failure, lease: lease, at: now)
        }
    }
}

/// The jobs that a worker is doing.
private final class JobsUnderWay: Sendable {
    private let jobs = Mutex<Set<ID<Job>>>([])

    var all: [ID<Job>] { jobs.withLock { Array($0) } }

    func add(_ job: ID<Job>) { jobs.withLock { _ = $0.insert(job) } }
    func remove(_ job: ID<Job>) { jobs.withLock { _ = $0.remove(job) } }
}

/// Does long work: takes jobs up, gives signs of life while they are done, and takes those up again whose
/// server died.
public struct JobWorker: Sendable {
    /// How often a running job gives a sign of life.
    static let beatInterval: Duration = .seconds(5)
    /// After how many seconds without one a job is taken up again.
    static let silence: TimeInterval = 60
    /// For how long work goes on without a sign of life getting through: it ends well before another takes
    /// it up.
    static let patience: Duration = .seconds(45)
    /// How often a job is taken up before it is given up.
    static let maximumAttempts = 3

    private let database: Database
    private let signal: WorkSignal
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let handlers: [String: JobHandler]
    private let underWay = JobsUnderWay()

    /// Makes a worker.
    ///
    /// - Parameters:
    ///   - database: Where the jobs are.
    ///   - handlers: How the jobs of each kind are done.
    ///   - signal: Where commits are told.
    ///   - now: The server's clock.
    ///   - logger: Where failures nobody foresaw are told.
    public init(
        database: Database, handlers: [JobHandler], signal: WorkSignal = WorkSignal(),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger
    ) {
        self.database = database
        self.signal = signal
        self.now = now
        self.logger = logger
        self.handlers = Dictionary(handlers.map { ($0.kind, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Works until the task is cancelled.
    ///
    /// - Parameters:
    ///   - interval: How often all tenants are looked at, signalled or not.
    ///   - width: How many jobs are done at once.
    public func run(every interval: Duration = .seconds(5), width: Int = 2) async {
        await withTaskGroup(of: Void.self) { group in
            var running = 0
            var lastRound: ContinuousClock.Instant?
            while !Task.isCancelled {
                var tenants = await signal.wait(atMost: lastRound == nil ? .zero : interval)
                if lastRound.map({ $0.duration(to: .now) >= interval }) ?? true {
                    lastRound = .now
                    tenants.formUnion(await allTenants())
                }
                for tenant in tenants {
                    while !Task.isCancelled {
                        // A job is taken up only when it can be begun: nobody gives signs of life for it
                        // before.
                        if running >= width {
                            await group.next()
                            running -= 1
                        }
                        guard let (job, progress) = await takeUp(in: tenant) else { break }
                        running += 1
                        group.addTask { await perform(job, in: tenant, progress: progress) }
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Does the jobs of a tenant that wait, one after the other: for the terminal and for tests.
    ///
    /// - Returns: How many were taken up.
    @discardableResult
    public func drain(_ organization: ID<Organization>) async -> Int {
        var count = 0
        while !Task.isCancelled, let (job, progress) = await takeUp(in: organization) {
            count += 1
            await perform(job, in: organization, progress: progress)
        }
        return count
    }

    private func allTenants() async -> [ID<Organization>] {
        do {
            return try await database.read(PublicScope()) { try await $0.organizations() }.map(\.id)
        } catch {
            logger.error("the tenants cannot be listed", metadata: ["error": "\(error)"])
            return []
        }
    }

    private func takeUp(in organization: ID<Organization>) async -> (Job, JobProgress)? {
        let lease = ID<JobLease>()
        let now = now()
        do {
            let job = try await database.transaction(TenantScope(.system(in: organization))) { transaction in
                try await transaction.takeUpJob(
                    of: handlers.keys.sorted(), except: underWay.all, lease: lease,
                    silentFor: Self.silence, at: now)
            }
            guard let job else { return nil }
            underWay.add(job.id)
            let progress = JobProgress(
                database: database, organization: organization, job: job.id, lease: lease, now: self.now)
            return (job, progress)
        } catch {
            logger.error("the jobs of a tenant cannot be read", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func perform(_ job: Job, in organization: ID<Organization>, progress: JobProgress) async {
        defer { underWay.remove(job.id) }
        do {
            guard let handler = handlers[job.kind] else { return }
            guard job.attempts <= Self.maximumAttempts else { throw JobError.brokenOffRepeatedly }
            let result = try await withHeartbeat(progress) {
                try await handler.work(job, organization, progress)
            }
            try await progress.finish(as: .done, result: result, failure: nil)
        } catch  where Self.isCancellation(error) {
            // The job was cancelled or is another server's, and is left alone; or this server stops, and
            // the next takes it up at once.
            await Task { await release(job, progress) }.value
        } catch let error as PostgresError where error.isUnavailability {
            // Nothing is wrong with the job: it falls silent, and is taken up again once the database is back.
            logger.warning("a job was broken off", metadata: ["job": "\(job.id)", "error": "\(error)"])
        } catch {
            await fail(job, because: error, progress: progress)
        }
    }

    private static func isCancellation(_ error: any Error) -> Bool {
        error is CancellationError || (error as? PostgresError)?.isCancellation == true
    }

    private func release(_ job: Job, _ progress: JobProgress) async {
        do {
            try await progress.release()
        } catch {
            logger.error("a job was not given back", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }

    private func fail(_ job: Job, because error: any Error, progress: JobProgress) async {
        let refusal = error as? any UserFacingError
        if refusal == nil {
            logger.error(
                "a job failed", metadata: ["job": "\(job.id)", "kind": "\(job.kind)", "error": "\(error)"])
        }
        let words = refusal?.message ?? "Algo falló de nuestro lado. Cite el número \(job.id) si nos escribe."
        do {
            try await progress.finish(as: .failed, result: nil, failure: words)
        } catch {
            logger.error(
                "the end of a job was not noted", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
    }

    /// Does work while a sign of life is given now and then; where the job is no longer this worker's, the
    /// work is cancelled.
    private func withHeartbeat(
        _ progress: JobProgress, _ work: @escaping @Sendable () async throws -> JSONText
    ) async throws -> JSONText {
        try await withThrowingTaskGroup(of: JSONText?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                var lastSign = ContinuousClock.now
                while true {
                    try await Task.sleep(for: Self.beatInterval)
                    do {
                        guard try await progress.beat() else { throw CancellationError() }
                        lastSign = .now
                    } catch let error as PostgresError
                        where error.isUnavailability && lastSign.duration(to: .now) < Self.patience
                    {
                        // The job is still this worker's for a while, and the next sign may get through.
                    }
                }
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw CancellationError()
        }
    }
}
