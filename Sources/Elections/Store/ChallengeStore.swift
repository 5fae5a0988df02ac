import Foundation
import Kernel
public import Postgres
import Tenancy

extension ChallengeGround: SQLValue {}

extension ChallengeEffect: SQLValue {}

extension ChallengeFile.State: SQLValue {}

extension ChallengeFile: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["challenge_id"], number: try row["number"], contest: try row["contest_id"],
            contestName: try row["contest_name"], table: try row["table_number"],
            challenger: try row["challenger"], ground: try row["ground"], facts: try row["facts"],
            filedAt: try row["filed_at"], answer: try row["answer"], answeredBy: try row["answered_by"],
            state: try row["state"], effect: try row["effect"], reason: try row["decision_reason"],
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
        try await rows(
            """
            select challenge_id, challenges.number, challenges.contest_id, contests.name as contest_name,
                tables.number::bigint as table_number, challenger, ground, facts, filed_at, answer,
                answered_by, challenges.state, effect, decision_reason, decided_at
            from elections.challenges
            left join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = challenges.contest_id
            left join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = challenges.table_id
            where challenges.organization_id = \(organization) and challenges.process_id = \(place.process)
            order by challenges.number
            """)
    }

    func insert(_ challenge: FileChallenge, as id: ID<Challenge>, at now: Date) async throws {
        try await execute(
            """
            insert into elections.challenges (
                organization_id, challenge_id, process_id, contest_id, table_id, number, challenger,
                challenger_role, ground, facts, filed_at, filed_by, state)
            select \(organization), \(id), \(challenge.place.process), \(challenge.contest),
                \(challenge.table), coalesce(max(number), 0) + 1, \(challenge.challenger), 'other',
                \(challenge.ground), \(challenge.facts), \(now), \(scope.principal.user), 'open'
            from elections.challenges
            where organization_id = \(organization) and process_id = \(challenge.place.process)
            """)
    }

    func answer(_ answer: AnswerChallenge, at now: Date) async throws {
        let answered = try await execute(
            """
            update elections.challenges
            set answer = \(answer.answer), answered_by = \(answer.answeredBy), answered_at = \(now)
            where organization_id = \(organization) and process_id = \(answer.place.process)
                and challenge_id = \(answer.challenge) and state = 'open' and answer is null
            """)
        guard answered == 1 else { throw CanvassError.challengeNotOpen }
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
                select \(organization), counts.table_id, counts.contest_id, counts.round,
                    \(decision.place.process), \(decision.challenge), \(now), \(scope.principal.user)
                from elections.table_counts as counts
                join elections.challenges on challenges.organization_id = counts.organization_id
                    and challenges.table_id = counts.table_id
                    and (challenges.contest_id is null or challenges.contest_id = counts.contest_id)
                where counts.organization_id = \(organization)
                    and challenges.challenge_id = \(decision.challenge)
                returning contest_id
                """)
        }
    }
}
