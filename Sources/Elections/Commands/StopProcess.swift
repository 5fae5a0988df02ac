public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Stops a process for a time (`suspende`); it goes on where it was.
public struct SuspendProcess: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The day on which it is to go on, where it is known.
    public let resumesOn: CalendarDate?
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, until resumesOn: CalendarDate?,
        because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.resumesOn = resumesOn
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Stops it.
    ///
    /// - Throws: ``ProcessError``, ``SlateError/ownElection``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.lockedProcess(ProcessPlace(process, of: alliance))
        try await transaction.suspend(found, until: resumesOn, because: reason, at: now)
        return Audited(
            AuditEvent(
                "elections.process.suspended", subject: process,
                details: [
                    "from": found.state.title, "until": resumesOn.map(SpanishFormat.longDate) ?? "",
                    "reason": reason,
                ]))
    }
}

/// Lets a suspended process go on where it was (`reanuda`). Its dates stay; what is late is postponed or extended apart.
public struct ResumeProcess: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Lets it go on.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError/notSuspended``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ProcessState> {
        let found = try await transaction.lockedProcess(ProcessPlace(process, of: alliance))
        guard found.state == .suspended, var state = try await transaction.suspendedFrom(process) else {
            throw DisruptionError.notSuspended
        }
        if state.isBetweenVoteAndProclamation, let progress = try await transaction.voteProgress(of: process)
        {
            state = progress.state
        }
        try await transaction.move(found, to: state, at: now)
        return Audited(
            state,
            AuditEvent(
                "elections.process.resumed", subject: process,
                details: ["to": state.title, "reason": reason]))
    }
}

/// Declares a call void (`desierta`): nobody stood, nobody came, or nobody cast a valid vote and the term to challenge
/// that is over. Another call may replace it. A contest that blank votes won ends by ``EndContest``, and what people
/// voted is undone by an annulment alone, which takes two people.
public struct DeclareVoid: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Ends the process and what it would have elected.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError/votesCast``, ``CanvassError``, ``SlateError/ownElection``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let place = ProcessPlace(process, of: alliance)
        let found = try await transaction.lockedProcess(place)
        if let obstacle = try await transaction.obstacleToVoid(place, at: now) { throw obstacle }
        try await transaction.move(found, to: .void, because: reason, at: now)
        try await transaction.endContests(of: process, as: .void, because: reason)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            AuditEvent("elections.process.voided", subject: process, details: ["reason": reason]))
    }
}
