import Foundation
import Governance
import Kernel
public import Postgres
import Tenancy

extension BallotBox.State: SQLValue {}
extension BallotBox.Group: SQLValue {}

extension BallotBox: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        let head: [UInt8]? = try row["head"]
        let events: Int = try row["events"]
        self.init(
            id: try row["box_id"], place: ProcessPlace(try row["process_id"], of: try row["alliance_id"]),
            number: try row["number"], isMock: try row["is_mock"], uuid: try row["uuid"],
            choices: Choices(
                group: try row["group_name"], trustees: try row["trustees"], threshold: try row["threshold"],
                hasPaper: try row["has_paper"], allowsRemote: try row["allows_remote"],
                allowsKiosk: try row["allows_kiosk"], opensAt: try row["opens_at"],
                closesAt: try row["closes_at"]),
            ceremony: try row["ceremony"], leavingEndsRight: try row["leaving_ends_right"],
            state: try row["state"], stateChangedAt: try row["state_changed_at"],
            stateReason: try row["state_reason"], fingerprint: try row["fingerprint"],
            credentials: try row["credentials"], archive: try row["archive"],
            head: head.flatMap(HashDigest.init(bytes:)).map { BoxHead(events: events, digest: $0) },
            ballots: try row["ballots"], voters: try row["voters"], excluded: try row["excluded"])
    }

    static var columns: SQL {
        """
        box_id, alliance_id, process_id, number, is_mock, uuid, group_name, trustees, threshold, has_paper,
        allows_remote, allows_kiosk, opens_at, closes_at, ceremony, leaving_ends_right, state, state_changed_at,
        state_reason, fingerprint, credentials, archive, head, events, ballots, voters, excluded
        """
    }
}

private struct QuestionRow: RowDecodable {
    let question: BoxQuestion

    init(row: Row) throws(RowError) {
        let numbers: [Int] = try row["numbers"]
        let slates: [ID<Slate>] = try row["slates"]
        let names: [String] = try row["names"]
        question = BoxQuestion(
            position: try row["position"], contest: try row["contest_id"], round: try row["round"],
            name: try row["name"],
            options: zip(numbers, zip(slates, names)).map { BoxOption(number: $0, slate: $1.0, name: $1.1) })
    }
}

extension Transaction where Scope == TenantScope {
    /// The boxes of a process, by number.
    func boxes(of process: ID<ElectoralProcess>) async throws -> [BallotBox] {
        try await rows(
            """
            select \(fragment: BallotBox.columns) from elections.boxes
            where organization_id = \(organization) and process_id = \(process)
            order by number
            """)
    }

    /// A box of a process.
    ///
    /// - Throws: ``BoxError/notFound``.
    func box(_ id: ID<BallotBox>, of place: ProcessPlace) async throws -> BallotBox {
        guard
            let box: BallotBox = try await row(
                """
                select \(fragment: BallotBox.columns) from elections.boxes
                where organization_id = \(organization) and box_id = \(id) and process_id = \(place.process)
                    and alliance_id = \(place.alliance)
                """)
        else { throw BoxError.notFound }
        return box
    }

    /// A box, whatever its process.
    func box(_ id: ID<BallotBox>) async throws -> BallotBox? {
        try await row(
            """
            select \(fragment: BallotBox.columns) from elections.boxes
            where organization_id = \(organization) and box_id = \(id)
            """)
    }

    /// A box that stays as it is until the transaction ends, and stands where an act needs it.
    ///
    /// The process is locked first, like everywhere, and its row orders whoever changes a box; casting alone goes by
    /// the row of the box.
    ///
    /// - Throws: ``ProcessError``, ``BoxError/notFound``, ``BoxError/notNow(_:)``.
    func lockedBox(
        _ id: ID<BallotBox>, of place: ProcessPlace, in states: BallotBox.State...
    ) async throws -> BallotBox {
        _ = try await processGoingOn(place)
        let box = try await box(id, of: place)
        guard states.isEmpty || states.contains(box.state) else { throw BoxError.notNow(box.state) }
        return box
    }

    /// Whether a box that counts is voted, or is to be, in the booths of a session.
    func hasBoxToVoteIn(_ process: ID<ElectoralProcess>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from elections.boxes
                where organization_id = \(organization) and process_id = \(process) and not is_mock
                    and allows_kiosk and state in ('sealed', 'open'))
            """) ?? false
    }

    /// What a box asks, in its order.
    func questions(of box: ID<BallotBox>) async throws -> [BoxQuestion] {
        try await rows(
            """
            select questions.position, questions.contest_id, questions.round, contests.name,
                coalesce(options.numbers, '{}') as numbers, coalesce(options.slates, '{}') as slates,
                coalesce(options.names, '{}') as names
            from elections.box_questions as questions
            join elections.contests on contests.organization_id = \(organization)
                and contests.contest_id = questions.contest_id
            left join lateral (
                select array_agg(list.number::bigint order by list.number) as numbers,
                    array_agg(list.slate_id order by list.number) as slates,
                    array_agg(slates.name order by list.number) as names
                from elections.box_options as list
                join elections.slates on slates.organization_id = \(organization)
                    and slates.slate_id = list.slate_id
                where list.organization_id = \(organization) and list.box_id = \(box)
                    and list.position = questions.position
            ) as options on true
            where questions.organization_id = \(organization) and questions.box_id = \(box)
            order by questions.position
            """,
            as: QuestionRow.self
        ).map(\.question)
    }

    /// Drafts a box.
    ///
    /// - Throws: ``BoxError/contestTaken``.
    func draft(
        _ id: ID<BallotBox>, _ choices: BallotBox.Choices, uuid: String, isMock: Bool, leavingEndsRight: Bool,
        asking contests: [ContestTurn], in place: ProcessPlace, at now: Date
    ) async throws {
        try await execute(
            """
            select elections.draft_box(
                \(organization), \(id), \(place.alliance), \(place.process), \(isMock), \(uuid), \(choices.group),
                \(choices.trustees)::integer, \(choices.threshold)::integer, \(choices.hasPaper),
                \(choices.allowsRemote), \(choices.allowsKiosk), \(leavingEndsRight), \(choices.opensAt),
                \(choices.closesAt), \(contests.map(\.contest)), \(contests.map(\.round))::integer[], \(now),
                \(scope.principal.user))
            """,
            refusals: ["box_questions_one_box_key": BoxError.contestTaken])
    }

    /// Changes what was decided about a box that is drafted.
    ///
    /// - Throws: ``BoxError/notNow(_:)``.
    func update(_ box: BallotBox, to choices: BallotBox.Choices, ceremony: Int) async throws {
        try await execute(
            """
            select elections.edit_box(
                \(organization), \(box.id), \(choices.group), \(choices.trustees)::integer,
                \(choices.threshold)::integer, \(ceremony)::integer, \(choices.hasPaper), \(choices.allowsRemote),
                \(choices.allowsKiosk), \(choices.opensAt), \(choices.closesAt))
            """,
            refusals: ["boxes_follow_their_states": BoxError.notNow(box.state)])
    }

    /// Seals a box: its archive begins.
    ///
    /// - Throws: ``BoxError``, `PostgresError`.
    func seal(
        _ box: BallotBox, election: [UInt8], trustees: [UInt8], questions: [BoxQuestion], at now: Date
    ) async throws {
        let options = questions.flatMap { question in question.options.map { (question.position, $0) } }
        try await execute(
            """
            select elections.seal_box(
                \(organization), \(box.id), \(String(decoding: election, as: UTF8.self)),
                \(String(decoding: trustees, as: UTF8.self)),
                \(options.map(\.0))::integer[], \(options.map(\.1.number))::integer[],
                \(options.map(\.1.slate)), \(now))
            """)
    }

    /// What a box that is not sealed will ask, with what stands by now.
    func questionsToAsk(in box: BallotBox) async throws -> [BoxQuestion] {
        var asked: [BoxQuestion] = []
        for question in try await questions(of: box.id) {
            asked.append(
                BoxQuestion(
                    position: question.position, contest: question.contest, round: question.round,
                    name: question.name, options: try await optionsToAsk(question, isMock: box.isMock)))
        }
        return asked
    }

    /// What stands, or will stand, on the ballot of a contest: as it was announced, or in a first vote that was not, and in a
    /// rehearsal, by the numbers that slates have.
    private func optionsToAsk(_ question: BoxQuestion, isMock: Bool) async throws -> [BoxOption] {
        var names = isMock ? [] : try await options(of: question.contest, round: question.round)
        if names.isEmpty, isMock || question.round == 1 {
            names = try await rows(
                """
                select slate_id, name from elections.standing_slates as slates
                where slates.organization_id = \(organization) and slates.contest_id = \(question.contest)
                order by slates.number
                """,
                as: BallotOption.self)
        }
        return names.enumerated().map {
            BoxOption(number: $0 + 1, slate: $1.slate, name: $1.contender.rawValue)
        }
    }
}
