import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// What a control body is told by mail of the mandates of its territory.
@Suite struct TerritoryAlarmTests {
    private static let mandates = """
        set session_replication_role = replica;
        insert into governance.bodies (
            organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed,
            formation, continues_until_replaced, created_at, alarm_days)
        values ({entity}, 'b0000000-0000-4000-8000-000000000001', {alliance}, 'Junta', 'board', false, 24, false,
            'proclamation', true, '2024-01-01', '{60,15}');
        insert into governance.seats (organization_id, seat_id, body_id, position, title, is_elected)
        select {entity}, ('d0000000-0000-4000-8000-00000000000' || number)::uuid,
            'b0000000-0000-4000-8000-000000000001', number, 'Puesto ' || number, true
        from generate_series(1, 2) as number;
        insert into governance.mandates (
            organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on, ends_on,
            limit_months, state, origin, paper, opened_at)
        select {entity}, gen_random_uuid(), 'b0000000-0000-4000-8000-000000000001',
            ('d0000000-0000-4000-8000-00000000000' || number)::uuid, 0, gen_random_uuid(), 'Ana Ruiz', '2024-06-01',
            '2026-05-31', 24, 'in_force', 'recorded', 'Acta 1', '2024-06-01'
        from generate_series(1, 2) as number;
        """

    @Test func `a control body is told once of each alarm of its territory, without a name`() async throws {
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        try await tenants.database.script(
            Self.mandates.replacing("{entity}", with: "'\(organization.id)'::uuid")
                .replacing("{alliance}", with: "'\(alliance.id)'::uuid"), as: TestCluster.superuser)
        let watching = try await tenants.controlBody()
        let elsewhere = try await tenants.controlBody("Personería de otra parte", territory: ["13001"])
        for (body, email) in [(watching, "personeria@antero.gov.co"), (elsewhere, "otra@ciudad.gov.co")] {
            _ = try await tenants.principal(.controlBody, of: body, email: email)
        }

        /// The mails that a day brings to a control body.
        func mails(to body: Organization, on text: String) async throws -> [Mailing] {
            let now = try ColombianTime.instant(day(text), #require(TimeOfDay(hour: 8, minute: 0)))
            try await tenants.database.transaction(TenantScope(.system(in: organization.id))) {
                try await $0.reckon([alliance.id], at: now)
            }
            let scope = TenantScope(.system(in: body.id))
            for _ in 1...2 {
                try await TellTerritoryOfEnds(database: tenants.database).perform(in: scope, at: now)
            }
            let payloads = try await tenants.database.read(scope) { transaction in
                try await transaction.values(
                    """
                    select payload from tenancy.outbox
                    where organization_id = \(body.id) and topic = 'tenancy.mail' and posted_at = \(now)
                    """, as: JSONText.self)
            }
            return try payloads.map { try $0.decoded(as: Mailing.self) }
        }
        for (text, words) in [
            ("2026-03-31", nil), ("2026-04-01", "en 60 días"), ("2026-04-02", nil),
            ("2026-05-16", "en 15 días"), ("2026-05-31", nil),
            ("2026-06-01", "terminó el domingo 31 de mayo de 2026"), ("2026-06-02", nil),
        ] as [(String, String?)] {
            let told = try await mails(to: watching, on: text)
            #expect(told.count == (words == nil ? 0 : 1), "\(text)")
            #expect(try await mails(to: elsewhere, on: text).isEmpty)
            guard let words, let mail = told.first else { continue }
            #expect(mail.recipient == "personeria@antero.gov.co")
            #expect(
                mail.text.contains("Junta (Puesto 1 y Puesto 2)") && mail.text.contains(words), "\(mail.text)"
            )
            #expect(!mail.text.contains("Ana Ruiz"))
        }
        // An entity that is no control body has no territory.
        #expect(try await mails(to: organization, on: "2026-05-29").isEmpty)
    }
}
