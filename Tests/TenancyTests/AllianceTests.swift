import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct AllianceTests {
    @Test func `names make addresses that do not collide`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let first = try await tenants.alliance("Alianza de Usuarios de San Antero (Córdoba)", in: insurer)
        let second = try await tenants.alliance("Alianza de usuarios de San Antero, Córdoba", in: insurer)
        #expect(first.slug == "alianza-de-usuarios-de-san-antero-cordoba")
        #expect(second.slug == "alianza-de-usuarios-de-san-antero-cordoba-2")
        await #expect(throws: AllianceError.nameTaken(first.name)) {
            try await tenants.alliance(first.name, in: insurer)
        }
    }

    @Test func `several alliances are made all or none, each with its event`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        func create(_ names: [String]) async throws -> [Alliance] {
            try await tenants.runner.run(
                CreateAlliances(
                    names.map { try CreateAlliance(name: $0, kind: .territory, municipalities: ["23672"]) }),
                as: .terminal(in: insurer.id))
        }
        func known() async throws -> [String] {
            try await tenants.database.read(TenantScope(.terminal(in: insurer.id))) {
                try await $0.alliances().map(\.name)
            }
        }
        #expect(try await create(["Uno", "Dos"]).map(\.slug) == ["uno", "dos"])
        await #expect(throws: AllianceError.nameTaken("Uno")) { try await create(["Tres", "Uno"]) }
        #expect(try await known() == ["Dos", "Uno"])
        await #expect(throws: AllianceError.nothingToCreate) { try await create([]) }
        let log = try await tenants.runner.fetch(
            ReadLog(LogQuestion(of: [.office], actions: ["tenancy.alliance.created"], limit: 10)),
            as: .terminal(in: insurer.id))
        #expect(log.total == 2)
    }

    @Test(arguments: [
        (kind: Alliance.Kind.territory, codes: [String](), error: AllianceError.withoutTerritory),
        (.site, ["23672", "13001"], .siteHasOneMunicipality),
        (.territory, ["99999"], .unknownMunicipality("99999")),
        // Retired by DANE.
        (.territory, ["27086"], .unknownMunicipality("27086")),
    ])
    func `a territory is of municipalities in use`(
        kind: Alliance.Kind, codes: [String], error: AllianceError
    ) async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        await #expect(throws: error) {
            try await tenants.runner.run(
                CreateAlliance(
                    name: "Alianza", kind: kind, siteName: "Sede Norte", municipalities: Set(codes)),
                as: .terminal(in: insurer.id))
        }
    }

    @Test func `a territory is replaced whole`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer, municipalities: ["23672", "13001"])
        try await tenants.runner.run(
            SetTerritory(of: alliance.id, municipalities: ["13001", "05001"]), as: .terminal(in: insurer.id))
        let after = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.municipalities(of: alliance.id)
        }
        #expect(after.map(\.title) == ["Cartagena de Indias, Bolívar", "Medellín, Antioquia"])
    }

    @Test func `an alliance goes through its life in order`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let terminal = Principal.terminal(in: insurer.id)
        await #expect(throws: AllianceError.cannotBecome(.active, from: .draft)) {
            try await tenants.runner.run(
                EditAlliance(id: alliance.id, name: alliance.name, state: .active), as: terminal)
        }
        for state in [Alliance.State.convened, .enrolling, .constituted, .active] {
            try await tenants.runner.run(
                EditAlliance(id: alliance.id, name: alliance.name, state: state), as: terminal)
        }
        // An edit dissolves nothing.
        for state in Alliance.State.allCases { #expect(!state.successors.contains(.dissolved)) }
        await #expect(throws: AllianceError.cannotBecome(.dissolved, from: .active)) {
            try await tenants.runner.run(
                EditAlliance(id: alliance.id, name: alliance.name, state: .dissolved), as: terminal)
        }
    }

    @Test func `an alliance is dissolved by its minutes, and a mistake is put right by another act`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let terminal = Principal.terminal(in: insurer.id)
        let today = ColombianTime.date(at: tenants.clock.now)
        try await tenants.runner.run(
            EditAlliance(id: alliance.id, name: alliance.name, state: .convened), as: terminal)
        let minutes = try StoredFile(
            name: "acta.pdf", content: Array("%PDF-1.7 acta".utf8), effectiveOn: today)
        func read() async throws -> (state: Alliance.State?, acts: [Dissolution]) {
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
                (
                    try await transaction.alliance(alliance.id)?.state,
                    try await transaction.dissolutions(of: alliance.id)
                )
            }
        }
        #expect(throws: AllianceError.reasonMissing) {
            try DissolutionGrounds(because: " ", by: "Acta 9", on: today)
        }
        #expect(throws: AllianceError.actMissing) {
            try DissolutionGrounds(because: "Así se decidió", by: " ", on: today)
        }
        let tomorrow = try DissolutionGrounds(because: "Así se decidió", by: "Acta 9", on: today + 1)
        await #expect(throws: AllianceError.inFuture) {
            try await tenants.runner.run(
                DissolveAlliance(alliance.id, on: tomorrow, minutes: minutes), as: terminal)
        }
        let grounds = try DissolutionGrounds(because: "Así se decidió", by: "Acta  9", on: today)
        await #expect(throws: AllianceError.dissolutionDoesNotFit) {
            try await tenants.runner.run(RestoreAlliance(alliance.id, on: grounds), as: terminal)
        }
        try await tenants.runner.run(
            DissolveAlliance(alliance.id, on: grounds, minutes: minutes), as: terminal)
        let dissolved = try await read()
        #expect(dissolved.state == .dissolved)
        #expect(dissolved.acts.map(\.act) == ["Acta 9"])
        #expect(dissolved.acts.first?.before == .convened && dissolved.acts.first?.file != nil)
        await #expect(throws: AllianceError.dissolutionDoesNotFit) {
            try await tenants.runner.run(
                DissolveAlliance(alliance.id, on: grounds, minutes: minutes), as: terminal)
        }
        tenants.clock.advance(by: 60)
        let mistake = try DissolutionGrounds(because: "Era otra alianza", by: "Oficio 4", on: today)
        try await tenants.runner.run(RestoreAlliance(alliance.id, on: mistake), as: terminal)
        let restored = try await read()
        #expect(restored.state == .convened)
        #expect(restored.acts.map(\.kind) == [.restored, .dissolved])
    }

    @Test func `who has the right in one alliance makes and edits no other`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let other = try await tenants.alliance("Otra", in: insurer)
        let office = try await tenants.principal(.office, of: insurer, in: .alliance(alliance.id))
        try await tenants.runner.run(EditAlliance(id: alliance.id, name: "Nuevo nombre"), as: office)
        await #expect(throws: AccessError.self) {
            try await tenants.runner.run(EditAlliance(id: other.id, name: "Nuevo nombre 2"), as: office)
        }
        await #expect(throws: AccessError.self) {
            try await tenants.runner.run(
                CreateAlliance(name: "Tercera", kind: .territory, municipalities: ["23672"]), as: office)
        }
    }
}

@Suite struct OrganizationTests {
    @Test func `a tenant is found by its address and by each of its codes`() async throws {
        let tenants = try await TestTenants.make()
        let organization = try await RegisterOrganization(
            kind: .insurer, name: "EPS Inventada S.A.S.", shortName: "Inventada", nit: "900123456",
            municipality: "13001", codes: ["ess207", "ESSC07"]
        ).run(through: tenants.runner)
        #expect(organization.slug == "inventada")
        for code in ["inventada", "ESS207", "ESSC07"] {
            let found = try await tenants.database.read(PublicScope()) {
                try await $0.organization(code: code)
            }
            #expect(found == organization)
        }
        await #expect(throws: OrganizationError.codeTaken("ESSC07")) {
            try await RegisterOrganization(
                kind: .insurer, name: "Otra", shortName: "Otra", municipality: "13001", codes: ["ESSC07"]
            ).run(through: tenants.runner)
        }
        await #expect(throws: OrganizationError.slugTaken("inventada")) {
            try await tenants.insurer("Inventada")
        }
        await #expect(throws: OrganizationError.unknownMunicipality("99999")) {
            try await RegisterOrganization(
                kind: .provider, name: "IPS", shortName: "IPS", municipality: "99999"
            ).run(through: tenants.runner)
        }
    }

    @Test func `a control body watches its territory and cannot widen it`() async throws {
        let tenants = try await TestTenants.make()
        let body = try await tenants.controlBody(territory: ["23672", "23001"])
        let scope = TenantScope(.system(in: body.id))
        #expect(try await tenants.database.read(scope) { try await $0.territory() } == ["23001", "23672"])
        let error = await #expect(throws: PostgresError.self) {
            try await tenants.database.execute(
                "insert into tenancy.territories values (\(body.id), '05001')", in: scope)
        }
        #expect(error?.sqlState == "42501")
        await #expect(throws: OrganizationError.controlBodyWithoutTerritory) {
            try await tenants.controlBody("Otra", territory: [])
        }
        let insurer = Organization(
            id: ID(), slug: "eps", kind: .insurer, name: "EPS", shortName: "EPS", nit: nil,
            municipality: "13001")
        await #expect(throws: OrganizationError.territoryOnlyForControlBodies) {
            try await tenants.database.transaction(TenantScope(.terminal(in: insurer.id))) { transaction in
                try await transaction.insert(
                    insurer, codes: [], territory: ["05001"], at: tenants.clock.now)
            }
        }
    }

    @Test func `a registration that is cut off leaves nothing, and is made again`() async throws {
        let tenants = try await TestTenants.make()
        let first = Organization(
            id: ID(), slug: "cortada", kind: .insurer, name: "EPS cortada", shortName: "Cortada", nit: nil,
            municipality: "13001")
        await #expect(throws: CancellationError.self) {
            try await tenants.database.transaction(TenantScope(.terminal(in: first.id))) { transaction in
                try await transaction.insert(
                    first, codes: ["ESS207"], territory: [], at: tenants.clock.now)
                // Killed before settings and first event were written.
                throw CancellationError()
            }
        }
        let made = try await RegisterOrganization(
            kind: .insurer, name: "EPS cortada", shortName: "Cortada", municipality: "13001",
            codes: ["ESS207"]
        ).run(through: tenants.runner)
        let scope = TenantScope(.system(in: made.id))
        let events = try await tenants.database.read(scope) { transaction in
            try await transaction.events(
                of: .office, matching: LogFilter(action: "tenancy.organization.registered"))
        }
        #expect(made.slug == "cortada" && events.count == 1)
    }

    @Test func `sign-in adds no tenant, and a tenant no other`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let error = await #expect(throws: PostgresError.self) {
            try await tenants.database.execute(
                """
                insert into catalogue.organizations
                values (\(ID<Organization>()), 'otra', 'insurer', 'Otra', 'Otra', null, '13001', now())
                """, in: IdentityScope())
        }
        #expect(error?.sqlState == "42501")
        let second = await #expect(throws: PostgresError.self) {
            try await tenants.database.execute(
                """
                select tenancy.register_organization(
                    \(ID<Organization>()), 'otra', 'insurer', 'Otra', 'Otra', null, '13001', '{}', '{}', now())
                """, in: TenantScope(.system(in: insurer.id)))
        }
        #expect(second?.sqlState == "42501")
    }
}

@Suite struct SettingsTests {
    @Test(arguments: [
        ("#0B5394", true), ("#000000", true), ("#767676", true), ("#777777", false), ("#ffcc00", false),
    ])
    func `an accent is taken where it can be read`(hex: String, isTaken: Bool) throws {
        if isTaken {
            #expect(try AccentColor(hex).hex == hex.lowercased())
        } else {
            #expect(throws: AccentColorError.self) { try AccentColor(hex) }
        }
    }

    @Test func `black has the greatest contrast and white none`() throws {
        #expect(AccentColor.contrastWithWhite(of: "#000000") == 21)
        #expect(AccentColor.contrastWithWhite(of: "#ffffff") == 1)
        #expect(AccentColor.contrastWithWhite(of: "blue") == nil)
        #expect(AccentColor.contrastWithWhite(of: "#+12345") == nil)
    }

    @Test func `settings are written and kept`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let day = try #require(CalendarDate(year: 2026, month: 3, day: 13))
        let logo = try StoredFile(
            name: "logo.png", content: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], effectiveOn: day)
        try await tenants.runner.run(
            EditSettings(
                accentColor: "#7A1F1F", logo: logo, contactEmail: " Alianza@Ejemplo.invalid", contactPhone: ""
            ),
            as: .terminal(in: insurer.id))
        let settings = try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
            try await $0.settings()
        }
        #expect(settings.accentColor.hex == "#7a1f1f")
        #expect(settings.logo == logo.id)
        #expect(settings.contactEmail == "alianza@ejemplo.invalid")
        #expect(settings.contactPhone == nil)
    }
}

@Suite struct CatalogueTests {
    @Test func `the catalogues are loaded whole, and a second time nothing is written`() async throws {
        let database = try await TestDatabase.make()
        let catalogue = try Catalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
        let rows = try await catalogue.load(into: database)
        #expect(rows == 1122 + 2 + 118)
        #expect(try await catalogue.load(into: database) == 0)
        let counts = try await database.read(PublicScope()) { transaction in
            (
                try await transaction.municipalities().count,
                try await transaction.value("select count(*) from catalogue.insurers", as: Int.self)
            )
        }
        #expect(counts == (1122, 118))
    }

    @Test func `a row that was changed is mended`() async throws {
        let database = try await TestDatabase.make()
        let catalogue = try Catalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
        try await catalogue.load(into: database)
        try await database.execute(
            "update catalogue.municipalities set name = 'X' where municipality_code = '23672'",
            in: OwnerScope())
        #expect(try await catalogue.load(into: database) == 1)
    }
}
