public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Decides the appeal of a candidate who was kept out; somebody else than who kept the candidate out.
///
/// Where it is upheld the candidate takes the place back, and who came in it leaves; before the vote an admitted slate
/// is then to be decided again, and after the count the result is reckoned anew.
public struct DecideAppeal: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.decideSlates
    /// The candidate.
    public let candidate: ID<Candidate>
    /// What is decided.
    public let outcome: Disqualification.Outcome
    /// Why.
    public let reason: String
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what the committee decided.
    public init(
        of candidate: ID<Candidate>, on slate: ID<Slate>, as outcome: Disqualification.Outcome,
        because reason: String, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.candidate = candidate
        self.outcome = outcome
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Decides.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``CandidacyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard !reason.isEmpty else { throw SlateError.reasonMissing }
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.process.state.decidesCandidacies else { throw SlateError.notNow(file.process.state) }
        let (found, decision) = try file.disqualified(candidate)
        guard decision.isAppealOpen else { throw CandidacyError.nothingAppealed }
        try await transaction.decideAppeal(of: decision.id, as: outcome, because: reason, at: now)
        if outcome == .upheld {
            guard file.slate.state.stands else { throw SlateError.decidedAlready(file.slate.state) }
            let inPlace = file.candidates.filter { $0.role == found.role && $0.position == found.position }
            if !inPlace.isEmpty {
                try await transaction.takeOff(
                    inPlace.map(\.id), as: .withdrawn,
                    because: "Prosperó la apelación de \(found.name), que vuelve a su lugar.")
            }
            try await transaction.putBack(candidate)
            if file.slate.state == .admitted, file.process.state.takesNominations {
                try await transaction.moveSlate(slate, to: .registered, because: nil, at: now)
            }
            try await transaction.recount(file.contest, in: ProcessPlace(process, of: alliance), at: now)
        }
        return Audited(
            AuditEvent(
                "elections.disqualification.decided", subject: decision.id,
                details: ["name": found.name, "outcome": outcome.rawValue, "reason": reason]))
    }
}
