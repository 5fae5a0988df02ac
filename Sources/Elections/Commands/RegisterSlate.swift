public import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Registers a slate (`inscribir una plancha`), or somebody who stands alone, while nominations are taken.
///
/// What the facts say of each candidate is kept as it was on that day; nobody is refused for it here, since there is
/// time to cure it until the committee decides.
public struct RegisterSlate: Command {
    /// Who may do it.
    public static let permission = Permission.registerSlates
    /// What was handed in.
    public let nomination: Nomination
    /// The contest.
    public let contest: ID<Contest>
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>

    /// Takes what was handed in for a contest.
    public init(
        _ nomination: Nomination, in contest: ID<Contest>, of process: ID<ElectoralProcess>,
        of alliance: ID<Alliance>
    ) {
        self.nomination = nomination
        self.contest = contest
        self.process = process
        self.alliance = alliance
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Writes the slate with its candidates.
    ///
    /// - Throws: ``ProcessError``, ``SlateError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Slate>> {
        // The session of the vote opens once every slate is decided: none comes in beside it.
        _ = try await transaction.lockedProcess(ProcessPlace(process, of: alliance))
        let (found, contest) = try await transaction.contest(contest, of: process, in: alliance)
        guard found.state.takesNominations, let window = try await transaction.nominationWindow(of: process)
        else { throw SlateError.notNow(found.state) }
        try window.require(openAt: now)
        try nomination.require(fitting: contest)
        let people = try await transaction.nominees(
            nomination.people, in: contest, of: alliance, besides: nil, at: now)
        let slate = ID<Slate>()
        let name = nomination.name ?? String(people[0].name.prefix(80))
        try await transaction.insertSlate(slate, named: name, as: nomination, in: contest, at: now)
        let placements = nomination.placements(of: people)
        let candidates = try await transaction.insertCandidates(
            placements, of: slate, in: contest, at: now)
        for (candidate, placement) in zip(candidates, placements) {
            let dossier = try await transaction.candidacyDossier(
                of: placement.person, for: contest, in: alliance, on: window.checkDay, at: now)
            try await transaction.keep(dossier, of: candidate, at: now)
        }
        return Audited(
            slate,
            AuditEvent(
                "elections.slate.registered", subject: slate,
                details: [
                    "contest": contest.id.description, "name": name,
                    "people": placements.map { "\($0.role.rawValue) \($0.position): \($0.name)" }
                        .joined(separator: "; "),
                ]))
    }
}

extension Nomination {
    /// The people in their places.
    func placements(of people: [(person: ID<Person>, name: String)]) -> [Placement] {
        people.enumerated().map { index, nominee in
            let isPrincipal = index < principals.count
            return Placement(
                person: nominee.person, name: nominee.name, role: isPrincipal ? .principal : .alternate,
                position: isPrincipal ? index + 1 : index - principals.count + 1)
        }
    }
}
