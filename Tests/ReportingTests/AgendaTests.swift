import Foundation
import Governance
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
        let office = try await tenants.principal(.office, of: organization)
        return try await tenants.database.read(TenantScope(office)) { transaction in
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

    @Test func `an event of several alliances is one entry on its day, and two where they differ`() throws {
        let event = ID<JointEvent>()
        func part(
            _ date: String = "2026-03-10", hour: Int = 9, _ state: ObligationState = .due, changes: Int = 0
        ) -> AgendaEntry {
            AgendaEntry(
                kind: .meeting(ID(), .training), state: state, alliance: ID(), day: day(date),
                time: TimeOfDay(hour: hour, minute: 0), title: "Taller", detail: "Auditorio",
                changes: changes, event: event)
        }
        let alone = AgendaEntry(
            kind: .meeting(ID(), .board), alliance: ID(), day: day("2026-03-10"), title: "Junta")
        let joined = [part(), alone, part("2026-03-10", hour: 9, .partial, changes: 2), part("2026-03-11")]
            .joiningEvents
        #expect(joined.map(\.title) == ["Taller, en 2 alianzas", "Junta", "Taller"])
        #expect(joined[0].state == .due && joined[0].changes == 2 && joined[0].detail == "Auditorio")
        // What calendars tell it by does not depend on which comes first.
        let two = [part(), part()]
        #expect(two.joiningEvents.map(\.kind) == Array(two.reversed()).joiningEvents.map(\.kind))
        // What was called off in one alliance is told apart.
        #expect([part(), part(), part("2026-03-10", hour: 9, .notApplicable)].joiningEvents.count == 2)
    }

    @Test func `meetings come by day and hour, those called off as such, and none of other days`()
        async throws
    {
        let (agenda, pulse) = try await read(Self.meetings)
        #expect(agenda.map(\.title) == ["Primero", "Sin hora", "Mañana", "Cancelada", "Tarde"])
        #expect(
            agenda.map(\.time)
                == ["10:00", nil, "08:00", "08:20", "14:00"].map { $0.flatMap(TimeOfDay.init) })
        #expect(agenda.map(\.state) == [.due, .partial, .due, .notApplicable, .due])
        #expect(agenda.map(\.isCalledOff) == [false, false, false, true, false])
        #expect(agenda[1].detail == "Falta el acta")
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
        #expect(agenda.map(\.state) == [.overdue, .met, .overdue, .notApplicable, .overdue])
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
        // The second calendar of the election is the one that telephones take.
        #expect(agenda.allSatisfy { $0.changes == 2 })
    }

    @Test func `a term is over with its last day, and an act that nobody did is not proven by its day`()
        async throws
    {
        let (agenda, _) = try await read(
            Self.process.replacing("{state}", with: "called"), on: day("2026-03-28"))
        #expect(agenda.map(\.state) == [.met, .met, .met, .unproven])
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
            agenda.filter { !$0.isCalledOff }.map(\.title) == [
                "Reclamaciones al censo: último día", "Inscripción de candidaturas: empieza",
                "Inscripción de candidaturas: último día",
            ])
        // Whoever was told of the vote of one that was given up is told that it is off.
        #expect(
            agenda.filter(\.isCalledOff).map(\.title) == (state == "proclaimed" ? [] : ["Votación"]))
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

    private static let between = """
        insert into governance.oversights (
            organization_id, oversight_id, alliance_id, is_reserved, title, reason, entity, starts_on, ends_on,
            version, recorded_at)
        values
            ({entity}, 'c0000000-0000-4000-8000-000000000001', {alliance}, false, 'Farmacias', 'Filas', 'EPS',
                '2026-01-01', '2026-03-20', 3, '2026-01-01'),
            ({entity}, 'c0000000-0000-4000-8000-000000000002', {alliance}, true, 'Solo de la junta', 'Filas', 'EPS',
                '2026-01-01', '2026-03-21', 1, '2026-01-01');
        insert into governance.oversight_visits (
            organization_id, visit_id, oversight_id, alliance_id, is_reserved, number, place_kind, place, visited_on,
            account, withdrawn_on, withdrawal_reason, recorded_at)
        values
            ({entity}, gen_random_uuid(), 'c0000000-0000-4000-8000-000000000001', {alliance}, false, 1, 'pharmacy',
                'Farmacia Norte', '2026-03-02', '', null, null, '2026-01-01'),
            ({entity}, gen_random_uuid(), 'c0000000-0000-4000-8000-000000000001', {alliance}, false, 2, 'pharmacy',
                'Farmacia Sur', '2026-03-03', '', '2026-03-04', 'Era otra', '2026-01-01');
        insert into governance.polls (
            organization_id, poll_id, alliance_id, title, purpose, opens_on, closes_on, is_public, takes_comments,
            code, closed_on, recorded_at)
        values
            ({entity}, gen_random_uuid(), {alliance}, 'Horario', 'Saber', '2026-03-05', '2026-03-09', false, false,
                'A', null, '2026-01-01'),
            ({entity}, gen_random_uuid(), {alliance}, 'Sede', 'Saber', '2026-02-05', '2026-03-30', false, false,
                'B', '2026-03-06', '2026-01-01');
        insert into governance.letters (
            organization_id, letter_id, alliance_id, is_reserved, direction, kind, state, subject, body, dated_on,
            addressees, signers, sender, received_on, asks_answer, due_on, due_norm, due_is_confirmed, revision,
            recorded_at)
        values ({entity}, gen_random_uuid(), {alliance}, false, 'in', 'letter', 'received', 'Actas', '',
            '2026-02-20', '{}', '{}', 'Personería', '2026-02-20', true, '2026-03-10', '15 días hábiles: Ley', {confirmed},
            1, '2026-02-20');
        insert into governance.trainings (
            organization_id, training_id, alliance_id, year, month, topic, audience, provider, stay_percent,
            dropped_on, drop_reason, recorded_at)
        values
            ({entity}, gen_random_uuid(), {alliance}, 2026, 3, 'Derechos', 'users', 'EPS', 80, null, null, '2026-01-01'),
            ({entity}, gen_random_uuid(), {alliance}, 2026, 3, 'Deberes', 'users', 'EPS', 80, '2026-02-01', 'No va',
                '2026-01-01');
        insert into governance.recurring_duties (
            organization_id, duty_id, alliance_id, title, every_months, fulfilled_by, meeting_kind, source, starts_on,
            recorded_at)
        values ({entity}, gen_random_uuid(), {alliance}, 'Reunión mensual', 1, 'meeting', 'board', 'Plan', '2026-01-01',
            '2026-01-01');
        """

    @Test(arguments: [false, true])
    func `what happens between meetings has its dates, and nothing that a board keeps to itself`(
        isConfirmed: Bool
    ) async throws {
        let script = Self.between.replacing("{confirmed}", with: "\(isConfirmed)")
        let (agenda, _) = try await read(script, on: day("2026-03-16"))
        #expect(
            agenda.map { "\($0.day.components.day) \($0.title): \($0.state.title)" } == [
                "2 Visita de veeduría: Farmacia Norte: Cumple",
                "3 Visita de veeduría: Farmacia Sur: No aplica",
                "5 Sondeo: empieza «Horario»: Cumple",
                "6 Sondeo: último día de «Sede»: Cumple",
                "9 Sondeo: último día de «Horario»: Parcial",
                // Nothing is overdue by a term that nobody confirmed.
                "10 Responder a Personería: \(isConfirmed ? "Vencido" : "Sin probar")",
                "20 Termina la veeduría: Farmacias: Por vencer",
                "31 Capacitación sin fecha: Deberes: No aplica",
                "31 Capacitación sin fecha: Derechos: Por vencer",
                "31 Tarea periódica: Reunión mensual: Por vencer",
            ])
        #expect(agenda.map(\.changes) == [0, 1, 0, 1, 0, 0, 2, 1, 0, 0])
    }

    @Test func `a period of what recurs is met by what happened in it, and the alliance's own period ends`()
        async throws
    {
        let life = """
            insert into governance.constitutions (
                organization_id, constitution_id, alliance_id, held_on, place, attendees, recorded_at)
            select {entity}, gen_random_uuid(), {alliance}, '2024-03-21', 'Sede', 20, '2024-03-21';
            update tenancy.alliances set state = 'active';
            """
        let script = Self.between.replacing("{confirmed}", with: "false") + Self.meetings
        let (agenda, _) = try await read(script + life, on: day("2026-04-01"))
        let duty = try #require(agenda.first { if case .duty = $0.kind { true } else { false } })
        #expect(duty.state == .met)
        let end = try #require(agenda.first { $0.kind == .lifeEnd })
        #expect(end.day == day("2026-03-20") && end.state == .unproven)
        #expect(end.detail == "Plazo sin confirmar")
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
        #expect(agenda.first?.state == .due)
        // Nobody confirmed the term, nobody followed.
        #expect(try await read(Self.seats, on: day("2026-03-16")).agenda.first?.state == .unproven)
        #expect(pulse.seats == 2 && pulse.heldSeats == 1)
        let later = try await read(Self.seats, on: day("2026-03-16")).pulse
        #expect(later.heldSeats == 0)
    }
}
