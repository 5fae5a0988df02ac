import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// The undertaking of confidentiality signed by a mailed code: wrong, replaced, too old, used, tried too often.
@Suite struct UndertakingCodeTests {
    private struct Scene {
        let setting: Setting
        let rosa: Principal

        var alliance: ID<Alliance> { setting.alliance.id }
        var codes: OneTimeCodes { setting.tenants.identity.oneTimeCodes }

        static func make() async throws -> Self {
            let setting = try await Setting.make()
            let user = ID<User>()
            try await setting.write { transaction in
                try await transaction.execute(
                    """
                    insert into tenancy.users (
                        organization_id, user_id, name, email, office_title, is_active, created_at)
                    values (
                        \(setting.organization.id), \(user), 'Rosa Arrieta', 'rosa@entidad.gov.co', 'Vocal',
                        true, '2026-01-01')
                    """)
                try await transaction.execute(
                    """
                    insert into tenancy.grants (
                        organization_id, grant_id, user_id, role, alliance_id, starts_at)
                    values (
                        \(setting.organization.id), \(ID<Grant>()), \(user), 'board', \(setting.alliance.id),
                        '2026-01-01')
                    """)
            }
            try await setting.run(PublishConfidentialityText("Me comprometo.", holding: 12))
            let now = setting.tenants.runner.now
            let grants = try await setting.read { try await $0.grants(of: user, at: now) }
            return Self(
                setting: setting,
                rosa: Principal(organization: setting.organization.id, user: user, grants: grants))
        }

        /// Asks for a code and opens what waits for its mail.
        func sent(_ version: Int = 1) async throws -> String {
            let address = try await setting.tenants.runner.run(
                SendUndertakingCode(version, in: alliance, from: codes), as: rosa)
            #expect(address == "r•••@entidad.gov.co")
            let organization = setting.organization.id
            let parcel = try await setting.read { transaction in
                try await transaction.row(
                    """
                    select subject_id as subject, payload from tenancy.outbox
                    where organization_id = \(organization) and topic = 'governance.minutes.code'
                    order by message_id desc limit 1
                    """, as: Waiting.self)
            }
            let waiting = try #require(parcel)
            let id = try #require(ID<SigningParcel>(waiting.subject))
            let sealed = try waiting.payload.decoded(as: SigningParcel.self)
            #expect(sealed.title == "el compromiso de confidencialidad")
            return try #require(try codes.open(sealed.sealedCode, for: id.rawValue))
        }

        func sign(_ code: String, _ version: Int = 1) async throws -> Bool {
            try await setting.tenants.runner.run(
                UndertakeConfidentiality(version, by: .code(code), in: alliance), as: rosa)
        }

        func undertakings() async throws -> [ConfidentialityUndertaking] {
            try await setting.fetch(ListConfidential(of: alliance)).undertakings
        }
    }

    private struct Waiting: RowDecodable {
        let subject: String
        let payload: JSONText

        init(row: Row) throws(RowError) {
            subject = try row["subject"]
            payload = try row["payload"]
        }
    }

    @Test func `the code that was sent last signs, once`() async throws {
        let scene = try await Scene.make()
        #expect(try await !scene.sign("aaaaa-bbbbb"))
        let first = try await scene.sent()
        scene.setting.tenants.clock.advance(by: 60)
        let second = try await scene.sent()
        #expect(try await !scene.sign(first))
        #expect(try await scene.undertakings().isEmpty)
        #expect(try await scene.sign(second))
        #expect(
            try await scene.undertakings().map(\.signature) == [.code(sentTo: "r•••@entidad.gov.co")])
        await #expect(throws: ConfidentialityError.signedAlready) { _ = try await scene.sent() }
        // Other words are signed by another code.
        try await scene.setting.run(PublishConfidentialityText("Me comprometo más.", holding: 12))
        await #expect(throws: ConfidentialityError.textChanged) { _ = try await scene.sign(second) }
        #expect(try await !scene.sign(second, 2))
    }

    @Test func `a code that is too old, or was guessed at, signs nothing`() async throws {
        let scene = try await Scene.make()
        let old = try await scene.sent()
        scene.setting.tenants.clock.advance(by: OneTimeCodes.life + 1)
        #expect(try await !scene.sign(old))
        let guessed = try await scene.sent()
        for _ in 1...OneTimeCodes.mostAttempts { #expect(try await !scene.sign("aaaaa-bbbbb")) }
        #expect(try await !scene.sign(guessed))
        #expect(try await scene.undertakings().isEmpty)
    }

    @Test func `who is not on the board is sent nothing`() async throws {
        let scene = try await Scene.make()
        let office = try await scene.setting.tenants.principal(.office, of: scene.setting.organization)
        await #expect(throws: AccessError.self) {
            _ = try await scene.setting.tenants.runner.run(
                SendUndertakingCode(1, in: scene.alliance, from: scene.codes), as: office)
        }
    }
}
