import Foundation
import Governance
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Elections
@testable import Tenancy

/// An assembly of twenty electors, or as many as are asked for, with one table and a few slates, ready for its day.
struct Assembly {
    /// What is elected and how.
    struct Terms {
        var rule = "cuociente"
        var seats = 3
        var slates = 3
        var mode = "paper"
        var hasBlankMajority = false
        var electors = 20

        var isIndividual: Bool { rule == "plurinominal" }
    }

    let tenants: TestTenants
    let organization: Organization
    let place: ProcessPlace
    let contest = ID<Contest>()
    let table = ID<VotingTable>()
    let slates: [ID<Slate>]
    let terms: Terms
    let people: [ID<Person>]
    let committee: Principal
    let guarantor: Principal
    let jurors: [Principal]

    static func make(_ terms: Terms = Terms()) async throws -> Self {
        let tenants = try await TestTenants.make()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let process = ID<ElectoralProcess>()
        try await tenants.insertProcess(process, of: alliance.id, in: organization, state: "provisional_roll")
        let space = Grant.Space.process(process, of: alliance.id)
        let made = Self(
            tenants: tenants, organization: organization, place: ProcessPlace(process, of: alliance.id),
            slates: (0..<terms.slates).map { _ in ID<Slate>() }, terms: terms,
            people: (0..<terms.electors).map { _ in ID<Person>() },
            committee: try await tenants.principal(.electionCommittee, of: organization, in: space),
            guarantor: try await tenants.principal(
                .guarantor, of: organization, in: space, name: "Delegada Uno"),
            jurors: [
                try await tenants.principal(.juror, of: organization, in: space, name: "Jurado Uno"),
                try await tenants.principal(.juror, of: organization, in: space, name: "Jurado Dos"),
            ])
        try await made.insert()
        return made
    }

    var poll: PollPlace { PollPlace(contest, at: table) }

    private func insert() async throws {
        let (org, now) = (organization.id, tenants.clock.now)
        let (process, body) = (place.process, UUID())
        let salt = [UInt8](repeating: 7, count: 32)
        try await tenants.database.transaction(TenantScope(.terminal(in: org))) { transaction in
            for (index, person) in people.enumerated() {
                transaction.queue(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (\(org), \(person), 'CC', \("10\(100 + index)"), 'Prueba', 'Ana',
                        \(ColombianTime.date(at: now) - 12000), 'F', '23672', 'subsidiado', 'active', 'EPS048',
                        \(ColombianTime.date(at: now) - 900))
                    """)
            }
            transaction.queue(
                """
                insert into governance.bodies (
                    organization_id, body_id, alliance_id, name, kind, is_external, term_months,
                    term_is_confirmed, formation, continues_until_replaced, created_at)
                values (\(org), \(body), \(place.alliance), 'Comité', 'organizing_committee', false, 24, false,
                    'proclamation', true, \(now))
                """)
            transaction.queue(
                """
                insert into elections.contests (
                    organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                    voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                    rules_are_confirmed, state)
                values (\(org), \(contest), \(process), 1, 'Comité organizador', \(body), \(terms.seats),
                    \(terms.isIndividual ? "individuals" : "slates"), \(terms.mode), \(terms.rule), 'valid', \(terms.hasBlankMajority), 'none', 'Estatutos',
                    false, 'open')
                """)
            transaction.queue(
                """
                insert into elections.voting_tables (
                    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at,
                    closes_at)
                values (\(org), \(table), \(process), 1, 'Colegio', 'Calle 1', '23672', \(now),
                    \(now.addingTimeInterval(36000)))
                """)
            transaction.queue(
                """
                insert into elections.provisional_rolls (
                    organization_id, process_id, version, cutoff_on, eligible, ineligible, unproven, board_salt,
                    published_at)
                values (\(org), \(process), 1, \(ColombianTime.date(at: now)), \(terms.electors), 0, 0,
                    \([UInt8](repeating: 1, count: 16)), \(now))
                """)
            transaction.queue(
                """
                insert into elections.provisional_entries (
                    organization_id, process_id, version, person_id, document_type, document_number, name,
                    name_folded, municipality_code, verdict, failed, unproven)
                select \(org), \(process), 1, person_id, document_type, document_number, 'Ana Prueba',
                    'ana prueba', municipality_code, 'eligible', '{}', '{}'
                from membership.affiliates where organization_id = \(org)
                """)
            transaction.queue(
                "select elections.freeze_roll(\(org), \(process), \(salt), \(now), null)")
            transaction.queue(
                """
                insert into elections.roll_assignments (organization_id, process_id, person_id, table_id)
                select \(org), \(process), person_id, \(table) from elections.roll_entries
                where organization_id = \(org)
                """)
            transaction.queue(
                """
                update elections.processes set state = 'frozen_roll' where organization_id = \(org)
                    and process_id = \(process)
                """)
            for index in 0..<terms.seats {
                let seat = UUID()
                transaction.queue(
                    """
                    insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected)
                    values (\(org), \(seat), \(body), \(index + 1), \("Integrante \(index + 1)"), true)
                    """)
                transaction.queue(
                    """
                    insert into elections.contest_seats (
                        organization_id, process_id, contest_id, position, seat_id)
                    values (\(org), \(process), \(contest), \(index + 1), \(seat))
                    """)
            }
            for index in slates.indices {
                transaction.queue(
                    """
                    insert into elections.slates (
                        organization_id, slate_id, process_id, contest_id, name, name_folded, representative,
                        state, registered_at, decided_at)
                    values (\(org), \(slates[index]), \(process), \(contest), \("Plancha \(index + 1)"),
                        \("plancha \(index + 1)"), 'Ana Prueba', 'admitted',
                        \(now.addingTimeInterval(Double(index))), \(now))
                    """)
                for position in 0..<(terms.isIndividual ? 1 : 2) {
                    let person = people[index * 2 + position]
                    transaction.queue(
                        """
                        insert into elections.capacities (
                            organization_id, process_id, person_id, capacity, since)
                        values (\(org), \(process), \(person), 'candidate', \(now))
                        """)
                    transaction.queue(
                        """
                        insert into elections.candidates (
                            organization_id, candidate_id, process_id, contest_id, slate_id, person_id, capacity,
                            name, role, position, state, registered_at)
                        values (\(org), \(UUID()), \(process), \(contest), \(slates[index]), \(person),
                            'candidate', 'Ana Prueba', 'principal', \(position + 1), 'standing', \(now))
                        """)
                }
            }
            for (index, juror) in jurors.enumerated() {
                transaction.queue(
                    """
                    insert into elections.jurors (
                        organization_id, juror_id, process_id, table_id, jury, user_id, capacity, grant_id, name,
                        appointed_at)
                    select \(org), \(UUID()), \(process), \(table), \(index + 1), user_id, 'juror', grant_id,
                        'Jurado', \(now)
                    from tenancy.grants where organization_id = \(org) and user_id = \(juror.user)
                    """)
            }
        }
    }

    func figures(
        _ votes: [Int], blank: Int, null: Int = 0, ballots: Int? = nil, voters: Int = 20
    ) -> TableFigures {
        TableFigures(
            votes: Dictionary(zip(slates, votes)) { first, _ in first }, blank: blank, null: null,
            unmarked: 0, ballots: ballots, voters: voters)
    }

    /// Opens the session, lets everybody in and opens the vote.
    func begin() async throws -> ID<VotingSession> {
        let now = tenants.clock.now
        let session = try await tenants.runner.run(
            OpenSession(of: place, checkInCloses: now.addingTimeInterval(3600), firstCall: now), as: committee
        )
        for person in people {
            try await tenants.runner.run(
                CheckIn(person, to: session, of: place, showedDocument: true), as: jurors[0])
        }
        try await tenants.runner.run(
            OpenPoll(poll, in: session, of: place, ballots: 25), as: committee)
        return session
    }
}

extension Assembly {
    var runner: CommandRunner { tenants.runner }
    var clock: TestClock { tenants.clock }

    /// Reads as the tenant.
    func read<Value: Sendable>(
        _ body: (borrowing TenantTransaction) async throws -> Value
    ) async throws -> Value {
        try await tenants.database.read(TenantScope(.terminal(in: organization.id)), body)
    }

    /// Holds the vote, and has both juries enter the same figures and the table closed. `ballots` came out of the urn
    /// where each bears several marks; otherwise one for each vote.
    func count(_ votes: [Int], blank: Int, ballots: Int? = nil) async throws {
        let session = try await begin()
        try await runner.run(ClosePoll(poll, of: place), as: committee)
        try await runner.run(CloseSession(session, of: place), as: committee)
        let voters = ballots ?? votes.reduce(blank, +)
        try await enter(figures(votes, blank: blank, ballots: ballots, voters: voters), at: poll)
    }

    /// Has both juries enter the same figures, and the table closed.
    func enter(_ figures: TableFigures, at poll: PollPlace) async throws {
        for juror in jurors {
            try await runner.run(EnterCount(figures, of: poll, in: place), as: juror)
        }
        try await runner.run(
            CloseTable(
                poll, in: place,
                departingBecause: figures.voters == people.count ? nil : "Ingresaron y no votaron"),
            as: committee)
    }

    /// Announces the draw of the first contest's tie and writes its number down.
    func nameNumber(_ number: String = "4711") async throws {
        try await runner.run(
            AnnounceDraw(of: contest, in: place, from: "Lo dice la personería"), as: committee)
        try await runner.run(
            NameDrawNumber(number, of: contest, in: place, witnesses: "Personería, que leyó el número"),
            as: committee)
    }

    /// Has the order of each ballot drawn as slates came in, so that tests know it.
    func drawOrders() async throws {
        try await tenants.database.transaction(TenantScope(.terminal(in: organization.id))) { transaction in
            _ = try await transaction.execute(
                """
                insert into elections.draws (
                    organization_id, draw_id, process_id, contest_id, round, purpose, method, seed_parts, seed_text,
                    seed_sha256, among, outcome, places, witnesses, drawn_at, was_unannounced)
                select organization_id, gen_random_uuid(), process_id, contest_id, 1, 'ballot_order', 'seed',
                    array['prueba'], 'prueba', sha256('prueba'), names, names, cardinality(names), 'Prueba',
                    \(clock.now), true
                from (
                    select organization_id, process_id, contest_id,
                        array_agg(name order by registered_at, slate_id) as names
                    from elections.standing_slates
                    where organization_id = \(organization.id) and process_id = \(place.process)
                    group by organization_id, process_id, contest_id
                ) as standing
                where cardinality(names) > 1
                on conflict do nothing
                """)
        }
    }

    /// The candidates of a slate in their order.
    func candidates(of slate: ID<Slate>) async throws -> [ID<Candidate>] {
        try await read { transaction in
            try await transaction.values(
                """
                select candidate_id from elections.candidates
                where organization_id = \(organization.id) and slate_id = \(slate) order by position
                """)
        }
    }

    /// All whose term to challenge runs.
    func holders() async throws -> Set<TermWaiver> {
        Set(try await read { try await $0.termHolders(of: place.process) }.map(\.waiver))
    }

    /// What the acta says.
    func report() async throws -> CanvassReport {
        try #require(try await runner.fetch(ReadCanvass(of: contest, in: place), as: committee))
    }

    /// Adopts bylaws with a quorum of more than a share, and of so many people an hour later.
    func adoptQuorum(_ first: String = "1/2", second: Int, daysAgo: Int = 30) async throws {
        let today = ColombianTime.date(at: clock.now)
        try await runner.run(
            AdoptBylaws(
                "Reglamento", of: place.alliance, approvedOn: today - daysAgo, inForceFrom: today - daysAgo,
                articles: [BylawArticle(number: "7", heading: "Quórum", body: "La mitad más uno.")],
                parameters: [
                    try BylawParameter(
                        name: .firstQuorum, text: first, article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .firstQuorumIsExceeded, text: "si", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .secondCallMinutes, text: "60", article: "7", norm: nil, isConfirmed: true),
                    try BylawParameter(
                        name: .secondQuorumCount, text: String(second), article: "7", norm: nil,
                        isConfirmed: true),
                ]), as: .terminal(in: organization.id))
    }

    /// Opens the session without letting anybody in.
    func openSession(hours: Double = 4) async throws -> ID<VotingSession> {
        try await runner.run(
            OpenSession(
                of: place, checkInCloses: clock.now.addingTimeInterval(hours * 3600), firstCall: clock.now),
            as: committee)
    }

    /// Lets some people in.
    func letIn(_ people: some Sequence<ID<Person>>, to session: ID<VotingSession>) async throws {
        for person in people {
            try await runner.run(
                CheckIn(person, to: session, of: place, showedDocument: false), as: jurors[0])
        }
    }
}
