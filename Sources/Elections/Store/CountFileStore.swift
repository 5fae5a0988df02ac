import Foundation
import Kernel
import Postgres
import Tenancy

private struct FrozenRow: RowDecodable {
    let figures: TableFigures
    let frozenAt: Date
    let reason: String?

    init(row: Row) throws(RowError) {
        let slates: [ID<Slate>] = try row["slate_ids"]
        let votes: [Int] = try row["votes"]
        figures = TableFigures(
            votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: try row["blank"],
            null: try row["null_votes"], unmarked: try row["unmarked"], voters: try row["voters"])
        frozenAt = try row["frozen_at"]
        reason = try row["unreturned_reason"]
    }
}

extension StoredSheet {
    /// What the jury counted.
    var figures: TableFigures {
        TableFigures(
            votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: blank, null: null,
            unmarked: unmarked, voters: voters)
    }
}

extension Transaction where Scope == TenantScope {
    /// How many juries count a contest: secret ballots are counted twice, raised hands once.
    func requiredJuries(in contest: ID<Contest>) async throws -> Int {
        try await value(
            """
            select case when voting_mode in ('paper', 'single_list') then 2 else 1 end::bigint
            from elections.contests
            where organization_id = \(organization) and contest_id = \(contest)
            """) ?? 2
    }

    func countFile(of poll: PollPlace, in place: ProcessPlace) async throws -> CountFile {
        let isKnown: Bool? = try await value(
            """
            select true from elections.polls
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(poll.table) and contest_id = \(poll.contest) and round = \(poll.round)
            """)
        guard isKnown == true else { throw VotingDayError.pollNotOpen }
        let options = try await options(of: poll.contest, round: poll.round)
        let required = try await requiredJuries(in: poll.contest)
        let jury = try await jury(at: poll.table)
        let sheets = try await sheets(of: poll)
        let isComplete = sheets.count >= required
        let agreements = try await agreements(of: poll)
        let agreed =
            agreements.isEmpty ? nil : sheets.first?.figures.agreeing(to: agreements, on: options)
        let frozen = try await row(
            """
            select slate_ids, votes, blank, null_votes, unmarked, voters, frozen_at, unreturned_reason
            from elections.table_counts
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """,
            as: FrozenRow.self)
        // A juror learns at once whether what they entered adds up; the others once both have entered.
        let own = sheets.first { $0.jury == jury }?.figures
        var findings: [Reconciliation.Finding] = []
        if frozen == nil, let figures = agreed ?? own ?? (isComplete ? sheets.first?.figures : nil) {
            let marks = try await marksPerBallot(in: poll.contest)
            findings = Reconciliation(try figures.sheet(of: options, marksPerBallot: marks)).findings
        }
        return CountFile(
            options: options.map { CountFile.Option(slate: $0.slate, name: $0.contender.rawValue) },
            jury: jury, required: required, entered: sheets.map(\.jury),
            own: own,
            first: isComplete ? sheets.first?.figures : nil,
            second: isComplete ? sheets.last?.figures : nil, agreed: agreed,
            reason: frozen?.reason ?? agreements.first?.reason, findings: findings, frozen: frozen?.figures,
            frozenAt: frozen?.frozenAt)
    }
}

extension TableFigures {
    /// The figures with what was agreed in place of what was counted.
    func agreeing(to agreements: [StoredAgreement], on options: [BallotOption]) -> Self {
        let agreed = Dictionary(agreements.map { ($0.figure, $0.agreed) }) { first, _ in first }
        return TableFigures(
            votes: Dictionary(
                options.map { ($0.slate, agreed[$0.slate.description] ?? votes[$0.slate] ?? 0) }
            ) { first, _ in first },
            blank: agreed["blank"] ?? blank, null: agreed["null"] ?? null,
            unmarked: agreed["unmarked"] ?? unmarked, voters: agreed["voters"] ?? voters)
    }
}
