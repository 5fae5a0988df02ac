import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension VotingPass.Way: SQLValue {}

extension Kiosk: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["kiosk_id"], box: try row["box_id"], table: try row["table_id"],
            tableNumber: try row["table_number"], name: try row["name"], closedAt: try row["closed_at"])
    }
}

/// How many voted in one way.
struct WayCount: RowDecodable {
    let way: VotingPass.Way
    let count: Int

    init(row: Row) throws(RowError) {
        way = try row["way"]
        count = try row["count"]
    }
}

extension BoxCount: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        let slates: [ID<Slate>] = try row["slate_ids"]
        let votes: [Int] = try row["votes"]
        self.init(
            contest: try row["contest_id"], round: try row["round"],
            lines: zip(slates, votes).map { Line(slate: $0, votes: $1) }, blank: try row["blank"],
            ballots: try row["ballots"])
    }
}

extension BoxBoard: RowDecodable {
    /// Reads a row of what is public.
    public init(row: Row) throws(RowError) {
        let events: Int = try row["events"]
        self.init(
            id: try row["box_id"], number: try row["number"], isMock: try row["is_mock"],
            state: try row["state"],
            uuid: try row["uuid"], group: try row["group_name"], trustees: try row["trustees"],
            threshold: try row["threshold"], allowsRemote: try row["allows_remote"],
            opensAt: try row["opens_at"], closesAt: try row["closes_at"],
            fingerprint: try row["fingerprint"], ballots: try row["ballots"],
            credentials: try row["credentials"], archive: try row["archive"],
            head: BoxHead(events: events, digest: try row.digest("head")))
    }
}

extension Transaction where Scope == TenantScope {
    /// All that the committee's page of a box shows.
    ///
    /// - Throws: ``BoxError/notFound``.
    func boxFile(
        of id: ID<BallotBox>, in place: ProcessPlace, at now: Date
    ) async throws -> BoxFile {
        let box = try await box(id, of: place)
        let questions =
            box.state == .preparing ? try await questionsToAsk(in: box) : try await questions(of: id)
        return BoxFile(
            box: box, questions: questions, trustees: try await trustees(of: box),
            authority: try await authority(of: id), credentials: try await credentialCount(of: id),
            electors: try await electors(of: place.process),
            withoutCredential: try await electorsWithoutCredential(of: box),
            reach: try await reach(of: place.process),
            emptyContests: try await emptyContests(of: box, questions),
            contestsToOrder: try await contestsToOrder(of: box, questions), acts: try await openActs(of: id),
            steps: try await steps(of: id), conflicts: try await conflicts(of: id),
            openChallenges: try await openChallenges(to: id),
            kiosks: try await kiosks(of: id),
            participation: try await participation(in: id), exclusions: try await exclusions(of: id),
            counts: try await counts(of: id), quorum: try await sessionQuorum(before: box, at: now),
            waiting: try await waiting(for: box),
            requiredVoters: box.state == .closed && box.bindsQuorum ? try await requiredVoters(of: id) : nil)
    }

    /// How many are present who have no mark of the box, neither of a ballot nor of papers.
    private func waiting(for box: BallotBox) async throws -> Int? {
        guard box.state == .open, box.opensInSession, let session = try await openSession(of: box.place)
        else { return nil }
        return try await value(
            """
            select count(*) from elections.presences as inside
            where inside.organization_id = \(organization) and inside.session_id = \(session)
                and left_at is null and undone_at is null and not exists (
                    select from elections.participations as marks
                    where marks.organization_id = \(organization) and marks.box_id = \(box.id)
                        and marks.person_id = inside.person_id)
            """)
    }

    /// The quorum of the open session, where a box waits for it.
    private func sessionQuorum(before box: BallotBox, at now: Date) async throws -> Quorum.Check? {
        guard box.state == .sealed, box.opensInSession, let session = try await openSession(of: box.place)
        else { return nil }
        return try await quorum(now: now, in: session, of: box.place)
    }

    /// How many have to vote in a box, as its description has it; `nil` where nothing is asked.
    func requiredVoters(of box: ID<BallotBox>) async throws -> Int? {
        try await value(
            """
            select (convert_from(content, 'UTF8')::jsonb #>> '{alianzas,quorum}')::bigint
            from elections.box_records
            where organization_id = \(organization) and box_id = \(box) and archive = 0 and position = 1
            """)
    }

    private func openChallenges(to box: ID<BallotBox>) async throws -> [BoxChallenge] {
        try await rows(
            """
            select challenge_id, number::bigint, challenger, filed_by from elections.challenges
            where organization_id = \(organization) and box_id = \(box) and state = 'open'
            order by number
            """)
    }

    private func electors(of process: ID<ElectoralProcess>) async throws -> Int {
        try await value(
            """
            select electors from elections.rolls where organization_id = \(organization) and process_id = \(process)
            """) ?? 0
    }

    private func emptyContests(of box: BallotBox, _ questions: [BoxQuestion]) async throws -> [String] {
        guard box.state == .preparing else { return [] }
        return try await values(
            """
            select contests.name from elections.contests
            where contests.organization_id = \(organization) and contests.contest_id = any (\(questions.map(\.contest)))
                and not exists (
                    select from elections.standing_slates as slates
                    where slates.organization_id = \(organization) and slates.contest_id = contests.contest_id)
            order by contests.position
            """)
    }

    private func contestsToOrder(of box: BallotBox, _ questions: [BoxQuestion]) async throws -> [BoxQuestion]
    {
        guard box.state == .preparing, !box.isMock else { return [] }
        let first = questions.filter { $0.round == 1 }
        let due = try await contestsToOrder(in: box.place.process, among: first.map(\.contest))
        return first.filter { due.contains($0.contest) }
    }

    func kiosks(of box: ID<BallotBox>) async throws -> [Kiosk] {
        try await rows(
            """
            select kiosk_id, box_id, kiosks.table_id, tables.number::bigint as table_number, name, closed_at
            from elections.kiosks
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = kiosks.table_id
            where kiosks.organization_id = \(organization) and kiosks.box_id = \(box)
            order by tables.number, opened_at
            """)
    }

    private func participation(in box: ID<BallotBox>) async throws -> [VotingPass.Way: Int] {
        let counts = try await rows(
            """
            select way, count(*) as count from elections.participations
            where organization_id = \(organization) and box_id = \(box) group by way
            """,
            as: WayCount.self)
        return Dictionary(counts.map { ($0.way, $0.count) }) { first, _ in first }
    }

    /// The frozen sums of a box, in the order of its questions.
    func counts(of box: ID<BallotBox>) async throws -> [BoxCount] {
        try await rows(
            """
            select counts.contest_id, counts.round, slate_ids, votes, blank, ballots
            from elections.box_counts as counts
            join elections.box_questions as questions on questions.organization_id = \(organization)
                and questions.box_id = counts.box_id and questions.contest_id = counts.contest_id
            where counts.organization_id = \(organization) and counts.box_id = \(box)
            order by questions.position
            """)
    }
}

extension Transaction where Scope == PublicScope {
    /// What anybody may see of the boxes of a process, by number.
    public func boxBoards(
        of process: ID<ElectoralProcess>, in organization: ID<Organization>
    ) async throws -> [BoxBoard] {
        try await rows(
            """
            select box_id, number, is_mock, state, uuid, group_name, trustees, threshold, allows_remote, opens_at,
                closes_at,
                fingerprint, ballots, credentials, archive, head, events
            from elections.boxes
            where organization_id = \(organization) and process_id = \(process) and is_public
            order by number
            """)
    }

    /// Records of an archive from a position on: each page is read by itself, so that a download holds no connection.
    public func archiveRecords(
        of box: ID<BallotBox>, archive: Int, from position: Int, limit: Int, in organization: ID<Organization>
    ) async throws -> [BoxRecord] {
        try await rows(
            """
            select position, name, content from elections.box_records
            where organization_id = \(organization) and box_id = \(box) and archive = \(archive)::smallint
                and position >= \(position) and is_public
            order by position
            limit \(limit)
            """)
    }
}

/// A record of an archive, as it stands in the `.bel`.
public struct BoxRecord: Sendable, Hashable, RowDecodable {
    /// Its place.
    public let position: Int
    /// Its name.
    public let name: String
    /// Its content.
    public let content: [UInt8]

    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        position = try row["position"]
        name = try row["name"]
        content = try row["content"]
    }
}
