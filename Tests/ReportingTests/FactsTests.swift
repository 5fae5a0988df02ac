import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// An alliance with a committee of two whose election was proclaimed, its rows put where the acts of the other
/// modules put them.
private struct ProclaimedElection {
    let tenants: TestTenants
    let insurer: Organization
    let alliance: Alliance

    /// `change` is run on the rows, by a server that checks no foreign keys, before anything is read.
    static func make(changing change: String = "") async throws -> Self {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let script = """
            set session_replication_role = replica;
            insert into governance.bodies values
                ({entity}, 'b0000000-0000-4000-8000-000000000001', {alliance}, 'Comité', 'organizing_committee', false, 24, null,
                    true, null, null, 'proclamation', false, '2026-01-01', null);
            insert into governance.seats
            select {entity}, ('50000000-0000-4000-8000-00000000000' || n)::uuid, 'b0000000-0000-4000-8000-000000000001', n,
                'Integrante ' || n, null, true, null
            from generate_series(1, 2) as n;
            insert into governance.mandates
            select {entity}, ('d0000000-0000-4000-8000-00000000000' || n)::uuid, 'b0000000-0000-4000-8000-000000000001',
                ('50000000-0000-4000-8000-00000000000' || n)::uuid, 0,
                ('e0000000-0000-4000-8000-00000000000' || n)::uuid, 'Persona Inventada ' || n, '2026-02-02',
                '2028-02-01', 24, null, 'in_force', null, null, 'election', {process}, null, null, null, null, '2026-02-01'
            from generate_series(1, 2) as n;
            insert into elections.processes values
                ({entity}, {process}, {alliance}, 'Elección 2026', 'proclaimed', null, null, null, null, null, '2026-01-01', null,
                    '2026-02-01');
            insert into elections.contests values
                ({entity}, {contest}, {process}, 1, 'Comité', 'b0000000-0000-4000-8000-000000000001', 2, 'slates', 'paper', 'cuociente',
                    null, null, 'valid', false, 'none', null, 'Estatutos, artículo 9', true, 'proclaimed', null);
            insert into elections.calendars values ({entity}, {process}, 1, 'computed', null, '2026-01-01', null);
            insert into elections.calendar_milestones values
                ({entity}, {process}, 1, 'voting', '2026-01-25', '2026-01-25 20:00', 'Regla', null, false, false),
                ({entity}, {process}, 1, 'proclamation', '2026-02-01', null, 'Regla', null, false, false);
            insert into elections.calls values
                ({entity}, {process}, 1, 'Se convoca.', sha256('Se convoca.'), '{cartelera}', '2026-01-02', null);
            insert into elections.rolls values
                ({entity}, {process}, 3, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), '2026-01-20', null);
            insert into elections.roll_entries
            select {entity}, {process}, ('e0000000-0000-4000-8000-00000000000' || n)::uuid, n, 'CC', n::text, 'P', 'p', '23672',
                decode(repeat('00', 32), 'hex')
            from generate_series(1, 3) as n;
            insert into elections.table_counts values
                ({entity}, 'f0000000-0000-4000-8000-000000000001', {contest}, 1, {process}, '{}', '{}', 1, 0, 0, 1, 0, null, false,
                    '2026-01-25', null, 1, 1),
                ({entity}, 'f0000000-0000-4000-8000-000000000002', {contest}, 1, {process}, '{}', '{}', 2, 0, 0, 2, 0, null, false,
                    '2026-01-25', null, 2, 1);
            insert into elections.canvasses values
                ({entity}, 'ca000000-0000-4000-8000-000000000001', {process}, {contest}, 1, 1, 'count', null, 2, 0, 3, 3, 0, 0, 0,
                    'elected', 0, '3/2', '{}', 0, '{}', '{}', '2026-01-25', null);
            insert into elections.canvass_elected
            select {entity}, {process}, {contest}, 'ca000000-0000-4000-8000-000000000001', n, 0, gen_random_uuid(), gen_random_uuid(),
                ('e0000000-0000-4000-8000-00000000000' || n)::uuid, 'Persona Inventada ' || n
            from generate_series(1, 2) as n;
            insert into elections.canvass_records values
                ({entity}, {alliance}, 1, null, gen_random_uuid(), {process}, {contest}, 'ca000000-0000-4000-8000-000000000001', 'final', 'Acta',
                    sha256('Acta'), '2026-01-30', null);
            insert into elections.proclamations values ({entity}, {process}, gen_random_uuid(), '2026-02-01', '2026-02-01');
            \(change)
            """
        let values = [
            "{entity}": "'\(insurer.id)'::uuid", "{alliance}": "'\(alliance.id)'::uuid",
            "{process}": "'90000000-0000-4000-8000-000000000001'::uuid",
            "{contest}": "'c0000000-0000-4000-8000-000000000001'::uuid",
        ]
        let text = values.reduce(script) { $0.replacing($1.key, with: $1.value) }
        try await tenants.database.script(text, as: TestCluster.superuser)
        return Self(tenants: tenants, insurer: insurer, alliance: alliance)
    }

    func assessment(of code: Obligation.Code, on day: CalendarDate) async throws -> Assessment {
        let facts = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.facts(of: [alliance.id])
        }
        return try #require(facts.first).assessment(of: try .of(code), on: day)
    }

    func published() async throws -> PublishedAlliance? {
        let now = tenants.clock.now
        try await tenants.database.transaction(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.move(alliance.id, to: .convened)
            try await transaction.reckon([alliance.id], at: now)
        }
        return try await tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedAlliance(slug: alliance.slug, of: insurer.id)
        }
    }
}

private let today = day("2026-03-13")

@Suite struct FactsTests {
    @Test func `an election that was proclaimed shows itself`() async throws {
        let election = try await ProclaimedElection.make()
        let said = try await election.assessment(of: .election, on: today)
        #expect(said.state == .met)
        #expect(said.since == day("2026-02-01"))
        #expect(said.evidence.map(\.detail) == ["censo de 3, acta 1"])
        let terms = try await election.assessment(of: .terms, on: today)
        #expect(terms.state == .met)
        #expect(terms.dueOn == day("2028-02-01"))
        #expect(terms.evidence.map(\.title) == ["Integrante 1, Comité", "Integrante 2, Comité"])
    }

    @Test(arguments: [
        (
            "delete from elections.roll_entries where position = 2", "1 elegido de «Comité» fuera del censo"
        ),
        ("delete from elections.rolls", "no hay censo congelado"),
        ("delete from elections.canvass_records", "falta el acta de escrutinio de «Comité»"),
        ("update elections.canvasses set voters = 4", "las sumas de «Comité» no cuadran con sus mesas"),
        (
            // A later canvass counts; the record of the earlier one does not stand for it.
            """
            insert into elections.canvasses select organization_id, gen_random_uuid(), process_id, contest_id, round, 2,
                'challenge', draw_id, tables_counted, tables_annulled, voters, blank, null_votes, unmarked, unreturned,
                outcome, vacant, quotient, tied_slate_ids, tied_seats, runoff_slate_ids, steps, computed_at, computed_by
            from elections.canvasses
            """, "falta el acta de escrutinio de «Comité»"
        ),
    ])
    func `what keeps an election from proving itself is told`(change: String, defect: String) async throws {
        let election = try await ProclaimedElection.make(changing: change)
        let said = try await election.assessment(of: .election, on: today)
        #expect(said.state == .partial)
        #expect(said.finding.contains(defect))
    }

    @Test func `tables that a challenge annulled are left out of both sums`() async throws {
        let election = try await ProclaimedElection.make(
            changing: """
                update elections.canvasses set voters = 1, tables_counted = 1, tables_annulled = 1;
                insert into elections.table_annulments values (
                    {entity}, 'f0000000-0000-4000-8000-000000000002', {contest}, 1, {process}, gen_random_uuid(), '2026-01-28', null)
                """)
        #expect(try await election.assessment(of: .election, on: today).state == .met)
    }

    @Test func `a seat left before its time is vacant, one past its time is late`() async throws {
        let left = try await ProclaimedElection.make(
            changing: """
                update governance.mandates set state = 'ended', ended_on = '2026-03-01', end_reason = 'resignation'
                where seat_id = '50000000-0000-4000-8000-000000000001'
                """)
        #expect(try await left.assessment(of: .terms, on: today).state == .partial)
        let past = try await ProclaimedElection.make()
        let said = try await past.assessment(of: .terms, on: day("2028-02-02"))
        // The limit of the body is confirmed.
        #expect(said.state == .overdue)
        #expect(said.dueOn == day("2028-02-01"))
    }

    @Test func `citizens read the names of the elected, the calendar and the call`() async throws {
        let election = try await ProclaimedElection.make()
        let published = try #require(try await election.published())
        let seats = published.profile.bodies.flatMap(\.seats)
        #expect(seats.map(\.holder) == ["Persona Inventada 1", "Persona Inventada 2"])
        #expect(seats.map(\.until) == [day("2028-02-01"), day("2028-02-01")])
        #expect(published.profile.elections.map(\.proclaimedOn) == [day("2026-02-01")])
        #expect(published.profile.elections.first?.steps.map(\.milestone) == [.voting, .proclamation])
        let documents = try await election.tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedDocuments(of: election.alliance.id, in: election.insurer.id)
        }
        #expect(documents.map(\.title) == ["Convocatoria: Elección 2026"])
        let document = try #require(documents.first)
        #expect(document.sha256 == HashDigest(of: "Se convoca."))
        let content = try await election.tenants.database.read(PublicScope()) { transaction in
            try await transaction.publishedContent(document.id, in: election.insurer.id)
        }
        #expect(content.map { String(decoding: $0.bytes, as: UTF8.self) } == "Se convoca.")
    }

    @Test func `a name that no proclamation published is not told to citizens`() async throws {
        let election = try await ProclaimedElection.make(
            changing:
                "delete from elections.proclamations; update governance.mandates set origin = 'ex_officio'"
        )
        let published = try #require(try await election.published())
        let seats = published.profile.bodies.flatMap(\.seats)
        #expect(seats.map(\.holder) == [nil, nil])
        #expect(seats.map(\.until) == [day("2028-02-01"), day("2028-02-01")])
    }

    @Test func `what others hold is not mixed in`() async throws {
        let election = try await ProclaimedElection.make()
        let neighbour = try await election.tenants.alliance("Vecina", in: election.insurer)
        let facts = try await election.tenants.database.read(
            TenantScope(.system(in: election.insurer.id))
        ) { try await $0.facts(of: [election.alliance.id, neighbour.id]) }
        let empty = try #require(facts.first { $0.alliance == neighbour.id })
        #expect(empty.seats.isEmpty && empty.elections.isEmpty && empty.bylaws.isEmpty)
        #expect(facts.first { $0.alliance == election.alliance.id }?.seats.count == 2)
    }
}
