public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Puts the vote of a whole process off (`aplaza`), before it begins: what has not ended moves by as much.
public struct PostponeProcess: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// When the vote opens now.
    public let opensAt: Date
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ process: ID<ElectoralProcess>, of alliance: ID<Alliance>, until opensAt: Date,
        because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.opensAt = opensAt
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the next version of the calendar, and moves the tables with it.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``, ``CalendarError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ElectoralCalendar> {
        let found = try await transaction.processBeforeVote(process, of: alliance)
        guard let calendar = try await transaction.calendar(of: process), let voting = calendar[.voting]
        else {
            throw CalendarError.missing
        }
        let shift = opensAt.timeIntervalSince(voting.opensAt)
        guard shift > 0, opensAt > now else { throw DisruptionError.notLater }
        let postponed = try calendar.postponed(by: shift, at: now)
        let version = try await transaction.insertCalendar(
            postponed, of: process, as: .postponement, because: reason, at: now)
        try await transaction.moveTables(of: process, at: nil, by: shift)
        try await transaction.renewNotice(of: found)
        return Audited(
            postponed,
            AuditEvent(
                "elections.process.postponed", subject: process,
                details: [
                    "version": String(version), "from": SpanishFormat.longDateAndTime(voting.opensAt),
                    "until": SpanishFormat.longDateAndTime(opensAt), "reason": reason,
                ]))
    }
}

/// Puts the vote off in one place alone; the rest votes on its day, and the result waits for that place.
public struct PostponePlace: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The place, with all its tables.
    public let place: String
    /// When it opens now.
    public let opensAt: Date
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError/reasonMissing``.
    public init(
        _ place: String, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, until opensAt: Date,
        because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        self.process = process
        self.alliance = alliance
        self.place = place
        self.opensAt = opensAt
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Moves the tables of the place, and what waits for the last of them.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.processBeforeVote(process, of: alliance)
        let tables = try await transaction.tables(of: process).filter { $0.place == place }
        guard let opened = tables.map(\.opensAt).min(), let closed = tables.map(\.closesAt).max() else {
            throw DisruptionError.noSuchPlace
        }
        let shift = opensAt.timeIntervalSince(opened)
        guard shift > 0, opensAt > now else { throw DisruptionError.notLater }
        try await transaction.moveTables(of: process, at: place, by: shift)
        try await transaction.insertPostponement(self, from: opened, until: closed + shift, at: now)
        if let calendar = try await transaction.calendar(of: process)?.waiting(
            untilVotesClose: closed + shift)
        {
            _ = try await transaction.insertCalendar(
                calendar, of: process, as: .postponement, because: "\(place): \(reason)", at: now)
        }
        return Audited(
            AuditEvent(
                "elections.place.postponed", subject: process,
                details: [
                    "place": place, "until": SpanishFormat.longDateAndTime(opensAt), "reason": reason,
                ]))
    }
}

/// Makes a period longer after the call (`prorroga`): nominations, claims or challenges.
public struct ExtendTerm: ElectionDecision {
    /// The periods that may be extended.
    public static let kinds: [Milestone.Kind] = [.nominations, .claims, .challenges]

    /// Who may do it.
    public static let permission = Permission.runProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// Which period.
    public let kind: Milestone.Kind
    /// When it ends now.
    public let closesAt: Date
    /// Why.
    public let reason: String

    /// Takes what the committee decided.
    ///
    /// - Throws: ``DisruptionError``.
    public init(
        _ kind: Milestone.Kind, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>,
        until closesAt: Date, because reason: String
    ) throws(DisruptionError) {
        guard let reason = reason.nonBlank else { throw .reasonMissing }
        guard Self.kinds.contains(kind) else { throw .notExtensible }
        self.process = process
        self.alliance = alliance
        self.kind = kind
        self.closesAt = closesAt
        self.reason = reason
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the next version of the calendar; what waits for the period moves with it. A proclamation that was proposed
    /// before more time was given to challenge is taken back.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError``, ``CalendarError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ElectoralCalendar> {
        guard let found = try await transaction.lockedProcess(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard found.state.extends(kind) else { throw DisruptionError.notExtensible }
        guard let calendar = try await transaction.calendar(of: process) else { throw CalendarError.missing }
        let place = ProcessPlace(process, of: alliance)
        let running: Date? =
            switch kind {
            case .challenges: try await transaction.challengeTerms(of: place).window()?.closesAt
            case .claims:
                try await transaction.provisionalRoll(of: process).flatMap { ClaimWindow(calendar, of: $0) }?
                    .closesAt
            default: nil
            }
        let extended = try calendar.extending(
            kind, until: closesAt, because: reason, endingSoFar: running, at: now)
        let version = try await transaction.insertCalendar(
            extended, of: process, as: .extension_, because: reason, at: now)
        if kind == .challenges {
            try await transaction.withdrawProclamation(
                of: place, because: "Se prorrogó el plazo para impugnar", at: now)
        }
        try await transaction.renewNotice(of: found)
        return Audited(
            extended,
            AuditEvent(
                "elections.term.extended", subject: process,
                details: [
                    "version": String(version), "milestone": kind.title,
                    "until": SpanishFormat.longDateAndTime(closesAt), "reason": reason,
                ]))
    }
}

extension ProcessState {
    /// Whether a period may be extended in this state: it is not over by an act that followed it.
    public func extends(_ kind: Milestone.Kind) -> Bool {
        switch (kind, self) {
        case (.nominations, .called), (.nominations, .provisionalRoll), (.nominations, .claims),
            (.nominations, .frozenRoll), (.nominations, .nominations), (.claims, .called),
            (.claims, .provisionalRoll), (.claims, .claims), (.challenges, .provisionalResult),
            (.challenges, .challenges):
            true
        default: false
        }
    }
}

extension Transaction where Scope == TenantScope {
    /// A process that was called and does not vote yet; it stays as it is until the transaction ends.
    ///
    /// - Throws: ``ProcessError``, ``DisruptionError/votingBegan``.
    func processBeforeVote(
        _ id: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) async throws -> ElectionProcess {
        guard let found = try await lockedProcess(id), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        try found.requireGoingOn()
        switch found.state {
        case .called, .provisionalRoll, .claims, .frozenRoll, .nominations: return found
        default: throw DisruptionError.votingBegan
        }
    }

    /// Tells the public the new end of claims, where a roll is published.
    func renewNotice(of process: ElectionProcess) async throws {
        guard let roll = try await provisionalRoll(of: process.id) else { return }
        try await publishNotice(of: process, as: .provisional, at: roll.publishedAt)
    }
}
