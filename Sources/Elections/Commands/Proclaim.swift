public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Proposes to proclaim those elected; somebody of another role has to second it.
public struct ProposeProclamation: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.proclaim
    /// The process.
    public let place: ProcessPlace
    /// What is said.
    public let reason: String
    /// Who gave up what was left of the term to challenge (`renuncia a términos`): all of ``TermHolder``, where it runs.
    public let waivers: Set<TermWaiver>

    /// A proposal in words.
    public init(in place: ProcessPlace, because reason: String, waivers: Set<TermWaiver> = []) {
        self.place = place
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        self.waivers = waivers
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Seals the final records and proposes.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<ElectoralAct>> {
        guard !reason.isEmpty else { throw CanvassError.wordsMissing }
        let process = try await transaction.processGoingOn(place)
        guard !(try await transaction.hasOpenChallenge(place)) else { throw CanvassError.challengeOpen }
        guard let window = try await transaction.challengeTerms(of: place).window() else {
            throw CanvassError.notCanvassed
        }
        guard process.state == .provisionalResult else { throw CanvassError.notYet }
        let given = try await waived(window, in: transaction, at: now)
        try await transaction.sealFinalRecords(of: place, at: now)
        let act = ID<ElectoralAct>()
        try await transaction.propose(act, in: place, because: reason, at: now)
        try await transaction.note(given, for: act, in: place, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            act,
            AuditEvent(
                "elections.proclamation.proposed", subject: act, details: ["waivers": "\(given.count)"]))
    }

    /// Who gave up a term that runs; nobody where it is over.
    ///
    /// - Throws: ``CanvassError/termRuns(_:besides:)`` while the term of anybody runs.
    private func waived(
        _ window: ChallengeWindow, in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Set<TermWaiver> {
        guard window.isOpen(at: now) else { return [] }
        let holders = try await transaction.termHolders(of: place.process)
        let silent = holders.filter { !waivers.contains($0.waiver) }
        guard silent.isEmpty, !holders.isEmpty else {
            let lastDay = ColombianTime.date(at: window.closesAt.addingTimeInterval(-1))
            throw CanvassError.termRuns(SpanishFormat.longDate(lastDay), besides: silent.map(\.name))
        }
        return Set(holders.map(\.waiver))
    }
}

/// Seconds a proclamation, which carries it out: those elected are proclaimed and their mandates opened as
/// each body forms them.
public struct SecondProclamation: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.proclaim
    /// The process.
    public let place: ProcessPlace
    /// The act that was proposed.
    public let act: ID<ElectoralAct>

    /// Names the act.
    public init(_ act: ID<ElectoralAct>, in place: ProcessPlace) {
        self.place = place
        self.act = act
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Proclaims.
    ///
    /// - Throws: ``ProcessError``, ``CanvassError`` and ``MandateError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let day = ColombianTime.date(at: now)
        _ = try await transaction.processGoingOn(place)
        try await transaction.second(act, in: place, at: now)
        try await transaction.proclaim(act, in: place, on: day, at: now)
        let mandates = try await transaction.elected(in: place).map { elected in
            NewMandate(
                seat: elected.seat, rank: elected.rank, person: elected.person,
                startsOn: elected.startsOn ?? day, origin: .election, process: place.process)
        }
        try await transaction.openMandates(mandates, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            mandates.count,
            AuditEvent(
                "elections.proclamation.made", subject: place.process,
                details: ["act": act.description, "mandates": "\(mandates.count)"]))
    }
}
