import Foundation
import Governance
import Kernel
public import Postgres
import Tenancy

private struct TableRow: RowDecodable {
    let table: DayTable

    init(row: Row) throws(RowError) {
        let users: [ID<User>] = try row["juror_users"]
        let names: [String] = try row["juror_names"]
        let juries: [Int] = try row["juror_juries"]
        table = DayTable(
            id: try row["table_id"], number: try row["number"], place: try row["place"],
            address: try row["address"], opensAt: try row["opens_at"], closesAt: try row["closes_at"],
            jurors: zip(juries, zip(users, names)).map { DayJuror(jury: $0, user: $1.0, name: $1.1) },
            electors: try row["electors"], present: try row["present"], came: try row["came"])
    }
}

extension DaySession: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        let opens: Date = try row["check_in_opens_at"]
        let closes: Date = try row["check_in_closes_at"]
        self.init(
            id: try row["session_id"], number: try row["number"], checkIn: opens...max(opens, closes),
            firstCall: try row["first_call_at"], secondCall: try row["second_call_at"],
            openedAt: try row["opened_at"], closedAt: try row["closed_at"])
    }
}

extension DayPoll: RowDecodable {
    /// Reads a row of the table with what became of its count.
    public init(row: Row) throws(RowError) {
        self.init(
            table: try row["table_id"], contest: try row["contest_id"], round: try row["round"],
            ballots: try row["ballots_received"], openedAt: try row["opened_at"],
            closesAt: try row["closes_at"], closedAt: try row["closed_at"], juries: try row["juries"],
            isReconciled: try row["is_reconciled"], isFrozen: try row["is_frozen"],
            mergedInto: try row["into_table_id"], signatures: try row["signatures"])
    }
}

extension CountResult.Outcome: SQLValue {}

extension CanvassHeading: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            contest: try row["contest_id"], round: try row["round"], version: try row["version"],
            outcome: try row["outcome"], madeAt: try row["computed_at"],
            challengesUntil: try row["challenges_until"])
    }
}

extension ProclamationProposal: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            act: try row["act_id"], reason: try row["reason"], role: try row["proposed_as"],
            user: try row["proposed_by"], name: try row["name"], proposedAt: try row["proposed_at"])
    }
}

private struct DayCounts: RowDecodable {
    let electors: Int?
    let openChallenges: Int
    let incidents: Int
    let proclaimedOn: CalendarDate?

    init(row: Row) throws(RowError) {
        electors = try row["electors"]
        openChallenges = try row["open_challenges"]
        incidents = try row["incidents"]
        proclaimedOn = try row["proclaimed_on"]
    }
}

extension Transaction where Scope == TenantScope {
    /// All that the pages of the voting day show.
    ///
    /// - Throws: ``ProcessError/notFound``.
    func dayFile(of place: ProcessPlace, at now: Date) async throws -> DayFile {
        guard let process = try await process(place.process), process.alliance == place.alliance else {
            throw ProcessError.notFound
        }
        let sessions = try await sessions(of: place)
        var quorum: Quorum.Check?
        if let session = sessions.first(where: { $0.isOpen }) {
            quorum = try await self.quorum(now: now, in: session.id, of: place)
        }
        let calendar = try await calendar(of: place.process)
        let counts = try await dayCounts(of: place)
        let contests = try await contests(of: place.process)
        let canvasses = try await canvassHeadings(of: place)
        return DayFile(
            process: process, contests: contests,
            tables: try await dayTables(of: place, in: sessions.first?.id), sessions: sessions,
            polls: try await polls(of: place), quorum: quorum, voting: calendar?[.voting],
            electors: counts?.electors,
            openChallenges: counts?.openChallenges ?? 0, incidents: counts?.incidents ?? 0,
            terms: ChallengeTerms(of: canvasses, in: contests, calendar: calendar),
            turns: try await turns(of: place.process),
            votesToTake: try await votesToTake(of: place.process), omissions: try await omissions(of: place),
            boxes: try await dayBoxes(of: place),
            contested: try await contested(in: place.process),
            proposal: try await proposal(of: place),
            withdrawnProposal: try await withdrawnProposal(of: place),
            annulment: try await openAnnulment(of: place.process), proclaimedOn: counts?.proclaimedOn)
    }

    func sessions(of place: ProcessPlace) async throws -> [DaySession] {
        try await rows(
            """
            select session_id, number, check_in_opens_at, check_in_closes_at, first_call_at, second_call_at,
                opened_at, closed_at
            from elections.sessions
            where organization_id = \(organization) and process_id = \(place.process)
            order by number desc
            """)
    }

    private func dayTables(
        of place: ProcessPlace, in session: ID<VotingSession>?
    ) async throws -> [DayTable] {
        try await rows(
            """
            select tables.table_id, tables.number, tables.place, tables.address, tables.opens_at,
                tables.closes_at, coalesce(jurors.users, '{}') as juror_users,
                coalesce(jurors.names, '{}') as juror_names, coalesce(jurors.juries, '{}') as juror_juries,
                (select count(*) from elections.roll_assignments as assignments
                    where assignments.organization_id = \(organization)
                        and assignments.table_id = tables.table_id) as electors,
                coalesce(stays.present, 0) as present, coalesce(stays.came, 0) as came
            from elections.voting_tables as tables
            left join lateral (
                select array_agg(user_id order by jury) as users, array_agg(name order by jury) as names,
                    array_agg(jury::bigint order by jury) as juries
                from elections.jurors
                where jurors.organization_id = \(organization) and jurors.table_id = tables.table_id
                    and relieved_at is null
            ) as jurors on true
            left join (
                select table_id, count(*) filter (where left_at is null) as present,
                    count(distinct person_id) as came
                from elections.presences
                where presences.organization_id = \(organization) and presences.session_id = \(session)
                    and undone_at is null
                group by table_id
            ) as stays on stays.table_id = tables.table_id
            where tables.organization_id = \(organization) and tables.process_id = \(place.process)
            order by tables.number
            """,
            as: TableRow.self
        ).map(\.table)
    }

    private func polls(of place: ProcessPlace) async throws -> [DayPoll] {
        try await rows(
            """
            select polls.table_id, polls.contest_id, polls.round, ballots_received, opened_at, closes_at,
                closed_at,
                coalesce((
                    select array_agg(distinct jury::bigint) from elections.count_sheets as sheets
                    where sheets.organization_id = \(organization) and sheets.table_id = polls.table_id
                        and sheets.contest_id = polls.contest_id and sheets.round = polls.round
                ), '{}') as juries,
                exists (
                    select from elections.count_differences as differences
                    where differences.organization_id = \(organization)
                        and differences.table_id = polls.table_id
                        and differences.contest_id = polls.contest_id and differences.round = polls.round
                ) as is_reconciled,
                exists (
                    select from elections.table_counts as counts
                    where counts.organization_id = \(organization) and counts.table_id = polls.table_id
                        and counts.contest_id = polls.contest_id and counts.round = polls.round
                ) as is_frozen,
                merged.into_table_id,
                (
                    select voters from elections.signature_counts as counted
                    where counted.organization_id = \(organization) and counted.table_id = polls.table_id
                        and counted.contest_id = polls.contest_id and counted.round = polls.round
                    order by attempt desc limit 1
                ) as signatures
            from elections.polls
            left join elections.merged_polls as merged on merged.organization_id = \(organization)
                and merged.table_id = polls.table_id and merged.contest_id = polls.contest_id
                and merged.round = polls.round
            where polls.organization_id = \(organization) and polls.process_id = \(place.process)
            order by polls.opened_at, polls.contest_id
            """)
    }

    /// The last canvass of each contest that has one.
    func canvassHeadings(of place: ProcessPlace) async throws -> [CanvassHeading] {
        try await rows(
            """
            select distinct on (contest_id) contest_id, round, version, outcome, computed_at, challenges_until
            from elections.canvasses
            where organization_id = \(organization) and process_id = \(place.process)
            order by contest_id, version desc
            """)
    }

    private func dayCounts(of place: ProcessPlace) async throws -> DayCounts? {
        try await row(
            """
            select
                (select electors from elections.rolls
                    where organization_id = \(organization) and process_id = \(place.process)) as electors,
                (select count(*) from elections.challenges
                    where organization_id = \(organization) and process_id = \(place.process)
                        and state = 'open') as open_challenges,
                (select count(*) from elections.incidents
                    where organization_id = \(organization) and process_id = \(place.process)) as incidents,
                (select proclaimed_on from elections.proclamations
                    where organization_id = \(organization)
                        and process_id = \(place.process)) as proclaimed_on
            """)
    }

    /// The proclamation that waits for its second person.
    func proposal(of place: ProcessPlace) async throws -> ProclamationProposal? {
        try await row(
            """
            select act_id, reason, proposed_as, proposed_by, users.name, proposed_at from elections.acts
            join tenancy.users on users.organization_id = \(organization) and users.user_id = proposed_by
            where acts.organization_id = \(organization) and process_id = \(place.process) and kind = 'proclaim'
                and seconded_at is null and withdrawn_at is null
            """)
    }
}
