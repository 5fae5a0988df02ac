import Foundation
import Kernel
import Postgres
import Tenancy

/// What somebody of a table wrote as the figures that are to count.
struct StoredAgreement: Sendable, RowDecodable {
    let number: Int
    let figures: TableFigures
    let reason: String
    let agreedBy: ID<User>?
    let isConfirmed: Bool

    init(row: Row) throws(RowError) {
        number = try row["number"]
        let slates: [ID<Slate>] = try row["slate_ids"]
        let votes: [Int] = try row["votes"]
        figures = TableFigures(
            votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: try row["blank"],
            null: try row["null_votes"], unmarked: try row["unmarked"], ballots: try row["ballots"],
            voters: try row["voters"])
        reason = try row["reason"]
        agreedBy = try row["agreed_by"]
        isConfirmed = try row["is_confirmed"]
    }
}

/// A figure that counts other than a jury had counted it.
struct AgreedFigure: Sendable {
    let figure: String
    let slate: ID<Slate>?
    let first: Int
    let second: Int
    let agreed: Int

    init(row: SheetRow, slates: [Contender: ID<Slate>], first: Int, second: Int, agreed: Int) {
        switch row {
        case .contender(let contender):
            slate = slates[contender]
            figure = slate?.description ?? ""
        case .blank: (slate, figure) = (nil, "blank")
        case .null: (slate, figure) = (nil, "null")
        case .unmarked: (slate, figure) = (nil, "unmarked")
        case .ballots: (slate, figure) = (nil, "ballots")
        case .voters: (slate, figure) = (nil, "voters")
        }
        self.first = first
        self.second = second
        self.agreed = agreed
    }
}

extension Transaction where Scope == TenantScope {
    /// The last agreement on the count of a table: the one that was confirmed, where one was.
    func agreement(on poll: PollPlace) async throws -> StoredAgreement? {
        try await row(
            """
            select number, slate_ids, votes, blank, null_votes, unmarked, ballots, voters, reason, agreed_by,
                confirmed_at is not null as is_confirmed
            from elections.count_agreements
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            order by (confirmed_at is not null) desc, number desc limit 1
            """,
            as: StoredAgreement.self)
    }

    /// Keeps what a juror wrote as agreed, until somebody else confirms it.
    func propose(
        _ sheet: CountSheet, on poll: PollPlace, options: [BallotOption], because reason: String,
        in place: ProcessPlace, at now: Date
    ) async throws {
        let votes = Dictionary(sheet.tally.entries.map { ($0.contender, $0.votes) }) { first, _ in first }
        try await execute(
            """
            insert into elections.count_agreements (
                organization_id, table_id, contest_id, round, number, process_id, slate_ids, votes, blank,
                null_votes, unmarked, ballots, voters, reason, agreed_at, agreed_by)
            select \(organization), \(poll.table), \(poll.contest), \(poll.round),
                coalesce(max(number), 0) + 1, \(place.process), \(options.map(\.slate)),
                \(options.map { votes[$0.contender] ?? 0 }), \(sheet.tally.blank), \(sheet.null),
                \(sheet.unmarked), \(sheet.ballots), \(sheet.voters), \(reason), \(now),
                \(scope.principal.user)
            from elections.count_agreements
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
            """)
    }

    /// Puts an agreement in force, with each figure that it changes.
    ///
    /// - Throws: ``TableCountError``.
    func confirm(
        _ agreement: StoredAgreement, on poll: PollPlace, changing figures: [AgreedFigure], at now: Date
    ) async throws {
        let confirmed = try await execute(
            """
            update elections.count_agreements
            set confirmed_at = \(now), confirmed_by = \(scope.principal.user)
            where organization_id = \(organization) and table_id = \(poll.table)
                and contest_id = \(poll.contest) and round = \(poll.round)
                and number = \(agreement.number) and confirmed_at is null
            """,
            refusals: [
                "count_agreements_two_people": TableCountError.ownAgreement,
                "count_agreements_one_confirmed_key": TableCountError.reconciledAlready,
            ])
        guard confirmed == 1 else { throw TableCountError.reconciledAlready }
        for one in figures {
            try await execute(
                """
                insert into elections.count_differences (
                    organization_id, table_id, contest_id, round, figure, slate_id, first_jury, second_jury,
                    agreed, reason, reconciled_at, reconciled_by)
                values (
                    \(organization), \(poll.table), \(poll.contest), \(poll.round), \(one.figure), \(one.slate),
                    \(one.first), \(one.second), \(one.agreed), \(agreement.reason), \(now),
                    \(scope.principal.user))
                """,
                refusals: ["count_differences_pkey": TableCountError.reconciledAlready])
        }
    }
}
