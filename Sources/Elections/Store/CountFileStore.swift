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
            null: try row["null_votes"], unmarked: try row["unmarked"], ballots: try row["ballots"],
            voters: try row["voters"])
        frozenAt = try row["frozen_at"]
        reason = try row["reason"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The count of a contest at a table, as the reader may see it.
    ///
    /// - Throws: ``VotingDayError/pollNotOpen``.
    func countFile(of poll: PollPlace, in place: ProcessPlace) async throws -> CountFile {
        let isKnown: Bool? = try await value(
            """
            select true from elections.polls
            where organization_id = \(organization) and process_id = \(place.process)
                and table_id = \(poll.table) and contest_id = \(poll.contest) and round = \(poll.round)
            """)
        guard isKnown == true else { throw VotingDayError.pollNotOpen }
        let options = try await options(of: poll.contest, round: poll.round)
        let terms = try await sheetTerms(of: poll.contest)
        let attendance = try await attendance(of: poll)
        let urns = try await urns(of: poll)
        let jury = try await jury(at: poll.table)
        let entered = try await sheets(of: poll)
        let sheets = entered.filter { terms.areMet(by: $0.figures) }
        let isComplete = sheets.count >= terms.juries
        let agreement = try await agreement(on: poll)
        let agreed = agreement.flatMap { $0.isConfirmed ? $0.figures : nil }
        let frozen = try await row(
            """
            select slate_ids, votes, blank, null_votes, unmarked,
                case when marks_per_ballot > 1 then ballots end as ballots, voters, frozen_at, reason
            from elections.table_counts
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """,
            as: FrozenRow.self)
        // A juror learns at once whether what they entered adds up; the others once both have entered.
        let own = entered.first { $0.jury == jury }?.figures
        let wholeOwn = own.flatMap { terms.areMet(by: $0) ? $0 : nil }
        var findings: [Reconciliation.Finding] = []
        if frozen == nil, let figures = agreed ?? wholeOwn ?? (isComplete ? sheets.first?.figures : nil) {
            findings =
                Reconciliation(
                    try figures.sheet(of: options, under: terms), roll: attendance.electors,
                    checkedIn: attendance.checkedIn
                ).findings
        }
        return CountFile(
            options: options.map { CountFile.Option(slate: $0.slate, name: $0.contender.rawValue) },
            jury: jury, required: terms.juries, countsBallots: terms.countsBallots,
            electors: attendance.electors, checkedIn: attendance.checkedIn,
            inBox: try await votersInBox(beside: poll), urns: urns, table: poll.table,
            hasCountedSignatures: urns[poll.table]?.signatures?.countedBy == scope.principal.user,
            entered: sheets.map(\.jury),
            own: own,
            first: isComplete ? sheets.first?.figures : nil,
            second: isComplete ? sheets.last?.figures : nil, agreed: agreed,
            proposal: agreement.flatMap { agreement in
                agreement.isConfirmed || frozen != nil
                    ? nil
                    : CountFile.Proposal(
                        number: agreement.number, figures: agreement.figures, reason: agreement.reason,
                        isOwn: agreement.agreedBy == scope.principal.user)
            },
            reason: agreement.flatMap { $0.isConfirmed ? $0.reason : nil } ?? frozen?.reason,
            findings: findings, frozen: frozen?.figures, frozenAt: frozen?.frozenAt)
    }
}
