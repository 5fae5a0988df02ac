import Foundation
import Kernel
import Postgres
import Tenancy

/// Why a canvass is made.
enum CanvassCause: String, Sendable, SQLValue {
    case count
    case acclamation
    case draw
    case challenge
    /// Somebody was kept out after the count, or came back.
    case candidacies
}

/// The last canvass of a contest, as it is settled, printed and challenged.
struct StoredCanvass: Sendable, RowDecodable {
    let id: ID<Canvass>
    let round: Int
    let version: Int
    let outcome: CountResult.Outcome
    let recordNumber: Int
    let recordDigest: [UInt8]

    init(row: Row) throws(RowError) {
        id = try row["canvass_id"]
        round = try row["round"]
        version = try row["version"]
        outcome = try row["outcome"]
        recordNumber = try row["number"]
        recordDigest = try row["sha256"]
    }
}

/// What a contest asks of its count.
private struct ContestTerms: RowDecodable {
    let name: String
    let rule: CountingRule
    let seats: Int
    let thresholdNumerator: Int?
    let thresholdDenominator: Int?
    let base: MajorityBase
    let blankMajority: Bool

    init(row: Row) throws(RowError) {
        name = try row["name"]
        rule = try row["counting_rule"]
        seats = try row["seats"]
        thresholdNumerator = try row["threshold_numerator"]
        thresholdDenominator = try row["threshold_denominator"]
        base = try row["majority_base"]
        blankMajority = try row["has_blank_majority"]
    }
}

private struct CountedTable: RowDecodable {
    let number: Int
    let slates: [ID<Slate>]
    let votes: [Int]
    let blank: Int
    let null: Int
    let unmarked: Int
    let ballots: Int
    let voters: Int
    let unreturned: Int
    let isAnnulled: Bool

    init(row: Row) throws(RowError) {
        number = try row["number"]
        slates = try row["slate_ids"]
        votes = try row["votes"]
        blank = try row["blank"]
        null = try row["null_votes"]
        unmarked = try row["unmarked"]
        ballots = try row["ballots"]
        voters = try row["voters"]
        unreturned = try row["unreturned"]
        isAnnulled = try row["is_annulled"]
    }
}

private struct SlateSize: RowDecodable {
    let slate: ID<Slate>
    let size: Int

    init(row: Row) throws(RowError) {
        slate = try row["slate_id"]
        size = try row["size"]
    }
}

/// The sums of a contest with its result, before they are written.
struct CanvassSum: Sendable {
    let contestName: String
    let round: Int
    let options: [BallotOption]
    var result: CountResult
    let counted: Int
    let annulled: Int
    let voters: Int
    let null: Int
    let unmarked: Int
    let unreturned: Int
    /// The numbers of the tables where nobody could vote.
    let omitted: [Int]
    /// The electronic boxes among what was counted, with their sums.
    let boxes: [CountedBox]
    /// The numbers of the boxes that took votes and were annulled.
    var annulledBoxes: [Int] = []
    /// The tables whose few ballots another counted with its own.
    var mergers: [CanvassReport.Merger] = []
    /// The draw that settled a tie of it.
    var draw: ID<Draw>?
    /// How it was acclaimed, where nobody voted.
    var acclamation: String?

    /// The arithmetic, sentence by sentence.
    var steps: [String] { acclamation.map { [$0] } ?? result.steps.map { $0.sentence() } }

    func slate(of contender: Contender) -> ID<Slate>? {
        options.first { $0.contender == contender }?.slate
    }
}

extension Transaction where Scope == TenantScope {
    /// Adds the frozen tables of a contest up and counts them by its rule. A tie that was drawn stays as it was drawn.
    ///
    /// - Throws: ``CanvassError``.
    func sum(of contest: ID<Contest>, in place: ProcessPlace) async throws -> CanvassSum {
        guard
            let terms = try await row(
                """
                select name, counting_rule, seats, threshold_numerator, threshold_denominator, majority_base,
                    has_blank_majority
                from elections.contests
                where organization_id = \(organization) and contest_id = \(contest)
                    and process_id = \(place.process) and state = 'open'
                """,
                as: ContestTerms.self)
        else { throw CanvassError.notFound }
        guard let round = try await openTurn(of: contest, in: place).lastRound else {
            throw CanvassError.notCanvassed
        }
        try await requireAllCounted(contest, round: round, in: place)
        let tables = try await rows(
            """
            select tables.number, counts.slate_ids, counts.votes, counts.blank, counts.null_votes,
                counts.unmarked, counts.ballots, counts.voters, counts.unreturned,
                exists (
                    select from elections.table_annulments as annulments
                    where annulments.organization_id = \(organization)
                        and annulments.table_id = counts.table_id
                        and annulments.contest_id = counts.contest_id
                        and annulments.round = counts.round) as is_annulled
            from elections.table_counts as counts
            join elections.voting_tables as tables on tables.organization_id = counts.organization_id
                and tables.table_id = counts.table_id
            where counts.organization_id = \(organization) and counts.contest_id = \(contest)
                and counts.round = \(round)
            order by tables.number
            """,
            as: CountedTable.self)
        let known = try await sizes(in: contest)
        let options = try await options(of: contest, round: round)
        let valid = tables.filter { !$0.isAnnulled }
        let boxes = try await countedBoxes(of: contest, round: round)
        var votes: [ID<Slate>: Int] = [:]
        for counted in valid.map({ zip($0.slates, $0.votes) }) + boxes.map({ zip($0.slates, $0.votes) }) {
            for (slate, number) in counted { votes[slate, default: 0] += number }
        }
        let tally = try Tally(
            options.map { Tally.Entry($0.contender, votes: votes[$0.slate] ?? 0) },
            blank: valid.reduce(0) { $0 + $1.blank } + boxes.reduce(0) { $0 + $1.blank },
            markedBallots: valid.reduce(0) { $0 + $1.ballots - $1.blank - $1.null - $1.unmarked }
                + boxes.reduce(0) { $0 + $1.ballots - $1.blank })
        var threshold: Fraction?
        if let numerator = terms.thresholdNumerator, let denominator = terms.thresholdDenominator {
            threshold = Fraction(numerator, of: denominator)
        }
        // A runoff has two left: whoever has more votes is elected.
        let rule = round > 1 && terms.rule == .absoluteMajority ? .simpleMajority : terms.rule
        let counting = try CountingTerms(
            rule, seats: terms.seats, threshold: threshold,
            sizes: Dictionary(options.map { ($0.contender, known[$0.slate] ?? 0) }) { first, _ in first },
            blankMajority: terms.blankMajority, majorityBase: terms.base)
        let (result, draw) = try await settled(
            tally.counted(under: counting), of: contest, round: round)
        return CanvassSum(
            contestName: terms.name, round: round, options: options, result: result,
            counted: valid.count, annulled: tables.count - valid.count,
            voters: valid.reduce(0) { $0 + $1.voters } + boxes.reduce(0) { $0 + $1.ballots },
            null: valid.reduce(0) { $0 + $1.null },
            unmarked: valid.reduce(0) { $0 + $1.unmarked },
            unreturned: valid.reduce(0) { $0 + $1.unreturned },
            omitted: try await omittedTables(of: contest, round: round), boxes: boxes,
            annulledBoxes: try await annulledBoxes(of: contest, round: round),
            mergers: try await mergers(of: contest, round: round), draw: draw)
    }

    /// How many principals each slate of a contest has.
    func sizes(in contest: ID<Contest>) async throws -> [ID<Slate>: Int] {
        let sizes = try await rows(
            """
            select slate_id, count(*) as size from elections.candidates
            where organization_id = \(organization) and contest_id = \(contest) and role = 'principal'
                and state = 'standing'
            group by slate_id
            """,
            as: SlateSize.self)
        return Dictionary(sizes.map { ($0.slate, $0.size) }) { first, _ in first }
    }

    /// The last canvass of a contest with the digest of its sealed record.
    func lastCanvass(of contest: ID<Contest>) async throws -> StoredCanvass? {
        try await row(
            """
            select canvasses.canvass_id, canvasses.round, canvasses.version, canvasses.outcome, records.number,
                records.sha256
            from elections.canvasses
            join elections.canvass_records as records on records.organization_id = canvasses.organization_id
                and records.canvass_id = canvasses.canvass_id and records.kind = 'provisional'
            where canvasses.organization_id = \(organization) and canvasses.contest_id = \(contest)
            order by canvasses.version desc limit 1
            """,
            as: StoredCanvass.self)
    }

    /// Whether the last canvass of a contest was of these very figures: counted again they say the same.
    func isCounted(_ sum: CanvassSum, of contest: ID<Contest>) async throws -> Bool {
        try await value(
            """
            select (round, tables_counted, tables_annulled, voters, blank, null_votes, unmarked, unreturned)
                    = (
                        \(sum.round)::integer, \(sum.counted)::integer, \(sum.annulled)::integer, \(sum.voters),
                        \(sum.result.tally.blank), \(sum.null), \(sum.unmarked), \(sum.unreturned))
                and array(
                    select votes from elections.canvass_lines as lines
                    where lines.organization_id = \(organization) and lines.canvass_id = canvasses.canvass_id
                    order by number) = \(sum.result.tally.entries.map(\.votes))
            from elections.canvasses
            where organization_id = \(organization) and contest_id = \(contest)
            order by version desc limit 1
            """) ?? false
    }

    /// Counts a contest anew whose result was known when it changed who stands in it. Nothing where its last vote is
    /// still to be counted.
    func recount(_ contest: Contest, in place: ProcessPlace, at now: Date) async throws {
        guard contest.state == .open, try await openTurn(of: contest.id, in: place).outcome != nil else {
            return
        }
        let sum =
            if let present = try await acclaiming(contest.id) {
                try await acclaimed(contest, present: present)
            } else {
                try await sum(of: contest.id, in: place)
            }
        _ = try await insert(sum, of: contest.id, in: place, cause: .candidacies, at: now)
        try await publishResults(of: place, at: now)
    }

    /// Writes a canvass as the next version, with its lines, those elected and its provisional record. A proclamation
    /// that was proposed rested on the version before and is taken back.
    ///
    /// - Throws: ``DisruptionError/annulmentOpen``.
    func insert(
        _ sum: CanvassSum, of contest: ID<Contest>, in place: ProcessPlace, cause: CanvassCause,
        at now: Date
    ) async throws -> ID<Canvass> {
        try await requireNoAnnulment(of: contest, in: place.process)
        try await withdrawProclamation(
            of: place, because: "Hay un nuevo escrutinio de \(sum.contestName)", at: now)
        let id = ID<Canvass>()
        let result = sum.result
        let window = ChallengeWindow(resultAt: now, calendar: try await calendar(of: place.process))
        let tied = result.ties.flatMap(\.among).compactMap { sum.slate(of: $0) }
        try await execute(
            """
            insert into elections.canvasses (
                organization_id, canvass_id, process_id, contest_id, round, version, cause, draw_id,
                tables_counted, tables_annulled, voters, blank, null_votes, unmarked, unreturned, outcome,
                vacant, quotient, tied_slate_ids, tied_seats, runoff_slate_ids, steps, challenges_until,
                computed_at, computed_by)
            select \(organization), \(id), \(place.process), \(contest), \(sum.round),
                coalesce(max(version), 0) + 1, \(cause), \(sum.draw), \(sum.counted), \(sum.annulled),
                \(sum.voters), \(result.tally.blank), \(sum.null), \(sum.unmarked), \(sum.unreturned),
                \(result.outcome.rawValue), \(result.vacant), \(result.quotient.description), \(tied),
                \(result.ties.reduce(0) { $0 + $1.seats }),
                \(result.runoff.compactMap { sum.slate(of: $0) }), \(sum.steps),
                \(window.lastDay), \(now), \(scope.principal.user)
            from elections.canvasses
            where organization_id = \(organization) and contest_id = \(contest)
            """)
        let seats = Dictionary(result.allocations.map { ($0.contender, $0.seats) }) { first, _ in first }
        for (number, entry) in result.tally.entries.enumerated() {
            try await execute(
                """
                insert into elections.canvass_lines (organization_id, canvass_id, number, slate_id, votes, seats)
                values (\(organization), \(id), \(number + 1), \(sum.slate(of: entry.contender)),
                    \(entry.votes), \(seats[entry.contender] ?? 0))
                """)
        }
        if result.outcome == .elected { try await insertElected(of: id, contest, in: place) }
        try await seal(
            id, of: contest, in: place, kind: "provisional", text: record(sum, place, now), at: now)
        return id
    }

    /// Seats the principals of each slate, slates in the order of their seats and votes, each with an alternate: their own
    /// where alternates are personal, otherwise the next of the slate.
    private func insertElected(
        of canvass: ID<Canvass>, _ contest: ID<Contest>, in place: ProcessPlace
    ) async throws {
        try await execute(
            """
            insert into elections.canvass_elected (
                organization_id, process_id, contest_id, canvass_id, seat_position, rank, slate_id,
                candidate_id, person_id, name)
            with standing as (
                select slate_id, role, position, candidate_id, person_id, name,
                    row_number() over (partition by slate_id, role order by position) as place
                from elections.candidates
                where organization_id = \(organization) and contest_id = \(contest) and state = 'standing'
            ), winners as (
                select standing.*,
                    row_number() over (order by lines.votes desc, lines.number, standing.place) as seat
                from elections.canvass_lines as lines
                join standing on standing.slate_id = lines.slate_id and standing.role = 'principal'
                    and standing.place <= lines.seats
                where lines.organization_id = \(organization) and lines.canvass_id = \(canvass)
            ), seated as (
                select seat, 0 as rank, slate_id, candidate_id, person_id, name from winners
                union all
                select winners.seat, 1, next.slate_id, next.candidate_id, next.person_id, next.name
                from winners
                join elections.contests on contests.organization_id = \(organization)
                    and contests.contest_id = \(contest)
                join standing as next on next.slate_id = winners.slate_id and next.role = 'alternate'
                    and case contests.alternates
                        when 'personal' then next.position = winners.position
                        when 'numeric' then next.place = winners.place end
            ), places as (
                select position, row_number() over (order by position) as seat
                from elections.contest_seats
                where organization_id = \(organization) and contest_id = \(contest)
            )
            select \(organization), \(place.process), \(contest), \(canvass), places.position, rank, slate_id,
                candidate_id, person_id, name
            from seated
            join places using (seat)
            """)
    }
}
