import Foundation
import Governance
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

/// Elections that fall due by themselves, over thirty months; 13 March 2026 is today.
@Suite struct DueElectionTests {
    @Test func `an election falls due ninety days before the end, and until somebody begins it`() async throws
    {
        let tenants = try await TestTenants.make()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        let principal = Principal.terminal(in: organization.id)
        let person = ID<Person>()
        let scope = TenantScope(principal)
        _ = try await tenants.database.transaction(scope) { transaction in
            try await transaction.execute(
                """
                update tenancy.alliances set state = 'active'
                where organization_id = \(organization.id) and alliance_id = \(alliance.id)
                """)
            try await transaction.execute(
                """
                insert into membership.affiliates (
                    organization_id, person_id, document_type, document_number, first_surname, first_name,
                    birth_date, sex, municipality_code, regime, affiliation_state, insurer_code, valid_from)
                values (
                    \(organization.id), \(person), 'CC', '1001', 'Arrieta', 'Rosa', '1980-01-01', 'F', '23672',
                    'subsidiado', 'active', 'ESS207', '2020-01-01')
                """)
        }
        let body = try await tenants.runner.run(
            CreateBody(
                "Junta directiva", kind: .board, of: alliance.id, isExternal: false,
                term: TermLimit(
                    months: 24, norm: nil, isConfirmed: false, consecutiveTerms: nil,
                    consecutiveTermsNorm: nil), formation: .proclamation, continuesUntilReplaced: true,
                seats: [("Presidencia", nil)]), as: principal)
        let seat = try #require(
            try await tenants.database.read(scope) { try await $0.seats(of: body.id) }.first)
        func due(_ text: String) async throws -> [DueElection] {
            let day = try #require(CalendarDate(text))
            return try await tenants.database.read(scope) { try await $0.dueElections(on: day) }
        }
        // A seat that nobody ever held.
        let first = try #require(try await due("2026-03-13").first)
        #expect(first.seats == 1 && first.vacant == 1 && first.dueOn == nil)

        try await tenants.runner.run(
            RecordMandate(
                on: seat.id, of: body.id, in: alliance.id, holder: .person(person),
                from: try #require(CalendarDate("2026-03-01")), paper: "Acta 1"), as: principal)
        // It ends on 29 February 2028, and its holder goes on until replaced.
        for (text, count) in [
            ("2026-03-13", 0), ("2027-11-30", 0), ("2027-12-01", 1), ("2028-02-28", 1), ("2028-09-13", 1),
        ] {
            #expect(try await due(text).count == count, "\(text)")
        }
        let ending = try #require(try await due("2028-02-28").first)
        #expect(ending.seats == 1 && ending.vacant == 0)
        #expect(ending.dueOn == CalendarDate("2028-02-29"))

        // A process that elects to the body takes over, and one that came to nothing does not.
        let process = ID<ElectoralProcess>()
        try await tenants.insertProcess(process, of: alliance.id, in: organization)
        _ = try await tenants.database.transaction(scope) { transaction in
            try await transaction.execute(
                """
                insert into elections.contests (
                    organization_id, contest_id, process_id, position, name, body_id, seats, candidature,
                    voting_mode, counting_rule, majority_base, has_blank_majority, alternates, rules_source,
                    rules_are_confirmed, state)
                values (
                    \(organization.id), \(ID<Contest>()), \(process), 1, 'Junta', \(body.id), 1, 'slates',
                    'paper', 'mayoria', 'valid', false, 'none', 'Estatutos', true, 'open')
                """)
        }
        #expect(try await due("2028-02-28").isEmpty)
        _ = try await tenants.database.transaction(scope) { transaction in
            try await transaction.execute(
                """
                update elections.contests set state = 'void', state_reason = 'Nadie se postuló'
                where organization_id = \(organization.id) and process_id = \(process)
                """)
        }
        #expect(try await due("2028-02-28").count == 1)
    }
}
