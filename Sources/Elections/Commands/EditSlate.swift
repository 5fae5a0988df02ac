public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Changes a slate before the committee decides: its words, its people, their order.
///
/// Who stays in the same role keeps the acceptance; who changes from one role to the other accepts again.
public struct EditSlate: Command {
    /// Who may do it.
    public static let permission = Permission.registerSlates
    /// The slate.
    public let slate: ID<Slate>
    /// What it is to be.
    public let nomination: Nomination
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what a slate is to be.
    public init(
        _ slate: ID<Slate>, as nomination: Nomination, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.slate = slate
        self.nomination = nomination
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the changes; whoever leaves the slate stays on record.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.slate.state == .registered else { throw SlateError.decidedAlready(file.slate.state) }
        guard file.process.state.takesNominations, let window = file.window else {
            throw SlateError.notNow(file.process.state)
        }
        try window.require(openAt: now)
        try nomination.require(fitting: file.contest)
        let people = try await transaction.nominees(
            nomination.people, in: file.contest, of: alliance, besides: slate, at: now)
        let name = nomination.name ?? String(people[0].name.prefix(80))
        try await transaction.rewriteSlate(slate, named: name, as: nomination, in: file.contest)
        let placements = nomination.placements(of: people).map { $0.keepingAcceptance(from: file.candidates) }
        let kept = file.candidates.filter { candidate in placements.contains { $0.isOf(candidate) } }
        let gone = file.candidates.filter { !kept.contains($0) }
        let new = placements.filter { placement in !kept.contains { placement.isOf($0) } }
        if !gone.isEmpty {
            try await transaction.takeOff(
                gone.map(\.id), as: .withdrawn, because: "Cambio de la plancha antes de la decisión.")
        }
        if !new.isEmpty {
            let ids = try await transaction.insertCandidates(new, of: slate, in: file.contest, at: now)
            for (candidate, placement) in zip(ids, new) {
                let dossier = try await transaction.candidacyDossier(
                    of: placement.person, for: file.contest, in: alliance, on: window.checkDay, at: now)
                try await transaction.keep(dossier, of: candidate, at: now)
            }
        }
        return Audited(
            AuditEvent(
                "elections.slate.edited", subject: slate,
                details: [
                    "name": name,
                    "people": placements.map { "\($0.role.rawValue) \($0.position): \($0.name)" }
                        .joined(separator: "; "),
                ]))
    }
}

extension Placement {
    /// Whether a candidate stands in this very place.
    fileprivate func isOf(_ candidate: CandidateFile) -> Bool {
        candidate.person == person && candidate.role == role && candidate.position == position
    }

    /// The placement with the acceptance that the person gave for the same role.
    fileprivate func keepingAcceptance(from candidates: [CandidateFile]) -> Self {
        guard let before = candidates.first(where: { $0.person == person && $0.role == role }) else {
            return self
        }
        var placement = self
        placement.acceptance = (before.acceptedAt, before.acceptance, before.acceptanceFile)
        return placement
    }
}
