import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// What an entity hands over under confidentiality: read by who of the board undertook it, and told each time.
@Suite struct ConfidentialityTests {
    /// A member of the board of the alliance, with an account.
    private func member(_ name: String, in setting: Setting) async throws -> Principal {
        let user = ID<User>()
        try await setting.write { transaction in
            try await transaction.execute(
                """
                insert into tenancy.users (
                    organization_id, user_id, name, email, office_title, is_active, created_at)
                values (
                    \(setting.organization.id), \(user), \(name), \("\(user)@example.org"), 'Vocal', true,
                    '2026-01-01')
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
        let now = setting.tenants.runner.now
        let grants = try await setting.read { try await $0.grants(of: user, at: now) }
        return Principal(organization: setting.organization.id, user: user, grants: grants)
    }

    private func given(
        in setting: Setting, until text: String = "2026-04-30", months: Int = 1
    ) async throws -> (item: ID<ConfidentialItem>, file: ID<ConfidentialFile>) {
        try await setting.run(PublishConfidentialityText("Me comprometo.", holding: months))
        let item = try await setting.run(
            GiveConfidential(
                ConfidentialItem(
                    title: "Indicadores", giver: "Calidad", purpose: "Seguimiento",
                    receivedOn: day("2026-03-02"), untilOn: day(text)),
                setting.paper(), to: setting.alliance.id))
        let listed = try await setting.fetch(ListConfidential(of: setting.alliance.id))
        return (item, try #require(listed.files.first).id)
    }

    private var drawing: SignatureDrawing {
        get throws { try SignatureDrawing("M10 10L60 90L120 20L180 100L240 30L300 110") }
    }

    @Test func `who signed reads, and that they did is told to board and entity`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let (item, file) = try await given(in: setting)
        let rosa = try await member("Rosa Arrieta", in: setting)
        let runner = setting.tenants.runner
        await #expect(throws: ConfidentialityError.notUndertaken) {
            try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        }
        try await runner.run(UndertakeConfidentiality(1, by: .drawn(drawing), in: alliance), as: rosa)
        await #expect(throws: ConfidentialityError.signedAlready) {
            try await runner.run(UndertakeConfidentiality(1, by: .drawn(drawing), in: alliance), as: rosa)
        }
        let opened = try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        #expect(opened.content == Array("%PDF-1.7 acta".utf8))
        try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        let listed = try await setting.fetch(ListConfidential(of: alliance))
        #expect(listed.reads.map(\.reader) == ["Rosa Arrieta", "Rosa Arrieta"])
        #expect(listed.reads.allSatisfy { $0.item == item })

        // Another of the board has signed nothing.
        let luis = try await member("Luis Burgos", in: setting)
        await #expect(throws: ConfidentialityError.notUndertaken) {
            try await runner.run(ReadConfidential(file, of: alliance), as: luis)
        }
        // Whoever has no right there is stopped before.
        let user = try #require(rosa.user)
        let leaver = Principal(organization: setting.organization.id, user: user, grants: [])
        await #expect(throws: AccessError.self) {
            try await runner.run(ReadConfidential(file, of: alliance), as: leaver)
        }
    }

    @Test func `an undertaking that was withdrawn, or information that was taken back, opens nothing`()
        async throws
    {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        let (item, file) = try await given(in: setting)
        let rosa = try await member("Rosa Arrieta", in: setting)
        let user = try #require(rosa.user)
        let runner = setting.tenants.runner
        await #expect(throws: ConfidentialityError.notOnBoard) {
            try await setting.run(BindUndertaking(1, signedBy: ID(), on: setting.paper(), in: alliance))
        }
        try await setting.run(BindUndertaking(1, signedBy: user, on: setting.paper(), in: alliance))
        try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        let undertaking = try #require(
            try await setting.fetch(ListConfidential(of: alliance)).undertaking(of: user))
        // A month from the day on which it was signed ends the day before its like.
        #expect(undertaking.endsOn == (try day("2026-04-02")))
        try await setting.run(WithdrawUndertaking(undertaking.id, in: alliance, because: "Lo pidió"))
        await #expect(throws: ConfidentialityError.notUndertaken) {
            try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        }
        try await runner.run(UndertakeConfidentiality(1, by: .drawn(drawing), in: alliance), as: rosa)
        try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        try await setting.run(EndConfidential(item, of: alliance, because: "Devuelta"))
        await #expect(throws: ConfidentialityError.over) {
            try await runner.run(ReadConfidential(file, of: alliance), as: rosa)
        }
    }

    @Test func `nothing is handed over without words, and nobody signs words that changed`() async throws {
        let setting = try await Setting.make()
        let alliance = setting.alliance.id
        await #expect(throws: ConfidentialityError.noText) {
            try await setting.run(
                GiveConfidential(
                    ConfidentialItem(
                        title: "Indicadores", giver: "Calidad", purpose: "Seguimiento",
                        receivedOn: day("2026-03-02"), untilOn: day("2026-04-30")),
                    setting.paper(), to: alliance))
        }
        _ = try await given(in: setting)
        try await setting.run(PublishConfidentialityText("Otras palabras.", holding: 6))
        let rosa = try await member("Rosa Arrieta", in: setting)
        await #expect(throws: ConfidentialityError.textChanged) {
            try await setting.tenants.runner.run(
                UndertakeConfidentiality(1, by: .drawn(drawing), in: alliance), as: rosa)
        }
    }

    @Test func `the board is told that something waits to be signed, until it is`() async throws {
        let setting = try await Setting.make()
        _ = try await given(in: setting)
        let rosa = try await member("Rosa Arrieta", in: setting)
        let (database, now) = (setting.tenants.database, setting.tenants.runner.now)
        func waiting() async throws -> [PendingItem.Kind] {
            try await PendingDesk(database: database, sources: [UndertakingsToSign()])
                .items(for: rosa, at: now).map(\.kind)
        }
        #expect(try await waiting() == [.undertakingToSign])
        try await setting.tenants.runner.run(
            UndertakeConfidentiality(1, by: .drawn(drawing), in: setting.alliance.id), as: rosa)
        #expect(try await waiting() == [])
    }
}
