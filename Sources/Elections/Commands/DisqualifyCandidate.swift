public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Why a candidate is kept out: grounds are a closed list, so each comes with its norm.
public struct DisqualificationGround: Sendable, Hashable {
    /// The ground, as the norm names it.
    public let ground: String
    /// The norm or article that has it.
    public let norm: String
    /// What happened, and why the ground fits.
    public let reason: String
    /// The paper that proves it.
    public let evidence: ID<StoredFile>?

    /// Takes a ground.
    ///
    /// - Throws: ``CandidacyError/groundMissing``.
    public init(
        _ ground: String, norm: String, reason: String, evidence: ID<StoredFile>? = nil
    ) throws(CandidacyError) {
        func words(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
        self.ground = words(ground)
        self.norm = words(norm)
        self.reason = words(reason)
        self.evidence = evidence
        guard !self.ground.isEmpty, !self.norm.isEmpty, !self.reason.isEmpty else { throw .groundMissing }
    }
}

/// Keeps a candidate out (`inhabilitar`). The place can be filled while nominations are taken; after the count, the
/// result is reckoned anew without the candidate.
public struct DisqualifyCandidate: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.decideSlates
    /// The candidate.
    public let candidate: ID<Candidate>
    /// Why.
    public let ground: DisqualificationGround
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what the committee decided.
    public init(
        _ candidate: ID<Candidate>, on slate: ID<Slate>, for ground: DisqualificationGround,
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.candidate = candidate
        self.ground = ground
        self.slate = slate
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Takes the candidate off the slate.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``CandidacyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Disqualification>
    > {
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.process.state.decidesCandidacies else { throw SlateError.notNow(file.process.state) }
        let found = try file.standing(candidate)
        let id = ID<Disqualification>()
        try await transaction.takeOff([candidate], as: .disqualified, because: ground.ground)
        try await transaction.insert(ground, as: id, of: candidate, in: process, at: now)
        try await transaction.recount(file.contest, in: ProcessPlace(process, of: alliance), at: now)
        return Audited(
            id,
            AuditEvent(
                "elections.candidate.disqualified", subject: candidate,
                details: [
                    "name": found.name, "ground": ground.ground, "norm": ground.norm,
                    "reason": ground.reason,
                ]))
    }
}
