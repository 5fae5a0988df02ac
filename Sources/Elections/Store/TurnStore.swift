import Kernel
public import Postgres
import Tenancy

extension ContestTurn: RowDecodable {
    /// Reads a row of the query.
    public init(row: Row) throws(RowError) {
        let challenge: ID<Challenge>? = try row["challenge_id"]
        let number: Int? = try row["challenge_number"]
        let obstacle: String? = try row["obstacle"]
        self.init(
            contest: try row["contest_id"], name: try row["name"], isOpen: try row["is_open"],
            lastRound: try row["last_round"], outcome: try row["outcome"], round: try row["round"],
            isDue: try row["is_due"],
            obstacle: obstacle.map { _ in
                if let challenge, let number { .challenge(challenge, number: number) } else { .draw }
            })
    }
}

extension Transaction where Scope == TenantScope {
    /// The turn of each contest of a process, as a query with the columns that ``ContestTurn`` reads.
    ///
    /// The round that is due is the last one that was put to the vote, or the next where its canvass asks for a runoff.
    /// That runoff waits for the draw of a tie for a place in it, and for the challenges to the round that sends people
    /// into it.
    func turnsQuery(of process: ID<ElectoralProcess>) -> SQL {
        """
        select contests.contest_id, contests.position, contests.name, contests.state = 'open' as is_open,
            voted.last_round, result.outcome, coalesce(voted.last_round, 1) + needs.runoff::integer as round,
            contests.state = 'open' and (result.outcome is null or needs.runoff) as is_due,
            case when not needs.runoff then null when result.is_tied then 'draw'
                when challenged.challenge_id is not null then 'challenge' end as obstacle,
            case when needs.runoff and not result.is_tied then challenged.challenge_id end as challenge_id,
            challenged.number as challenge_number
        from elections.contests
        left join lateral (
            select max(round) as last_round from elections.contest_rounds as rounds
            where rounds.organization_id = \(organization) and rounds.contest_id = contests.contest_id
        ) as voted on true
        left join lateral (
            select outcome, cardinality(tied_slate_ids) > 0 as is_tied from elections.canvasses
            where canvasses.organization_id = \(organization)
                and canvasses.contest_id = contests.contest_id and canvasses.round = voted.last_round
            order by version desc limit 1
        ) as result on true
        cross join lateral (
            select contests.state = 'open' and result.outcome is not distinct from 'runoff' as runoff
        ) as needs
        left join lateral (
            select challenges.challenge_id, challenges.number from elections.challenged_rounds as challenged
            join elections.challenges on challenges.organization_id = \(organization)
                and challenges.challenge_id = challenged.challenge_id and challenges.state = 'open'
            where challenged.organization_id = \(organization)
                and challenged.contest_id = contests.contest_id and challenged.round = voted.last_round
            order by challenges.number limit 1
        ) as challenged on true
        where contests.organization_id = \(organization) and contests.process_id = \(process)
        """
    }

    /// The turn of each contest of a process, contests in their order.
    func turns(of process: ID<ElectoralProcess>) async throws -> [ContestTurn] {
        try await rows(
            """
            select contest_id, name, is_open, last_round::bigint as last_round, outcome, round::bigint as round,
                is_due, obstacle, challenge_id, challenge_number::bigint as challenge_number
            from (\(fragment: turnsQuery(of: process))) as turns
            order by position
            """)
    }

    /// The turn of a contest that is neither ended nor proclaimed.
    ///
    /// - Throws: ``CanvassError/notFound``.
    func openTurn(of contest: ID<Contest>, in place: ProcessPlace) async throws -> ContestTurn {
        guard let turn = try await turns(of: place.process)[contest], turn.isOpen else {
            throw CanvassError.notFound
        }
        return turn
    }

    /// Votes that no session has opened yet, as a query with the columns `contest_id`, `round`, `table_id`, `opens_at`,
    /// `number` and `obstacle`: of each contest the round that is due, at each table that has no poll of it and is not
    /// left out of it.
    func dueVotesQuery(of process: ID<ElectoralProcess>) -> SQL {
        """
        select turns.contest_id, turns.round, turns.obstacle, tables.table_id, tables.opens_at, tables.number
        from (\(fragment: turnsQuery(of: process))) as turns
        join elections.voting_tables as tables on tables.organization_id = \(organization)
            and tables.process_id = \(process)
        where turns.is_due
            and not exists (
                select from elections.polls
                where polls.organization_id = \(organization) and polls.table_id = tables.table_id
                    and polls.contest_id = turns.contest_id and polls.round = turns.round)
            and not exists (
                select from elections.omitted_polls as omitted
                where omitted.organization_id = \(organization) and omitted.table_id = tables.table_id
                    and omitted.contest_id = turns.contest_id and omitted.round = turns.round)
            and not \(fragment: isVotedInBoxAlone(contest: "turns.contest_id", round: "turns.round"))
        """
    }

    /// Votes that no session has opened yet and that wait for nothing else, tables in their order.
    func votesToTake(of process: ID<ElectoralProcess>) async throws -> [VoteToTake] {
        try await rows(
            """
            select contest_id, round::bigint as round, table_id, opens_at
            from (\(fragment: dueVotesQuery(of: process))) as votes
            where obstacle is null
            order by number, contest_id
            """)
    }

    /// How far the vote of a process has come.
    func voteProgress(of process: ID<ElectoralProcess>) async throws -> VoteProgress? {
        try await row(
            """
            select
                exists (
                    select from elections.sessions
                    where organization_id = \(organization) and process_id = \(process)
                        and opened_at is not null and closed_at is null)
                    or exists (
                        select from elections.boxes
                        where organization_id = \(organization) and process_id = \(process) and not is_mock
                            and state = 'open') as is_session_open,
                count(*) filter (where is_open) as open_contests,
                count(*) filter (where is_open and outcome is null) as uncounted_contests,
                (select count(*) from elections.contests
                    where organization_id = \(organization) and process_id = \(process)
                        and state in ('void', 'blank_won')) as ended_contests,
                (select count(*) from elections.challenges
                    where organization_id = \(organization) and process_id = \(process)
                        and state = 'open') as open_challenges
            from (\(fragment: turnsQuery(of: process))) as turns
            """)
    }
}

extension VoteToTake: RowDecodable {
    /// Reads a row of the query.
    public init(row: Row) throws(RowError) {
        self.init(
            contest: try row["contest_id"], round: try row["round"], table: try row["table_id"],
            opensAt: try row["opens_at"])
    }
}

extension VoteProgress: RowDecodable {
    /// Reads what was counted of a process.
    public init(row: Row) throws(RowError) {
        self.init(
            isSessionOpen: try row["is_session_open"], openContests: try row["open_contests"],
            uncountedContests: try row["uncounted_contests"], openChallenges: try row["open_challenges"],
            endedContests: try row["ended_contests"])
    }
}
