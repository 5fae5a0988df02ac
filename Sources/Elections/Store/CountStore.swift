import Foundation
import Kernel
import Postgres
import Tenancy

/// An option of a ballot.
struct BallotOption: Sendable, RowDecodable {
    let slate: ID<Slate>
    let contender: Contender

    init(row: Row) throws(RowError) {
        slate = try row["slate_id"]
        let name: String = try row["name"]
        contender = Contender(rawValue: name)
    }
}

/// A sheet as it stands in the database.
struct StoredSheet: Sendable, RowDecodable {
    let jury: Int
    let slates: [ID<Slate>]
    let votes: [Int]
    let blank: Int
    let null: Int
    let unmarked: Int
    let ballots: Int?
    let voters: Int

    init(row: Row) throws(RowError) {
        jury = try row["jury"]
        slates = try row["slate_ids"]
        votes = try row["votes"]
        blank = try row["blank"]
        null = try row["null_votes"]
        unmarked = try row["unmarked"]
        ballots = try row["ballots"]
        voters = try row["voters"]
    }

    /// What the jury counted.
    var figures: TableFigures {
        TableFigures(
            votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: blank, null: null,
            unmarked: unmarked, ballots: ballots, voters: voters)
    }
}

private struct HeldPoll: RowDecodable {
    let isClosed: Bool
    let state: ProcessState

    init(row: Row) throws(RowError) {
        isClosed = try row["is_closed"]
        state = try row["state"]
    }
}

extension SheetTerms: RowDecodable {
    init(row: Row) throws(RowError) {
        self.init(marksPerBallot: try row["marks"], juries: try row["juries"])
    }
}

extension Attendance: RowDecodable {
    init(row: Row) throws(RowError) {
        self.init(electors: try row["electors"], checkedIn: try row["checked_in"])
    }
}

extension Transaction where Scope == TenantScope {
    func options(of contest: ID<Contest>, round: Int) async throws -> [BallotOption] {
        try await rows(
            """
            select options.slate_id, slates.name from elections.ballot_options as options
            join elections.slates on slates.organization_id = options.organization_id
                and slates.slate_id = options.slate_id
            where options.organization_id = \(organization) and options.contest_id = \(contest)
                and options.round = \(round)
            order by options.number
            """,
            as: BallotOption.self)
    }

    /// The last sheet of each jury.
    func sheets(of poll: PollPlace) async throws -> [StoredSheet] {
        try await rows(
            """
            select distinct on (jury) jury::bigint, slate_ids, votes, blank, null_votes, unmarked, ballots, voters
            from elections.count_sheets
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            order by jury, attempt desc
            """,
            as: StoredSheet.self)
    }

    /// The last sheet of each jury that has all that is asked for: where the ballots are counted beside what they bear,
    /// one from before that is to be entered anew.
    func sheets(of poll: PollPlace, under terms: SheetTerms) async throws -> [StoredSheet] {
        try await sheets(of: poll).filter { terms.areMet(by: $0.figures) }
    }

    /// What the count of a contest asks of its tables.
    ///
    /// - Throws: ``CanvassError/notFound``.
    func sheetTerms(of contest: ID<Contest>) async throws -> SheetTerms {
        guard
            let terms = try await row(
                """
                select elections.marks_per_ballot(counting_rule, seats) as marks,
                    elections.required_juries(voting_mode) as juries
                from elections.contests
                where organization_id = \(organization) and contest_id = \(contest)
                """,
                as: SheetTerms.self)
        else { throw CanvassError.notFound }
        return terms
    }

    /// Who votes at a table, and who was in while a contest was voted there.
    ///
    /// - Throws: ``VotingDayError/pollNotOpen``.
    func attendance(of poll: PollPlace) async throws -> Attendance {
        guard
            let attendance = try await row(
                """
                select electors, checked_in from elections.table_attendance(
                    \(organization), \(poll.table), \(poll.contest), \(poll.round)::integer)
                """,
                as: Attendance.self)
        else { throw VotingDayError.pollNotOpen }
        return attendance
    }

    /// Who was in at a table, and at those whose ballots are in its urn, and voted in the electronic box beside them.
    func votersInBox(beside poll: PollPlace) async throws -> Int {
        try await value(
            """
            select count(distinct presences.person_id)
            from elections.tables_in_urn(
                \(organization), \(poll.table), \(poll.contest), \(poll.round)::integer) as urn
            join elections.polls on polls.organization_id = \(organization) and polls.table_id = urn.table_id
                and polls.contest_id = \(poll.contest) and polls.round = \(poll.round)
            join elections.presences on presences.organization_id = \(organization)
                and presences.session_id = polls.session_id and presences.table_id = polls.table_id
                and presences.undone_at is null
            where elections.voted_in_box(
                \(organization), presences.person_id, \(poll.contest), \(poll.round)::integer)
            """) ?? 0
    }

    /// Puts the round of a contest that is due on the ballot once: those that stand in their order, or in a runoff those
    /// whom the last canvass names.
    ///
    /// - Throws: ``CanvassError/notFound``, ``VotingDayError``, ``DisruptionError/annulmentOpen``.
    func announce(
        _ contest: ID<Contest>, round: Int, in session: ID<VotingSession>?, of place: ProcessPlace,
        at now: Date
    ) async throws {
        let turn = try await openTurn(of: contest, in: place)
        guard turn.lastRound != round else { return }
        try turn.require(round)
        if turn.isRunoffToBegin { try await requireNoAnnulment(of: contest, in: place.process) }
        try await execute(
            """
            insert into elections.contest_rounds (
                organization_id, contest_id, round, process_id, kind, previous_round, session_id, announced_at,
                announced_by)
            select \(organization), contest_id, \(round), process_id,
                \(round == 1 ? "first" : "runoff"), \(round == 1 ? nil : round - 1), \(session), \(now),
                \(scope.principal.user)
            from elections.contests
            where organization_id = \(organization) and contest_id = \(contest)
                and process_id = \(place.process)
            """)
        let standing =
            if round == 1 {
                try await execute(
                    """
                    insert into elections.ballot_options (
                        organization_id, process_id, contest_id, round, number, slate_id)
                    select \(organization), \(place.process), \(contest), 1, slates.number, slates.slate_id
                    from elections.standing_slates as slates
                    where slates.organization_id = \(organization) and slates.contest_id = \(contest)
                    """)
            } else {
                try await execute(
                    """
                    insert into elections.ballot_options (
                        organization_id, process_id, contest_id, round, number, slate_id)
                    select \(organization), \(place.process), \(contest), \(round),
                        row_number() over (order by finalists.place), finalists.slate_id
                    from (
                        select runoff_slate_ids from elections.canvasses
                        where organization_id = \(organization) and contest_id = \(contest)
                            and round = \(round - 1) and outcome = 'runoff'
                        order by version desc limit 1
                    ) as last
                    cross join unnest(last.runoff_slate_ids) with ordinality as finalists (slate_id, place)
                    """)
            }
        guard standing > 0 else { throw VotingDayError.nobodyStands }
    }

    func open(
        _ poll: PollPlace, in session: ID<VotingSession>, of place: ProcessPlace, ballots: Int, at now: Date
    ) async throws {
        let closing: Date? = try await value(
            """
            select closes_at from elections.voting_tables
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(poll.table)
            """)
        guard let closing else { throw VotingDayError.pollNotOpen }
        guard try await !isOmitted(poll) else { throw VotingDayError.tableOmitted }
        try await hold(poll.contest, of: place)
        guard try await acclaiming(poll.contest) == nil else { throw VotingDayError.acclaimed }
        let isInBox: Bool? = try await value(
            "select \(fragment: isVotedInBoxAlone(contest: "\(poll.contest)", round: "\(poll.round)"))")
        guard isInBox != true else { throw VotingDayError.votedInBox }
        let opened = try await execute(
            """
            insert into elections.polls (
                organization_id, table_id, contest_id, round, process_id, session_id, urn_was_empty,
                ballots_received, opened_at, opened_by, closes_at)
            select \(organization), \(poll.table), \(poll.contest), \(poll.round), \(place.process),
                session_id, true, \(ballots), \(now), \(scope.principal.user),
                \(Self.closing(like: closing, on: now))
            from elections.sessions
            where organization_id = \(organization) and process_id = \(place.process)
                and session_id = \(session) and opened_at is not null and closed_at is null
            """,
            refusals: ["polls_pkey": VotingDayError.pollOpen])
        guard opened == 1 else { throw VotingDayError.sessionNotOpen }
    }

    /// The hour at which a table closes, on the day of the vote; where that hour is over, the end of the day.
    private static func closing(like closing: Date, on now: Date) -> Date {
        let day = ColombianTime.date(at: now)
        let hour = ColombianTime.instant(day, ColombianTime.time(at: closing))
        return hour > now ? hour : ColombianTime.endOfDay(day)
    }

    func close(_ poll: PollPlace, in place: ProcessPlace, at now: Date) async throws {
        let closed = try await execute(
            """
            update elections.polls set closed_at = \(now), closed_by = \(scope.principal.user)
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(poll.table) and contest_id = \(poll.contest) and round = \(poll.round)
                and closed_at is null
            """)
        guard closed == 1 else { throw VotingDayError.pollNotOpen }
    }

    /// Holds a vote that was closed and whose count is not frozen, of a process that goes on, so that its juries enter
    /// one after the other. What is asked of the poll afterwards is of that process.
    ///
    /// - Throws: ``TableCountError/pollIsOpen``, ``TableCountError/closedAlready``, ``VotingDayError``,
    ///   ``UrnError/merged``, ``ProcessError``.
    func lockClosed(_ poll: PollPlace, in place: ProcessPlace) async throws {
        let held = try await row(
            """
            select closed_at is not null as is_closed, processes.state from elections.polls
            join elections.processes on processes.organization_id = polls.organization_id
                and processes.process_id = polls.process_id
            where polls.organization_id = \(organization) and polls.process_id = \(place.process)
                and table_id = \(poll.table) and contest_id = \(poll.contest) and round = \(poll.round)
            for update of polls
            """,
            as: HeldPoll.self)
        guard let held else { throw VotingDayError.pollNotOpen }
        try held.state.requireGoingOn()
        guard held.isClosed else { throw TableCountError.pollIsOpen }
        let isFrozen: Bool? = try await value(
            """
            select true from elections.table_counts
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """)
        guard isFrozen == nil else { throw TableCountError.closedAlready }
        guard try await !isOmitted(poll) else { throw VotingDayError.tableOmitted }
        let isMerged: Bool? = try await value(
            """
            select true from elections.merged_polls
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """)
        guard isMerged == nil else { throw UrnError.merged }
    }

    /// The jury of the table to which the user belongs.
    func jury(at table: ID<VotingTable>) async throws -> Int? {
        try await value(
            """
            select jury::bigint from elections.jurors
            where organization_id = \(organization) and table_id = \(table)
                and user_id = \(scope.principal.user) and relieved_at is null
            """)
    }

    func insert(
        _ sheet: CountSheet, of jury: Int, _ poll: PollPlace, options: [BallotOption], in place: ProcessPlace,
        at now: Date
    ) async throws {
        let votes = Dictionary(sheet.tally.entries.map { ($0.contender, $0.votes) }) { first, _ in first }
        _ = try await execute(
            """
            insert into elections.count_sheets (
                organization_id, table_id, contest_id, round, jury, attempt, process_id, slate_ids, votes,
                blank, null_votes, unmarked, ballots, voters, entered_at, entered_by)
            select \(organization), \(poll.table), \(poll.contest), \(poll.round), \(jury),
                coalesce(max(attempt), 0) + 1, \(place.process), \(options.map(\.slate)),
                \(options.map { votes[$0.contender] ?? 0 }), \(sheet.tally.blank), \(sheet.null),
                \(sheet.unmarked), \(sheet.ballots), \(sheet.voters), \(now), \(scope.principal.user)
            from elections.count_sheets
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round) and jury = \(jury)
            """,
            refusals: [
                "count_sheets_poll_fkey": VotingDayError.pollNotOpen,
                "count_sheets_different_jurors": TableCountError.countedForTheOther,
            ])
    }

    /// Freezes the count of a table, with the reason where its figures depart.
    ///
    /// - Throws: ``TableCountError``, ``UrnError``, ``VotingDayError/tableOmitted``.
    func freeze(
        _ closed: ClosedSheet, of poll: PollPlace, options: [BallotOption], at now: Date
    ) async throws {
        let sheet = closed.sheet
        let votes = Dictionary(sheet.tally.entries.map { ($0.contender, $0.votes) }) { first, _ in first }
        try await execute(
            """
            select elections.freeze_table_count(
                \(organization), \(poll.table), \(poll.contest), \(poll.round)::integer,
                \(options.map(\.slate)), \(options.map { votes[$0.contender] ?? 0 }), \(sheet.tally.blank),
                \(sheet.null), \(sheet.unmarked), \(sheet.ballots), \(sheet.voters), \(closed.reason),
                \(now), \(scope.principal.user))
            """,
            refusals: [
                "table_counts_follow_closing": TableCountError.pollIsOpen,
                "table_counts_are_of_their_own_urn": UrnError.merged,
                "table_counts_are_not_omitted": VotingDayError.tableOmitted,
                "table_counts_are_not_of_few": UrnError.few,
                "table_counts_both_juries": TableCountError.juryMissing,
                "table_counts_are_reconciled": TableCountError.notReconciled,
                "table_counts_ballots_are_counted": TableCountError.ballotsMissing,
                "table_counts_figures": TableCountError.doesNotAddUp,
                "table_counts_add_up": TableCountError.doesNotAddUp,
                "table_counts_marks_fit": TableCountError.doesNotAddUp,
                "table_counts_voters_are_electors": TableCountError.doesNotAddUp,
                "table_counts_departures_are_reasoned": TableCountError.reasonMissing,
                "table_counts_pkey": TableCountError.closedAlready,
            ])
    }
}
