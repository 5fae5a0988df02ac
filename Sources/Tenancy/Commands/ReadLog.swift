public import Foundation
public import Kernel
public import Postgres

/// A part of the log of what was done, with how far it can be relied on.
public struct LogPart: Sendable {
    /// The events, the latest first.
    public let entries: [LogEntry]
    /// How many there are in all.
    public let total: Int
    /// The users whose names events may mention.
    public let users: [User]
    /// What the latest verification found of the chains that were asked about.
    public let verifications: [NotedVerification]
    /// When the latest link of those chains was told to the outside.
    public let anchoredAt: Date?
    /// Whether a verification is under way.
    public let isBeingVerified: Bool
}

/// Reads the log of some chains of the entity.
public struct ReadLog: Query {
    /// Who may do it, in each of the chains.
    public static let permission = Permission.seeAudit
    /// What is asked.
    public let question: LogQuestion

    /// Asks for events. The right is asked in each chain.
    public init(_ question: LogQuestion) {
        self.question = question
    }

    /// The first of the chains.
    public var stream: AuditStream { question.streams.first ?? .office }
    /// Each of the chains.
    public var streams: [AuditStream] { question.streams }
    /// Names of who acted, and what the details of events hold.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "log"]) }

    /// Reads the answer.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> LogPart {
        let streams = Set(question.streams.map { $0.id(in: transaction.organization) })
        let entries = try await transaction.log(question)
        return LogPart(
            entries: entries, total: entries.first?.total ?? 0,
            users: try await transaction.users().map(\.user),
            verifications: try await transaction.latestVerifications().filter { streams.contains($0.stream) },
            anchoredAt: try await transaction.anchors().filter { streams.contains($0.stream) }
                .map(\.anchoredAt).max(),
            isBeingVerified: try await transaction.hasOpenJob(AuditLedger.verificationKind))
    }
}

/// Reads what was done last in some chains: who did what. Whoever looks in from outside hears what was done alone, so
/// that opening their home shows no personal datum and leaves no trace.
public struct ReadLastActs: Query {
    /// Who may do it, in each of the chains.
    public static let permission = Permission.seeAudit
    /// Each of the chains.
    public let streams: [AuditStream]
    /// How many are wanted.
    public let count: Int
    /// Whether who acted and what it holds are read.
    public let isNaming: Bool

    /// Asks for so many. The right is asked in each chain.
    public init(of streams: [AuditStream], count: Int, isNaming: Bool) {
        self.streams = streams
        self.count = count
        self.isNaming = isNaming
    }

    /// The first of the chains.
    public var stream: AuditStream { streams.first ?? .office }
    /// Names of who acted, and what the details of events hold.
    public var disclosure: Disclosure? { isNaming ? Disclosure(details: ["fields": "log"]) : nil }

    /// Reads them, the latest first.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [LastAct] {
        try await transaction.lastActs(of: streams, count: count, naming: isNaming)
    }
}

/// Asks for a verification of all chains of the entity, link by link, as background work.
public struct RequestVerification: Command {
    /// Who may do it.
    public static let permission = Permission.verifyAudit
    /// The space in which the right is asked.
    public let stream: AuditStream

    /// Asks from within a space.
    public init(in stream: AuditStream) {
        self.stream = stream
    }

    /// Carries it out.
    ///
    /// - Throws: ``AccessError/alreadyDone`` where one is under way.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Job>> {
        guard try await !transaction.hasOpenJob(AuditLedger.verificationKind) else {
            throw AccessError.alreadyDone
        }
        let job = try await transaction.request(
            AuditLedger.verificationKind, phase: "En espera de comprobar el registro", at: now)
        return Audited(job, AuditEvent("tenancy.log.verification_asked", subject: job))
    }
}

extension AuditLedger {
    /// The kind of the job that verifies the chains of a tenant.
    static let verificationKind = "tenancy.log.verify"

    /// Verifies the chains of a tenant and notes what was found.
    ///
    /// - Returns: A report of each chain, the office's first.
    /// - Throws: ``PostgresError``.
    @discardableResult
    public func verifyAndNote(
        _ organization: ID<Organization>, anchors: [Anchor]? = nil, by user: ID<User>? = nil, at now: Date
    ) async throws -> [ChainReport] {
        let reports = try await verify(organization, anchors: anchors)
        try await note(reports, of: organization, by: user, at: now)
        return reports
    }

    /// Does the verifications that are asked for on the page of the log.
    public func verificationJob(now: @escaping @Sendable () -> Date) -> JobHandler {
        JobHandler(Self.verificationKind) { job, organization, progress in
            try await progress.report(0, of: nil, phase: "Comprobando cada línea")
            let reports = try await verifyAndNote(organization, by: job.requestedBy, at: now())
            let broken = reports.filter { !$0.isWhole }.count
            try await progress.report(
                reports.count, of: reports.count,
                phase: broken == 0
                    ? "\(SpanishFormat.count(reports.count, "parte del registro sin cambios", "partes del registro sin cambios"))"
                    : "\(SpanishFormat.count(broken, "parte del registro cambiada", "partes del registro cambiadas"))"
            )
            return try JSONText(encoding: ["chains": reports.count, "broken": broken])
        }
    }
}
