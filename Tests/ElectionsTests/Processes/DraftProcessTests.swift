import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

@Suite struct DraftProcessTests {
    @Test func `a process elects several bodies at once, each by the rules of the bylaws`() async throws {
        let tenants = try await TestTenants.make()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let office = try await tenants.principal(.office, of: organization)
        let today = ColombianTime.date(at: tenants.clock.now)
        try await tenants.runner.run(
            AdoptBylaws(
                "Reglamento", of: alliance.id, approvedOn: today - 30, inForceFrom: today - 30,
                articles: [BylawArticle(number: "6", heading: "Elección", body: "Por cuociente.")],
                parameters: [
                    try BylawParameter(
                        name: .countingRule, text: "cuociente", article: "6", norm: nil, isConfirmed: true)
                ]), as: office)
        let term = try TermLimit(
            months: 24, norm: nil, isConfirmed: false, consecutiveTerms: nil, consecutiveTermsNorm: nil)
        var bodies: [ID<Body>] = []
        for (name, seats) in [("Comité organizador", 5), ("Revisoría", 1)] {
            bodies.append(
                try await tenants.runner.run(
                    CreateBody(
                        name, kind: .other, of: alliance.id, isExternal: false, term: term,
                        formation: .proclamation, continuesUntilReplaced: false,
                        seats: (1...seats).map { ("Puesto \($0)", nil) }), as: office
                ).id)
        }

        let process = try await tenants.runner.run(
            DraftProcess("Elección 2026", of: alliance.id, electing: bodies + bodies), as: office)

        let file = try await tenants.runner.fetch(
            ReadProcess(process.id, of: alliance.id), as: office)
        let contests = file.contests
        #expect(file.process.state == .draft && file.calendar == nil && file.call == nil)
        #expect(contests.map(\.name) == ["Comité organizador", "Revisoría"])
        #expect(contests.map(\.seats.count) == [5, 1])
        #expect(contests.map(\.rule) == [.quotient, .simpleMajority])
        #expect(contests.map(\.candidature) == [.slates, .individuals])
        #expect(contests[0].rulesAreConfirmed && contests[0].rulesSource == "Reglamento, artículo 6")
        // What the bylaws say of slates is no rule for one seat.
        #expect(!contests[1].rulesAreConfirmed && contests[1].rulesSource.contains("un solo puesto"))
    }

    @Test func `a process without a name or without seats to fill is refused`() async throws {
        let alliance = ID<Alliance>()
        #expect(throws: ProcessError.unnamed) { try DraftProcess("  ", of: alliance, electing: [ID()]) }
        #expect(throws: ProcessError.noContests) { try DraftProcess("Elección", of: alliance, electing: []) }
    }

    @Test func `nobody drafts a process in an alliance of another tenant`() async throws {
        let tenants = try await TestTenants.make()
        let (one, other) = (try await tenants.insurer("EPS Uno"), try await tenants.insurer("EPS Dos"))
        let alliance = try await tenants.alliance(in: one)
        let stranger = try await tenants.principal(.office, of: other)
        await #expect(throws: (any Error).self) {
            try await tenants.runner.run(
                DraftProcess("Elección", of: alliance.id, electing: [ID()]), as: stranger)
        }
        let count: Int? = try await tenants.database.read(TenantScope(.system(in: other.id))) { transaction in
            try await transaction.value("select count(*) from elections.processes")
        }
        #expect(count == 0)
    }

    @Test(arguments: ProcessState.allCases)
    func `what is over stays over, and nothing leads back to the draft`(_ state: ProcessState) {
        #expect(!state.successors.contains(.draft))
        #expect(state.isOver == [.proclaimed, .void, .annulled].contains(state))
    }
}
