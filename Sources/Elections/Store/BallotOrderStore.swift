import Foundation
import Kernel
import Postgres
import Tenancy

/// How far a contest is from the draw of its order.
private struct OrderState: RowDecodable {
    /// Those who stand, in the order of the ballot by now.
    let standing: [String]
    /// The same names, composed and in the order of their bytes: those who are drawn.
    let among: [String]
    /// Slates that wait for their decision.
    let undecided: Int
    let isDrawn: Bool
    /// Whether the vote was opened, or a box was sealed.
    let isOnBallots: Bool

    init(row: Row) throws(RowError) {
        standing = try row["standing"]
        among = standing.map { Contender(rawValue: $0).composed }.sorted().map(\.rawValue)
        undecided = try row["undecided"]
        isDrawn = try row["is_drawn"]
        isOnBallots = try row["is_on_ballots"]
    }
}

extension Transaction where Scope == TenantScope {
    /// The draw of the order of a contest's ballot, where it can be held: those who stand are known, and nothing was voted.
    ///
    /// - Throws: ``CanvassError/notFound``, ``BallotOrderError``.
    func dueOrder(of contest: ID<Contest>, in place: ProcessPlace, at now: Date) async throws -> DueDraw {
        let state = try await orderState(of: contest, in: place)
        if let refusal = try await refusal(of: state, in: place, at: now) { throw refusal }
        return DueDraw(
            purpose: .ballotOrder, canvass: nil, round: 1, among: state.among, places: state.among.count)
    }

    /// The order of the ballot of a contest, and how far its draw has come.
    ///
    /// - Throws: ``CanvassError/notFound``.
    func ballotOrder(of contest: ID<Contest>, in place: ProcessPlace, at now: Date) async throws
        -> BallotOrder
    {
        let state = try await orderState(of: contest, in: place)
        let refusal = try await refusal(of: state, in: place, at: now)
        return BallotOrder(
            standing: state.standing, draw: try await draws(of: contest, for: .ballotOrder).first,
            file: refusal == nil
                ? try await drawFile(.ballotOrder, of: contest, in: place, at: now) : nil,
            refusal: refusal)
    }

    private func orderState(of contest: ID<Contest>, in place: ProcessPlace) async throws -> OrderState {
        guard
            let state = try await row(
                """
                select (
                        select coalesce(array_agg(slates.name order by slates.number), '{}')
                        from elections.standing_slates as slates
                        where slates.organization_id = \(organization)
                            and slates.contest_id = contests.contest_id
                    ) as standing,
                    (
                        select count(*) from elections.slates
                        where slates.organization_id = \(organization)
                            and slates.contest_id = contests.contest_id and slates.state = 'registered'
                    ) as undecided,
                    exists (
                        select from elections.draws
                        where draws.organization_id = \(organization)
                            and draws.contest_id = contests.contest_id and draws.purpose = 'ballot_order'
                    ) as is_drawn,
                    exists (
                        select from elections.contest_rounds as rounds
                        where rounds.organization_id = \(organization)
                            and rounds.contest_id = contests.contest_id
                    ) or exists (
                        select from elections.box_questions as questions
                        join elections.boxes on boxes.organization_id = \(organization)
                            and boxes.box_id = questions.box_id and boxes.state <> 'preparing'
                        where questions.organization_id = \(organization)
                            and questions.contest_id = contests.contest_id and questions.is_standing
                    ) as is_on_ballots
                from elections.contests
                where contests.organization_id = \(organization) and contests.contest_id = \(contest)
                    and contests.process_id = \(place.process)
                """,
                as: OrderState.self)
        else { throw CanvassError.notFound }
        return state
    }

    private func refusal(
        of state: OrderState, in place: ProcessPlace, at now: Date
    ) async throws -> BallotOrderError? {
        if state.isDrawn { return .drawn }
        if state.isOnBallots { return .onBallots }
        if let window = try await nominationWindow(of: place.process), now <= window.closesAt {
            return .nominationsRun(until: SpanishFormat.moment(window.closesAt))
        }
        if state.undecided > 0 { return .slatesUndecided(state.undecided) }
        return state.standing.count < 2 ? .nothingToOrder : nil
    }

    /// The contests of a process in which several stand and whose order was not drawn, for those whose first vote is not yet on
    /// any ballot.
    func contestsToOrder(
        in process: ID<ElectoralProcess>, among contests: [ID<Contest>]
    ) async throws -> Set<ID<Contest>> {
        Set(
            try await values(
                """
                select slates.contest_id from elections.standing_slates as slates
                where slates.organization_id = \(organization) and slates.process_id = \(process)
                    and slates.contest_id = any (\(contests))
                    and not exists (
                        select from elections.draws
                        where draws.organization_id = \(organization)
                            and draws.contest_id = slates.contest_id and draws.purpose = 'ballot_order')
                    and not exists (
                        select from elections.contest_rounds as rounds
                        where rounds.organization_id = \(organization)
                            and rounds.contest_id = slates.contest_id)
                group by slates.contest_id having count(*) > 1
                """,
                as: ID<Contest>.self))
    }

    /// The contests of a process whose order was drawn.
    func orderedContests(in process: ID<ElectoralProcess>) async throws -> Set<ID<Contest>> {
        Set(
            try await values(
                """
                select contest_id from elections.draws
                where organization_id = \(organization) and process_id = \(process)
                    and purpose = 'ballot_order'
                """,
                as: ID<Contest>.self))
    }
}
