import Foundation
import Governance
public import Kernel
public import Membership
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Whether a file belongs to what was handed in or decided about a slate.
    func isPaper(
        _ file: ID<StoredFile>, of slate: ID<Slate>, in process: ID<ElectoralProcess>
    ) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.candidates
                left join elections.disqualifications as decisions on decisions.organization_id = \(organization)
                    and decisions.candidate_id = candidates.candidate_id
                where candidates.organization_id = \(organization) and candidates.process_id = \(process)
                    and candidates.slate_id = \(slate)
                    and \(file) in (acceptance_file_id, evidence_file_id, appeal_file_id))
            """) ?? false
    }

    /// A process of an alliance and one of its contests.
    ///
    /// - Throws: ``ProcessError/notFound``, ``SlateError/notFound``.
    func contest(
        _ contest: ID<Contest>, of process: ID<ElectoralProcess>, in alliance: ID<Alliance>
    ) async throws -> (process: ElectionProcess, contest: Contest) {
        guard let found = try await self.process(process), found.alliance == alliance else {
            throw ProcessError.notFound
        }
        guard let contest = try await contests(of: process).first(where: { $0.id == contest }) else {
            throw SlateError.notFound
        }
        return (found, contest)
    }

    /// What the facts say of somebody as a candidate to the seats of a contest, whose body has its own limit of periods.
    func candidacyDossier(
        of person: ID<Person>, for contest: Contest, in alliance: ID<Alliance>, on day: CalendarDate,
        at now: Date
    ) async throws -> Dossier {
        try await dossier(
            of: person, as: .candidate, in: try await candidacySpace(of: contest, in: alliance), on: day,
            at: now, stage: .preparation)
    }

    /// Where candidates to the seats of a contest are looked at.
    public func candidacySpace(
        of contest: Contest, in alliance: ID<Alliance>
    ) async throws -> EligibilitySpace {
        let body = try await body(contest.body)
        return EligibilitySpace(
            alliance: alliance, process: contest.process,
            body: body.map {
                ContestedBody(
                    id: $0.id.description, termLimit: $0.term.consecutiveTerms,
                    norm: $0.term.consecutiveTermsNorm)
            })
    }

    /// A slate that nobody else changes until the transaction ends, in a process that goes to no other state meanwhile;
    /// without what the facts say of its candidates.
    ///
    /// - Throws: ``ProcessError/notFound``, ``SlateError/notFound``.
    func heldSlate(
        _ slate: ID<Slate>, of process: ID<ElectoralProcess>, in alliance: ID<Alliance>, at now: Date,
        withDossiers: Bool = false
    ) async throws -> SlateFile {
        _ = try await lockedProcess(ProcessPlace(process, of: alliance))
        try await holdSlate(slate, of: process)
        return try await slateFile(slate, of: process, in: alliance, at: now, withDossiers: withDossiers)
    }

    /// All that a slate holds; while it stands, with what the facts say of each candidate on the day that the calendar
    /// has for it.
    ///
    /// - Throws: ``ProcessError/notFound``, ``SlateError/notFound``.
    func slateFile(
        _ slate: ID<Slate>, of process: ID<ElectoralProcess>, in alliance: ID<Alliance>, at now: Date,
        withDossiers: Bool = true
    ) async throws -> SlateFile {
        guard let summary = try await self.slate(slate, of: process) else { throw SlateError.notFound }
        let (found, contest) = try await contest(summary.contest, of: process, in: alliance)
        let window = try await nominationWindow(of: process)
        let decisions = Dictionary(
            try await disqualifications(of: slate).map { ($0.candidate, $0) }, uniquingKeysWith: { $1 })
        var everybody = try await candidates(of: slate)
        for index in everybody.indices {
            everybody[index].disqualification = decisions[everybody[index].id]
            guard withDossiers, summary.state.stands, everybody[index].state == .standing, let window else {
                continue
            }
            everybody[index].dossier = try await candidacyDossier(
                of: everybody[index].person, for: contest, in: alliance, on: window.checkDay, at: now)
        }
        let standing = everybody.filter { $0.state == .standing }
        let people = Set(standing.map(\.person))
        return SlateFile(
            process: found, contest: contest, window: window, slate: summary, candidates: standing,
            // Who only changed place on the slate did not leave it.
            former: everybody.filter {
                $0.state != .standing && (!people.contains($0.person) || $0.disqualification != nil)
            },
            witnesses: try await witnesses(of: slate), tables: try await witnessTables(of: process),
            obstacles: summary.state == .registered
                ? Admission.obstacles(
                    of: standing, inPlace: everybody, isWindowOpen: window?.isOpen(at: now) ?? false) : [])
    }
}
