import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Reporting

@Suite struct PastDayTests {
    /// An alliance that was constituted on 2025-05-02, registered on 2025-09-01, that adopted its bylaws on 2025-07-01 and
    /// gave accounts on 2026-02-10, asked on 2026-06-30.
    private static let history = """
        set session_replication_role = replica;
        update tenancy.alliances set state = 'active', created_at = '2025-06-01' where alliance_id = {alliance};
        insert into governance.constitutions (
            organization_id, constitution_id, alliance_id, held_on, place, attendees, minutes_file_id, recorded_at)
        values ({entity}, 'c0000000-0000-4000-8000-000000000001', {alliance}, '2025-05-02', 'Casa de la cultura', 20,
            gen_random_uuid(), '2025-06-01');
        insert into governance.constitution_signers (
            organization_id, constitution_id, position, person_id, name, office)
        select {entity}, 'c0000000-0000-4000-8000-000000000001', n, gen_random_uuid(), 'Persona ' || n, null
        from generate_series(1, 5) as n;
        insert into governance.registrations (
            organization_id, registration_id, alliance_id, authority, number, registered_on, recorded_at)
        values ({entity}, gen_random_uuid(), {alliance}, 'Secretaría de Salud', '014', '2025-09-01', '2025-09-02');
        insert into governance.bylaws (
            organization_id, bylaws_id, alliance_id, version, title, approved_on, in_force_from, text_file_id,
            recorded_at, approved_in)
        values ({entity}, gen_random_uuid(), {alliance}, 1, 'Estatutos', '2025-07-01', '2025-07-01',
            gen_random_uuid(), '2025-07-01', 'Acta 2');
        insert into governance.reports (
            organization_id, report_id, alliance_id, kind, title, given_on, year, audience, file_id,
            recorded_at)
        values ({entity}, gen_random_uuid(), {alliance}, 'accountability', 'Rendición', '2026-02-10', 2025,
            'Usuarios', gen_random_uuid(), '2026-02-10');
        """

    private func answers(
        on days: [String]
    ) async throws -> [String: [Obligation.Code: ObligationState]] {
        let tenants = try await TestTenants.withObligations()
        let organization = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: organization)
        try await tenants.database.script(
            Self.history.replacing("{entity}", with: "'\(organization.id)'::uuid")
                .replacing("{alliance}", with: "'\(alliance.id)'::uuid"), as: TestCluster.superuser)
        tenants.clock.advance(
            by: ColombianTime.startOfDay(day("2026-06-30")).timeIntervalSince(tenants.clock.now))
        var answers: [String: [Obligation.Code: ObligationState]] = [:]
        for text in days {
            let said = try await tenants.runner.fetch(
                AssessAlliance(alliance.id, on: day(text)), as: .terminal(in: organization.id))
            answers[text] = Dictionary(said.map { ($0.terms.obligation.code, $0.state) }) { first, _ in first
            }
        }
        return answers
    }

    @Test func `a past day is answered by what was so by its end`() async throws {
        let answers = try await answers(on: [
            "2020-01-01", "2025-05-01", "2025-05-02", "2025-08-31", "2025-09-01", "2026-02-09", "2026-06-30",
        ])
        func states(_ code: Obligation.Code) -> [ObligationState?] {
            answers.keys.sorted().map { answers[$0]?[code] }
        }
        // Nothing is asked of an alliance that was neither constituted nor known here.
        #expect(Set(answers["2020-01-01"]?.values.map(\.self) ?? []) == [.notApplicable])
        #expect(Set(answers["2025-05-01"]?.values.map(\.self) ?? []) == [.notApplicable])
        #expect(
            states(.constitution)
                == [.notApplicable, .notApplicable, .met, .met, .met, .met, .met])
        #expect(states(.registration).suffix(3) == [.met, .met, .met])
        #expect(!states(.registration).prefix(4).contains(.met))
        #expect(answers["2025-05-02"]?[.bylaws] != .met)
        #expect(answers["2025-08-31"]?[.bylaws] == .met)
        #expect(answers["2026-02-09"]?[.accountability] != answers["2026-06-30"]?[.accountability])
    }

    @Test func `an election counts from its call, and from its proclamation as proclaimed`() {
        let facts = AllianceFacts.test {
            $0.elections = [
                .init(
                    id: ID(), name: "2026", isUnderWay: false, calledOn: day("2026-01-10"),
                    proclaimedOn: day("2026-03-20"), electors: 40,
                    contests: [.init(name: "Junta", record: 1, electedOffRoll: 0, sumsAgree: true)])
            ]
        }
        func election(_ text: String) -> AllianceFacts.Election? {
            facts.known(by: day(text), after: []).elections.first
        }
        #expect(election("2026-01-09") == nil)
        #expect(election("2026-03-19")?.isUnderWay == true)
        #expect(election("2026-03-19")?.contests.isEmpty == true)
        #expect(election("2026-03-20") == facts.elections.first)
    }

    @Test func `an alliance was what it was before it was dissolved, and is again when that was put right`() {
        let act = { (kind: Dissolution.Kind, before: Alliance.State, after: Alliance.State, on: String) in
            Dissolution(
                id: ID(), kind: kind, before: before, after: after, reason: "Así se decidió", act: "Acta 1",
                decidedOn: day(on), file: nil, recordedAt: Date(timeIntervalSince1970: 0))
        }
        let acts = [
            act(.restored, .dissolved, .active, "2026-05-01"),
            act(.dissolved, .constituted, .dissolved, "2026-04-01"),
        ]
        let facts = AllianceFacts.test(state: .active)
        #expect(facts.known(by: day("2026-03-31"), after: acts).state == .constituted)
        #expect(facts.known(by: day("2026-04-01"), after: acts).state == .dissolved)
        #expect(facts.known(by: day("2026-05-01"), after: acts).state == .active)
    }
}
