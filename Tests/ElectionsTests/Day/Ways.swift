import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

extension Assembly {
    /// A second place with a table, jurors and half of the electors of its own.
    func addPlace(_ name: String) async throws -> (table: ID<VotingTable>, jurors: [Principal]) {
        let second = ID<VotingTable>()
        let space = Grant.Space.process(place.process, of: place.alliance)
        let jurors = [
            try await tenants.principal(.juror, of: organization, in: space),
            try await tenants.principal(.juror, of: organization, in: space),
        ]
        let (org, process, now) = (organization.id, place.process, clock.now)
        try await tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            transaction.queue(
                """
                insert into elections.voting_tables (
                    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at,
                    closes_at)
                values (\(org), \(second), \(process), 2, \(name), 'Calle 2', '23672', \(now), \(now + 36_000))
                """)
            for (index, juror) in jurors.enumerated() {
                transaction.queue(
                    """
                    insert into elections.jurors (
                        organization_id, juror_id, process_id, table_id, jury, user_id, capacity, grant_id, name,
                        appointed_at)
                    select \(org), \(UUID()), \(process), \(second), \(index + 1), user_id, 'juror', grant_id,
                        'Jurado', \(now)
                    from tenancy.grants where organization_id = \(org) and user_id = \(juror.user)
                    """)
            }
            transaction.queue(
                """
                delete from elections.roll_assignments
                where organization_id = \(org) and process_id = \(process)
                    and person_id = any(\(Array(people[10...])))
                """)
            transaction.queue(
                """
                insert into elections.roll_assignments (organization_id, process_id, person_id, table_id)
                select \(org), \(process), person_id, \(second) from elections.roll_entries
                where organization_id = \(org) and process_id = \(process)
                    and person_id = any(\(Array(people[10...])))
                """)
        }
        return (second, jurors)
    }

    /// Contests that are voted beside the first, each with the same slates under names of their own.
    func addContests(_ count: Int) async throws -> [(contest: ID<Contest>, slates: [ID<Slate>])] {
        let (org, process, now) = (organization.id, place.process, clock.now)
        let added = (0..<count).map { _ in
            (contest: ID<Contest>(), slates: slates.map { _ in ID<Slate>() })
        }
        try await tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (index, one) in added.enumerated() {
                let body = UUID()
                transaction.queue(
                    """
                    insert into governance.bodies (
                        organization_id, body_id, alliance_id, name, kind, is_external, term_months,
                        term_is_confirmed, formation, continues_until_replaced, created_at)
                    values (\(org), \(body), \(place.alliance), \("Organismo \(index + 2)"),
                        'organizing_committee', false, 24, false, 'proclamation', true, \(now))
                    """)
                transaction.queue(
                    """
                    insert into elections.contests (
                        organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                        voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                        rules_are_confirmed, state)
                    values (\(org), \(one.contest), \(process), \(index + 2), \("Organismo \(index + 2)"), \(body),
                        1, 'slates', 'paper', 'mayoria', 'valid', true, 'none', 'Estatutos', false, 'open')
                    """)
                let seat = UUID()
                transaction.queue(
                    """
                    insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected)
                    values (\(org), \(seat), \(body), 1, 'Integrante', true)
                    """)
                transaction.queue(
                    """
                    insert into elections.contest_seats (
                        organization_id, process_id, contest_id, position, seat_id)
                    values (\(org), \(process), \(one.contest), 1, \(seat))
                    """)
                for (number, slate) in one.slates.enumerated() {
                    transaction.queue(
                        """
                        insert into elections.slates (
                            organization_id, slate_id, process_id, contest_id, name, name_folded, representative,
                            state, registered_at, decided_at)
                        values (\(org), \(slate), \(process), \(one.contest), \("Lista \(number + 1)"),
                            \("lista \(number + 1)"), 'Ana Prueba', 'admitted',
                            \(now.addingTimeInterval(Double(number))), \(now))
                        """)
                    transaction.queue(
                        """
                        insert into elections.candidates (
                            organization_id, candidate_id, process_id, contest_id, slate_id, person_id, capacity,
                            name, role, position, state, registered_at)
                        values (\(org), \(UUID()), \(process), \(one.contest), \(slate), \(people[number * 2]),
                            'candidate', 'Ana Prueba', 'principal', 1, 'standing', \(now))
                        """)
                }
            }
        }
        return added
    }

    /// Opens a vote, closes it and has both juries and the committee close the table with these figures.
    func vote(
        _ votes: [ID<Slate>: Int], blank: Int = 0, at poll: PollPlace, in session: ID<VotingSession>,
        by jurors: [Principal]? = nil
    ) async throws {
        try await runner.run(OpenPoll(poll, in: session, of: place, ballots: 20), as: committee)
        try await runner.run(ClosePoll(poll, of: place), as: committee)
        try await close(votes, blank: blank, at: poll, by: jurors)
    }

    /// Has both juries and the committee close a table whose vote was closed.
    func close(
        _ votes: [ID<Slate>: Int], blank: Int = 0, at poll: PollPlace, by jurors: [Principal]? = nil
    ) async throws {
        let figures = TableFigures(
            votes: votes, blank: blank, null: 0, unmarked: 0, voters: votes.values.reduce(blank, +))
        for juror in jurors ?? self.jurors {
            try await runner.run(EnterCount(figures, of: poll, in: place), as: juror)
        }
        try await runner.run(CloseTable(poll, in: place), as: committee)
    }

    /// Makes the canvass of a contest, the first one where none is named.
    @discardableResult
    func canvass(_ contest: ID<Contest>? = nil) async throws -> CountResult {
        try await runner.run(MakeCanvass(of: contest ?? self.contest, in: place), as: committee)
    }

    /// Files a challenge; to the whole process where no contest is named.
    func challenge(_ contest: ID<Contest>?, at table: ID<VotingTable>? = nil) async throws -> ID<Challenge> {
        try await runner.run(
            FileChallenge(
                in: place, of: contest, at: table, by: "Testigo", on: .procedure, facts: "Faltó el orden"),
            as: guarantor)
    }

    /// Decides a challenge.
    func decide(_ challenge: ID<Challenge>, _ effect: ChallengeEffect? = nil) async throws {
        try await runner.run(
            DecideChallenge(challenge, in: place, effect: effect, because: "Así se probó"), as: committee)
    }

    /// Proposes to proclaim; where the term runs, all give it up, or nobody does.
    func propose(isWaived: Bool = true) async throws -> ID<ElectoralAct> {
        let waivers = isWaived ? try await holders() : []
        return try await runner.run(
            ProposeProclamation(in: place, because: "En firme", waivers: waivers), as: committee)
    }

    /// Seconds an act.
    @discardableResult
    func second(_ act: ID<ElectoralAct>) async throws -> Int {
        try await runner.run(SecondProclamation(act, in: place), as: guarantor)
    }

    /// The page of the day.
    func day() async throws -> DayFile {
        try await runner.fetch(ReadDay(of: place), as: committee)
    }

    /// Where the process stands.
    var state: ProcessState {
        get async throws { try await day().process.state }
    }
}
