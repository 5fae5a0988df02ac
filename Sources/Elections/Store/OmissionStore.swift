import Foundation
import Kernel
public import Postgres
import Tenancy

extension TableOmission: RowDecodable {
    /// Reads a row of the acts with the votes that it leaves out.
    public init(row: Row) throws(RowError) {
        let table: ID<VotingTable> = try row["table_id"]
        let contests: [ID<Contest>] = try row["contests"]
        let rounds: [Int] = try row["rounds"]
        self.init(
            act: try row["act_id"], table: table, reason: try row["reason"],
            proposedAt: try row["proposed_at"], proposedBy: try row["proposed_by"],
            proposer: try row["proposer"], role: try row["proposed_as"],
            polls: zip(contests, rounds).map { PollPlace($0, round: $1, at: table) },
            isOpen: try row["is_open"])
    }
}

private struct OmittedTable: RowDecodable {
    let change: CanvassReport.Change

    init(row: Row) throws(RowError) {
        let number: Int = try row["number"]
        let place: String = try row["place"]
        let electors: Int = try row["electors"]
        let proposer: String = try row["proposer"]
        let seconder: String = try row["seconder"]
        let voters: Int? = try row["voters"]
        let what =
            voters.map {
                "\($0 == 1 ? "votó" : "votaron") \(SpanishFormat.count($0, "persona", "personas")), y sus tarjetones no se abrieron"
            } ?? "no se votó"
        change = CanvassReport.Change(
            what:
                "Mesa \(number), \(place), de \(SpanishFormat.count(electors, "elector", "electores")): \(what)",
            reason: try row["reason"], author: "\(proposer) y lo confirmó \(seconder)",
            madeAt: try row["seconded_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The tables of a process that are left out of votes, or that somebody proposes to leave out.
    func omissions(of place: ProcessPlace) async throws -> [TableOmission] {
        try await rows(
            """
            select acts.act_id, acts.table_id, reason, proposed_at, proposed_by, users.name as proposer,
                proposed_as, seconded_at is null as is_open,
                coalesce(omitted.contests, '{}') as contests, coalesce(omitted.rounds, '{}') as rounds
            from elections.acts
            join tenancy.users on users.organization_id = \(organization) and users.user_id = proposed_by
            left join lateral (
                select array_agg(contest_id order by contest_id, round) as contests,
                    array_agg(round::bigint order by contest_id, round) as rounds
                from elections.omitted_polls
                where omitted_polls.organization_id = \(organization) and omitted_polls.act_id = acts.act_id
            ) as omitted on true
            where acts.organization_id = \(organization) and acts.process_id = \(place.process)
                and kind = 'omit' and withdrawn_at is null
            order by proposed_at, acts.act_id
            """)
    }

    /// Whether a table was left out of a vote.
    func isOmitted(_ poll: PollPlace) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.omitted_polls
                where organization_id = \(organization) and table_id = \(poll.table)
                    and contest_id = \(poll.contest) and round = \(poll.round))
            """) ?? false
    }

    /// The numbers of the tables that were left out of a round.
    func omittedTables(of contest: ID<Contest>, round: Int) async throws -> [Int] {
        try await values(
            """
            select number::bigint from elections.omitted_polls as omitted
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = omitted.table_id
            where omitted.organization_id = \(organization) and contest_id = \(contest) and round = \(round)
            order by number
            """)
    }

    /// The votes that a table has to take of rounds that were voted elsewhere: a round is not left without any table. With
    /// them those that it took among so few that nobody opens its urn, and that no other urn takes any more.
    ///
    /// - Throws: ``TableError/nothingToOmit``, ``TableError/notVotedElsewhere``.
    func votesToOmit(at table: ID<VotingTable>, of place: ProcessPlace) async throws -> [PollPlace] {
        let votes = try await votesToTake(of: place.process).filter { $0.table == table }
        let stranded = try await strandedVotes(at: table, of: place)
        guard !votes.isEmpty || !stranded.isEmpty else { throw TableError.nothingToOmit }
        let turns = try await turns(of: place.process)
        let begun = votes.filter { turns.hasBegun($0) }
        guard !begun.isEmpty || !stranded.isEmpty else { throw TableError.notVotedElsewhere }
        return begun.map { PollPlace($0.contest, round: $0.round, at: table) } + stranded
    }

    /// The votes of a table among so few that nobody opens its urn, where no other urn takes them any more.
    private func strandedVotes(
        at table: ID<VotingTable>, of place: ProcessPlace
    ) async throws -> [PollPlace] {
        var stranded: [PollPlace] = []
        for turn in try await turns(of: place.process) where turn.isDue && turn.lastRound == turn.round {
            let poll = PollPlace(turn.contest, round: turn.round, at: table)
            if try await urns(of: poll).isStranded(table) { stranded.append(poll) }
        }
        return stranded
    }

    /// Keeps that somebody proposes to leave a table out.
    ///
    /// - Throws: ``DisruptionError/actOpen``.
    func proposeOmission(
        _ act: ID<ElectoralAct>, of table: ID<VotingTable>, in place: ProcessPlace, as role: Role,
        because reason: String, at now: Date
    ) async throws {
        try await execute(
            """
            insert into elections.acts (
                organization_id, act_id, process_id, table_id, kind, reason, proposed_at, proposed_by,
                proposed_as)
            values (
                \(organization), \(act), \(place.process), \(table), 'omit', \(reason), \(now),
                \(scope.principal.user), \(role))
            """,
            refusals: ["acts_one_open_omission_key": DisruptionError.actOpen])
    }

    /// Keeps that a second person of another role leaves a table out of votes.
    ///
    /// - Throws: ``DisruptionError``.
    func second(
        _ omission: TableOmission, of votes: [PollPlace], in place: ProcessPlace, as role: Role,
        at now: Date
    ) async throws {
        let seconded = try await execute(
            """
            update elections.acts
            set seconded_at = \(now), seconded_by = \(scope.principal.user), seconded_as = \(role)
            where organization_id = \(organization) and process_id = \(place.process)
                and act_id = \(omission.act) and seconded_at is null and withdrawn_at is null
            """,
            refusals: [
                "acts_two_people": DisruptionError.sameRole, "acts_two_roles": DisruptionError.sameRole,
            ])
        guard seconded == 1 else { throw DisruptionError.actNotOpen }
        for vote in votes {
            try await execute(
                """
                insert into elections.omitted_polls (
                    organization_id, table_id, contest_id, round, process_id, act_id)
                values (
                    \(organization), \(vote.table), \(vote.contest), \(vote.round), \(place.process),
                    \(omission.act))
                """)
        }
    }

    /// The tables that were left out of a round, as the acta tells them.
    func reportOmissions(of contest: ID<Contest>, round: Int) async throws -> [CanvassReport.Change] {
        try await rows(
            """
            select tables.number, tables.place, acts.reason, acts.seconded_at, proposers.name as proposer,
                seconders.name as seconder,
                (select count(*) from elections.roll_assignments as assignments
                    where assignments.organization_id = \(organization)
                        and assignments.table_id = tables.table_id) as electors,
                (select voters from elections.signature_counts as counted
                    where counted.organization_id = \(organization)
                        and counted.table_id = omitted.table_id and counted.contest_id = \(contest)
                        and counted.round = \(round) order by attempt desc limit 1) as voters
            from elections.omitted_polls as omitted
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = omitted.table_id
            join elections.acts on acts.organization_id = \(organization) and acts.act_id = omitted.act_id
            join tenancy.users as proposers on proposers.organization_id = \(organization)
                and proposers.user_id = acts.proposed_by
            join tenancy.users as seconders on seconders.organization_id = \(organization)
                and seconders.user_id = acts.seconded_by
            where omitted.organization_id = \(organization) and omitted.contest_id = \(contest)
                and omitted.round = \(round)
            order by tables.number
            """,
            as: OmittedTable.self
        ).map(\.change)
    }
}
