import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

/// Rows as the program of the time left them, and what the later migrations make of them.
@Suite struct `An installation that is upgraded` {
    private static let organization = ID<Organization>()
    private static let alliance = ID<Alliance>()
    private static let person = UUID()
    private static let consent = UUID()

    /// A tenant with an alliance, and a person with a consent.
    private static let base = """
        insert into catalogue.municipalities (
            municipality_code, name, name_folded, department_code, department, kind, is_retired)
        values ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false)
        on conflict do nothing;
        insert into catalogue.organizations (
            organization_id, slug, kind, name, short_name, municipality_code, created_at)
        values ('\(organization)', 'eps', 'insurer', 'EPS', 'EPS', '23672', '2025-01-01');
        insert into tenancy.alliances (organization_id, alliance_id, slug, name, kind, state, created_at)
        values ('\(organization)', '\(alliance)', 'san-antero', 'Alianza', 'territory', 'active', '2025-01-01');
        insert into membership.affiliates (
            organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
            municipality_code, regime, affiliation_state, insurer_code, valid_from)
        values ('\(organization)', '\(person)', 'CC', '1001', 'Prueba', 'Ana', '1980-01-01', 'F', '23672',
            'subsidiado', 'active', 'EPS048', '2024-01-01');
        insert into membership.consent_texts (
            organization_id, consent_text_id, purpose, version, body, in_force_from, recorded_at)
        values ('\(organization)', '\(consent)', 'personal_data', 1, repeat('Autorizo. ', 5), '2024-01-01',
            '2024-01-01');
        insert into membership.consents (
            organization_id, consent_id, person_id, consent_text_id, purpose, given_on, channel, recorded_at)
        values ('\(organization)', '\(consent)', '\(person)', '\(consent)', 'personal_data', '2024-01-01', 'paper',
            '2024-01-01');
        """

    /// Periods as they were recorded one after the other, and the days that are left of each.
    @Test(
        arguments: [
            // Enrolled by mistake, ended, and enrolled again with the right day, which is an earlier one.
            (
                [("2026-03-01", "2026-06-01"), ("2026-02-01", nil)],
                ["2026-02-01 ", "2026-03-01 2026-03-01"]
            ),
            // The same, and ended again.
            (
                [("2026-03-01", "2026-06-01"), ("2026-02-01", "2026-12-01")],
                ["2026-02-01 2026-12-01", "2026-03-01 2026-03-01"]
            ),
            // Twice the same days.
            (
                [("2026-03-01", "2026-06-01"), ("2026-03-01", "2026-06-01")],
                ["2026-03-01 2026-03-01", "2026-03-01 2026-06-01"]
            ),
            // Enrolled again before the last period ended.
            (
                [("2026-01-01", "2026-04-01"), ("2026-03-01", "2026-06-01"), ("2026-02-01", nil)],
                ["2026-01-01 2026-02-01", "2026-02-01 ", "2026-03-01 2026-03-01"]
            ),
        ] as [([(String, String?)], [String])])
    func `keeps each day of a member whose periods overlapped once`(
        periods: [(String, String?)], left: [String]
    ) async throws {
        let database = try await TestDatabase.make(upTo: 61)
        try await database.script(Self.base, as: TestCluster.superuser)
        for (index, period) in periods.enumerated() {
            let end = period.1.map { "'\($0)', 'mistake'" } ?? "null, null"
            try await database.script(
                """
                insert into membership.memberships (
                    organization_id, membership_id, alliance_id, person_id, consent_id, joined_on, left_on,
                    leave_reason, recorded_at)
                values ('\(Self.organization)', '\(UUID())', '\(Self.alliance)', '\(Self.person)',
                    '\(Self.consent)', '\(period.0)', \(end), '2026-01-0\(index + 1)')
                """, as: TestCluster.superuser)
        }
        try await TestDatabase.upgrade(database)
        let kept: [String] = try await read(
            database,
            """
            select joined_on::text || ' ' || coalesce(left_on::text, '') from membership.memberships
            order by joined_on, left_on
            """)
        #expect(kept == left)
    }

    @Test func `keeps by name whom an import that was taken back left on papers`() async throws {
        let database = try await TestDatabase.make(upTo: 61)
        let unknown = UUID()
        try await database.script(
            Self.base + """
                insert into governance.constitutions (
                    organization_id, constitution_id, alliance_id, held_on, place, attendees, recorded_at)
                values ('\(Self.organization)', '\(Self.alliance)', '\(Self.alliance)', '2025-01-01', 'Casa', 20,
                    '2025-01-01');
                insert into governance.constitution_signers (
                    organization_id, constitution_id, position, person_id, name)
                values ('\(Self.organization)', '\(Self.alliance)', 1, '\(unknown)', 'Luz Inventada'),
                    ('\(Self.organization)', '\(Self.alliance)', 2, '\(Self.person)', 'Ana Prueba');
                insert into governance.bodies (
                    organization_id, body_id, alliance_id, name, kind, is_external, term_months,
                    term_is_confirmed, formation, continues_until_replaced, created_at)
                values ('\(Self.organization)', '\(Self.alliance)', '\(Self.alliance)', 'Junta', 'board', false,
                    24, false, 'appointment', true, '2025-01-01');
                insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected)
                values ('\(Self.organization)', '\(Self.alliance)', '\(Self.alliance)', 1, 'Vocal', false);
                insert into governance.mandates (
                    organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on,
                    ends_on, limit_months, state, origin, opened_at)
                values ('\(Self.organization)', '\(Self.alliance)', '\(Self.alliance)', '\(Self.alliance)', 1,
                    '\(unknown)', 'Luz Inventada', '2025-02-01', '2026-12-31', 24, 'in_force', 'appointment',
                    '2025-02-01');
                """, as: TestCluster.superuser)
        try await TestDatabase.upgrade(database)
        let kept: [String] = try await read(
            database,
            """
            select name || ' ' || (person_id is null) from governance.constitution_signers
            union all select holder_name || ' ' || (person_id is null) from governance.mandates order by 1
            """)
        #expect(kept == ["Ana Prueba false", "Luz Inventada true", "Luz Inventada true"])
    }

    private func read(_ database: Database, _ sql: SQL) async throws -> [String] {
        try await database.read(TenantScope(.terminal(in: Self.organization))) { try await $0.values(sql) }
    }
}
