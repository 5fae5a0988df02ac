import Foundation
import Kernel
public import Postgres
import Tenancy

extension BoxElector: RowDecodable {
    /// Reads a row of the roll with what is marked beside it.
    public init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], name: try row["name"], documentType: try row["document_type"],
            documentNumber: try row["document_number"], table: try row["table_number"],
            isPresent: try row["is_present"], hasSlip: try row["has_slip"], serial: try row["serial"],
            way: try row["way"], votedAt: try row["voted_at"], hasConflict: try row["has_conflict"])
    }
}

private struct ConflictCount: RowDecodable {
    let box: ID<BallotBox>
    let count: Int

    init(row: Row) throws(RowError) {
        box = try row["box_id"]
        count = try row["count"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Those of the roll whom a document or words of the name stand for, in the order of the roll.
    func electors(matching words: String, beside box: BallotBox, limit: Int) async throws -> [BoxElector] {
        try await rows(
            """
            \(fragment: electors(beside: box)) and \(fragment: words.conditionOnElectors)
            order by entries.position
            limit \(limit)
            """)
    }

    /// Somebody of the roll.
    func elector(_ person: ID<Person>, beside box: BallotBox) async throws -> BoxElector? {
        try await row("\(fragment: electors(beside: box)) and entries.person_id = \(person)")
    }

    private func electors(beside box: BallotBox) -> SQL {
        """
        select entries.person_id, entries.name, entries.document_type, entries.document_number,
            tables.number::bigint as table_number,
            exists (
                select from elections.presences
                join elections.sessions on sessions.organization_id = \(organization)
                    and sessions.session_id = presences.session_id and sessions.closed_at is null
                where presences.organization_id = \(organization) and presences.person_id = entries.person_id
                    and presences.process_id = entries.process_id and presences.table_id = assignments.table_id
                    and left_at is null and undone_at is null) as is_present,
            slips.credential is not null as has_slip, slips.serial, marks.way,
            voted.number::bigint as voted_at,
            exists (
                select from elections.participation_conflicts as conflicts
                where conflicts.organization_id = \(organization) and conflicts.box_id = \(box.id)
                    and conflicts.person_id = entries.person_id and conflicts.kind <> 'paper_returned') as has_conflict
        from elections.roll_entries as entries
        left join elections.roll_assignments as assignments on assignments.organization_id = \(organization)
            and assignments.process_id = entries.process_id and assignments.person_id = entries.person_id
        left join elections.voting_tables as tables on tables.organization_id = \(organization)
            and tables.table_id = assignments.table_id
        left join elections.box_credentials as slips on slips.organization_id = \(organization)
            and slips.box_id = \(box.id) and slips.person_id = entries.person_id and slips.is_usable
        left join elections.participations as marks on marks.organization_id = \(organization)
            and marks.box_id = \(box.id) and marks.person_id = entries.person_id
        left join elections.voting_tables as voted on voted.organization_id = \(organization)
            and voted.table_id = marks.table_id
        where entries.organization_id = \(organization) and entries.process_id = \(box.place.process)
        """
    }

    /// How many voted at a table in which way.
    func participation(
        in box: ID<BallotBox>, at table: ID<VotingTable>
    ) async throws -> [VotingPass.Way: Int] {
        let counts = try await rows(
            """
            select way, count(*) as count from elections.participations
            where organization_id = \(organization) and box_id = \(box) and table_id = \(table) group by way
            """,
            as: WayCount.self)
        return Dictionary(counts.map { ($0.way, $0.count) }) { first, _ in first }
    }

    /// Takes the mark away that somebody votes on paper.
    ///
    /// - Throws: ``BoxError``.
    func undoPaper(
        _ person: ID<Person>, at table: ID<VotingTable>, in box: BallotBox, because reason: String, now: Date
    ) async throws {
        let boxes: Int =
            try await value(
                """
                select count(*) from elections.boxes
                where organization_id = \(organization) and process_id = \(box.place.process)
                """) ?? 0
        let conflicts = (0..<boxes).map { _ in ID<ParticipationConflict>() }
        try await execute(
            """
            select elections.undo_paper_vote(
                \(organization), \(box.id), \(person), \(table), \(reason), \(now), \(scope.principal.user),
                \(conflicts))
            """,
            refusals: [
                "boxes_follow_their_states": BoxError.notNow(box.state),
                "participations_paper_comes_back_in_time": BoxError.urnClosed,
                "participations_paper_was_marked": BoxError.noPaperVote,
                "participation_conflicts_participation_fkey": BoxError.conflictListed,
            ])
    }

    /// How many contradictions of each box of a process nobody has decided yet.
    func openConflicts(of process: ID<ElectoralProcess>) async throws -> [ID<BallotBox>: Int] {
        let counts = try await rows(
            """
            select box_id, count(*) as count from elections.participation_conflicts
            where organization_id = \(organization) and process_id = \(process) and act_id is null
            group by box_id
            """,
            as: ConflictCount.self)
        return Dictionary(counts.map { ($0.box, $0.count) }) { first, _ in first }
    }
}
