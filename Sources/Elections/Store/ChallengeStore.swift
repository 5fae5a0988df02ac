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
            box: try row["box_id"], boxNumber: try row["box_number"],
            challenger: try row["challenger"], role: try row["challenger_role"],
            filedBy: try row["filed_by"], ground: try row["ground"], facts: try row["facts"],
            round: try row["round"], isOutrun: try row["is_outrun"], filedAt: try row["filed_at"],
            state: try row["state"], effect: try row["effect"], reason: try row["decision_reason"],
            decidedAt: try row["decided_at"],
            exclusions: ExclusionCount(done: try row["excluded"], proposed: try row["to_be_excluded"]))
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
            select challenges.challenge_id, challenges.number, challenges.contest_id, contests.name as contest_name,
                tables.number::bigint as table_number, challenges.box_id, boxes.number::bigint as box_number, challenger, challenger_role, filed_by, ground, facts,
                challenged.round::bigint as round,
                exists (\(fragment: laterRounds)) as is_outrun,
                filed_at, challenges.state, effect, decision_reason, decided_at,
                left_out.done as excluded, left_out.proposed as to_be_excluded
            from elections.challenges
            cross join lateral (
                select count(*) filter (where seconded_at is not null) as done,
                    count(*) filter (where seconded_at is null) as proposed
                from elections.acts
                where acts.organization_id = \(organization) and acts.process_id = challenges.process_id
                    and acts.challenge_id = challenges.challenge_id and kind = 'exclude_ballots'
                    and withdrawn_at is null
            ) as left_out
            left join elections.challenged_rounds as challenged on challenged.organization_id = \(organization)
                and challenged.challenge_id = challenges.challenge_id
                and challenged.contest_id = challenges.contest_id
            left join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = challenges.contest_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = challenges.table_id
            left join elections.boxes on boxes.organization_id = \(organization)
                and boxes.box_id = challenges.box_id
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
        let id = try await store(file, as: .elections, in: place.stream, at: now)
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
                organization_id, challenge_id, process_id, contest_id, table_id, box_id, number, challenger,
                challenger_role, ground, facts, filed_at, filed_by, state)
            select \(organization), \(id), \(challenge.place.process), \(challenge.contest),
                \(challenge.table), \(challenge.box), coalesce(max(number), 0) + 1, \(challenge.challenger), \(role),
                \(challenge.ground), \(challenge.facts), \(now), \(scope.principal.user), 'open'
            from elections.challenges
            where organization_id = \(organization) and process_id = \(challenge.place.process)
            """)
        // It is about the result that is known: a round that began before it has none yet. To a box it is about what was
        // asked in it.
        try await execute(
            """
            insert into elections.challenged_rounds (
                organization_id, challenge_id, process_id, contest_id, round)
            select \(organization), \(id), \(challenge.place.process), contest_id,
                coalesce((
                    select asked.round from elections.box_questions as asked
                    where asked.organization_id = \(organization) and asked.box_id = \(challenge.box)
                        and asked.contest_id = turns.contest_id), (
                    select canvasses.round from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = turns.contest_id
                    order by version desc limit 1), last_round)
            from (\(fragment: turnsQuery(of: challenge.place.process))) as turns
            where is_open and last_round is not null
                and (\(challenge.contest)::uuid is null or contest_id = \(challenge.contest))
                and (\(challenge.box)::uuid is null or exists (
                    select from elections.box_questions as asked
                    where asked.organization_id = \(organization) and asked.box_id = \(challenge.box)
                        and asked.contest_id = turns.contest_id))
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
    /// annuls a box, or more than a table, waits for a second person.
    func takeEffect(_ decision: DecideChallenge, at now: Date) async throws -> [ID<Contest>] {
        switch decision.effect {
        case nil, .some(.none), .excludeBallots, .annulBox, .annulContest, .annulProcess: return []
        case .annulTable:
            return try await annulTable(decision, at: now)
        }
    }

    /// The rounds that were put to the vote after those that a row of `challenges` is about, as a query: who stood in them
    /// came out of the round that is challenged.
    private var laterRounds: SQL {
        """
        select from elections.challenged_rounds as concerned
        join elections.contests as going on going.organization_id = \(organization)
            and going.contest_id = concerned.contest_id and going.state = 'open'
        join elections.contest_rounds as later on later.organization_id = \(organization)
            and later.contest_id = concerned.contest_id and later.round > concerned.round
        where concerned.organization_id = \(organization)
            and concerned.challenge_id = challenges.challenge_id
        """
    }

    /// The table that counts the ballots of the one that a challenge names: where few voted, another counted them with its
    /// own, and cannot be told apart from them any more. Of rows of `challenges` and `concerned`.
    private var countingTable: SQL {
        """
        elections.counting_table(
            \(organization), challenges.table_id, concerned.contest_id, concerned.round)
        """
    }

    /// Annuls the counts of a table in the rounds that a challenge is about; of one whose few ballots another table counted,
    /// the count of that other.
    ///
    /// - Returns: The contests of them.
    /// - Throws: ``CanvassError/nextRoundVoted``, ``CanvassError/tableStillCounts``.
    private func annulTable(_ decision: DecideChallenge, at now: Date) async throws -> [ID<Contest>] {
        let isOutrun: Bool? = try await value(
            """
            select exists (\(fragment: laterRounds)) from elections.challenges
            where organization_id = \(organization) and challenge_id = \(decision.challenge)
            """)
        guard isOutrun != true else { throw CanvassError.nextRoundVoted }
        let isCounting: Bool? = try await value(
            """
            select exists (
                select from elections.challenges
                join elections.challenged_rounds as concerned on concerned.organization_id = \(organization)
                    and concerned.challenge_id = challenges.challenge_id
                join elections.contests on contests.organization_id = \(organization)
                    and contests.contest_id = concerned.contest_id and contests.state = 'open'
                join elections.polls on polls.organization_id = \(organization)
                    and polls.table_id = \(fragment: countingTable)
                    and polls.contest_id = concerned.contest_id and polls.round = concerned.round
                where challenges.organization_id = \(organization)
                    and challenges.challenge_id = \(decision.challenge)
                    and not exists (
                        select from elections.table_counts as counts
                        where counts.organization_id = \(organization) and counts.table_id = polls.table_id
                            and counts.contest_id = polls.contest_id and counts.round = polls.round)
                    and not exists (
                        select from elections.omitted_polls as omitted
                        where omitted.organization_id = \(organization)
                            and omitted.table_id = polls.table_id
                            and omitted.contest_id = polls.contest_id and omitted.round = polls.round))
            """)
        guard isCounting != true else { throw CanvassError.tableStillCounts }
        return try await values(
            """
            insert into elections.table_annulments (
                organization_id, table_id, contest_id, round, process_id, challenge_id, annulled_at,
                annulled_by)
            select \(organization), counts.table_id, counts.contest_id, counts.round,
                \(decision.place.process), \(decision.challenge), \(now), \(scope.principal.user)
            from elections.challenges
            join elections.challenged_rounds as concerned on concerned.organization_id = \(organization)
                and concerned.challenge_id = challenges.challenge_id
            -- What has ended is not counted anew.
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = concerned.contest_id and contests.state = 'open'
            join elections.table_counts as counts on counts.organization_id = \(organization)
                and counts.table_id = \(fragment: countingTable)
                and counts.contest_id = concerned.contest_id and counts.round = concerned.round
            where challenges.organization_id = \(organization)
                and challenges.challenge_id = \(decision.challenge)
            -- Annulled by another challenge it stays so.
            on conflict on constraint table_annulments_pkey do nothing
            returning contest_id
            """)
    }
}
