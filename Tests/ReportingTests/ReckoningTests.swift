import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

/// A state as the table has it.
private struct StateRow: RowDecodable, Hashable {
    let code: Obligation.Code
    let municipality: String
    let state: ObligationState
    let since: CalendarDate
    let finding: String

    init(row: Row) throws(RowError) {
        code = try row["code"]
        municipality = try row["municipality_code"]
        state = try row["state"]
        since = try row["since"]
        finding = try row["finding"]
    }
}

extension TestTenants {
    fileprivate func states(of alliance: Alliance, in organization: Organization) async throws -> [StateRow] {
        try await database.read(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.rows(
                """
                select code, municipality_code, state, since, finding from reporting.obligation_states
                where organization_id = \(organization.id) and alliance_id = \(alliance.id)
                order by code, municipality_code
                """)
        }
    }

    fileprivate func changes(of alliance: Alliance, in organization: Organization) async throws -> [String] {
        try await database.read(TenantScope(.system(in: organization.id))) { transaction in
            try await transaction.values(
                """
                select code || ' ' || state from reporting.obligation_changes
                where organization_id = \(organization.id) and alliance_id = \(alliance.id)
                order by changed_at, code
                """)
        }
    }
}

@Suite struct ReckoningTests {
    @Test func `an act has the alliance reckoned, in each of its municipalities`() async throws {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer, municipalities: ["23672", "23417"])
        #expect(try await tenants.states(of: alliance, in: insurer).isEmpty)
        try await tenants.settle(insurer)
        let states = try await tenants.states(of: alliance, in: insurer)
        #expect(states.count == 2 * Obligation.Code.allCases.count)
        #expect(Set(states.map(\.municipality)) == ["23672", "23417"])
        #expect(states.filter { $0.code == .convening }.map(\.state) == [.unproven, .unproven])
        #expect(states.filter { $0.code == .meetings }.map(\.state) == [.notApplicable, .notApplicable])
    }

    @Test func `reckoning again changes nothing and notes nothing`() async throws {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        try await tenants.settle(insurer)
        let states = try await tenants.states(of: alliance, in: insurer)
        let changes = try await tenants.changes(of: alliance, in: insurer)
        let asked = states.filter { $0.state != .notApplicable }
        #expect(changes == asked.map { "\($0.code.rawValue) \($0.state.rawValue)" })
        for _ in 0..<2 {
            tenants.clock.advance(by: 3 * 86_400)
            let now = tenants.clock.now
            try await tenants.database.transaction(TenantScope(.system(in: insurer.id))) { transaction in
                try await transaction.reckon([alliance.id], at: now)
            }
        }
        #expect(try await tenants.states(of: alliance, in: insurer) == states)
        #expect(try await tenants.changes(of: alliance, in: insurer) == changes)
    }

    @Test func `a change is noted with its day, and a municipality that was left is forgotten`() async throws
    {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer, municipalities: ["23672", "23417"])
        try await tenants.settle(insurer)
        tenants.clock.advance(by: 10 * 86_400)
        let terminal = Principal.terminal(in: insurer.id)
        try await tenants.runner.run(
            SetTerritory(of: alliance.id, municipalities: ["23672"]), as: terminal)
        let now = tenants.clock.now
        try await tenants.database.transaction(TenantScope(terminal)) { transaction in
            try await transaction.move(alliance.id, to: .convened)
        }
        try await tenants.settle(insurer)
        let states = try await tenants.states(of: alliance, in: insurer)
        #expect(Set(states.map(\.municipality)) == ["23672"])
        let convening = try #require(states.first { $0.code == .convening })
        #expect(convening.state == .due)
        #expect(convening.since == ColombianTime.date(at: now))
        #expect(try await tenants.changes(of: alliance, in: insurer).contains("C01 due"))
    }

    @Test func `citizens see of a dissolved alliance since when, and neither seats nor meetings`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let principal = Principal.terminal(in: organization.id)
        let today = ColombianTime.date(at: tenants.clock.now)
        try await tenants.runner.run(
            CreateBody(
                "Junta", kind: .board, of: alliance.id, isExternal: false,
                term: TermLimit(
                    months: 24, norm: nil, isConfirmed: true, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil),
                formation: .proclamation, continuesUntilReplaced: false,
                seats: [SeatDraft(title: "Presidencia")]), as: principal)
        try await tenants.runner.run(
            PlanMeeting(
                Meeting(
                    kind: .publicHearing, title: "Audiencia", day: today + 10, mode: .inPerson,
                    isPublic: true), of: alliance.id), as: principal)
        func profile() async throws -> AllianceProfile? {
            try await tenants.database.read(TenantScope(principal)) {
                try await $0.profiles(of: [alliance.id], on: today)[alliance.id]
            }
        }
        let living = try #require(try await profile())
        #expect(living.bodies.count == 1 && living.meetings?.count == 1 && living.dissolvedOn == nil)
        try await tenants.runner.run(
            DissolveAlliance(
                alliance.id,
                on: DissolutionGrounds(because: "Así se decidió", by: "Acta 9", on: today - 3),
                minutes: StoredFile(
                    name: "acta.pdf", content: Array("%PDF-1.7 acta".utf8), effectiveOn: today)),
            as: principal)
        let gone = try #require(try await profile())
        #expect(gone.bodies.isEmpty && gone.meetings?.isEmpty == true && gone.dissolvedOn == today - 3)
    }

    @Test func `once a day everything is reckoned, since time alone changes states`() async throws {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        for number in 1...3 { _ = try await tenants.alliance("Alianza \(number)", in: insurer) }
        #expect(try await tenants.reckoning.runIfDue() == 3)
        #expect(try await tenants.reckoning.runIfDue() == 0)
        tenants.clock.advance(by: 86_400)
        #expect(try await tenants.reckoning.runIfDue() == 3)
    }

    @Test func `an alliance that cannot be read keeps no other from being reckoned`() async throws {
        let tenants = try await TestTenants.withObligations()
        let insurer = try await tenants.insurer()
        let provider = try await RegisterOrganization(
            kind: .provider, name: "IPS de prueba", shortName: "IPS de prueba", municipality: "13001"
        ).run(through: tenants.runner)
        var alliances: [Alliance] = []
        for number in 1...3 { alliances.append(try await tenants.alliance("Alianza \(number)", in: insurer)) }
        let elsewhere = try await tenants.alliance("De la IPS", in: provider)
        try await tenants.database.script(
            """
            alter table governance.reports drop constraint reports_kind_known;
            insert into governance.reports (organization_id, report_id, alliance_id, kind, title, given_on, year, audience,
                recorded_at)
            values ('\(insurer.id)', '\(ID<GivenReport>())', '\(alliances[1].id)', 'unknown', 'Informe', '2026-01-01', 2026, 'Todos',
                '2026-01-01');
            """, as: .owner)
        #expect(try await tenants.reckoning.runIfDue() == 3)
        for (alliance, organization, isReckoned) in [
            (alliances[0], insurer, true), (alliances[1], insurer, false), (alliances[2], insurer, true),
            (elsewhere, provider, true),
        ] {
            #expect(try await tenants.states(of: alliance, in: organization).isEmpty != isReckoned)
        }
        #expect(try await tenants.reckoning.runIfDue() == 0)
    }

    @Test func `terms that the entity confirms count for all of its alliances, and one's own before them`()
        async throws
    {
        let tenants = try await TestTenants.withObligations()
        let provider = try await RegisterOrganization(
            kind: .provider, name: "IPS de prueba", shortName: "IPS de prueba", municipality: "13001"
        ).run(through: tenants.runner)
        let first = try await tenants.alliance("Primera", in: provider)
        let second = try await tenants.alliance("Segunda", in: provider)
        let terminal = Principal.terminal(in: provider.id)
        try await tenants.database.transaction(TenantScope(terminal)) { transaction in
            for alliance in [first, second] {
                for state in [Alliance.State.convened, .enrolling, .constituted] {
                    try await transaction.move(alliance.id, to: state)
                }
            }
        }
        try await tenants.runner.run(
            ConfirmTerms(
                code: .meetings, alliance: nil, parameters: .init([.gapDays: 62, .noticeDays: 7]),
                norm: "SIAU-Pd-02, versión 1"), as: terminal)
        try await tenants.runner.run(
            ConfirmTerms(
                code: .meetings, alliance: second.id, parameters: .init([.gapDays: 120]),
                norm: "Estatutos, artículo 12"), as: terminal)
        tenants.clock.advance(by: 100 * 86_400)
        try await tenants.settle(provider)
        func state(_ alliance: Alliance) async throws -> ObligationState? {
            try await tenants.states(of: alliance, in: provider).first { $0.code == .meetings }?.state
        }
        #expect(try await state(first) == .overdue)
        #expect(try await state(second) == .due)

        let withdraw = try WithdrawTerms(
            code: .meetings, alliance: nil, reason: "El procedimiento fue derogado.")
        try await tenants.runner.run(withdraw, as: terminal)
        try await tenants.settle(provider)
        #expect(try await state(first) == .unproven)
        #expect(try await state(second) == .due)
        await #expect(throws: TermsError.notConfirmed) {
            try await tenants.runner.run(withdraw, as: terminal)
        }
        #expect(throws: InvalidInput.self) {
            try WithdrawTerms(code: .meetings, alliance: nil, reason: " ")
        }
    }

    @Test func `terms need a norm and figures that make sense`() {
        #expect(throws: InvalidInput.self) {
            try ConfirmTerms(code: .meetings, alliance: nil, parameters: .init(), norm: "  ")
        }
        #expect(throws: InvalidInput.self) {
            try ConfirmTerms(
                code: .meetings, alliance: nil, parameters: .init([.gapDays: 0]), norm: "SIAU-Pd-02, v. 1")
        }
    }
}
