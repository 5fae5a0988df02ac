import Kernel
import Membership
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Elections

/// What a member reads of themselves: by the document of their account, and of nobody else.
@Suite struct OwnVoteTests {
    private static func member(
        _ number: Int?, of setting: ElectionSetting, as role: Role = .member
    ) async throws -> Principal {
        try await setting.tenants.principal(
            role, of: setting.organization, in: .alliance(setting.alliance.id),
            document: try number.map { try IdentityDocument(type: .cedula, number: String($0)) })
    }

    private static func vote(of principal: Principal, in setting: ElectionSetting) async throws -> OwnVote {
        let votes = try await setting.tenants.runner.fetch(
            ReadOwnVotes(in: setting.alliance.id), as: principal)
        return try #require(votes.first)
    }

    /// Members are 1000000000 and on; every number that three divides is suspended as an affiliate.
    @Test func `a member reads whether they are on the roll, why not, and where they vote`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let elector = try await Self.member(1_000_000_000, of: setting)
        let suspended = try await Self.member(1_000_000_002, of: setting)
        let stranger = try await Self.member(1_000_000_900, of: setting)
        let unnamed = try await Self.member(nil, of: setting)
        #expect(
            try await setting.tenants.runner.fetch(ReadOwnVotes(in: setting.alliance.id), as: elector) == [])

        let process = try await setting.called()
        #expect(try await Self.vote(of: elector, in: setting).standing == .unpublished)
        try await setting.tenants.runner.run(
            PublishProvisionalRoll(of: process, of: setting.alliance.id), as: setting.committee)
        let first = try await Self.vote(of: elector, in: setting)
        #expect(first.standing == .on(.provisional, table: nil))
        #expect(first.claimsUntil != nil && first.calendar?[.voting] != nil && first.tables.count == 1)
        guard case .off(.provisional, let reasons) = try await Self.vote(of: suspended, in: setting).standing
        else {
            Issue.record("Who is suspended is not on the roll.")
            return
        }
        #expect(reasons.count == 1)
        for nobody in [stranger, unnamed] {
            let vote = try await Self.vote(of: nobody, in: setting)
            #expect(vote.standing == .unlisted && vote.claims == [])
        }

        _ = try await setting.file(
            ClaimDraft(
                .include, about: IdentityDocument(type: .cedula, number: "1000000002"), named: "Ana Prueba",
                by: "Ana Prueba", because: "Ya pagué."), .office, in: process)
        #expect(try await Self.vote(of: suspended, in: setting).claims.map(\.state) == [.open])
        #expect(try await Self.vote(of: elector, in: setting).claims == [])
        try await setting.decide(1, false, in: process)
        try await setting.freezeRoll(of: process)
        let last = try await Self.vote(of: elector, in: setting)
        guard case .on(.frozen, _) = last.standing else {
            Issue.record("Who may vote is on the frozen roll.")
            return
        }
        #expect(last.claimsUntil == nil)
        #expect(try await Self.vote(of: suspended, in: setting).claims.map(\.state) == [.dismissed])
    }

    @Test func `who is no member of the alliance asks nothing of it`() async throws {
        let setting = try await ElectionSetting.make(members: 1)
        let other = try await setting.tenants.alliance("Otra alianza", in: setting.organization)
        let member = try await Self.member(1_000_000_000, of: setting)
        await #expect(throws: AccessError.notPermitted(.seeOwnVote)) {
            try await setting.tenants.runner.fetch(ReadOwnVotes(in: other.id), as: member)
        }
        await #expect(throws: AccessError.notPermitted(.seeOwnVote)) {
            try await setting.tenants.runner.fetch(
                ReadOwnVotes(in: setting.alliance.id), as: setting.office)
        }
    }

    @Test func `the list of the roll is in the order of surnames, and has them first`() async throws {
        let setting = try await ElectionSetting.make(members: 6)
        let process = try await setting.provisional()
        let lines = try await setting.tenants.runner.fetch(
            ListRoll(of: process, of: setting.alliance.id, limit: 10), as: setting.committee
        ).lines
        #expect(Set(lines.map(\.name)) == ["Arrieta Ana", "Ñáñez Ana"])
        #expect(lines.map(\.name) == lines.map(\.name).sorted { $0.folded < $1.folded })
    }

    @Test(arguments: [
        ("Alba Leidy Gutiérrez Alvarado", "gutierrez alvarado alba leidy", "Gutiérrez Alvarado Alba Leidy"),
        ("Ana Ñáñez", "nanez ana", "Ñáñez Ana"),
        // What no turn of its words gives stays as it is.
        ("Ana de la Hoz", "otra forma", "Ana de la Hoz"),
    ])
    func `a name is turned as its folded form has it`(name: String, folded: String, turned: String) {
        #expect(name.rotated(asFolded: folded) == turned)
    }
}
