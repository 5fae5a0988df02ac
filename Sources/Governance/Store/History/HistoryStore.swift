import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension HistoryKind: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// The imports of history of an alliance, the latest first.
    func historyImports(of alliance: ID<Alliance>) async throws -> [HistoryImport] {
        try await rows(
            """
            select imports.import_id, imports.kind, imports.file_name, imports.row_count, imports.imported_at,
                users.name as imported_by, imports.undone_at, imports.undo_reason
            from governance.history_imports as imports
            left join tenancy.users on users.organization_id = \(organization)
                and users.user_id = imports.imported_by
            where imports.organization_id = \(organization) and imports.alliance_id = \(alliance)
            order by imports.imported_at desc, imports.import_id
            """)
    }

    /// What makes each row the same that came into an alliance from paper.
    func historyKeys(of alliance: ID<Alliance>) async throws -> Set<String> {
        Set(
            try await values(
                """
                select row_key from governance.history_rows
                where organization_id = \(organization) and alliance_id = \(alliance)
                """, as: String.self))
    }

    /// Notes an import.
    func insert(
        _ id: ID<HistoryImport>, of review: HistoryReview, from fileName: String, digest: HashDigest,
        in alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.history_imports (
                organization_id, import_id, alliance_id, kind, file_name, sheet_sha256, row_count,
                imported_at, imported_by)
            values (
                \(organization), \(id), \(alliance), \(review.sheet.kind), \(fileName), \(digest.bytes),
                \(review.fresh.count), \(now), \(scope.principal.user))
            """)
    }

    /// Notes what a row of an import brought.
    ///
    /// - Throws: ``HistoryError/alreadyIn``.
    func insert(
        _ entry: HistoryEntry, as brought: HistoryRow.Subject, in imported: ID<HistoryImport>,
        of alliance: ID<Alliance>
    ) async throws {
        let (mandate, minutes, election) = brought.columns
        try await execute(
            """
            insert into governance.history_rows (
                organization_id, import_id, row_number, alliance_id, row_key, mandate_id, minutes_id,
                election_id, scan_name)
            values (
                \(organization), \(imported), \(entry.record.row), \(alliance), \(entry.key), \(mandate),
                \(minutes), \(election), \(entry.record.scan))
            """, refusals: ["history_rows_row_key_key": HistoryError.alreadyIn])
    }

    /// What an import brought, row by row; nothing of one that was undone.
    func historyRows(of imported: ID<HistoryImport>, in alliance: ID<Alliance>) async throws -> [HistoryRow] {
        try await rows(
            """
            select history.row_number, history.scan_name, history.mandate_id, history.minutes_id, history.election_id,
                mandates.body_id, minutes.meeting_id,
                coalesce(mandates.starts_on, minutes.dated_on, elections.held_on) as day,
                coalesce(seats.title || ', ' || mandates.holder_name, meetings.title, elections.title) as title,
                coalesce(
                    mandates.paper_file_id, elections.file_id, (
                        select papers.file_id from governance.papers
                        where papers.organization_id = \(organization)
                            and papers.minutes_id = history.minutes_id
                        order by papers.recorded_at, papers.paper_id limit 1
                    )) as file_id
            from governance.history_rows as history
            left join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = history.mandate_id
            left join governance.seats on seats.organization_id = \(organization)
                and seats.seat_id = mandates.seat_id
            left join governance.minutes on minutes.organization_id = \(organization)
                and minutes.minutes_id = history.minutes_id
            left join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = minutes.meeting_id
            left join governance.past_elections as elections on elections.organization_id = \(organization)
                and elections.election_id = history.election_id
            where history.organization_id = \(organization) and history.alliance_id = \(alliance)
                and history.import_id = \(imported)
            order by history.row_number
            """)
    }

    /// Gives a mandate or an election that came from paper the scan that its sheet names.
    ///
    /// - Throws: ``HistoryError/scanNotAwaited``.
    func bind(_ file: ID<StoredFile>, to row: HistoryRow, of imported: ID<HistoryImport>) async throws {
        try await execute(
            """
            select governance.bind_history_scan(\(organization), \(imported), \(row.number), \(file))
            """, refusals: ["history_rows_awaits_scan": HistoryError.scanNotAwaited])
    }

    /// Takes back all that an import brought.
    ///
    /// - Throws: ``HistoryError``; nothing of the transaction is to be kept then.
    func undo(_ imported: ID<HistoryImport>, because reason: String, at now: Date) async throws {
        do throws(PostgresError) {
            try await execute(
                """
                select governance.undo_history(
                    \(organization), \(imported), \(reason), \(now), \(scope.principal.user))
                """)
        } catch {
            switch error.constraint {
            case "history_imports_is_there": throw HistoryError.notFound
            case "history_imports_numbers_follow": throw HistoryError.numbersFollow
            default: throw error.sqlState == "23503" ? HistoryError.inUse : error
            }
        }
    }

    /// The elections of an alliance that are known from paper, the latest first.
    public func pastElections(of alliance: ID<Alliance>) async throws -> [PastElection] {
        let results = try await rows(
            """
            select election_id, choice, votes from governance.past_election_results
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by election_id, position
            """, as: PastElectionResultRow.self)
        let byElection = Dictionary(grouping: results, by: \.election)
        return try await rows(
            """
            select election_id, bodies.name as body, title, held_on, roll_size, voters, blank_votes,
                null_votes, unmarked_votes, elected, paper, file_id
            from governance.past_elections
            left join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = past_elections.body_id
            where past_elections.organization_id = \(organization)
                and past_elections.alliance_id = \(alliance)
            order by held_on desc, election_id
            """, as: PastElectionRow.self
        ).map { $0.election(results: byElection[$0.id, default: []].map(\.result)) }
    }

    /// Keeps an election that is known from paper.
    ///
    /// - Throws: ``HistoryError/alreadyIn``.
    func insert(
        _ election: PastRecord.Election, as id: ID<PastElection>, to body: ID<Body>?,
        file: ID<StoredFile>?, of alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.past_elections (
                organization_id, election_id, alliance_id, body_id, title, held_on, roll_size, voters,
                blank_votes, null_votes, unmarked_votes, elected, paper, file_id, recorded_at, recorded_by)
            values (
                \(organization), \(id), \(alliance), \(body), \(election.title), \(election.day),
                \(election.rollSize), \(election.voters), \(election.blank), \(election.null),
                \(election.unmarked), \(election.elected), \(election.paper), \(file), \(now),
                \(scope.principal.user))
            """, refusals: ["past_elections_title_key": HistoryError.alreadyIn])
        try await execute(
            """
            insert into governance.past_election_results (
                organization_id, election_id, alliance_id, position, choice, votes)
            select \(organization), \(id), \(alliance), position, choice, votes
            from unnest(\(election.results.map(\.choice)), \(election.results.map(\.votes)))
                with ordinality as results (choice, votes, position)
            """)
    }
}

// MARK: - Rows

/// A row that an import brought.
public struct HistoryRow: Sendable, Hashable, RowDecodable {
    /// What came in.
    public enum Subject: Sendable, Hashable {
        /// A mandate of a body.
        case mandate(ID<Mandate>, body: ID<Body>)
        /// Minutes of a meeting.
        case minutes(ID<Minutes>, meeting: ID<Meeting>)
        /// An election.
        case election(ID<PastElection>)

        fileprivate var columns: (ID<Mandate>?, ID<Minutes>?, ID<PastElection>?) {
            switch self {
            case .mandate(let id, _): (id, nil, nil)
            case .minutes(let id, _): (nil, id, nil)
            case .election(let id): (nil, nil, id)
            }
        }
    }

    /// The row of the sheet.
    public let number: Int
    /// What came in.
    public let subject: Subject
    /// Its day.
    public let day: CalendarDate
    /// What it is called.
    public let title: String
    /// Its scan.
    public let file: ID<StoredFile>?
    /// The file that its sheet names as its scan.
    public let scanName: String?

    /// Whether its scan is to come.
    public var awaitsScan: Bool { scanName != nil && file == nil }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        number = try row["row_number"]
        scanName = try row["scan_name"]
        day = try row["day"]
        title = try row["title"]
        file = try row["file_id"]
        let (mandate, minutes): (ID<Mandate>?, ID<Minutes>?) = (try row["mandate_id"], try row["minutes_id"])
        subject =
            if let mandate { .mandate(mandate, body: try row["body_id"]) } else if let minutes {
                .minutes(minutes, meeting: try row["meeting_id"])
            } else { .election(try row["election_id"]) }
    }
}

extension HistoryImport: RowDecodable {
    /// Reads a row of `governance.history_imports`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["import_id"], kind: try row["kind"], fileName: try row["file_name"],
            rows: try row["row_count"], importedAt: try row["imported_at"],
            importedBy: try row["imported_by"], undoneAt: try row["undone_at"],
            undoReason: try row["undo_reason"])
    }
}

private struct PastElectionRow: RowDecodable {
    let id: ID<PastElection>
    private let record: PastRecord.Election
    private let file: ID<StoredFile>?

    init(row: Row) throws(RowError) {
        id = try row["election_id"]
        file = try row["file_id"]
        record = PastRecord.Election(
            day: try row["held_on"], body: try row["body"], title: try row["title"],
            rollSize: try row["roll_size"], voters: try row["voters"], results: [],
            blank: try row["blank_votes"], null: try row["null_votes"], unmarked: try row["unmarked_votes"],
            elected: try row["elected"], paper: try row["paper"])
    }

    func election(results: [PastRecord.Election.Result]) -> PastElection {
        PastElection(id: id, record: record.with(results: results), file: file)
    }
}

extension PastRecord.Election {
    fileprivate func with(results: [Result]) -> Self {
        Self(
            day: day, body: body, title: title, rollSize: rollSize, voters: voters, results: results,
            blank: blank, null: null, unmarked: unmarked, elected: elected, paper: paper)
    }
}

private struct PastElectionResultRow: RowDecodable {
    let election: ID<PastElection>
    let result: PastRecord.Election.Result

    init(row: Row) throws(RowError) {
        election = try row["election_id"]
        result = PastRecord.Election.Result(try row["choice"], votes: try row["votes"])
    }
}
