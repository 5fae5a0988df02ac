import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Membership

@Suite struct FindMembersTests {
    /// Two alliances of one entity, in both of which one person is a member.
    private struct Two {
        let first: EligibleAlliance
        let second: Alliance

        static func make() async throws -> Two {
            let first = try await EligibleAlliance.make()
            try await first.publishText()
            try await first.register("91000001", "91000002", "91000003")
            try await first.enrol("91000001", "91000002")
            // As an import does.
            try await first.tenants.database.execute(
                """
                insert into membership.affiliate_words (organization_id, word, person_id)
                select organization_id, word, person_id from membership.affiliates
                cross join lateral unnest(membership.name_words(
                    first_surname, second_surname, first_name, second_name)) as names (word)
                where organization_id = \(first.organization.id)
                """, in: first.scope)
            let second = try await first.tenants.alliance("Otra alianza", in: first.organization)
            try await first.run(
                EnrolMembers(
                    ["91000001", "91000003"].map { try first.document($0) }, in: second.id, on: first.today,
                    through: .paper))
            return Two(first: first, second: second)
        }

        func found(_ words: String, in streams: [AuditStream], as principal: Principal) async throws
            -> [String]
        {
            try await first.tenants.runner.fetch(FindMembers(words, in: streams), as: principal)
                .map { "\($0.member.document.number) \($0.alliance == second.id ? 2 : 1)" }.sorted()
        }
    }

    @Test func `members are found in all alliances at once, or in some`() async throws {
        let two = try await Two.make()
        let office = two.first.recorder
        #expect(
            try await two.found("prueba ana", in: [.office], as: office)
                == ["91000001 1", "91000001 2", "91000002 1", "91000003 2"])
        #expect(try await two.found("91000001", in: [.office], as: office) == ["91000001 1", "91000001 2"])
        #expect(
            try await two.found("prueba", in: [.alliance(two.second.id)], as: office)
                == ["91000001 2", "91000003 2"])
        #expect(try await two.found("nadie", in: [.office], as: office) == [])
        #expect(try await two.found("%", in: [.office], as: office) == [])
    }

    @Test func `the right is asked in each space, and nobody asks in none`() async throws {
        let two = try await Two.make()
        let board = try await two.first.tenants.principal(
            .board, of: two.first.organization, in: .alliance(two.second.id))
        #expect(
            try await two.found("prueba", in: [.alliance(two.second.id)], as: board)
                == ["91000001 2", "91000003 2"])
        for streams: [AuditStream] in [
            [.office], [.alliance(two.second.id), .alliance(two.first.alliance.id)], [],
        ] {
            await #expect(throws: AccessError.notPermitted(.seeMembers)) {
                try await two.found("prueba", in: streams, as: board)
            }
        }
    }

    @Test func `who looks in from outside leaves one trace of a search over the whole entity`() async throws {
        let two = try await Two.make()
        let control = try await two.first.tenants.principal(.controlBody, of: two.first.organization)
        func traces() async throws -> [String] {
            try await two.first.tenants.database.read(two.first.scope) { transaction in
                try await transaction.values(
                    """
                    select stream_id::text from tenancy.audit_events
                    where organization_id = \(two.first.organization.id)
                        and action = 'tenancy.personal_data.read'
                    order by 1
                    """, as: String.self)
            }
        }
        let before = try await traces()
        _ = try await two.found("prueba", in: [.office], as: control)
        #expect(try await traces().count == before.count + 1)
        #expect(try await traces().contains("\(two.first.organization.id)"))
        _ = try await two.found(
            "prueba", in: [.alliance(two.first.alliance.id), .alliance(two.second.id)], as: control)
        #expect(try await traces().count == before.count + 3)
    }
}
