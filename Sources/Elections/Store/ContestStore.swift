import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Contest.Candidature: SQLValue {}
extension Contest.VotingMode: SQLValue {}
extension Contest.Alternates: SQLValue {}
extension Contest.State: SQLValue {}
extension CountingRule: SQLValue {}
extension MajorityBase: SQLValue {}

extension Contest: RowDecodable {
    /// Reads a row with the contest's seats.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["contest_id"], process: try row["process_id"], position: try row["position"],
            name: try row["name"], body: try row["body_id"], seats: try row["seat_ids"],
            candidature: try row["candidature"], votingMode: try row["voting_mode"],
            rule: try row["counting_rule"], majorityBase: try row["majority_base"],
            threshold: try row.threshold(), hasBlankMajority: try row["has_blank_majority"],
            alternates: try row["alternates"], startsOn: try row["starts_on"],
            rulesSource: try row["rules_source"], rulesAreConfirmed: try row["rules_are_confirmed"],
            state: try row["state"])
    }
}

extension Row {
    fileprivate func threshold() throws(RowError) -> Fraction? {
        let numerator: Int? = try self["threshold_numerator"]
        let denominator: Int? = try self["threshold_denominator"]
        guard let numerator, let denominator else { return nil }
        return Fraction(numerator, of: denominator)
    }
}

extension Transaction where Scope == TenantScope {
    /// The contests of a process, in their order.
    public func contests(of process: ID<ElectoralProcess>) async throws -> [Contest] {
        try await rows(
            """
            select contest_id, process_id, position, name, body_id, candidature, voting_mode, counting_rule,
                threshold_numerator, threshold_denominator, majority_base, has_blank_majority, alternates,
                starts_on, rules_source, rules_are_confirmed, state,
                (
                    select array_agg(seat_id order by contest_seats.position) from elections.contest_seats
                    where contest_seats.organization_id = \(organization)
                        and contest_seats.contest_id = contests.contest_id
                ) as seat_ids
            from elections.contests
            where organization_id = \(organization) and process_id = \(process)
            order by position
            """)
    }

    /// Adds contests with the seats that they fill.
    func insert(_ contests: [Contest]) async throws {
        for contest in contests {
            try await execute(
                """
                insert into elections.contests (
                    organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                    voting_mode, counting_rule, threshold_numerator, threshold_denominator, majority_base,
                    has_blank_majority, alternates, starts_on, rules_source, rules_are_confirmed, state)
                values (
                    \(organization), \(contest.id), \(contest.process), \(contest.position), \(contest.name),
                    \(contest.body), \(contest.seats.count), \(contest.candidature), \(contest.votingMode),
                    \(contest.rule), \(contest.threshold.map { Int($0.numerator) }),
                    \(contest.threshold.map { Int($0.denominator) }), \(contest.majorityBase),
                    \(contest.hasBlankMajority), \(contest.alternates), \(contest.startsOn),
                    \(contest.rulesSource), \(contest.rulesAreConfirmed), \(contest.state))
                """,
                refusals: [
                    "contests_name_key": ContestError.nameTaken(contest.name),
                    "contests_rule_fits_candidature": ContestError.ruleDoesNotFit,
                    "contests_single_list_is_a_slate": ContestError.singleListNeedsSlates,
                ])
            try await execute(
                """
                insert into elections.contest_seats (organization_id, process_id, contest_id, position, seat_id)
                select \(organization), \(contest.process), \(contest.id), position, seat_id
                from unnest(\(contest.seats)) with ordinality as seats (seat_id, position)
                """,
                refusals: ["contest_seats_seat_key": ContestError.seatTaken])
        }
    }

    /// Removes a contest of a draft with its seats. That of a published call stays: its row refuses it.
    ///
    /// - Throws: ``ProcessError/alreadyCalled``.
    func remove(_ contest: ID<Contest>, of process: ID<ElectoralProcess>) async throws {
        try await execute(
            """
            delete from elections.contest_seats
            where organization_id = \(organization) and process_id = \(process) and contest_id = \(contest)
            """)
        try await execute(
            """
            delete from elections.contests
            where organization_id = \(organization) and process_id = \(process) and contest_id = \(contest)
            """,
            refusals: ["called_contests_contest_fkey": ProcessError.alreadyCalled])
    }
}
