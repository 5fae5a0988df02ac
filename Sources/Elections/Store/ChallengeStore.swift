import Foundation
import Kernel
public import Postgres
import Tenancy

extension ChallengeGround: SQLValue {}

extension ChallengeEffect: SQLValue {}

extension ChallengeFile.State: SQLValue {}

extension ChallengerRole: SQLValue {}

private struct EvidenceRow: RowDecodable {
    let challenge: ID<Challenge>
    let evidence: ChallengeEvidence

    init(row: Row) throws(RowError) {
        challenge = try row["challenge_id"]
        evidence = ChallengeEvidence(
            file: try row["file_id"], title: try row["title"], addedAt: try row["added_at"],
            addedBy: try row["added_by_name"])
    }
}

private struct AnswerRow: RowDecodable {
    let challenge: ID<Challenge>
    let answer: ChallengeAnswer

    init(row: Row) throws(RowError) {
        challenge = try row["challenge_id"]
        answer = ChallengeAnswer(
            words: try row["answer"], by: try row["answered_by"], takenInAt: try row["answered_at"],
            takenInBy: try row["recorded_by_name"])
    }
}

extension ChallengeFile: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["challenge_id"], number: try row["number"], contest: try row["contest_id"],
            contestName: try row["contest_name"], table: try row["table_number"],
            challenger: try row["challenger"], role: try row["challenger_role"],
            filedBy: try row["filed_by"], ground: try row["ground"], facts: try row["facts"],
            filedAt: try row["filed_at"], state: try row["state"], effect: try row["effect"],
            reason: try row["decision_reason"],
            decidedAt: try row["decided_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// When each result of a process can be challenged.
    func challengeTerms(of place: ProcessPlace) async throws -> ChallengeTerms {
        ChallengeTerms(
            of: try await canvassHeadings(of: place), in: try await contests(of: place.process),
            calendar: try await calendar(of: place.process))
    }

    /// A challenge of a process.
    func challenge(_ id: ID<Challenge>, of place: ProcessPlace) async throws -> ChallengeFile? {
        try await challenges(of: place).first { $0.id == id }
    }

    /// Whether a challenge waits that concerns a contest, by its name or with the whole process; of any contest where
    /// none is named.
    func hasOpenChallenge(_ place: ProcessPlace, to contest: ID<Contest>? = nil) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.challenges
                where organization_id = \(organization) and process_id = \(place.process) and state = 'open'
                    and (\(contest)::uuid is null or contest_id is null or contest_id = \(contest)))
            """) ?? false
    }

    func challenges(of place: ProcessPlace) async throws -> [ChallengeFile] {
        var found = try await rows(
            """
            select challenge_id, challenges.number, challenges.contest_id, contests.name as contest_name,
                tables.number::bigint as table_number, challenger, challenger_role, filed_by, ground, facts,
                filed_at, challenges.state, effect, decision_reason, decided_at
            from elections.challenges
            left join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = challenges.contest_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = challenges.table_id
            where challenges.organization_id = \(organization) and challenges.process_id = \(place.process)
            order by challenges.number
            """, as: ChallengeFile.self)
        let evidence = try await rows(
            """
            select files.challenge_id, file_id, title, added_at, users.name as added_by_name
            from elections.challenge_files as files
            join elections.challenges on challenges.organization_id = files.organization_id
                and challenges.challenge_id = files.challenge_id
            left join tenancy.users on users.organization_id = files.organization_id
                and users.user_id = files.added_by
            where files.organization_id = \(organization) and challenges.process_id = \(place.process)
            order by added_at, title
            """,
            as: EvidenceRow.self)
        let answers = try await rows(
            """
            select challenge_id, answer, answered_by, answered_at, users.name as recorded_by_name
            from elections.challenge_answers as answers
            left join tenancy.users on users.organization_id = answers.organization_id
                and users.user_id = answers.recorded_by
            where answers.organization_id = \(organization) and answers.process_id = \(place.process)
            order by answered_at, answer_id
            """,
            as: AnswerRow.self)
        for index in found.indices {
            found[index].answers = answers.filter { $0.challenge == found[index].id }.map(\.answer)
            found[index].evidence = evidence.filter { $0.challenge == found[index].id }.map(\.evidence)
        }
        return found
    }

    /// Keeps a file as evidence of a challenge of a process.
    ///
    /// - Throws: ``CanvassError/evidenceTwice``.
    func add(
        _ file: StoredFile, titled title: String, to challenge: ID<Challenge>, in place: ProcessPlace,
        at now: Date
    ) async throws -> ID<StoredFile> {
        let id = try await store(file, in: place.stream, at: now)
        try await execute(
            """
            insert into elections.challenge_files (
                organization_id, challenge_id, file_id, title, added_at, added_by)
            values (\(organization), \(challenge), \(id), \(title), \(now), \(scope.principal.user))
            """,
            refusals: ["challenge_files_pkey": CanvassError.evidenceTwice])
        return id
    }

    func insert(
        _ challenge: FileChallenge, as id: ID<Challenge>, by role: ChallengerRole, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.challenges (
                organization_id, challenge_id, process_id, contest_id, table_id, number, challenger,
                challenger_role, ground, facts, filed_at, filed_by, state)
            select \(organization), \(id), \(challenge.place.process), \(challenge.contest),
                \(challenge.table), coalesce(max(number), 0) + 1, \(challenge.challenger), \(role),
                \(challenge.ground), \(challenge.facts), \(now), \(scope.principal.user), 'open'
            from elections.challenges
            where organization_id = \(organization) and process_id = \(challenge.place.process)
            """)
    }

    func insert(_ answer: AnswerChallenge, at now: Date) async throws {
        try await execute(
            """
            insert into elections.challenge_answers (
                organization_id, answer_id, process_id, challenge_id, answer, answered_by, answered_at,
                recorded_by)
            values (
                \(organization), \(ID<ChallengeAnswer>()), \(answer.place.process), \(answer.challenge),
                \(answer.answer), \(answer.answeredBy), \(now), \(scope.principal.user))
            """)
    }

    func decide(_ decision: DecideChallenge, at now: Date) async throws {
        guard let process = try await process(decision.place.process) else { throw ProcessError.notFound }
        let others = try await otherDeciders(of: process, at: now)
        let decided = try await execute(
            """
            update elections.challenges
            set state = \(decision.effect == nil ? ChallengeFile.State.dismissed : .upheld), effect = \(decision.effect),
                decision_reason = \(decision.reason), decided_at = \(now), decided_by = \(scope.principal.user)
            where organization_id = \(organization) and process_id = \(decision.place.process)
                and challenge_id = \(decision.challenge) and state = 'open'
            """,
            refusals: [
                "challenges_effect_has_its_object": CanvassError.effectWithoutObject,
                "challenges_second_person": CanvassError.ownChallenge(others: others),
            ])
        guard decided == 1 else { throw CanvassError.challengeNotOpen }
    }

    /// Lets a challenge wait for its decision again, since what it would have done was taken back.
    func reopen(_ challenge: ID<Challenge>, of process: ID<ElectoralProcess>) async throws {
        try await execute(
            """
            update elections.challenges
            set state = 'open', effect = null, decision_reason = null, decided_at = null, decided_by = null
            where organization_id = \(organization) and process_id = \(process)
                and challenge_id = \(challenge)
            """)
    }

    /// Carries out what an upheld challenge does at once, and returns the contests that have to be counted anew. What
    /// annuls more than a table waits for a second person.
    func takeEffect(_ decision: DecideChallenge, at now: Date) async throws -> [ID<Contest>] {
        switch decision.effect {
        case nil, .some(.none), .annulContest, .annulProcess: return []
        case .annulTable:
            return try await values(
                """
                insert into elections.table_annulments (
                    organization_id, table_id, contest_id, round, process_id, challenge_id, annulled_at,
                    annulled_by)
                select \(organization), counted.table_id, counted.contest_id, counted.round,
                    \(decision.place.process), \(decision.challenge), \(now), \(scope.principal.user)
                from (
                    -- The last vote of a contest is its result; what has ended is not counted anew.
                    select distinct on (counts.contest_id) counts.table_id, counts.contest_id, counts.round
                    from elections.table_counts as counts
                    join elections.challenges on challenges.organization_id = counts.organization_id
                        and challenges.table_id = counts.table_id
                        and (challenges.contest_id is null or challenges.contest_id = counts.contest_id)
                    join elections.contests on contests.organization_id = counts.organization_id
                        and contests.contest_id = counts.contest_id and contests.state = 'open'
                    where counts.organization_id = \(organization)
                        and challenges.challenge_id = \(decision.challenge)
                    order by counts.contest_id, counts.round desc
                ) as counted
                -- Annulled by another challenge it stays so.
                on conflict on constraint table_annulments_pkey do nothing
                returning contest_id
                """)
        }
    }
}
