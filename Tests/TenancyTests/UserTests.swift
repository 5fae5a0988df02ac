import Foundation
import Kernel
import Logging
import Postgres
import TestSupport
import Testing

@testable import Tenancy

@Suite struct UserTests {
    private let visitor = Visitor(address: "192.0.2.7", userAgent: nil)
    private let phrase = "cuatro gallinas en el solar"

    @Test(arguments: [
        (from: -86_400.0, until: 86_400.0 as Double?, error: GrantError.startsInThePast),
        (0, -60, .endsInThePast), (0, 0, .endsInThePast), (10 * 86_400, 86_400, .endsBeforeItStarts),
        (86_400, 86_400, .endsBeforeItStarts),
    ])
    func `a role is given for a time that can be`(from: Double, until: Double?, error: GrantError)
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let user = try await tenants.invite(nil, of: insurer).user
        let now = tenants.clock.now
        await #expect(throws: error) {
            try await tenants.runner.run(
                GrantRole(
                    .office, in: .organization, to: user, from: now.addingTimeInterval(from),
                    until: until.map { now.addingTimeInterval($0) }),
                as: .terminal(in: insurer.id))
        }
    }

    @Test func `a role that begins later counts from then until its end`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let user = try await tenants.invite(nil, of: insurer).user
        let now = tenants.clock.now
        try await tenants.runner.run(
            GrantRole(
                .office, in: .organization, to: user, from: now.addingTimeInterval(86_400),
                until: now.addingTimeInterval(3 * 86_400)),
            as: .terminal(in: insurer.id))
        for (days, isHeld) in [(0.0, false), (0.9, false), (1.1, true), (2.9, true), (3.1, false)] {
            tenants.clock.advance(
                by: now.addingTimeInterval(days * 86_400).timeIntervalSince(tenants.clock.now))
            let principal = try await tenants.principal(of: user, in: insurer)
            #expect(principal.holds(.createAlliances, in: .office) == isHeld, "\(days) days")
        }
    }

    @Test func `an administrator ends a user's sessions here, and none elsewhere`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let other = try await tenants.insurer("Otra EPS de prueba")
        let email = "ana@ejemplo.invalid"
        let first = try await tenants.invite(.office, of: insurer, email: email)
        let here = try await tenants.identity.accept(
            first.code, password: phrase, repeated: phrase, from: visitor)
        let joined = try await tenants.invite(.office, of: other, email: email)
        _ = try await tenants.identity.join(joined.code, in: here.session, from: visitor)
        let signedIn = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        try await tenants.identity.enter(other.id, from: signedIn.session)
        let third = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        try await tenants.identity.enter(insurer.id, from: third.session)
        try await tenants.identity.enter(insurer.id, from: here.session)

        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        let seen = try await tenants.runner.fetch(ReadUser(first.user), as: administrator)
        #expect(Set(seen.sessions.map(\.id)) == [here.session.id, third.session.id])
        let ended = try await tenants.runner.run(EndUserSessions(of: first.user), as: administrator)
        #expect(ended == 2)
        #expect(try await tenants.identity.admission(of: here.token) == nil)
        #expect(try await tenants.identity.admission(of: third.token) == nil)
        #expect(try await tenants.identity.admission(of: signedIn.token) != nil)
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .office, matching: LogFilter(action: "tenancy.user.sessions_ended"))
        }
        #expect(log.count == 1)
        await #expect(throws: AccessError.self) {
            try await tenants.runner.run(
                EndUserSessions(of: first.user),
                as: tenants.principal(.office, of: insurer, name: "Cira Prueba"))
        }
    }

    @Test func `nobody resets their own access, and a reset tells how the person was known`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.officeAdministrator, of: insurer)
        _ = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let oneself = try await tenants.principal(of: invitation.user, in: insurer)
        let confirmation = try IdentityConfirmation(.callBack, remark: "Contestó y dijo su cargo")
        let reset = ResetAccess(
            of: invitation.user, confirmation: confirmation, through: tenants.identity)
        await #expect(throws: UserError.resetsOneself) {
            try await tenants.runner.run(reset, as: oneself)
        }
        let another = try await tenants.principal(.officeAdministrator, of: insurer, name: "Beto Prueba")
        _ = try await tenants.runner.run(reset, as: another)
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .office, matching: LogFilter(action: "tenancy.user.access_reset"))
        }
        #expect(log.first?.details?.contains("call_back") == true)
        #expect(log.first?.details?.contains("Contestó y dijo su cargo") == true)
    }

    @Test func `a committee is known by its document, and whoever has it is one user`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let space = Grant.Space.alliance(alliance.id)
        let document = try IdentityDocument(type: .cedula, number: "12345678")
        func invite(_ email: String, _ document: IdentityDocument?) async throws -> ID<User> {
            try await tenants.runner.run(
                InviteUser(
                    name: "Ana Prueba", email: email, officeTitle: "Comité", document: document,
                    role: .electionCommittee, in: space, through: tenants.identity),
                as: .terminal(in: insurer.id)
            ).user
        }
        await #expect(throws: GrantError.needsDocument(.electionCommittee, "Ana Prueba")) {
            _ = try await invite("ana@ejemplo.invalid", nil)
        }
        let user = try await invite("ana@ejemplo.invalid", document)
        await #expect(throws: UserError.documentTaken(document.formatted)) {
            _ = try await invite("otra@ejemplo.invalid", document)
        }
        // Neither does somebody get onto the committee whom nobody knows, nor lose the document while there.
        let unknown = try await tenants.invite(.member, of: insurer, in: space, name: "Beto Prueba").user
        await #expect(throws: GrantError.needsDocument(.electionCommittee, "Beto Prueba")) {
            try await tenants.runner.run(
                GrantRole(.electionCommittee, in: space, to: unknown), as: .terminal(in: insurer.id))
        }
        func edit(_ document: IdentityDocument?) -> EditUser {
            EditUser(user, name: "Ana Prueba", officeTitle: "Comité", document: document, isActive: true)
        }
        await #expect(throws: GrantError.needsDocument(.electionCommittee, "Ana Prueba")) {
            try await tenants.runner.run(edit(nil), as: .terminal(in: insurer.id))
        }
        // Another document is told where they decide.
        try await tenants.runner.run(
            edit(try IdentityDocument(type: .cedula, number: "87654321")), as: .terminal(in: insurer.id))
        let told = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .alliance(alliance.id), matching: LogFilter(action: "tenancy.user.document_changed"))
        }
        #expect(told.count == 1)
    }

    @Test(arguments: ["", "corto", String(repeating: "a", count: 301)])
    func `a remark that says nothing, or too much, confirms nobody`(remark: String) {
        #expect(throws: InvalidInput.self) { try IdentityConfirmation(.inPerson, remark: remark) }
    }

    @Test func `an invitation is mailed once, and the outbox does not hold its code`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let letters = Letters()
        let handler = tenants.identity.invitationMail(
            origin: "https://alianzas.example", through: { message, _ in await letters.add(message) })
        let worker = OutboxWorker(
            database: tenants.database, handlers: [handler], now: { tenants.clock.now },
            logger: .init(label: "test"))
        let invitation = try await tenants.invite(.office, of: insurer, email: "ana@entidad.gov.co")
        _ = try await tenants.invite(.office, of: insurer, email: "nadie@ejemplo.invalid")
        let payloads = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.values(
                """
                select payload::text from tenancy.outbox
                where organization_id = \(insurer.id) and topic = \(OutboxMessage.invitationTopic)
                """, as: String.self)
        }
        #expect(payloads.count == 2)
        #expect(!payloads.contains { $0.contains(invitation.code) })
        for _ in 0..<2 { try await worker.drain(insurer.id) }
        let sent = await letters.all
        #expect(sent.map(\.recipient) == ["ana@entidad.gov.co"])
        #expect(sent.first?.text.contains("https://alianzas.example/invitacion/\(invitation.code)") == true)
    }

    @Test func `what travels as mail is plain ASCII with one header a line`() throws {
        let message = MailMessage(
            to: "ana@entidad.gov.co\r\nBcc: otra@entidad.gov.co",
            subject: "Invitación de la Asociación Mutual a la alianza de usuarios de San Antero, Córdoba",
            text: "Buenos días:\n\nEntre aquí.")
        let letter = message.encoded(
            from: "alianzas@entidad.gov.co", id: "uno", at: Date(timeIntervalSince1970: 1_773_410_400))
        #expect(letter.utf8.allSatisfy { $0 < 0x80 })
        let lines = letter.components(separatedBy: "\r\n")
        #expect(!lines.contains { $0.hasPrefix("Bcc:") })
        #expect(lines.contains("Date: Fri, 13 Mar 2026 14:00:00 +0000"))
        #expect(lines.allSatisfy { $0.utf8.count <= 78 || $0.hasPrefix("To:") })
        let body = letter.components(separatedBy: "\r\n\r\n").last ?? ""
        let text = Data(base64Encoded: body, options: .ignoreUnknownCharacters).map {
            String(decoding: $0, as: UTF8.self)
        }
        #expect(text == "Buenos días:\r\n\r\nEntre aquí.")
    }
}

private actor Letters {
    var all: [MailMessage] = []
    func add(_ message: MailMessage) { all.append(message) }
}
