import Foundation
import Kernel
public import Postgres
import Tenancy

/// The verified sums of a box that stands, as the canvass adds them to the tables.
struct CountedBox: Sendable, Hashable, RowDecodable {
    let number: Int
    let slates: [ID<Slate>]
    let votes: [Int]
    let blank: Int
    let ballots: Int
    let head: HashDigest

    init(row: Row) throws(RowError) {
        number = try row["number"]
        slates = try row["slate_ids"]
        votes = try row["votes"]
        blank = try row["blank"]
        ballots = try row["ballots"]
        head = try row.digest("head")
    }
}

extension CanvassReport.Box: RowDecodable {
    /// Reads a row of what was counted.
    public init(row: Row) throws(RowError) {
        self.init(
            number: try row["number"], votes: try row["votes"], blank: try row["blank"],
            ballots: try row["ballots"], fingerprint: try row["fingerprint"],
            head: try row.digest("head").description, excluded: try row["excluded"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The boxes that stand for a round of a contest, with what was counted in them.
    func countedBoxes(of contest: ID<Contest>, round: Int) async throws -> [CountedBox] {
        try await rows(
            """
            select boxes.number, counts.slate_ids, counts.votes, counts.blank, counts.ballots, boxes.head
            from elections.box_counts as counts
            join elections.box_questions as questions on questions.organization_id = \(organization)
                and questions.box_id = counts.box_id and questions.contest_id = counts.contest_id
                and questions.is_standing
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = counts.box_id
            where counts.organization_id = \(organization) and counts.contest_id = \(contest)
                and counts.round = \(round)
            order by boxes.number
            """)
    }

    /// Refuses a sum while a table that owes it, or a box that stands for it, has no count.
    ///
    /// - Throws: ``CanvassError/tablesOpen(_:)``, ``CanvassError/boxOpen``.
    func requireAllCounted(_ contest: ID<Contest>, round: Int, in place: ProcessPlace) async throws {
        let waiting: Int =
            try await value(
                """
                select count(*) from elections.voting_tables as tables
                where tables.organization_id = \(organization) and tables.process_id = \(place.process)
                    and not exists (
                        select from elections.table_counts as counts
                        where counts.organization_id = \(organization) and counts.table_id = tables.table_id
                            and counts.contest_id = \(contest) and counts.round = \(round))
                    and not exists (
                        select from elections.omitted_polls as omitted
                        where omitted.organization_id = \(organization)
                            and omitted.table_id = tables.table_id and omitted.contest_id = \(contest)
                            and omitted.round = \(round))
                    and not exists (
                        select from elections.merged_polls as merged
                        where merged.organization_id = \(organization)
                            and merged.table_id = tables.table_id and merged.contest_id = \(contest)
                            and merged.round = \(round))
                    and not \(fragment: isVotedInBoxAlone(contest: "\(contest)", round: "\(round)"))
                """) ?? 0
        guard waiting == 0 else { throw CanvassError.tablesOpen(waiting) }
        let isBoxOpen: Bool? = try await value(
            """
            select exists (
                select from elections.box_questions as questions
                where questions.organization_id = \(organization) and questions.contest_id = \(contest)
                    and questions.round = \(round) and questions.is_standing
                    and not exists (
                        select from elections.box_counts as counts
                        where counts.organization_id = \(organization) and counts.box_id = questions.box_id
                            and counts.contest_id = questions.contest_id))
            """)
        guard isBoxOpen != true else { throw CanvassError.boxOpen }
    }

    /// Whether a round of a contest is voted in an electronic box and at no table, as a condition.
    func isVotedInBoxAlone(contest: SQL, round: SQL) -> SQL {
        """
        exists (
            select from elections.box_questions as asked
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = asked.box_id
            where asked.organization_id = \(organization) and asked.contest_id = \(fragment: contest)
                and asked.round = \(fragment: round) and asked.is_standing and not boxes.has_paper)
        """
    }

    /// The boxes of a round as the acta tells them, options in its order.
    func reportBoxes(
        of contest: ID<Contest>, round: Int, options: [ID<Slate>]
    ) async throws -> [CanvassReport.Box] {
        try await rows(
            """
            select boxes.number,
                array(
                    select coalesce(counts.votes[array_position(counts.slate_ids, slate)], 0)
                    from unnest(\(options)) with ordinality as options (slate, place) order by place
                ) as votes,
                counts.blank, counts.ballots, boxes.fingerprint, boxes.head, boxes.excluded
            from elections.box_counts as counts
            join elections.box_questions as questions on questions.organization_id = \(organization)
                and questions.box_id = counts.box_id and questions.contest_id = counts.contest_id
                and questions.is_standing
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = counts.box_id
            where counts.organization_id = \(organization) and counts.contest_id = \(contest)
                and counts.round = \(round)
            order by boxes.number
            """)
    }
}
