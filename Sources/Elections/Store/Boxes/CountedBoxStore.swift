import Foundation
import Kernel
public import Postgres
import Tenancy
import VerifiableVoting

/// The verified sums of a box that stands, as the canvass adds them to the tables.
struct CountedBox: Sendable, Hashable, RowDecodable {
    let number: Int
    let slates: [ID<Slate>]
    let votes: [Int]
    let blank: Int
    let ballots: Int
    let excluded: Int
    let head: HashDigest

    init(row: Row) throws(RowError) {
        number = try row["number"]
        slates = try row["slate_ids"]
        votes = try row["votes"]
        blank = try row["blank"]
        ballots = try row["ballots"]
        excluded = try row["excluded"]
        head = try row.digest("head")
    }
}

private struct BoxTurnout: RowDecodable {
    let id: ID<BallotBox>
    let number: Int
    let voters: Int

    init(row: Row) throws(RowError) {
        id = try row["box_id"]
        number = try row["number"]
        voters = try row["ballots"]
    }
}

private struct ReportedBox: RowDecodable {
    let id: ID<BallotBox>
    let box: CanvassReport.Box

    init(row: Row) throws(RowError) {
        id = try row["box_id"]
        box = CanvassReport.Box(
            number: try row["number"], uuid: try row["uuid"], votes: try row["votes"],
            blank: try row["blank"], ballots: try row["ballots"], cast: try row["cast"],
            fingerprint: try row["fingerprint"], head: try row.digest("head").description,
            openedAt: try row["opened_at"], closedAt: try row["closed_at"],
            threshold: try row["threshold"], annulledAt: try row["annulled_at"],
            annulment: try row["annulment"])
    }
}

private struct ReportedTrustee: RowDecodable {
    let trustee: CanvassReport.Box.Trustee

    init(row: Row) throws(RowError) {
        let body: BoxTrustee.Body = try row["body"]
        trustee = CanvassReport.Box.Trustee(name: try row["name"], body: body.title)
    }
}

private struct ReportedContradiction: RowDecodable {
    let contradiction: CanvassReport.Box.Contradiction

    init(row: Row) throws(RowError) {
        let kind: ParticipationConflict.Kind = try row["kind"]
        contradiction = CanvassReport.Box.Contradiction(
            table: try row["number"], matter: kind.title, isLeftOut: try row["is_left_out"],
            decision: try row["decision"], decidedAt: try row["seconded_at"])
    }
}

extension DayBox: RowDecodable {
    /// Reads a row of what the boxes ask.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["box_id"], number: try row["number"], contest: try row["contest_id"],
            round: try row["round"], state: try row["state"], hasPaper: try row["has_paper"],
            counted: try row["counted"])
    }
}

extension Transaction where Scope == TenantScope {
    /// The boxes that stand for a round of a contest, with what was counted in them.
    func countedBoxes(of contest: ID<Contest>, round: Int) async throws -> [CountedBox] {
        try await rows(
            """
            select boxes.number, counts.slate_ids, counts.votes, counts.blank, counts.ballots, boxes.excluded,
                boxes.head
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

    /// The numbers of the boxes of a round that took votes and were annulled.
    func annulledBoxes(of contest: ID<Contest>, round: Int) async throws -> [Int] {
        try await values(
            """
            select boxes.number::bigint from elections.box_questions as questions
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = questions.box_id
                and not boxes.is_mock and boxes.state = 'annulled' and boxes.ballots > 0
            where questions.organization_id = \(organization) and questions.contest_id = \(contest)
                and questions.round = \(round)
            order by boxes.number
            """)
    }

    /// Refuses a sum while a table that owes it, or a box that stands for it, has no count.
    ///
    /// - Throws: ``CanvassError/tablesOpen(_:)``, ``CanvassError/boxOpen``.
    func requireAllCounted(_ contest: ID<Contest>, round: Int, in place: ProcessPlace) async throws {
        // Where the result is known and a box was annulled after it, no table owes what was voted in the box.
        let waiting: Int =
            try await value(
                """
                select count(*) from elections.voting_tables as tables
                where tables.organization_id = \(organization) and tables.process_id = \(place.process)
                    and \(fragment: waitsInUrn(at: "tables.table_id", contest: "\(contest)", round: "\(round)"))
                    and not exists (
                        select from elections.canvasses
                        where canvasses.organization_id = \(organization)
                            and canvasses.contest_id = \(contest) and canvasses.round = \(round))
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

    /// The boxes that take votes of a process, a row for each round of a contest.
    func dayBoxes(of place: ProcessPlace) async throws -> [DayBox] {
        try await rows(
            """
            select boxes.box_id, boxes.number, questions.contest_id, questions.round, boxes.state, boxes.has_paper,
                boxes.voters - boxes.excluded as counted
            from elections.box_questions as questions
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = questions.box_id
            where questions.organization_id = \(organization) and questions.process_id = \(place.process)
                and questions.is_standing
            order by boxes.number, questions.position
            """)
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

    /// How many had to vote in the counted boxes of a contest whose description binds a number, and how many did.
    func boxQuorums(of contest: ID<Contest>, round: Int) async throws -> [String] {
        let found = try await rows(
            """
            select boxes.box_id, boxes.number, counts.ballots
            from elections.box_counts as counts
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = counts.box_id
                and not boxes.is_mock and boxes.state = 'counted'
            where counts.organization_id = \(organization) and counts.contest_id = \(contest)
                and counts.round = \(round)
            order by boxes.number
            """,
            as: BoxTurnout.self)
        var sentences: [String] = []
        for box in found {
            guard let required = try await requiredVoters(of: box.id) else { continue }
            sentences.append(
                "Urna n.º \(box.number): los estatutos piden que voten \(SpanishFormat.count(required, "persona", "personas")) y \(box.voters == 1 ? "votó" : "votaron") \(SpanishFormat.number(box.voters))"
            )
        }
        return sentences
    }

    /// The boxes of a round as the acta tells them, options in its order: those that stand, and those that took votes and
    /// were annulled.
    func reportBoxes(
        of contest: ID<Contest>, round: Int, options: [ID<Slate>], in place: ProcessPlace
    ) async throws -> [CanvassReport.Box] {
        let found = try await rows(
            """
            select boxes.box_id, boxes.number, boxes.uuid,
                case when counts.slate_ids is null then '{}' else array(
                    select coalesce(counts.votes[array_position(counts.slate_ids, slate)], 0)
                    from unnest(\(options)) with ordinality as options (slate, place) order by place
                ) end as votes,
                coalesce(counts.blank, 0) as blank, coalesce(counts.ballots, boxes.voters - boxes.excluded) as ballots,
                boxes.ballots as cast, boxes.fingerprint, boxes.head, opened.seconded_at as opened_at,
                closed.seconded_at as closed_at, boxes.threshold,
                case when boxes.state = 'annulled' then boxes.state_changed_at end as annulled_at,
                case when boxes.state = 'annulled' then boxes.state_reason end as annulment
            from elections.box_questions as questions
            join elections.boxes on boxes.organization_id = \(organization) and boxes.box_id = questions.box_id
                and not boxes.is_mock
            join elections.acts as opened on opened.organization_id = \(organization)
                and opened.box_id = boxes.box_id and opened.kind = 'open_box' and opened.seconded_at is not null
            left join elections.acts as closed on closed.organization_id = \(organization)
                and closed.box_id = boxes.box_id and closed.kind = 'close_box' and closed.seconded_at is not null
            left join elections.box_counts as counts on counts.organization_id = \(organization)
                and counts.box_id = boxes.box_id and counts.contest_id = questions.contest_id
                and counts.round = questions.round
            where questions.organization_id = \(organization) and questions.contest_id = \(contest)
                and questions.round = \(round)
                and (boxes.state = 'annulled' or questions.is_standing and counts.box_id is not null)
            order by boxes.number
            """,
            as: ReportedBox.self)
        var boxes: [CanvassReport.Box] = []
        for row in found {
            var box = row.box
            box.trustees = try await rows(
                """
                select name, body from elections.box_trustees
                where organization_id = \(organization) and box_id = \(row.id) and relieved_at is null
                order by number
                """,
                as: ReportedTrustee.self
            ).map(\.trustee)
            box.exclusions = try await exclusions(of: row.id).map {
                CanvassReport.Box.Exclusion(
                    trackers: $0.trackers.map(\.base64), reason: $0.reason, challenge: $0.challenge,
                    decidedAt: $0.decidedAt)
            }
            box.contradictions = try await rows(
                """
                select tables.number::bigint as number, conflicts.kind, acts.kind = 'exclude_ballots' as is_left_out,
                    conflicts.decision, acts.seconded_at
                from elections.participation_conflicts as conflicts
                join elections.acts on acts.organization_id = \(organization) and acts.act_id = conflicts.act_id
                join elections.voting_tables as tables on tables.organization_id = \(organization)
                    and tables.table_id = conflicts.table_id
                where conflicts.organization_id = \(organization) and conflicts.box_id = \(row.id)
                order by acts.seconded_at, conflicts.conflict_id
                """,
                as: ReportedContradiction.self
            ).map(\.contradiction)
            if let history = try await history(of: row.id) {
                box.voters = history.voters
                box.archives = history.archives
                box.steps = try await sealing(of: row.id, in: place) + history.steps
            }
            box.authority = try await authority(of: row.id).map {
                CanvassReport.Box.Person(name: $0.name, role: Role.credentialAuthority.title)
            }
            let slips = try await credentialCount(of: row.id)
            box.slips = CanvassReport.Box.Slips(
                made: slips.total, spare: try await spareSlips(of: row.id), replaced: slips.unusable)
            boxes.append(box)
        }
        return boxes
    }
}
