import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

@Suite struct AgendaTests {
    /// An alliance whose agenda a script makes, and what is read of it in March 2026.
    private func read(
        _ script: String, on today: CalendarDate = day("2026-03-01")
    ) async throws -> (agenda: [AgendaEntry], pulse: AlliancePulse) {
        let tenants = try await TestTenants.withObligations()
        let organization = try await RegisterOrganization(
            kind: .provider, name: "IPS de prueba", shortName: "IPS de prueba", municipality: "23672"
        ).run(through: tenants.runner)
        let alliance = try await tenants.alliance(in: organization)
        let text = "set session_replication_role = replica; \(script)"
            .replacing("{entity}", with: "'\(organization.id)'::uuid")
            .replacing("{alliance}", with: "'\(alliance.id)'::uuid")
        try await tenants.database.script(text, as: TestCluster.superuser)
        return try await tenants.database.read(TenantScope(.system(in: organization.id))) { transaction in
            let agenda = try await transaction.agenda(
                of: [alliance.id], in: day("2026-03-01")...day("2026-03-31"), on: today)
            let pulses = try await transaction.pulses(of: [alliance.id], on: today)
            #expect(pulses.count == 1)
            return (agenda, try #require(pulses.first))
        }
    }

    private static let meetings = """
        insert into governance.meetings (
            organization_id, meeting_id, alliance_id, position, kind, title, state, day, start_minute, mode,
            participants, recorded_at)
        select {entity}, gen_random_uuid(), {alliance}, 1, 'board', title, state, day::date, minute, 'unknown',
            '{}', '2026-01-01'
        from (values
            ('Tarde', 'planned', '2026-03-13', 840), ('Mañana', 'planned', '2026-03-13', 480),
            ('Sin hora', 'held', '2026-03-13', null), ('Cancelada', 'cancelled', '2026-03-13', 500),
            ('Otro mes', 'planned', '2026-04-01', 500), ('Primero', 'planned', '2026-03-01', 600)
        ) as given (title, state, day, minute);
        """

    @Test func `meetings come by day and hour, and not those called off or of other days`() async throws {
        let (agenda, pulse) = try await read(Self.meetings)
        #expect(agenda.map(\.title) == ["Primero", "Sin hora", "Mañana", "Tarde"])
        #expect(agenda.map(\.time) == ["10:00", nil, "08:00", "14:00"].map { $0.flatMap(TimeOfDay.init) })
        #expect(agenda.map(\.standing) == [.ahead, .withoutMinutes, .ahead, .ahead])
        #expect(pulse.seats == 0 && pulse.members == 0 && pulse.obligations.asked == 0)
    }

    @Test func `a meeting whose day passed without a session is missed, and one with minutes is done`()
        async throws
    {
        let minutes = """
            insert into governance.minutes (
                organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative,
                follow_up, attachments, recorded_at)
            select {entity}, gen_random_uuid(), {alliance}, meeting_id, day, day, day, '{}', '{}', '{}',
                '2026-01-01'
            from governance.meetings where title = 'Sin hora';
            """
        let (agenda, _) = try await read(Self.meetings + minutes, on: day("2026-03-14"))
        #expect(agenda.map(\.standing) == [.missed, .done, .missed, .missed])
    }

    private static let process = """
        insert into elections.processes (
            organization_id, process_id, alliance_id, name, state, state_reason, drafted_at, state_changed_at)
        values ({entity}, 'a0000000-0000-4000-8000-000000000001', {alliance}, 'Elección', '{state}', 'Motivo',
            '2026-01-01', '2026-01-01');
        insert into elections.calendars (organization_id, process_id, version, kind, made_at)
        select {entity}, 'a0000000-0000-4000-8000-000000000001', version, 'computed', '2026-01-01'
        from generate_series(1, 2) as version;
        insert into elections.calendar_milestones (
            organization_id, process_id, version, milestone, opens_at, closes_at, rule, norm_is_confirmed, is_edited)
        select {entity}, 'a0000000-0000-4000-8000-000000000001', version, milestone, opens_at::timestamptz,
            closes_at::timestamptz, 'r', false, false
        from (values
            (1, 'voting', '2026-03-20T08:00-05', null),
            (2, 'voting', '2026-03-27T08:00-05', '2026-03-27T12:00-05'),
            (2, 'nominations', '2026-03-10T00:00-05', '2026-03-14T00:00-05'),
            (2, 'claims', '2026-02-20T00:00-05', '2026-03-05T00:00-05'),
            (2, 'ballot_order', '2026-03-15T00:00-05', null)
        ) as given (version, milestone, opens_at, closes_at);
        """

    @Test func `of an election the last calendar counts, and a term has its first and its last day`()
        async throws
    {
        let (agenda, _) = try await read(Self.process.replacing("{state}", with: "called"))
        #expect(
            agenda.map { "\($0.day) \($0.title)" } == [
                "2026-03-04 Reclamaciones al censo: último día",
                "2026-03-10 Inscripción de candidaturas: empieza",
                "2026-03-13 Inscripción de candidaturas: último día",
                "2026-03-27 Votación",
            ])
        #expect(agenda.last?.time == TimeOfDay("08:00"))
    }

    @Test func `an election that nobody was called to has no dates`() async throws {
        let (agenda, _) = try await read(Self.process.replacing("{state}", with: "draft"))
        #expect(agenda.isEmpty)
    }

    @Test(arguments: ["proclaimed", "void", "annulled"])
    func `an election that is over keeps the dates before its end, and has none ahead`(state: String)
        async throws
    {
        let ended = """
            update elections.processes set state_changed_at = '2026-03-11T10:00-05'
            """
        let (agenda, _) = try await read(Self.process.replacing("{state}", with: state) + ended)
        #expect(
            agenda.map(\.title) == [
                "Reclamaciones al censo: último día", "Inscripción de candidaturas: empieza",
                "Inscripción de candidaturas: último día",
            ])
    }

    private static let obligations = """
        insert into reporting.obligation_states (
            organization_id, alliance_id, code, municipality_code, is_public, organization_name, alliance_name,
            norm, norm_is_confirmed, deadline_is_confirmed, state, since, due_on, finding, evidence, evaluated_at)
        select {entity}, {alliance}, code, '23672', false, 'IPS', 'Alianza', 'Norma', false, confirmed, state,
            '2026-01-01', due_on::date, 'Falta.', '[]', '2026-01-01'
        from (values
            ('C21', 'due', false, '2026-03-31'), ('C24', 'due', true, '2026-03-31'),
            ('C22', 'met', true, '2026-03-30'), ('C03', 'overdue', true, '2026-03-02')
        ) as given (code, state, confirmed, due_on);
        """

    @Test func `all that is due is on the agenda, and what nobody confirmed says so`() async throws {
        let (agenda, pulse) = try await read(Self.obligations)
        #expect(
            agenda.map(\.kind) == [
                .obligation(.constitution, isConfirmed: true),
                .obligation(.managementReport, isConfirmed: true),
                .obligation(.accountability, isConfirmed: false),
            ])
        #expect(agenda.map(\.detail) == [nil, nil, "Plazo sin confirmar"])
        #expect(pulse.obligations.words == "1 de 4 obligaciones cumplidas, 1 vencida y 2 por vencer")
    }

    private static let seats = """
        insert into governance.bodies (
            organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed,
            formation, continues_until_replaced, created_at)
        values
            ({entity}, 'b0000000-0000-4000-8000-000000000001', {alliance}, 'Junta', 'board', false, 24,
                false, 'proclamation', false, '2024-01-01');
        insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected, abolished_on)
        values
            ({entity}, 'd0000000-0000-4000-8000-000000000001', 'b0000000-0000-4000-8000-000000000001', 1,
                'Presidencia', true, null),
            ({entity}, 'd0000000-0000-4000-8000-000000000002', 'b0000000-0000-4000-8000-000000000001', 2,
                'Secretaría', true, null),
            ({entity}, 'd0000000-0000-4000-8000-000000000003', 'b0000000-0000-4000-8000-000000000001', 3,
                'Suprimido', true, '2025-01-01'),
            ({entity}, 'd0000000-0000-4000-8000-000000000004', 'b0000000-0000-4000-8000-000000000001', 4,
                'De otro sector', false, null);
        insert into governance.mandates (
            organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on, ends_on,
            limit_months, state, origin, paper, opened_at)
        values
            ({entity}, gen_random_uuid(), 'b0000000-0000-4000-8000-000000000001',
                'd0000000-0000-4000-8000-000000000001', 0, gen_random_uuid(), 'Ana Ruiz', '2024-03-16', '2026-03-15',
                24, 'in_force', 'recorded', 'Acta 1', '2024-03-15'),
            ({entity}, gen_random_uuid(), 'b0000000-0000-4000-8000-000000000001',
                'd0000000-0000-4000-8000-000000000004', 0, null, 'Delegada', '2024-03-16', '2026-03-15',
                24, 'in_force', 'ex_officio', 'Resolución 3', '2024-03-15'),
            ({entity}, gen_random_uuid(), 'b0000000-0000-4000-8000-000000000001',
                'd0000000-0000-4000-8000-000000000001', 1, gen_random_uuid(), 'Luz Paz', '2024-03-16', '2026-03-15',
                24, 'in_force', 'recorded', 'Acta 1', '2024-03-15');
        """

    @Test
    func
        `a principal's mandate that ends is told once, and the seats that the alliance elects are counted as held`()
        async throws
    {
        let (agenda, pulse) = try await read(Self.seats)
        #expect(agenda.map(\.title) == ["Termina el período: Presidencia"])
        #expect(agenda.first?.detail == "Junta · Ana Ruiz")
        #expect(agenda.first?.day == day("2026-03-15"))
        #expect(pulse.seats == 2 && pulse.heldSeats == 1)
        let later = try await read(Self.seats, on: day("2026-03-16")).pulse
        #expect(later.heldSeats == 0)
    }
}
