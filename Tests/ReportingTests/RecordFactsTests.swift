import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

private let today = day("2026-03-13")

/// The facts of an alliance whose papers and work a script puts where Governance keeps them.
private func facts(of script: String) async throws -> AllianceFacts {
    let tenants = try await TestTenants.withObligations()
    let organization = try await RegisterOrganization(
        kind: .provider, name: "IPS de prueba", shortName: "IPS de prueba", municipality: "23672"
    ).run(through: tenants.runner)
    let alliance = try await tenants.alliance(in: organization)
    let text = "set session_replication_role = replica; \(script)"
        .replacing("{entity}", with: "'\(organization.id)'::uuid")
        .replacing("{alliance}", with: "'\(alliance.id)'::uuid")
    try await tenants.database.script(text, as: TestCluster.superuser)
    let facts = try await tenants.database.read(TenantScope(.system(in: organization.id))) { transaction in
        try await transaction.facts(of: [alliance.id])
    }
    return try #require(facts.first)
}

@Suite struct RecordFactsTests {
    private static let constitution = """
        insert into governance.constitutions (
            organization_id, constitution_id, alliance_id, held_on, place, attendees, minutes_file_id, recorded_at)
        values ({entity}, 'c0000000-0000-4000-8000-000000000001', {alliance}, '2025-05-02', 'Casa de la cultura', 20,
            gen_random_uuid(), '2025-05-02');
        insert into governance.constitution_signers (
            organization_id, constitution_id, position, person_id, name, office)
        values
            ({entity}, 'c0000000-0000-4000-8000-000000000001', 1, gen_random_uuid(), 'Persona Uno', null),
            ({entity}, 'c0000000-0000-4000-8000-000000000001', 2, gen_random_uuid(), 'Persona Dos', null),
            ({entity}, 'c0000000-0000-4000-8000-000000000001', 3, null, 'Testigo', 'Personera');
        """

    @Test func `a constitution is read with those of its signers who are affiliates`() async throws {
        let facts = try await facts(of: Self.constitution)
        #expect(
            facts.constitution == .init(heldOn: day("2025-05-02"), signers: 2, witnesses: 1, hasFile: true))
        #expect(facts.isConstituted)
        #expect(facts.assessment(of: try .of(.constitution), on: today).state == .met)
    }

    @Test func `a registration is read as it stands`() async throws {
        let facts = try await facts(
            of: """
                insert into governance.registrations (
                    organization_id, registration_id, alliance_id, authority, number, registered_on, recorded_at)
                values ({entity}, gen_random_uuid(), {alliance}, 'Secretaría de Salud', '014', '2025-06-01',
                    '2025-06-01')
                """)
        #expect(
            facts.registrations == [
                .init(
                    authority: "Secretaría de Salud", number: "014", registeredOn: day("2025-06-01"),
                    hasFile: false)
            ])
        #expect(facts.assessment(of: try .of(.registration), on: today).state == .met)
    }

    @Test func `bylaws have the minutes of their approval where these are named`() async throws {
        func bylaws(_ approvedIn: String) -> String {
            """
            insert into governance.bylaws (
                organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, text_file_id,
                recorded_at, approved_in)
            values ({entity}, gen_random_uuid(), {alliance}, 1, 'Estatutos', '2025-05-02', '2025-05-02',
                gen_random_uuid(), '2025-05-02', \(approvedIn));
            """
        }
        let alone = try await facts(of: Self.constitution + bylaws("null"))
        #expect(alone.bylaws.map(\.hasMinutes) == [false])
        #expect(alone.assessment(of: try .of(.bylaws), on: today).state == .partial)
        let named = try await facts(of: Self.constitution + bylaws("'Acta 1 del 2 de mayo de 2025'"))
        #expect(named.bylaws.map(\.hasMinutes) == [true])
        #expect(named.assessment(of: try .of(.bylaws), on: today).state == .met)
    }

    @Test func `meetings that were held are read with call and minutes, those planned are not`() async throws
    {
        let facts = try await facts(
            of: """
                insert into governance.meetings (
                    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants,
                    recorded_at, is_own_accountability)
                select {entity}, ('a0000000-0000-4000-8000-00000000000' || n)::uuid, {alliance}, n, kind,
                    'Reunión ' || n, state, day::date, 'in_person', '{}', '2026-01-01', n in (6, 7)
                from (values
                    (1, 'group', 'held', '2026-01-20'), (2, 'group', 'held', '2026-03-10'),
                    (3, 'group', 'planned', '2026-05-10'), (4, 'training', 'held', '2026-03-12'),
                    (5, 'accountability', 'held', '2026-02-15'), (6, 'public_hearing', 'held', '2026-02-16'),
                    (7, 'accountability', 'held', '2026-02-17')
                ) as given (n, kind, state, day);
                insert into governance.meeting_calls (
                    organization_id, call_id, meeting_id, sent_on, channel, recorded_at)
                select {entity}, gen_random_uuid(), 'a0000000-0000-4000-8000-000000000002', day::date, 'teléfono',
                    '2026-03-05'
                from (values ('2026-03-05'), ('2026-03-01')) as given (day);
                insert into governance.minutes (
                    organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative,
                    follow_up, attachments, recorded_at)
                values ({entity}, gen_random_uuid(), {alliance}, 'a0000000-0000-4000-8000-000000000002',
                    '2026-03-10', '2026-03-10', '2026-03-10', '{}', '{}', '{}', '2026-03-10');
                insert into governance.minutes (
                    organization_id, minutes_id, alliance_id, meeting_id, dated_on, first_day, last_day, narrative,
                    follow_up, attachments, file_id, recorded_at)
                values ({entity}, gen_random_uuid(), {alliance}, 'a0000000-0000-4000-8000-000000000006',
                    '2026-02-16', '2026-02-16', '2026-02-16', '{}', '{}', '{}', gen_random_uuid(), '2026-02-16')
                """)
        #expect(facts.meetings.map(\.heldOn) == [day("2026-03-10"), day("2026-01-20")])
        #expect(facts.meetings.map(\.calledOn) == [day("2026-03-01"), nil])
        #expect(facts.meetings.map(\.hasMinutes) == [true, false])
        // The entity's own accounts are none of the alliance's.
        #expect(facts.reports.map(\.givenOn) == [day("2026-02-17"), day("2026-02-16")])
        #expect(facts.reports.map(\.kind) == [.accountability, .accountability])
        #expect(facts.reports.map(\.hasFile) == [false, true])
    }

    @Test func `what a board keeps to itself shows nothing, until it is shared`() async throws {
        func meetings(_ isReserved: Bool) -> String {
            """
            insert into governance.meetings (
                organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants,
                recorded_at, is_own_accountability, is_reserved)
            select {entity}, gen_random_uuid(), {alliance}, n, 'board', 'Reunión ' || n, state, day::date,
                'in_person', '{}', '2026-01-01', n = 2, \(isReserved)
            from (values
                (1, 'held', '2026-01-20'), (2, 'held', '2026-03-10'), (3, 'planned', '2026-05-10')
            ) as given (n, state, day)
            """
        }
        let reserved = try await facts(of: meetings(true))
        #expect(reserved.meetings.isEmpty && reserved.plannedMeetings.isEmpty && reserved.reports.isEmpty)
        let shared = try await facts(of: meetings(false))
        #expect(
            shared.meetings.count == 2 && shared.plannedMeetings.count == 1 && shared.reports.count == 1)
    }

    @Test func `a plan is read with the months that were followed up, reports with their kind`() async throws
    {
        let facts = try await facts(
            of: """
                insert into governance.work_plans (
                    organization_id, plan_id, alliance_id, year, version, change_reason, title, objective, principles,
                    signed_by, approved_on, is_reserved, recorded_at)
                select {entity}, plan_id::uuid, {alliance}, 2026, version, reason, 'Plan 2026', 'Participar', '{}', '{}',
                    approved_on::date, is_reserved, '2026-01-15'
                from (values
                    ('b0000000-0000-4000-8000-000000000001', 1, null, '2026-01-20', false),
                    ('b0000000-0000-4000-8000-000000000002', 2, 'Cambió', null, false),
                    ('b0000000-0000-4000-8000-000000000003', 1, null, null, true)
                ) as given (plan_id, version, reason, approved_on, is_reserved);
                insert into governance.plan_follow_ups (
                    organization_id, plan_id, activity_id, activity_number, month, progress, recorded_at)
                select {entity}, 'b0000000-0000-4000-8000-000000000001', gen_random_uuid(), '2.' || n, month, 'Hecho',
                    '2026-03-01'
                from (values (1, 1), (2, 1), (1, 2)) as given (n, month);
                insert into governance.reports (
                    organization_id, report_id, alliance_id, kind, title, given_on, year, audience, file_id, recorded_at)
                select {entity}, gen_random_uuid(), {alliance}, kind, 'Informe', day::date, year, 'asociados',
                    gen_random_uuid(), '2026-02-10'
                from (values ('consolidated', '2026-01-10', 2025), ('management', '2026-02-10', 2026))
                    as given (kind, day, year)
                """)
        #expect(facts.plans.map(\.monthsFollowedUp) == [[1, 2]])
        // The change that waits for its approval does not take the place of what was approved.
        #expect(facts.plans.map(\.isApproved) == [true])
        #expect(facts.reports.map(\.kind) == [.management, .consolidated])
        #expect(facts.reports.map(\.year) == [2026, 2025])
        #expect(facts.assessment(of: try .of(.managementReport), on: today).state == .met)
    }
}
