public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Records that a candidate accepts to stand, with the signed paper.
public struct AcceptCandidacy: Command {
    /// Who may do it.
    public static let permission = Permission.registerSlates
    /// The candidate.
    public let candidate: ID<Candidate>
    /// The slate.
    public let slate: ID<Slate>
    /// The day of the signature.
    public let day: CalendarDate
    /// The signed paper.
    public let proof: ID<StoredFile>?
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what a person handed in.
    public init(
        of candidate: ID<Candidate>, on slate: ID<Slate>, signedOn day: CalendarDate,
        proof: ID<StoredFile>?, of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.candidate = candidate
        self.slate = slate
        self.day = day
        self.proof = proof
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the acceptance.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``CandidacyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let proof else { throw CandidacyError.proofMissing }
        guard day <= ColombianTime.date(at: now) else { throw CandidacyError.inTheFuture }
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.slate.state == .registered else { throw SlateError.decidedAlready(file.slate.state) }
        guard file.process.state.takesNominations else { throw SlateError.notNow(file.process.state) }
        let found = try file.standing(candidate)
        try await transaction.accept(
            candidate, at: ColombianTime.startOfDay(day),
            how: "Aceptación firmada el \(SpanishFormat.date(day))", proof: proof)
        return Audited(
            AuditEvent(
                "elections.candidate.accepted", subject: candidate,
                details: ["name": found.name, "signed_on": day.description, "file": proof.description]))
    }
}

extension SlateFile {
    /// A candidate who stands on the slate.
    ///
    /// - Throws: ``CandidacyError``.
    func standing(_ candidate: ID<Candidate>) throws(CandidacyError) -> CandidateFile {
        if let found = candidates.first(where: { $0.id == candidate }) { return found }
        throw former.contains { $0.id == candidate } ? .notStanding : .notFound
    }

    /// A candidate who was kept out of the slate.
    ///
    /// - Throws: ``CandidacyError``.
    func disqualified(
        _ candidate: ID<Candidate>
    ) throws(CandidacyError) -> (file: CandidateFile, decision: Disqualification) {
        guard let found = (candidates + former).first(where: { $0.id == candidate }) else {
            throw .notFound
        }
        guard found.state == .disqualified, let decision = found.disqualification else {
            throw .notDisqualified
        }
        return (found, decision)
    }
}
