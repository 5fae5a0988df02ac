public import Foundation
public import Kernel
public import Postgres

/// Begins long work again that failed or was called off. It goes on from what its whole transactions left.
public struct RetryJob: Command {
    /// Who may do it.
    public static let permission = Permission.cancelJobs
    /// The job.
    public let id: ID<Job>
    /// The alliance that it concerns.
    public let alliance: ID<Alliance>?

    /// Names the job.
    public init(_ job: Job) {
        id = job.id
        alliance = job.alliance
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { alliance.map { .alliance($0) } ?? .office }

    /// Carries it out.
    ///
    /// - Throws: ``JobError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let job = try await transaction.job(id), job.alliance == alliance else {
            throw JobError.notFound
        }
        guard try await transaction.retry(id) else { throw JobError.isNotOver }
        return Audited(AuditEvent("tenancy.job.retried", subject: id, details: ["kind": job.kind]))
    }
}

/// Reads the last jobs of the entity, those of its alliances among them.
public struct ListJobs: Query {
    /// Who may do it.
    public static let permission = Permission.seeJobs
    /// The space in which the right is asked: the office, or one alliance, whose jobs alone are then read.
    public let stream: AuditStream

    /// Asks for jobs.
    public init(in stream: AuditStream = .office) {
        self.stream = stream
    }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> JobList {
        let jobs = try await transaction.jobs(limit: 500)
        let isWhole = stream == .office
        return JobList(
            failingMessages: isWhole ? try await transaction.failingMessages() : [],
            failedChores: isWhole ? try await transaction.failedChores() : [],
            jobs: stream.alliance.map { alliance in jobs.filter { $0.alliance == alliance } } ?? jobs,
            users: try await transaction.users().map(\.user), alliances: try await transaction.alliances())
    }
}

/// Long work of a tenant, with the names that it mentions.
public struct JobList: Sendable {
    /// What should have left and does not; of the whole tenant alone.
    public let failingMessages: [FailingMessages]
    /// What the server should do each day and cannot; of the whole tenant alone.
    public let failedChores: [FailedChore]
    /// The jobs, the newest first.
    public let jobs: [Job]
    /// Those who asked for some.
    public let users: [User]
    /// The alliances that some concern.
    public let alliances: [Alliance]
}
