import Foundation
import Kernel
import Postgres
import Tenancy
import TestSupport
import Testing

@testable import Governance

/// Who is told of minutes, and by whose hand they are signed and sealed.
@Suite struct MinutesTellingTests {
    // MARK: Told

    @Test func `those who were there are told of each version once, and who observed of the answer`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let rosa = try await scene.reader(0, .member, "rosa@correo.co")
        // One who was not there, and one who was and whom no mail reaches.
        _ = try await scene.reader(2, .member, "vocal@correo.co")
        _ = try await scene.reader(1, .member, "luis@ejemplo.invalid")
        let meeting = try await scene.heldMeeting(on: "2026-03-10")
        try await scene.tell(of: meeting)
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: day("2026-03-20")))
        var mails = try await setting.mails()
        #expect(mails.map(\.recipient) == ["rosa@correo.co"])
        let mail = try #require(mails.first)
        #expect(mail.text.contains("«Reunión de junta»") && mail.text.contains("20 de marzo de 2026"))
        #expect(mail.path?.hasSuffix("/reuniones/\(meeting.id)/acta") == true)
        #expect(try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance)).told == 1)

        let runner = setting.tenants.runner
        try await runner.run(
            ObserveMinutes("Falta un punto", on: "desarrollo", of: meeting.id, in: alliance), as: rosa)
        let observation = try #require(
            try await setting.fetch(ReadMinutes(of: meeting.id, in: alliance)).observations.first)
        try await setting.run(
            AnswerMinutesObservation(
                observation.id, of: meeting.id, in: alliance, isAccepted: false, answer: "Está en el punto 2")
        )
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        mails = try await setting.mails()
        #expect(mails.map(\.recipient) == Array(repeating: "rosa@correo.co", count: 3))
        #expect(
            Set(mails.map(\.subject)) == [
                "Un acta espera sus observaciones", "Respondieron su observación a un acta",
                "Hay otra versión de un acta",
            ])
        // A version without a day is asked for, too.
        let items = try await setting.tenants.database.read(TenantScope(rosa)) {
            try await MinutesToObserve().items(in: $0, on: day("2026-04-20"), at: setting.tenants.clock.now)
        }
        #expect(items.map(\.names) == [["la versión 2 del acta de «Reunión de junta»"]])
    }

    @Test func `of the board's own minutes its board alone is told, without their name`() async throws {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        _ = try await scene.reader(0, .board, "presidencia@correo.co")
        _ = try await scene.reader(1, .member, "invitado@correo.co")
        let meeting = try await scene.heldMeeting(on: "2026-03-10", isReserved: true)
        try await scene.tell(of: meeting)
        try await setting.run(CirculateMinutes(meeting.id, in: alliance, until: nil))
        let mails = try await setting.mails()
        #expect(mails.map(\.recipient) == ["presidencia@correo.co"])
        #expect(mails.allSatisfy { !$0.text.contains(meeting.title) && !$0.subject.contains(meeting.title) })
    }

    // MARK: Paper

    @Test func `a scan signs once it was looked at, and who attached it may bring another until the seal`()
        async throws
    {
        let scene = try await MinutesScene.make()
        let (setting, alliance) = (scene.setting, scene.setting.alliance.id)
        let runner = setting.tenants.runner
        let office = try await setting.tenants.principal(.office, of: setting.organization)
        let other = try await setting.tenants.principal(.office, of: setting.organization)
        let meeting = try await scene.approvedMeeting()
        func signings() async throws -> [MinutesFile.Signing] {
            try await runner.fetch(ReadMinutes(of: meeting, in: alliance), as: office).signings
        }
        func scan(_ words: String) throws -> StoredFile {
            try StoredFile(
                name: "firma.pdf", content: Array("%PDF-1.7 \(words)".utf8), effectiveOn: day("2026-03-12"))
        }
        let first = try await signings()[0].signer
        let wrong = try await runner.run(
            AttachSignatureScan(scan("equivocada"), of: first.id, of: meeting, in: alliance), as: office)
        #expect(try await signings()[0].signer.signature == nil)
        let right = try await runner.run(
            AttachSignatureScan(scan("buena"), of: first.id, of: meeting, in: alliance), as: office)
        await #expect(throws: MinutesError.scanNotFound) {
            try await runner.run(
                SignMinutes(first.id, of: meeting, in: alliance, by: .paper(wrong)), as: office)
        }
        try await runner.run(SignMinutes(first.id, of: meeting, in: alliance, by: .paper(right)), as: office)
        let signed = try await signings()[0]
        #expect(signed.signer.signature?.way == .paper && signed.mayReplace && signed.scan == nil)

        await #expect(throws: MinutesError.signedAlready) {
            try await runner.run(
                AttachSignatureScan(scan("de otro"), of: first.id, of: meeting, in: alliance), as: other)
        }
        let better = try await runner.run(
            AttachSignatureScan(scan("mejor"), of: first.id, of: meeting, in: alliance), as: office)
        #expect(try await signings()[0].signer.signature?.paper == signed.signer.signature?.paper)
        try await runner.run(
            ReplaceSignatureScan(with: better, of: first.id, of: meeting, in: alliance), as: office)
        #expect(try await signings()[0].signer.signature?.paper != signed.signer.signature?.paper)
        #expect(try await signings()[0].signer.signature?.at == signed.signer.signature?.at)

        for signing in try await signings().dropFirst() {
            try await setting.sign(signing.signer.id, onPaper: scan("otra"), of: meeting)
        }
        // The seal is the act of one of those who signed, or of who may seal; not of any who may sign something.
        let member = try await setting.tenants.principal(
            .member, of: setting.organization, in: .alliance(alliance))
        await #expect(throws: AccessError.notPermitted(.sealMinutes)) {
            try await scene.seal(meeting, as: member)
        }
        try await scene.seal(meeting, as: office)
        let organization = setting.organization.id
        let sealedBy: ID<User>? = try await setting.read { transaction in
            try await transaction.value(
                "select sealed_by from governance.minutes_seals where organization_id = \(organization)")
        }
        #expect(sealedBy == office.user)
        await #expect(throws: MinutesError.signedAlready) {
            try await runner.run(
                AttachSignatureScan(scan("tarde"), of: first.id, of: meeting, in: alliance), as: office)
        }
    }
}

extension MinutesScene {
    /// One of the people with an account that mail may reach.
    fileprivate func reader(_ index: Int, _ role: Role, _ address: String) async throws -> Principal {
        try await setting.tenants.principal(
            role, of: setting.organization, in: .alliance(setting.alliance.id), name: "Lector \(index)",
            email: address, document: IdentityDocument(type: .cedula, number: Setting.documents[index]))
    }
}

extension Setting {
    /// The mails that wait, the first first.
    fileprivate func mails() async throws -> [Mailing] {
        let payloads: [JSONText] = try await read { transaction in
            try await transaction.values(
                """
                select payload from tenancy.outbox
                where organization_id = \(organization.id) and topic = 'tenancy.mail' order by message_id
                """)
        }
        return try payloads.map { try $0.decoded(as: Mailing.self) }
    }
}
