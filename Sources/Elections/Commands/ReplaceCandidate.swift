public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Puts somebody in the place of a candidate who was kept out or leaves, while nominations are taken.
///
/// The committee has not looked at who comes: a slate that was admitted is to be decided again.
public struct ReplaceCandidate: Command {
    /// Who may do it.
    public static let permission = Permission.registerSlates
    /// Who leaves.
    public let candidate: ID<Candidate>
    /// Who comes.
    public let person: ID<Person>
    /// Why the candidate leaves; not needed of one who was kept out.
    public let reason: String?
    /// The slate.
    public let slate: ID<Slate>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes who comes for whom.
    public init(
        _ candidate: ID<Candidate>, on slate: ID<Slate>, by person: ID<Person>, because reason: String?,
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>
    ) {
        self.candidate = candidate
        self.slate = slate
        self.person = person
        let reason = reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        self.reason = reason?.isEmpty == true ? nil : reason
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the change.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``, ``CandidacyError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        ID<Candidate>
    > {
        let file = try await transaction.heldSlate(slate, of: process, in: alliance, at: now)
        guard file.slate.state.stands else { throw SlateError.decidedAlready(file.slate.state) }
        guard file.process.state.takesNominations, let window = file.window else {
            throw SlateError.notNow(file.process.state)
        }
        try window.require(openAt: now)
        guard let leaving = (file.candidates + file.former).first(where: { $0.id == candidate }) else {
            throw CandidacyError.notFound
        }
        guard !file.candidates.contains(where: { $0.person == person }) else {
            throw SlateError.personRepeated
        }
        switch leaving.state {
        case .standing:
            guard let reason else { throw SlateError.reasonMissing }
            try await transaction.takeOff([candidate], as: .withdrawn, because: reason)
        case .disqualified: break
        case .withdrawn: throw CandidacyError.notStanding
        }
        let nominee = try await transaction.nominees(
            [person], in: file.contest, of: alliance, besides: slate, at: now)[0]
        let id = try await transaction.insertCandidates(
            [
                Placement(
                    person: nominee.person, name: nominee.name, role: leaving.role,
                    position: leaving.position, replaces: candidate)
            ], of: slate, in: file.contest, at: now)[0]
        let dossier = try await transaction.candidacyDossier(
            of: person, for: file.contest, in: alliance, on: window.checkDay, at: now)
        try await transaction.keep(dossier, of: id, at: now)
        if file.slate.state == .admitted {
            try await transaction.moveSlate(slate, to: .registered, because: nil, at: now)
        }
        return Audited(
            id,
            AuditEvent(
                "elections.candidate.replaced", subject: candidate,
                details: ["left": leaving.name, "came": nominee.name, "reason": reason ?? ""]))
    }
}
