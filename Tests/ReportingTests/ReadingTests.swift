import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

extension TestTenants {
    /// Puts a person in each of these municipalities into an entity's register.
    fileprivate func register(people places: [String], of organization: Organization) async throws {
        try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            for (index, place) in places.enumerated() {
                try await transaction.execute(
                    """
                    insert into membership.affiliates (
                        organization_id, person_id, document_type, document_number, first_surname, first_name,
                        birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                    values (
                        \(organization.id), \(ID<Person>()), 'CC', \("\(1000 + index)"), 'Prueba', 'Ana',
                        '1970-01-01', 'F', \(place), 'subsidiado', 'active', 'ESS207', '2020-01-01')
                    """)
            }
        }
    }

    /// Moves an alliance on in its life.
    fileprivate func move(
        _ alliance: Alliance, of organization: Organization, to states: Alliance.State...
    ) async throws {
        try await database.transaction(TenantScope(.system(in: organization.id))) { transaction in
            for state in states { try await transaction.move(alliance.id, to: state) }
            try await transaction.postThatAlliancesChanged(at: clock.now)
        }
        try await settle(organization)
    }
}

@Suite struct TerritoryTests {
    @Test func `a control body sees the alliances of its municipalities alone, and who has none`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let here = try await tenants.insurer("EPS de aquí")
        let away = try await tenants.insurer("EPS de allá")
        let body = try await tenants.controlBody(territory: ["23672"])
        let alliance = try await tenants.alliance(in: here, municipalities: ["23672", "23417"])
        let other = try await tenants.alliance(in: away, municipalities: ["23417"])
        for (entity, places) in [(here, ["23672", "23417"]), (away, ["23672", "23417"])] {
            try await tenants.register(people: places, of: entity)
        }
        // One without a register, of which nothing is known; and one without people here.
        _ = try await tenants.insurer("EPS sin padrón")
        try await tenants.register(people: ["11001"], of: tenants.insurer("EPS de lejos"))
        let clinic = try await RegisterOrganization(
            kind: .provider, name: "Clínica de aquí", shortName: "Clínica de aquí", municipality: "23672"
        ).run(through: tenants.runner)
        try await tenants.reckoning.runIfDue()
        try await tenants.settle(here)
        try await tenants.settle(away)
        let principal = try await tenants.principal(.controlBody, of: body)
        let territory = try await WatchedTerritory(of: principal, in: tenants.database)
        #expect(territory.municipalities.map(\.code) == ["23672"])

        let rows = try await territory.rows()
        #expect(rows.compactMap(\.alliance) == [alliance.id])
        #expect(rows.first?.municipality == "San Antero, Córdoba")
        #expect(rows.first?.states.count == Obligation.Code.allCases.count)
        #expect(
            rows.filter { $0.information == .withoutAlliance }.map(\.entity)
                == [clinic.shortName, "EPS de allá"])
        let untold = rows.filter { $0.information == .none }.map(\.entity)
        // The others of the catalogue are among them.
        #expect(Set(untold).isSuperset(of: ["EPS de lejos", "EPS sin padrón"]))
        #expect(Set(untold).isDisjoint(with: ["EPS de aquí", "EPS de allá"]))
        #expect(try await territory.reckonedAt() == tenants.clock.now)

        // A dissolved alliance is none, and one in another municipality is none here.
        try await tenants.runner.run(
            DissolveAlliance(
                alliance.id,
                on: DissolutionGrounds(because: "Así se decidió", by: "Acta 9", on: day("2026-03-01")),
                minutes: StoredFile(
                    name: "acta.pdf", content: Array("%PDF-1.7 acta".utf8), effectiveOn: day("2026-03-01"))),
            as: .terminal(in: here.id))
        try await tenants.settle(here)
        let later = try await territory.rows()
        #expect(
            later.filter { $0.information == .withoutAlliance }.map(\.entity).sorted()
                == [clinic.shortName, "EPS de allá", "EPS de aquí"])

        #expect(try await territory.alliance(alliance.id, of: here.id)?.standings.count == 10)
        #expect(try await territory.alliance(other.id, of: away.id) == nil)
        // Nor under another entity's name.
        #expect(try await territory.alliance(alliance.id, of: away.id) == nil)
    }

    @Test func `an insurer of the catalogue that works here is not told twice`() async throws {
        let tenants = try await TestTenants.withObligations()
        let body = try await tenants.controlBody()
        let principal = try await tenants.principal(.controlBody, of: body)
        let territory = try await WatchedTerritory(of: principal, in: tenants.database)
        let before = try await territory.rows().filter { $0.information == .none }.map(\.entity)
        #expect(Set(before).count == before.count)
        let insurer = try await RegisterOrganization(
            kind: .insurer, name: "Aliansalud EPS", shortName: "Aliansalud EPS", municipality: "11001",
            codes: ["EPS001"]
        ).run(through: tenants.runner)
        let after = try await territory.rows()
        let untold = after.filter { $0.information == .none }
        #expect(untold.count == before.count)
        #expect(untold.count { $0.entity == insurer.shortName } == 1)
        #expect(after.contains { $0.organization == insurer.id && $0.information == .none })
    }

    @Test(arguments: [Role.office, .board, .officeAdministrator])
    func `nobody else opens a territory`(role: Role) async throws {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let principal = try await tenants.principal(
            role, of: insurer, in: role.needsAlliance ? .alliance(alliance.id) : .organization)
        await #expect(throws: AccessError.notPermitted(.watchTerritory)) {
            try await WatchedTerritory(of: principal, in: tenants.database)
        }
    }
}

@Suite struct PublicReadingTests {
    @Test func `an alliance is public from its call on, with the contact that its entity published`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        try await tenants.settle(insurer)
        func published() async throws -> PublishedAlliance? {
            try await tenants.database.read(PublicScope()) { transaction in
                try await transaction.publishedAlliance(slug: alliance.slug, of: insurer.id)
            }
        }
        #expect(try await published() == nil)
        try await tenants.move(alliance, of: insurer, to: .convened)
        let found = try #require(try await published())
        #expect(found.profile.municipalities == ["San Antero, Córdoba"])
        #expect(found.profile.contactEmail == nil)
        try await tenants.runner.run(
            EditSettings(accentColor: "#2e7d32", contactEmail: "oficina@ejemplo.invalid", contactPhone: nil),
            as: .terminal(in: insurer.id))
        try await tenants.settle(insurer)
        #expect(try await published()?.profile.contactEmail == "oficina@ejemplo.invalid")
    }

    @Test func `alliances are found by the beginning of the municipality, by entity and by name`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer("Mutual de prueba")
        let alliance = try await tenants.alliance("Alianza del Sinú", in: insurer)
        try await tenants.move(alliance, of: insurer, to: .convened)
        for (words, count) in [
            ("", 1), ("San Ant", 1), ("san ánt", 1), ("antero", 0), ("mutual", 1), ("sinú", 1), ("otra", 0),
            ("%", 0),
        ] {
            let found = try await tenants.database.read(PublicScope()) { transaction in
                try await transaction.publishedAlliances(words, limit: 10, offset: 0)
            }
            #expect(found.count == count, "\(words)")
        }
    }
}
