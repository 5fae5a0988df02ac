import Foundation
import Kernel
public import Postgres
import Tenancy

extension TableElector: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        let name: String = try row["name"]
        self.init(
            name: RosterName.surnameFirst(name, folded: try row["name_folded"]),
            document: try row.identityDocument())
    }
}

extension BallotPaper.Option: RowDecodable {
    /// Reads a row of the options.
    public init(row: Row) throws(RowError) {
        self.init(
            number: try row["number"], name: try row["name"], principals: try row["principals"],
            alternates: try row["alternates"])
    }
}

extension Credential: RowDecodable {
    /// Reads a row of those who were elected.
    public init(row: Row) throws(RowError) {
        let digest: [UInt8] = try row["sha256"]
        self.init(
            mandate: try row["mandate_id"], contest: try row["contest_id"], name: try row["name"],
            document: try row.identityDocument(), body: try row["body"], seat: try row["seat"],
            rank: try row["rank"], slate: try row["slate"], startsOn: try row["starts_on"],
            endsOn: try row["ends_on"], isPending: try row["is_pending"], record: try row["number"],
            sealedAt: try row["sealed_at"], sha256: Hex.encode(digest),
            proclaimedOn: try row["proclaimed_on"])
    }
}

private struct PaperWitness: RowDecodable {
    let table: ID<VotingTable>?
    let witness: PaperTable.Witness

    init(row: Row) throws(RowError) {
        table = try row["table_id"]
        witness = PaperTable.Witness(name: try row["name"], slate: try row["slate"])
    }
}

private struct TableElectors: RowDecodable {
    let table: ID<VotingTable>
    let electors: Int

    init(row: Row) throws(RowError) {
        table = try row["table_id"]
        electors = try row["electors"]
    }
}

extension Transaction where Scope == TenantScope {
    // MARK: Ballots

    /// The ballot of each contest of a process, in their order.
    func ballotPapers(of process: ElectionProcess, at now: Date) async throws -> [BallotPaper] {
        let turns = try await turns(of: process.id)
        let window = try await nominationWindow(of: process.id)
        let slates = try await slates(of: process.id)
        let contests = try await contests(of: process.id)
        let unordered = try await contestsToOrder(in: process.id, among: contests.map(\.id))
        var papers: [BallotPaper] = []
        for contest in contests {
            guard let turn = turns[contest.id] else { continue }
            let options = try await paperOptions(of: turn)
            papers.append(
                BallotPaper(
                    contest: contest, round: turn.round,
                    marks: try await sheetTerms(of: contest.id).marksPerBallot, options: options,
                    isOrderOpen: unordered.contains(contest.id),
                    obstacle: BallotPaper.Obstacle(
                        of: contest, in: process, turn: turn, window: window,
                        undecided: slates.count { $0.contest == contest.id && $0.state == .registered },
                        standing: options.count, at: now)))
        }
        return papers
    }

    /// The options of the round that is due, as the table will have them: those that were announced, otherwise those
    /// who go to the runoff, otherwise the slates that stand by their numbers.
    private func paperOptions(of turn: ContestTurn) async throws -> [BallotPaper.Option] {
        let listed: SQL =
            if turn.lastRound == turn.round {
                """
                select slate_id, number::bigint as number from elections.ballot_options
                where organization_id = \(organization) and contest_id = \(turn.contest)
                    and round = \(turn.round)
                """
            } else if turn.round == 1 {
                """
                select slate_id, number from elections.standing_slates
                where organization_id = \(organization) and contest_id = \(turn.contest)
                """
            } else {
                """
                select finalists.slate_id, row_number() over (order by finalists.place) as number
                from (
                    select runoff_slate_ids from elections.canvasses
                    where organization_id = \(organization) and contest_id = \(turn.contest)
                        and round = \(turn.round - 1) and outcome = 'runoff'
                    order by version desc limit 1
                ) as last
                cross join unnest(last.runoff_slate_ids) with ordinality as finalists (slate_id, place)
                """
            }
        return try await rows(
            """
            select listed.number, slates.name,
                \(fragment: names(as: "principal")) as principals,
                \(fragment: names(as: "alternate")) as alternates
            from (\(fragment: listed)) as listed
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = listed.slate_id
            order by listed.number
            """)
    }

    private func names(as role: String) -> SQL {
        """
        array(
            select candidates.name from elections.candidates
            where candidates.organization_id = \(organization) and candidates.slate_id = slates.slate_id
                and candidates.state = 'standing' and candidates.role = \(role)
            order by candidates.position)
        """
    }

    // MARK: Tables

    /// Every elector of the frozen roll with the table where they vote: the one that they were given, otherwise that of
    /// their slice, or the only one there is. Columns of `elections.roll_entries` that lists show, and `table_id`.
    private func seatedElectors(of process: ID<ElectoralProcess>) -> SQL {
        """
        select entries.name, entries.name_folded, entries.document_type, entries.document_number,
            coalesce(assignments.table_id, slices.table_id, sole.table_id) as table_id
        from elections.roll_entries as entries
        left join elections.roll_assignments as assignments
            on assignments.organization_id = \(organization) and assignments.process_id = \(process)
            and assignments.person_id = entries.person_id
        left join elections.table_slices as slices
            on slices.organization_id = \(organization) and slices.process_id = \(process)
            and slices.municipality_code = entries.municipality_code
            and entries.name_folded collate "C" >= slices.surname_from
            and (slices.surname_to is null or entries.name_folded collate "C" < slices.surname_to)
        left join (
            select (array_agg(table_id))[1] as table_id from elections.voting_tables
            where organization_id = \(organization) and process_id = \(process)
            having count(*) = 1
        ) as sole on true
        where entries.organization_id = \(organization) and entries.process_id = \(process)
        """
    }

    /// The tables of a process with what is printed for them.
    func paperTables(of process: ID<ElectoralProcess>) async throws -> [PaperTable] {
        let tables = try await tables(of: process)
        let places = try await municipalities(coded: tables.map(\.municipality))
        let electors = try await rows(
            """
            select table_id, count(*) as electors from (\(fragment: seatedElectors(of: process))) as seated
            where table_id is not null group by table_id
            """,
            as: TableElectors.self)
        let witnesses = try await rows(
            """
            select witnesses.table_id, witnesses.name, slates.name as slate
            from elections.slate_witnesses as witnesses
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = witnesses.slate_id
            where witnesses.organization_id = \(organization) and witnesses.process_id = \(process)
                and withdrawn_at is null
            order by slates.registered_at, witnesses.name
            """,
            as: PaperWitness.self)
        return tables.map { table in
            PaperTable(
                setup: table,
                municipality: places.first { $0.code == table.municipality }?.title ?? table.municipality,
                electors: electors.first { $0.table == table.id }?.electors ?? 0,
                jury: table.jurors.first { $0.user == scope.principal.user }?.jury,
                witnesses: witnesses.filter { $0.table == nil || $0.table == table.id }.map(\.witness))
        }
    }

    /// The electors of a table by surname.
    func electors(
        at table: ID<VotingTable>, of process: ID<ElectoralProcess>
    ) async throws -> [TableElector] {
        try await rows(
            """
            select name, name_folded, document_type, document_number
            from (\(fragment: seatedElectors(of: process))) as seated
            where table_id = \(table)
            order by name_folded collate "C", document_type, document_number
            """)
    }

    // MARK: Credentials

    /// Those elected in the contests of a process that were proclaimed, where their mandate was not taken from them.
    func credentials(in place: ProcessPlace) async throws -> [Credential] {
        try await rows(
            """
            select mandates.mandate_id, elected.contest_id, elected.name,
                affiliates.document_type, affiliates.document_number,
                bodies.name as body, seats.title as seat, elected.rank, slates.name as slate,
                mandates.starts_on, mandates.ends_on, mandates.state = 'pending' as is_pending,
                records.number, records.sealed_at, records.sha256, proclamations.proclaimed_on
            from elections.canvass_elected as elected
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = elected.contest_id and contests.state = 'proclaimed'
            join elections.contest_seats as filled on filled.organization_id = \(organization)
                and filled.contest_id = elected.contest_id and filled.position = elected.seat_position
            join governance.seats on seats.organization_id = \(organization)
                and seats.seat_id = filled.seat_id
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = contests.body_id
            join governance.mandates on mandates.organization_id = \(organization)
                and mandates.process_id = \(place.process) and mandates.seat_id = filled.seat_id
                and mandates.rank = elected.rank and mandates.person_id = elected.person_id
                and mandates.origin = 'election' and mandates.state in ('pending', 'in_force', 'ended')
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = elected.person_id
            join elections.slates on slates.organization_id = \(organization)
                and slates.slate_id = elected.slate_id
            join elections.canvass_records as records on records.organization_id = \(organization)
                and records.canvass_id = elected.canvass_id and records.kind = 'final'
            join elections.proclamations on proclamations.organization_id = \(organization)
                and proclamations.process_id = \(place.process)
            where elected.organization_id = \(organization) and elected.process_id = \(place.process)
                and elected.canvass_id = (
                    select canvass_id from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = elected.contest_id
                    order by version desc limit 1)
            order by contests.position, elected.rank > 0, elected.seat_position, elected.rank
            """)
    }
}

extension BallotPaper.Obstacle {
    /// What keeps a ballot from being printed.
    init?(
        of contest: Contest, in process: ElectionProcess, turn: ContestTurn, window: NominationWindow?,
        undecided: Int, standing: Int, at now: Date
    ) {
        guard process.state != .draft else {
            self = .notCalled
            return
        }
        guard turn.isDue, !process.state.isOver else {
            self = .over
            return
        }
        guard process.state != .suspended else {
            self = .suspended
            return
        }
        guard turn.obstacle == nil else {
            self = .runoffUnknown
            return
        }
        // What was announced to a table is its ballot, whatever comes after.
        if turn.lastRound == nil {
            if process.state.takesNominations, let window, now <= window.closesAt {
                self = .nominationsOpen(until: window.closesAt)
                return
            }
            guard undecided == 0 else {
                self = .undecided(undecided)
                return
            }
        }
        guard standing > 0 else {
            self = .nobodyStands
            return
        }
        guard contest.votingMode == .paper || contest.votingMode == .singleList else {
            self = .notOnPaper
            return
        }
        return nil
    }
}
