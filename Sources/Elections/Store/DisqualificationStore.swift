import Foundation
import Kernel
public import Postgres
import Tenancy

extension Disqualification.Outcome: SQLValue {}

extension OwnCandidacy: RowDecodable {
    /// Reads a row of a candidacy, with the decision that kept the candidate out where there is one.
    public init(row: Row) throws(RowError) {
        let decision: ID<Disqualification>? = try row["disqualification_id"]
        self.init(
            candidate: try row["candidate_id"], slate: try row["slate_id"], slateName: try row["slate_name"],
            contestName: try row["contest_name"], process: try row["process_id"], stage: try row["stage"],
            name: try row["name"], role: try row["role"], state: try row["state"],
            disqualification: decision == nil ? nil : try Disqualification(row: row))
    }
}

extension Disqualification: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["disqualification_id"], candidate: try row["candidate_id"],
            ground: try row["ground"], norm: try row["norm"], reason: try row["reason"],
            evidence: try row["evidence_file_id"], decidedAt: try row["decided_at"],
            decidedBy: try row["decided_by"], appeal: try row["appeal"],
            appealedAt: try row["appealed_at"], outcome: try row["appeal_outcome"],
            outcomeReason: try row["appeal_reason"], appealDecidedAt: try row["appeal_decided_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The decisions to keep candidates of a slate out, the last of each candidate.
    func disqualifications(of slate: ID<Slate>) async throws -> [Disqualification] {
        try await rows(
            """
            select distinct on (decisions.candidate_id) decisions.disqualification_id, decisions.candidate_id,
                ground, norm, reason, evidence_file_id, decided_at, decided_by, appeal, appealed_at,
                appeal_outcome, appeal_reason, appeal_decided_at
            from elections.disqualifications as decisions
            join elections.candidates on candidates.organization_id = \(organization)
                and candidates.candidate_id = decisions.candidate_id
            where decisions.organization_id = \(organization) and candidates.slate_id = \(slate)
            order by decisions.candidate_id, decided_at desc, decisions.disqualification_id desc
            """)
    }

    /// The candidacies of a person in the elections of an alliance that go on, each with its last disqualification.
    func candidacies(of person: ID<Person>, in alliance: ID<Alliance>) async throws -> [OwnCandidacy] {
        try await rows(
            """
            select candidates.candidate_id, candidates.slate_id, slates.name as slate_name,
                contests.name as contest_name, processes.process_id, processes.state as stage, candidates.name,
                candidates.role, candidates.state, decisions.disqualification_id, ground, norm, reason,
                evidence_file_id, decisions.decided_at, decisions.decided_by, appeal, appealed_at,
                appeal_outcome, appeal_reason, appeal_decided_at
            from elections.processes
            join elections.candidates on candidates.organization_id = \(organization)
                and candidates.process_id = processes.process_id and candidates.person_id = \(person)
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = candidates.slate_id
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = candidates.contest_id
            left join lateral (
                select * from elections.disqualifications
                where disqualifications.organization_id = \(organization)
                    and disqualifications.candidate_id = candidates.candidate_id
                order by decided_at desc, disqualification_id desc limit 1
            ) as decisions on true
            where processes.organization_id = \(organization) and processes.alliance_id = \(alliance)
                and processes.state not in ('draft', 'proclaimed', 'void', 'annulled')
            order by processes.drafted_at desc, processes.process_id, contests.position, slates.name_folded
            """)
    }

    /// Adds a decision to keep a candidate out.
    func insert(
        _ ground: DisqualificationGround, as id: ID<Disqualification>, of candidate: ID<Candidate>,
        in process: ID<ElectoralProcess>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.disqualifications (
                organization_id, disqualification_id, process_id, candidate_id, ground, norm, reason,
                evidence_file_id, decided_at, decided_by)
            values (
                \(organization), \(id), \(process), \(candidate), \(ground.ground), \(ground.norm),
                \(ground.reason), \(ground.evidence), \(now), \(scope.principal.user))
            """,
            refusals: ["disqualifications_one_in_force_key": CandidacyError.notStanding])
    }

    /// Adds the appeal of a decision.
    ///
    /// - Throws: ``CandidacyError/appealedAlready``.
    func appeal(
        _ disqualification: ID<Disqualification>, because words: String, file: ID<StoredFile>?, at now: Date
    ) async throws {
        let filed = try await execute(
            """
            update elections.disqualifications
            set appeal = \(words), appealed_at = \(now), appeal_file_id = \(file)
            where organization_id = \(organization) and disqualification_id = \(disqualification)
                and appeal is null
            """)
        guard filed == 1 else { throw CandidacyError.appealedAlready }
    }

    /// Decides an appeal.
    ///
    /// - Throws: ``CandidacyError`` where there is none, or the same person decides twice.
    func decideAppeal(
        of disqualification: ID<Disqualification>, as outcome: Disqualification.Outcome,
        because reason: String, at now: Date
    ) async throws {
        let decided = try await execute(
            """
            update elections.disqualifications
            set appeal_outcome = \(outcome), appeal_reason = \(reason), appeal_decided_at = \(now),
                appeal_decided_by = \(scope.principal.user)
            where organization_id = \(organization) and disqualification_id = \(disqualification)
                and appeal is not null and appeal_outcome is null
            """,
            refusals: ["disqualifications_appeal_second_person": CandidacyError.ownDecision])
        guard decided == 1 else { throw CandidacyError.nothingAppealed }
    }
}
