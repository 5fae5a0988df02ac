import Foundation
import Governance
import Kernel
import Postgres
import Reporting
import TestSupport
import Testing

@testable import Tenancy
@testable import Web

/// The home of an office: what waits, the list of alliances, and how often the database is asked for them.
@Suite(.serialized) struct HomeTests {
    private static let today = CalendarDate(dayNumber: 20_525)

    // MARK: As many statements for many alliances as for few

    /// Makes so many alliances, each with a constitution, bylaws, a duty whose period ends, and obligations that ask.
    private func entity(of count: Int) async throws -> (tenants: TestTenants, entity: Organization) {
        let tenants = try await TestTenants.make()
        try await ObligationCatalogue(folder: TestDatabase.repository.appending(path: "sql/data"))
            .load(into: tenants.database)
        let entity = try await tenants.insurer()
        for number in 1...count { _ = try await tenants.alliance("Alianza \(number)", in: entity) }
        try await tenants.database.script(
            """
            update tenancy.alliances set state = 'active' where organization_id = '\(entity.id)';
            insert into governance.constitutions (
                organization_id, constitution_id, alliance_id, held_on, place, attendees, recorded_at)
            select organization_id, gen_random_uuid(), alliance_id, '2024-04-01', 'Salón', 5, now()
            from tenancy.alliances where organization_id = '\(entity.id)';
            insert into governance.bylaws (
                organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, recorded_at)
            select organization_id, gen_random_uuid(), alliance_id, 1, 'Estatutos', '2024-01-01', '2024-01-01', now()
            from tenancy.alliances where organization_id = '\(entity.id)';
            insert into governance.bylaw_parameters (organization_id, bylaws_id, name, value, norm, is_confirmed)
            select organization_id, bylaws_id, 'alliance_period_months', '24', 'Artículo 3', true
            from governance.bylaws where organization_id = '\(entity.id)';
            insert into governance.recurring_duties (
                organization_id, duty_id, alliance_id, title, every_months, fulfilled_by, source, starts_on,
                recorded_at)
            select organization_id, gen_random_uuid(), alliance_id, 'Seguimiento mensual', 1, 'follow_up', 'Plan',
                '2026-01-01', now()
            from tenancy.alliances where organization_id = '\(entity.id)';
            insert into reporting.obligation_states (
                organization_id, alliance_id, code, municipality_code, is_public, organization_name, alliance_name,
                norm, norm_is_confirmed, deadline_is_confirmed, state, since, due_on, finding, evidence, evaluated_at)
            select organization_id, alliance_id, code, '23672', false, 'EPS', name, 'Norma', false, false, given.state,
                '2026-01-01', null, 'Falta.', '[]', now()
            from tenancy.alliances cross join (values ('C04', 'unproven'), ('C05', 'due')) as given (code, state)
            where organization_id = '\(entity.id)';
            """, as: TestCluster.superuser)
        return (tenants, entity)
    }

    /// What the home asks, as its routes ask it; how many statements that took, and what waits.
    private func ask(_ count: Int) async throws -> (statements: Int, items: [PendingItem]) {
        let (tenants, entity) = try await entity(of: count)
        let office = try await tenants.principal(.office, of: entity)
        let now = ColombianTime.startOfDay(Self.today + 13)
        let (log, today) = (try await PlanLog(of: tenants.database), ColombianTime.date(at: now))
        let collected = Collected()
        let plans = try await log.plans { database in
            let runner = CommandRunner(database: database, now: { now })
            let desk = PendingDesk(database: database, sources: PendingDesk.sources)
            let items = try await desk.items(for: office, at: now)
            await collected.take(items)
            let alliances = try await database.read(TenantScope(office)) { try await $0.alliances() }.map(
                \.id)
            #expect(alliances.count == count)
            let outlooks = try await runner.fetch(ReadOutlooks(of: alliances), as: office)
            #expect(outlooks.values.allSatisfy { $0.period?.terms.months == 24 })
            try await database.read(TenantScope(office)) { transaction in
                _ = try await transaction.pulses(of: alliances, on: today)
                let places = try await transaction.municipalities(of: alliances)
                #expect(places.count == count)
                _ = try await transaction.agenda(of: alliances, in: HomePage.days(from: today), on: today)
            }
            let streams = [AuditStream.office] + alliances.map { .alliance($0) }
            _ = try await runner.fetch(ReadLastActs(of: streams, count: 36, isNaming: true), as: office)
        }
        return (plans.count, await collected.items)
    }

    private actor Collected {
        private(set) var items: [PendingItem] = []
        func take(_ items: [PendingItem]) { self.items = items }
    }

    @Test func `a home of thirty alliances asks the database as often as one of three`() async throws {
        let few = try await ask(3)
        let many = try await ask(30)
        #expect(few.statements > 20)
        #expect(few.statements == many.statements)
        // What waits was found in each alliance, not left out.
        for (count, found) in [(3, few.items), (30, many.items)] {
            for kind in [
                PendingItem.Kind.renewals, .dutiesDue, .dueObligations, .unprovenObligations,
            ] {
                #expect(found.count { $0.kind == kind } == count, "\(kind)")
            }
        }
        let obligation = try #require(many.items.first { $0.kind == .unprovenObligations })
        #expect(obligation.names == ["Registrar la alianza ante la autoridad competente"])
        #expect(obligation.subject == "C04")
    }

    // MARK: What waits, filtered and grouped

    private func alliance(_ name: String) throws -> Alliance {
        try Alliance(filledIn: name, kind: .territory, siteName: nil)
    }

    private func line(_ item: PendingItem, _ alliance: Alliance?) -> PendingPage.Line {
        PendingPage.Line(
            item, alliance: alliance, place: alliance?.name ?? "EPS", path: nil, on: Self.today)
    }

    private func lines() throws -> (lines: [PendingPage.Line], alliances: [Alliance]) {
        let alliances = try ["Alianza de Lorica", "Alianza de Cereté"].map(alliance)
        let bylaws = alliances.map {
            line(
                PendingItem(
                    .unprovenObligations, count: 1, in: .alliance($0.id), names: ["Tener estatutos"],
                    subject: "C05"),
                $0)
        }
        return (
            [
                line(PendingItem(.ownSignature, count: 1, in: .alliance(alliances[1].id)), alliances[1]),
                line(
                    PendingItem(
                        .commitmentsOverdue, count: 2, in: .alliance(alliances[0].id), dueOn: Self.today - 3),
                    alliances[0]),
                line(PendingItem(.jobs, count: 1, in: .office), nil),
            ] + bylaws, alliances
        )
    }

    private func query(_ address: String) -> ListQuery<PendingPage.Sort> {
        let items = address.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return QueryItem(name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        return ListQuery(path: .pending(), items: items)
    }

    @Test(arguments: [
        ("", 5), ("alianza=alianza-de-lorica", 2), ("asunto=obligaciones", 2), ("cuando=vencido", 1),
        ("cuando=primero", 1), ("q=estatutos", 2), ("q=estatutos&alianza=alianza-de-cerete", 1),
        ("q=nada", 0),
    ])
    func `what waits is found by word, alliance, subject and urgency`(address: String, count: Int) throws {
        let page = PendingPage(try lines().lines, query(address), on: Self.today)
        #expect(page.found.total == count)
        #expect(page.total == 5)
    }

    @Test func `groups are by urgency, by alliance or by subject, the most urgent first`() throws {
        func order(_ address: String) throws -> [String] {
            let page = PendingPage(try lines().lines, query(address), on: Self.today)
            return page.found.rows.map(page.grouping.key).reduce(into: []) { titles, title in
                if titles.last != title { titles.append(title) }
            }
        }
        #expect(try order("") == ["Primero: sin usted no sigue", "Vencido", "Sin fecha"])
        #expect(try order("agrupar=alianza") == ["Alianza de Cereté", "Alianza de Lorica", "EPS"])
        #expect(
            try order("agrupar=asunto") == [
                "Reuniones y actas", "Compromisos, tareas y cartas", "Tener estatutos",
                "Usuarios y plataforma",
            ])
    }

    @Test func `one obligation of several alliances is one line where few are shown`() throws {
        let condensed = try lines().lines.condensed
        #expect(condensed.count == 4)
        let obligation = try #require(condensed.last)
        #expect(obligation.item.words == "Tener estatutos")
        #expect(obligation.place == "En 2 alianzas: Alianza de Lorica y Alianza de Cereté")
        let path = try #require(obligation.path?.text(in: TenantSlug(rawValue: "eps")))
        #expect(path.contains("asunto=") && path.contains("q="))
    }

    @Test func `an alliance with something late needs more than one with much that has time`() throws {
        let (lines, alliances) = try lines()
        let needs = lines.needs
        let (lorica, cerete) = (needs[alliances[0].id], needs[alliances[1].id])
        #expect(lorica?.overdue == 1 && lorica?.count == 2)
        #expect(cerete?.soon == 1 && cerete?.count == 2)
        #expect(try #require(lorica) > #require(cerete))
        #expect(AllianceNeed(count: 9) < AllianceNeed(count: 1, overdue: 1))
    }
}

/// New alliances as people list them.
@Suite struct AllianceSheetTests {
    private func municipalities() async throws -> MunicipalityList {
        let tenants = try await TestTenants.make()
        let entity = try await tenants.insurer()
        return MunicipalityList(
            try await tenants.database.read(TenantScope(.system(in: entity.id))) {
                try await $0.municipalities()
            })
    }

    @Test func `a municipality is known by name, code and department, and what is meant is proposed`()
        async throws
    {
        let list = try await municipalities()
        #expect(try list.municipality(named: "san antero, córdoba").code == "23672")
        #expect(try list.municipality(named: "23672").name.folded == "san antero")
        func problem(_ words: String) -> String {
            do throws(MunicipalityList.Unclear) {
                return "\(try list.municipality(named: words).code)"
            } catch {
                return error.message
            }
        }
        #expect(problem("Purísima, Córdoba").contains("¿Es «Purísima de la Concepción, Córdoba»?"))
        #expect(problem("San Antreo, Córdoba").contains("«San Antero, Córdoba»"))
        #expect(problem("Argelia").hasPrefix("Hay varios municipios llamados «Argelia»"))
        #expect(problem("Xyzzy").contains("Escríbalo con su departamento"))
    }

    @Test func `lines that were pasted make alliances, by name or by municipality alone`() async throws {
        let sheet = AllianceSheet(
            Spreadsheet(
                pasted: "Alianza de Lorica; Lorica, Córdoba\n\nCereté\nDel Sinú\tMontería / Cereté, Córdoba"),
            municipalities: try await municipalities(), taken: [], kinds: [.territory])
        #expect(sheet.problems.isEmpty)
        #expect(
            sheet.entries.map(\.command.alliance.name) == [
                "Alianza de Lorica", "Alianza de usuarios de Cereté", "Del Sinú",
            ])
        #expect(sheet.entries.map(\.municipalities.count) == [1, 1, 2])
        // What goes with the review reads as the same.
        let rows = Spreadsheet(pasted: "Uno; Lorica, Córdoba\nCereté")
        #expect(Spreadsheet(pasted: rows.pasteable).rows.map(\.cells) == rows.rows.map(\.cells))
    }

    @Test func `a sheet with titles is read by them, with department and site`() async throws {
        let sheet = AllianceSheet(
            Spreadsheet(
                csv: "Departamento;Municipio;Sede;Nombre\nCórdoba;San Antero;Sede Centro;Asociación Uno\n"),
            municipalities: try await municipalities(), taken: [], kinds: [.site, .territory])
        let entry = try #require(sheet.entries.first)
        #expect(entry.command.alliance.kind == .site && entry.command.alliance.siteName == "Sede Centro")
        #expect(entry.command.alliance.name == "Asociación Uno" && entry.row == 2)
    }

    @Test func `what is wrong is told by line, and names are not taken twice`() async throws {
        let sheet = AllianceSheet(
            Spreadsheet(
                pasted: "Lorica\nPurísima, Córdoba\nAlianza de usuarios de Lorica; Cereté\nVieja; Cereté"),
            municipalities: try await municipalities(), taken: ["vieja"], kinds: [.territory])
        #expect(sheet.entries.count == 1)
        #expect(sheet.problems.map(\.row) == [2, 3, 4])
        #expect(sheet.problems[1].message.contains("Ya hay una alianza llamada"))
    }
}
