import Foundation
import Kernel
public import Postgres
import Tenancy

extension BoxAct: RowDecodable {
    /// Reads a row of the acts.
    public init(row: Row) throws(RowError) {
        let name: String = try row["kind"]
        let found: [[UInt8]] = try row["trackers"]
        let trackers = found.compactMap(HashDigest.init(bytes:))
        let challenge: ID<Challenge>? = try row["challenge_id"]
        let conflict: ID<ParticipationConflict>? = try row["conflict_id"]
        let kind: Kind =
            switch name {
            case "open_box": .open
            case "close_box": .close
            case "count_box": .count
            case "annul_box": .annul
            default:
                if let conflict {
                    name == "settle_conflict" ? .settle(conflict) : .leaveOut(conflict)
                } else if let last = trackers.last, let challenge {
                    .exclude(tracker: last, challenge: challenge)
                } else {
                    throw RowError(unreadable: "kind", because: BoxError.actNotOpen)
                }
            }
        self.init(
            id: try row["act_id"], kind: kind, reason: try row["reason"], proposedAt: try row["proposed_at"],
            proposer: try row["proposed_by"], proposerName: try row["proposer"], role: try row["proposed_as"],
            challenge: challenge, trackers: trackers)
    }
}

extension BoxChallenge: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["challenge_id"], number: try row["number"], challenger: try row["challenger"],
            filedBy: try row["filed_by"])
    }
}

extension ParticipationConflict.Kind: SQLValue {}

extension ParticipationConflict: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["conflict_id"], kind: try row["kind"], person: try row["person_id"],
            name: try row["name"], table: try row["table_number"], account: try row["account"],
            foundAt: try row["found_at"], finder: try row["finder"], isElectronic: try row["is_electronic"],
            decision: try row["decision"])
    }
}

extension BoxExclusion: RowDecodable {
    /// Reads a row of the table with its act.
    public init(row: Row) throws(RowError) {
        let trackers: [[UInt8]] = try row["trackers"]
        self.init(
            trackers: trackers.compactMap(HashDigest.init(bytes:)), reason: try row["reason"],
            challenge: try row["challenge_number"], decidedAt: try row["seconded_at"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The acts with a box that wait for their second person.
    func openActs(of box: ID<BallotBox>) async throws -> [BoxAct] {
        try await rows(
            """
            select acts.act_id, acts.kind, acts.conflict_id, acts.challenge_id, acts.reason, acts.proposed_at, acts.proposed_by,
                acts.proposed_as, users.name as proposer,
                array(select ballots.sha256 from elections.box_ballots as ballots
                    where ballots.organization_id = \(organization) and ballots.box_id = acts.box_id
                        and ballots.credential = acts.credential and acts.conflict_id is null
                    order by ballots.turn) as trackers
            from elections.acts
            join tenancy.users on users.organization_id = \(organization) and users.user_id = acts.proposed_by
            where acts.organization_id = \(organization) and acts.box_id = \(box)
                and seconded_at is null and withdrawn_at is null
            order by acts.proposed_at, acts.act_id
            """)
    }

    /// Keeps that somebody proposes something about a box. A proclamation that was proposed rests on the box that is to be
    /// annulled, and is taken back.
    ///
    /// - Throws: ``BoxError/actOpen``, ``BoxError/noSuchBallot``, ``BoxError/alreadyExcluded``,
    ///   ``BoxError/noElectronicVote``.
    func propose(
        _ act: ID<ElectoralAct>, _ kind: BoxAct.Kind, of box: BallotBox,
        after decided: ID<Challenge>? = nil,
        as role: Role, because reason: String, at now: Date
    ) async throws {
        if kind == .annul, !box.isMock {
            try await withdrawProclamation(
                of: box.place, because: "Se propuso anular la \(box.title.lowercased())", at: now)
        }
        let credential: String? =
            switch kind {
            case .exclude(let tracker, _): try await excludable(tracker, in: box.id)
            case .leaveOut(let conflict): try await excludable(conflict, in: box.id)
            case .open, .close, .count, .annul, .settle: nil
            }
        try await execute(
            """
            insert into elections.acts (
                organization_id, act_id, process_id, box_id, credential, conflict_id, challenge_id, kind, reason,
                proposed_at, proposed_by, proposed_as)
            values (
                \(organization), \(act), \(box.place.process), \(box.id), \(credential),
                \(kind.conflict), \(kind.challenge ?? decided), \(kind.name), \(reason), \(now), \(scope.principal.user), \(role))
            """,
            refusals: ["acts_one_open_of_box_key": BoxError.actOpen])
    }

    private func excludable(_ tracker: HashDigest, in box: ID<BallotBox>) async throws -> String {
        let credential: String? = try await value(
            """
            select credential from elections.box_ballots
            where organization_id = \(organization) and box_id = \(box) and sha256 = \(tracker.bytes)
            """)
        guard let credential else { throw BoxError.noSuchBallot }
        try await requireCounted(credential, in: box)
        return credential
    }

    /// The credential by which the person of a conflict voted.
    private func excludable(_ conflict: ID<ParticipationConflict>, in box: ID<BallotBox>) async throws
        -> String
    {
        let credential: String? = try await value(
            """
            select marks.credential from elections.participation_conflicts as conflicts
            join elections.participations as marks on marks.organization_id = \(organization)
                and marks.box_id = conflicts.box_id and marks.person_id = conflicts.person_id
                and marks.credential is not null
            where conflicts.organization_id = \(organization) and conflicts.box_id = \(box)
                and conflicts.conflict_id = \(conflict)
            """)
        guard let credential else { throw BoxError.noElectronicVote }
        try await requireCounted(credential, in: box)
        return credential
    }

    /// Refuses ballots that are excluded already.
    ///
    /// - Throws: ``BoxError/alreadyExcluded``.
    private func requireCounted(_ credential: String, in box: ID<BallotBox>) async throws {
        let isExcluded: Bool? = try await value(
            """
            select exists (
                select from elections.box_exclusions
                where organization_id = \(organization) and box_id = \(box) and credential = \(credential))
            """)
        guard isExcluded != true else { throw BoxError.alreadyExcluded }
    }

    /// Keeps that a second person of another role carries an act out.
    ///
    /// - Throws: ``BoxError/sameRole``, ``BoxError/actNotOpen``.
    func second(_ act: BoxAct, of box: BallotBox, as role: Role, at now: Date) async throws {
        let seconded = try await execute(
            """
            update elections.acts
            set seconded_at = \(now), seconded_by = \(scope.principal.user), seconded_as = \(role)
            where organization_id = \(organization) and box_id = \(box.id) and act_id = \(act.id)
                and seconded_at is null and withdrawn_at is null
            """,
            refusals: ["acts_two_people": BoxError.sameRole, "acts_two_roles": BoxError.sameRole])
        guard seconded == 1 else { throw BoxError.actNotOpen }
    }

    /// Takes what waits for its second person back, where it is not done any more: of the box, or about a conflict alone.
    func dropActs(
        of box: ID<BallotBox>, about conflict: ID<ParticipationConflict>? = nil, but kept: ID<ElectoralAct>,
        because reason: String, at now: Date
    ) async throws {
        try await execute(
            """
            update elections.acts set withdrawn_at = \(now), withdrawal_reason = \(reason)
            where organization_id = \(organization) and box_id = \(box) and act_id <> \(kept)
                and (\(conflict)::uuid is null or conflict_id = \(conflict))
                and seconded_at is null and withdrawn_at is null
            """)
    }

    // MARK: Steps

    private func stepRefusals(_ box: BallotBox) -> KeyValuePairs<String, any Error> {
        [
            "boxes_follow_their_states": BoxError.notNow(box.state),
            "boxes_steps_are_seconded": BoxError.actNotOpen,
            "boxes_open_in_their_hours": BoxError.outsideHours,
            "boxes_come_before_the_tables": BoxError.tablesVoted,
            "boxes_few_ballots_stay_closed": BoxError.tooFew(box.counted),
            "box_exclusions_pkey": BoxError.alreadyExcluded,
            "box_exclusions_are_of_their_contradiction": BoxError.noConflict,
            "box_exclusions_follow_a_challenge": BoxError.challengeMissing,
        ]
    }

    /// Refuses a box that counts where a table has opened the vote of a round that it asks.
    ///
    /// - Throws: ``BoxError/tablesVoted``.
    func requireBeforeTables(_ box: ID<BallotBox>) async throws {
        let wereOpen: Bool? = try await value(
            "select elections.were_tables_open(\(organization), \(box), 'infinity')")
        guard wereOpen != true else { throw BoxError.tablesVoted }
    }

    func open(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        try await execute(
            "select elections.open_box(\(organization), \(box.id), \(act), \(now))",
            refusals: stepRefusals(box))
    }

    /// Closes a box, and tells what is in it; asked again it tells the same.
    @discardableResult
    func close(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws -> ClosedBox {
        do {
            let closed: ClosedBox? = try await row(
                """
                select ballots, voters, event_height, event_sha256
                from elections.close_box(\(organization), \(box.id), \(act), \(now))
                """)
            guard let closed else { throw BoxError.notFound }
            return closed
        } catch let error as PostgresError {
            throw stepRefusals(box).first { $0.key == error.constraint }?.value ?? error
        }
    }

    func exclude(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        try await execute(
            "select elections.exclude_ballots(\(organization), \(box.id), \(act), \(now))",
            refusals: stepRefusals(box))
    }

    func annul(_ box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        try await execute(
            "select elections.annul_box(\(organization), \(box.id), \(act), \(now))",
            refusals: stepRefusals(box))
    }

    func publish(_ tally: [UInt8], of box: BallotBox, by act: ID<ElectoralAct>, at now: Date) async throws {
        try await execute(
            """
            select elections.tally_box(
                \(organization), \(box.id), \(act), \(String(decoding: tally, as: UTF8.self)), \(now))
            """,
            refusals: stepRefusals(box))
    }

    // MARK: Conflicts

    /// What the marks of a box contradict each other in.
    func conflicts(of box: ID<BallotBox>) async throws -> [ParticipationConflict] {
        try await rows(
            """
            select conflict_id, conflicts.kind, conflicts.person_id, entries.name, tables.number::bigint as table_number,
                account, found_at, finders.name as finder, decision,
                exists (
                    select from elections.participations as marks
                    where marks.organization_id = \(organization) and marks.box_id = conflicts.box_id
                        and marks.person_id = conflicts.person_id and marks.credential is not null) as is_electronic
            from elections.participation_conflicts as conflicts
            left join tenancy.users as finders on finders.organization_id = \(organization)
                and finders.user_id = conflicts.found_by
            join elections.roll_entries as entries on entries.organization_id = \(organization)
                and entries.process_id = conflicts.process_id and entries.person_id = conflicts.person_id
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.table_id = conflicts.table_id
            where conflicts.organization_id = \(organization) and conflicts.box_id = \(box)
            order by found_at, conflict_id
            """)
    }

    /// Lists a contradiction, if the marks do contradict each other.
    ///
    /// - Throws: ``BoxError/noConflict``.
    func insert(
        _ conflict: ID<ParticipationConflict>, of person: ID<Person>, at table: ID<VotingTable>,
        in box: BallotBox,
        account: String, now: Date
    ) async throws {
        let listed = try await execute(
            """
            insert into elections.participation_conflicts (
                organization_id, conflict_id, box_id, process_id, person_id, table_id, kind, account, found_at,
                found_by)
            select \(organization), \(conflict), \(box.id), \(box.place.process), person_id, \(table),
                case when way = 'paper' then 'signed_elsewhere' else 'signed_and_electronic' end, \(account), \(now),
                \(scope.principal.user)
            from elections.participations
            where organization_id = \(organization) and box_id = \(box.id) and person_id = \(person)
                and (way <> 'paper' or table_id <> \(table))
            """,
            refusals: [
                "participation_conflicts_person_key": BoxError.noConflict,
                "participation_conflicts_table_fkey": TableError.notFound,
            ])
        guard listed == 1 else { throw BoxError.noConflict }
    }

    func settle(
        _ conflict: ID<ParticipationConflict>, of box: ID<BallotBox>, by act: ID<ElectoralAct>,
        as decision: String
    ) async throws {
        let settled = try await execute(
            """
            update elections.participation_conflicts set act_id = \(act), decision = \(decision)
            where organization_id = \(organization) and box_id = \(box) and conflict_id = \(conflict)
                and act_id is null
            """)
        guard settled == 1 else { throw BoxError.noConflict }
    }

    /// The ballots of a box that were excluded.
    func exclusions(of box: ID<BallotBox>) async throws -> [BoxExclusion] {
        try await rows(
            """
            select trackers, exclusions.reason, seconded_at, challenges.number::bigint as challenge_number
            from elections.box_exclusions as exclusions
            join elections.acts on acts.organization_id = \(organization) and acts.act_id = exclusions.act_id
            left join elections.challenges on challenges.organization_id = \(organization)
                and challenges.challenge_id = acts.challenge_id
            where exclusions.organization_id = \(organization) and exclusions.box_id = \(box)
            order by seconded_at, exclusions.act_id
            """)
    }
}

/// What a closed box holds: every closing tells the same.
public struct ClosedBox: Sendable, Hashable, RowDecodable {
    /// Ballots in the archive.
    public let ballots: Int
    /// People who cast one.
    public let voters: Int
    /// The end of the chain.
    public let head: BoxHead

    /// Reads what the closing gave back.
    public init(row: Row) throws(RowError) {
        ballots = try row["ballots"]
        voters = try row["voters"]
        let height: Int = try row["event_height"]
        let digest: HashDigest = try row.digest("event_sha256")
        head = BoxHead(events: height + 1, digest: digest)
    }
}

extension Row {
    /// A column of 32 octets.
    func digest(_ column: StaticString) throws(RowError) -> HashDigest {
        let bytes: [UInt8] = try self[column]
        guard let digest = HashDigest(bytes: bytes) else {
            throw RowError(unreadable: "\(column)", because: SQLDecodingError.notRepresentable("a digest"))
        }
        return digest
    }
}
