public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Admits a slate to the ballot, or rejects it with reasons.
///
/// A requirement that is not met blocks the admission until the committee keeps the candidate out and somebody comes
/// in the place; one that is not proven is admitted only with written reasons. What each candidate's requirements
/// were is kept with the decision.
public struct DecideSlate: ElectionDecision {
    /// What the committee may decide.
    public enum Decision: String, Sendable, Hashable, CaseIterable {
        case admit, reject

        /// The words on screens.
        public var title: String {
            switch self {
            case .admit: "Admitirla: va al tarjetón"
            case .reject: "Rechazarla"
            }
        }
    }

    /// Who may do it.
    public static let permission = Permission.decideSlates
    /// The slate.
    public let slate: ID<Slate>
    /// What is decided.
    public let decision: Decision
    /// Why.
    public let reason: String?
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what the committee decided.
    public init(
        _ slate: ID<Slate>, as decision: Decision, because reason: String?,
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.slate = slate
        self.decision = decision
        let reason = reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        self.reason = reason?.isEmpty == true ? nil : reason
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Decides.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let file = try await transaction.heldSlate(
            slate, of: process, in: alliance, at: now, withDossiers: true)
        guard file.slate.state == .registered else { throw SlateError.decidedAlready(file.slate.state) }
        guard file.process.state.takesNominations else { throw SlateError.notNow(file.process.state) }
        switch decision {
        case .admit:
            try require(file)
            if file.contest.votingMode == .singleList {
                let others = try await transaction.slates(of: process, in: file.contest.id)
                guard !others.contains(where: { $0.state == .admitted }) else {
                    throw SlateError.listAdmittedAlready
                }
            }
        case .reject:
            guard reason != nil else { throw SlateError.reasonMissing }
        }
        for candidate in file.candidates {
            guard let dossier = candidate.dossier else { continue }
            try await transaction.keep(dossier, of: candidate.id, at: now)
        }
        try await transaction.moveSlate(
            slate, to: decision == .admit ? .admitted : .rejected, because: reason, at: now)
        if decision == .reject {
            // They may stand elsewhere while there is time.
            try await transaction.takeOff(
                file.candidates.map(\.id), as: .withdrawn, because: "Se rechazó la plancha.")
        }
        return Audited(
            AuditEvent(
                decision == .admit ? "elections.slate.admitted" : "elections.slate.rejected", subject: slate,
                details: [
                    "name": file.slate.name, "reason": reason ?? "",
                    "unproven": file.obstacles.map(\.sentence).joined(separator: " "),
                ]))
    }

    private func require(_ file: SlateFile) throws(SlateError) {
        let blocking = file.obstacles.filter(\.isBlocking)
        guard blocking.isEmpty else { throw .blocked(blocking) }
        guard file.obstacles.isEmpty || reason != nil else { throw .unprovenWithoutReason(file.obstacles) }
    }
}
