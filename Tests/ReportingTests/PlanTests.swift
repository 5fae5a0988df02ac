import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// The projections of a country: each municipality has six alliances.
private func country() async throws -> TestTenants {
    let tenants = try await TestTenants.withObligations()
    _ = try await tenants.insurer()
    try await tenants.database.script(
        """
        insert into reporting.alliance_profiles
        select organization_id, gen_random_uuid(), municipalities.municipality_code, true, 'eps', 'EPS', 'insurer',
            'alianza-' || municipalities.municipality_code || '-' || n, 'Alianza', 'active', 5, '{}', '2026-01-01'
        from catalogue.organizations, catalogue.municipalities, generate_series(1, 6) as n;
        insert into reporting.obligation_states
        select organization_id, alliance_id, code, municipality_code, false, 'EPS', 'Alianza', 'Norma', false, false,
            'met', '2026-01-01', null, 'Cumple.', null, null, '[]', '2026-01-01'
        from reporting.alliance_profiles, catalogue.obligations;
        analyze reporting.alliance_profiles; analyze reporting.obligation_states;
        """, as: TestCluster.superuser)
    return tenants
}

@Suite struct PlanTests {
    @Test func `a control body's page reads the rows of its municipality and no others`() async throws {
        let tenants = try await country()
        let plan = try await tenants.database.read(
            TerritoryScope(controlBody: ID(), municipalities: ["23672"])
        ) { transaction in
            try await transaction.values(
                "explain (costs off) \(fragment: ComplianceListRow.query(of: ["23672"]))", as: String.self)
        }.joined(separator: "\n")
        #expect(!plan.contains("Seq Scan on alliance_profiles"), "\(plan)")
        #expect(!plan.contains("Seq Scan on obligation_states"), "\(plan)")
        #expect(plan.contains("_municipality_index"), "\(plan)")
    }

    @Test func `a citizen's page is found by its address`() async throws {
        let tenants = try await country()
        let plan = try await tenants.database.read(PublicScope()) { transaction in
            let organization = try await transaction.organizations().first?.id ?? ID()
            return try await transaction.values(
                """
                explain (costs off)
                \(fragment: PublishedAlliance.query(slug: "alianza-23672-1", of: organization))
                """, as: String.self)
        }.joined(separator: "\n")
        #expect(plan.contains("alliance_profiles_slug_index"), "\(plan)")
        #expect(plan.contains("alliance_slug ="), "\(plan)")
    }
}
