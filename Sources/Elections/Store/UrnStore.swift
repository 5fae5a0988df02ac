import Foundation
import Kernel
public import Postgres
import Tenancy

extension Urn: RowDecodable {
    /// Reads a table with what became of its vote.
    public init(row: Row) throws(RowError) {
        let signed: Int? = try row["signed"]
        let counter: ID<User>? = try row["counted_by"]
        let name: String? = try row["counter"]
        self.init(
            table: try row["table_id"], number: try row["number"], place: try row["place"],
            stage: try Self.stage(row),
            signatures: signed.flatMap { voters in
                counter.map { Signatures(voters: voters, countedBy: $0, counter: name ?? "") }
            }, checkedIn: try row["checked_in"])
    }

    private static func stage(_ row: Row) throws(RowError) -> Stage {
        let into: ID<VotingTable>? = try row["into_table_id"]
        if let into { return .merged(into: into) }
        if try row["is_omitted"] { return .omitted }
        let ballots: Int? = try row["ballots"]
        if let ballots { return .counted(ballots: ballots) }
        if try row["is_entered"] { return .counting }
        let isClosed: Bool? = try row["is_closed"]
        return isClosed.map { $0 ? .closed : .voting } ?? .unopened
    }
}

extension Transaction where Scope == TenantScope {
    /// The urns of a vote, all tables of the process; none where hands are raised.
    func urns(of poll: PollPlace) async throws -> VoteUrns {
        VoteUrns(
            try await rows(
                """
                select tables.table_id, tables.number, tables.place,
                    case when polls.table_id is not null then polls.closed_at is not null end as is_closed,
                    merged.into_table_id, counts.ballots, signed.voters as signed, signed.counted_by,
                    users.name as counter, coalesce(door.checked_in, 0) as checked_in,
                    exists (
                        select from elections.omitted_polls as omitted
                        where omitted.organization_id = \(organization)
                            and omitted.table_id = tables.table_id
                            and omitted.contest_id = \(poll.contest)
                            and omitted.round = \(poll.round)) as is_omitted,
                    exists (
                        select from elections.count_sheets as sheets
                        where sheets.organization_id = \(organization)
                            and sheets.table_id = tables.table_id and sheets.contest_id = \(poll.contest)
                            and sheets.round = \(poll.round)) as is_entered
                from elections.contests
                join elections.voting_tables as tables on tables.organization_id = \(organization)
                    and tables.process_id = contests.process_id
                left join elections.polls on polls.organization_id = \(organization)
                    and polls.table_id = tables.table_id and polls.contest_id = \(poll.contest)
                    and polls.round = \(poll.round)
                left join elections.merged_polls as merged on merged.organization_id = \(organization)
                    and merged.table_id = tables.table_id and merged.contest_id = \(poll.contest)
                    and merged.round = \(poll.round)
                left join elections.table_counts as counts on counts.organization_id = \(organization)
                    and counts.table_id = tables.table_id and counts.contest_id = \(poll.contest)
                    and counts.round = \(poll.round)
                left join lateral (
                    select voters, counted_by from elections.signature_counts as counted
                    where counted.organization_id = \(organization) and counted.table_id = tables.table_id
                        and counted.contest_id = \(poll.contest) and counted.round = \(poll.round)
                    order by attempt desc limit 1
                ) as signed on true
                left join tenancy.users on users.organization_id = \(organization)
                    and users.user_id = signed.counted_by
                left join (
                    select polls.table_id, count(distinct presences.person_id) as checked_in
                    from elections.polls
                    join elections.presences on presences.organization_id = \(organization)
                        and presences.session_id = polls.session_id and presences.table_id = polls.table_id
                        and undone_at is null
                        and (polls.closed_at is null or arrived_at <= polls.closed_at)
                        and (left_at is null or left_at >= polls.opened_at)
                    where polls.organization_id = \(organization) and polls.contest_id = \(poll.contest)
                        and polls.round = \(poll.round)
                        and not elections.voted_in_box(
                            \(organization), presences.person_id, \(poll.contest), \(poll.round)::integer)
                    group by polls.table_id
                ) as door on door.table_id = tables.table_id
                where contests.organization_id = \(organization) and contests.contest_id = \(poll.contest)
                    and elections.required_juries(contests.voting_mode) > 1
                order by tables.number
                """),
            areBesideBox: try await value(
                """
                select elections.has_box(\(organization), \(poll.contest), \(poll.round)::integer)
                """) ?? false)
    }

    /// Keeps how many signed the list of a table.
    func insertSignatures(_ voters: Int, at poll: PollPlace, in place: ProcessPlace, at now: Date)
        async throws
    {
        try await execute(
            """
            insert into elections.signature_counts (
                organization_id, table_id, contest_id, round, attempt, process_id, voters, counted_at,
                counted_by)
            select \(organization), \(poll.table), \(poll.contest), \(poll.round),
                coalesce(max(attempt), 0) + 1, \(place.process), \(voters), \(now), \(scope.principal.user)
            from elections.signature_counts
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """)
    }

    /// Notes that the few ballots of a table were put into the urn of another.
    ///
    /// - Throws: ``UrnError``.
    func merge(_ poll: PollPlace, into table: ID<VotingTable>, at now: Date) async throws {
        try await execute(
            """
            select elections.merge_poll(
                \(organization), \(poll.table), \(poll.contest), \(poll.round)::integer, \(table), \(now),
                \(scope.principal.user))
            """,
            refusals: [
                "merged_polls_are_secret": UrnError.noBallots,
                "merged_polls_are_closed": UrnError.notClosed,
                "merged_polls_are_not_counted": UrnError.receiverCounts,
                "merged_polls_are_few": UrnError.notFew,
                "merged_polls_two_tables": UrnError.receiverCounts,
                "merged_polls_two_people": UrnError.ownCount,
                "merged_polls_pkey": UrnError.receiverCounts,
            ])
    }

    /// The tables of a round whose ballots another counted, as the acta tells them.
    func mergers(of contest: ID<Contest>, round: Int) async throws -> [CanvassReport.Merger] {
        try await rows(
            """
            select tables.number, tables.place, tables.address,
                concat_ws(', ', municipalities.name,
                    nullif(municipalities.department, municipalities.name)) as municipality,
                receivers.number as into_number, merged.voters, merged.merged_at, counters.name as counter,
                mergers.name as merger
            from elections.merged_polls as merged
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = merged.table_id
            join catalogue.municipalities on municipalities.municipality_code = tables.municipality_code
            join elections.voting_tables as receivers on receivers.organization_id = \(organization)
                and receivers.table_id = merged.into_table_id
            join tenancy.users as counters on counters.organization_id = \(organization)
                and counters.user_id = merged.counted_by
            join tenancy.users as mergers on mergers.organization_id = \(organization)
                and mergers.user_id = merged.merged_by
            where merged.organization_id = \(organization) and merged.contest_id = \(contest)
                and merged.round = \(round)
            order by tables.number
            """)
    }
}

extension CanvassReport.Merger: RowDecodable {
    /// Reads a row.
    public init(row: Row) throws(RowError) {
        let counter: String = try row["counter"]
        let merger: String = try row["merger"]
        self.init(
            table: try row["number"], place: try row["place"], address: try row["address"],
            municipality: try row["municipality"], voters: try row["voters"], into: try row["into_number"],
            author: "\(counter) contó las firmas y \(merger) lo confirmó", mergedAt: try row["merged_at"])
    }
}
