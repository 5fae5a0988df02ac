import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

private let visitor = Visitor(address: "192.0.2.1", userAgent: "Mozilla/5.0 (Linux; Android 14) Chrome/130")
private let phrase = "siete gatos en el tejado"

extension TestTenants {
    /// Signs a new user in with the password of all tests.
    fileprivate func accept(_ invitation: Invitation) async throws -> OpenedSession {
        try await identity.accept(invitation.code, password: phrase, repeated: phrase, from: visitor)
    }
}

extension Admission {
    fileprivate var signedIn: SignedIn? {
        if case .admitted(let signedIn) = self { signedIn } else { nil }
    }

    fileprivate var step: String {
        switch self {
        case .secondFactor: "second factor"
        case .enrolment: "enrolment"
        case .tenantChoice: "tenant choice"
        case .admitted: "admitted"
        }
    }
}

@Suite struct SignInTests {
    @Test func `an invited user sets a password and signs in with it, by mail or document`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(
            .office, of: insurer, email: "ana@ejemplo.invalid",
            document: try IdentityDocument(type: .cedula, number: "12.345.678"))
        let preview = try await tenants.identity.invitation(invitation.code.uppercased(), from: visitor)
        #expect(preview.organization.id == insurer.id)
        #expect(preview.user.email == "ana@ejemplo.invalid")
        let first = try await tenants.accept(invitation)
        let admitted = try await tenants.identity.admission(of: first.token)
        #expect(admitted?.signedIn?.user.id == invitation.user)

        for login in ["ANA@ejemplo.invalid ", "12345678"] {
            let opened = try await tenants.identity.signIn(login: login, password: phrase, from: visitor)
            let signedIn = try await tenants.identity.admission(of: opened.token)?.signedIn
            #expect(signedIn?.user.id == invitation.user)
            #expect(signedIn?.organization.id == insurer.id)
            #expect(signedIn?.principal.holds(.createAlliances, in: .office) == true)
            #expect(signedIn?.session.agent == "Chrome en Android")
        }
    }

    @Test func `an unknown login and a wrong password are refused with the same words`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        _ = try await tenants.accept(
            tenants.invite(.office, of: insurer, email: "ana@ejemplo.invalid"))
        for (login, password) in [
            ("ana@ejemplo.invalid", "otra"), ("nadie@ejemplo.invalid", phrase), ("", ""), ("123", phrase),
        ] {
            await #expect(throws: SignInError.wrong) {
                try await tenants.identity.signIn(login: login, password: password, from: visitor)
            }
        }
    }

    @Test func `attempts are limited for known and unknown logins alike, until the window has passed`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        _ = try await tenants.accept(
            tenants.invite(.office, of: insurer, email: "ana@ejemplo.invalid"))
        for login in ["ana@ejemplo.invalid", "nadie@ejemplo.invalid"] {
            for _ in 0..<tenants.identity.limits.attemptsPerLoginAndAddress {
                await #expect(throws: SignInError.wrong) {
                    try await tenants.identity.signIn(login: login, password: "otra", from: visitor)
                }
            }
            await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
                try await tenants.identity.signIn(login: login, password: phrase, from: visitor)
            }
        }
        // From elsewhere the owner of the password still comes in, and hears of the failures.
        let elsewhere = Visitor(address: "198.51.100.7", userAgent: nil)
        let opened = try await tenants.identity.signIn(
            login: "ana@ejemplo.invalid", password: phrase, from: elsewhere)
        #expect(opened.failedBefore == tenants.identity.limits.attemptsPerLoginAndAddress)
        tenants.clock.advance(by: Double(tenants.identity.limits.attemptWindowSeconds) + 1)
        _ = try await tenants.identity.signIn(login: "ana@ejemplo.invalid", password: phrase, from: visitor)
    }

    @Test func `many attempts at once do not slip past the limit`() async throws {
        let tenants = try await TestTenants.make()
        let refusals = await withTaskGroup(of: SignInError?.self) { group in
            for _ in 0..<30 {
                group.addTask {
                    do {
                        _ = try await tenants.identity.signIn(
                            login: "ana@ejemplo.invalid", password: "otra", from: visitor)
                        return nil
                    } catch {
                        return error as? SignInError
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        }
        let limit = tenants.identity.limits.attemptsPerLoginAndAddress
        #expect(refusals[.wrong, default: 0] <= limit)
        #expect(refusals[.tooManyAttempts(minutes: 15), default: 0] >= 30 - limit)
    }

    @Test func `a session ends after its idle time, its longest time, and when it is ended`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let limits = tenants.identity.limits
        let first = try await tenants.accept(tenants.invite(.office, of: insurer))
        for _ in 0..<limits.sessionSeconds / limits.idleSeconds - 1 {
            tenants.clock.advance(by: Double(limits.idleSeconds) - 1)
            #expect(try await tenants.identity.admission(of: first.token)?.step == "admitted")
        }
        tenants.clock.advance(by: Double(limits.idleSeconds))
        #expect(try await tenants.identity.admission(of: first.token) == nil)

        let email = "beto@ejemplo.invalid"
        _ = try await tenants.accept(tenants.invite(.office, of: insurer, email: email))
        let sessions = try await (0..<3).asyncMap { _ in
            try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        }
        #expect(try await tenants.identity.openSessions(beside: sessions[0].session).count == 4)
        try await tenants.identity.revoke(sessions[1].session.id, by: sessions[0].session)
        #expect(try await tenants.identity.admission(of: sessions[1].token) == nil)
        try await tenants.identity.revokeOthers(than: sessions[0].session)
        #expect(try await tenants.identity.admission(of: sessions[2].token) == nil)
        #expect(try await tenants.identity.admission(of: sessions[0].token) != nil)
        try await tenants.identity.signOut(sessions[0].session)
        #expect(try await tenants.identity.admission(of: sessions[0].token) == nil)
    }

    @Test func `nobody ends the sessions of others`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let ana = try await tenants.accept(tenants.invite(.office, of: insurer))
        let beto = try await tenants.accept(tenants.invite(.office, of: insurer))
        #expect(try await !tenants.identity.revoke(ana.session.id, by: beto.session))
        #expect(try await tenants.identity.admission(of: ana.token) != nil)
    }

    @Test func `a role that ends, and a user put out of work, count from the next request on`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer)
        let opened = try await tenants.accept(invitation)
        let grants = try await tenants.principal(of: invitation.user, in: insurer).grants
        try await tenants.runner.run(
            EndGrant(grants[0], reason: "Cambio de cargo"), as: .terminal(in: insurer.id))
        let after = try await tenants.identity.admission(of: opened.token)?.signedIn
        #expect(after?.principal.grants.isEmpty == true)
        try await tenants.runner.run(
            EditUser(
                invitation.user, name: "Ana Prueba", officeTitle: "Cargo", document: nil, isActive: false),
            as: .terminal(in: insurer.id))
        #expect(try await tenants.identity.admission(of: opened.token)?.step == "tenant choice")
        await #expect(throws: SignInError.notAdmittedThere) {
            try await tenants.identity.enter(insurer.id, from: opened.session)
        }
    }
}

@Suite struct SecondFactorTests {
    @Test func `a role that needs a second factor is not admitted before it is set up`() async throws {
        let tenants = try await TestTenants.make()
        let body = try await tenants.controlBody()
        let invitation = try await tenants.invite(.controlBody, of: body, email: "ana@ejemplo.invalid")
        let first = try await tenants.accept(invitation)
        guard case .enrolment(let signedIn) = try await tenants.identity.admission(of: first.token) else {
            Issue.record("the session leads too far")
            return
        }
        let enrolment = try await tenants.identity.beginEnrolment(in: first.session, of: signedIn.user)
        let again = try await tenants.identity.beginEnrolment(in: first.session, of: signedIn.user)
        #expect(again == enrolment)
        await #expect(throws: SignInError.wrongCode) {
            try await tenants.identity.finishEnrolment("000 000", in: first.session, from: visitor)
        }
        let code = enrolment.secret.code(at: tenants.clock.now)
        let enrolled = try await tenants.identity.finishEnrolment(code, in: first.session, from: visitor)
        #expect(enrolled.recoveryCodes.count == 10)
        #expect(try await tenants.identity.admission(of: first.token) == nil)
        #expect(try await tenants.identity.admission(of: enrolled.opened.token)?.step == "admitted")

        // From now on the password alone leads nowhere, and each code and recovery code counts once.
        let opened = try await tenants.identity.signIn(
            login: "ana@ejemplo.invalid", password: phrase, from: visitor)
        #expect(try await tenants.identity.admission(of: opened.token)?.step == "second factor")
        await #expect(throws: SignInError.secondFactorMissing) {
            try await tenants.identity.beginEnrolment(in: opened.session, of: signedIn.user)
        }
        await #expect(throws: SignInError.wrongCode) {
            try await tenants.identity.confirm(code, in: opened.session, from: visitor)
        }
        tenants.clock.advance(by: 30)
        let next = enrolment.secret.code(at: tenants.clock.now)
        let confirmed = try await tenants.identity.confirm(next, in: opened.session, from: visitor)
        #expect(try await tenants.identity.admission(of: opened.token) == nil)
        #expect(try await tenants.identity.admission(of: confirmed.token)?.step == "admitted")

        for expected in [true, false] {
            let opened = try await tenants.identity.signIn(
                login: "ana@ejemplo.invalid", password: phrase, from: visitor)
            let recovered = try? await tenants.identity.confirm(
                " \(enrolled.recoveryCodes[3].uppercased()) ", in: opened.session, from: visitor)
            #expect((recovered != nil) == expected)
        }
        #expect(try await tenants.identity.recoveryCodesLeft(in: confirmed.session) == 9)
        let replaced = try await tenants.identity.replaceRecoveryCodes(in: confirmed.session)
        #expect(Set(replaced).isDisjoint(with: enrolled.recoveryCodes))
        #expect(try await tenants.identity.recoveryCodesLeft(in: confirmed.session) == 10)
    }

    @Test func `codes are not guessed: a few failures stop the account from everywhere`() async throws {
        let tenants = try await TestTenants.make()
        let body = try await tenants.controlBody()
        let first = try await tenants.accept(tenants.invite(.controlBody, of: body))
        guard case .enrolment(let signedIn) = try await tenants.identity.admission(of: first.token) else {
            Issue.record("the session leads too far")
            return
        }
        let enrolment = try await tenants.identity.beginEnrolment(in: first.session, of: signedIn.user)
        for number in 0..<tenants.identity.limits.secondFactorAttempts {
            await #expect(throws: SignInError.wrongCode) {
                try await tenants.identity.finishEnrolment(
                    "abc", in: first.session, from: Visitor(address: "192.0.2.\(number)", userAgent: nil))
            }
        }
        await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
            try await tenants.identity.finishEnrolment(
                enrolment.secret.code(at: tenants.clock.now), in: first.session, from: visitor)
        }
    }

    @Test func `two uses of one code at once count as one`() async throws {
        let tenants = try await TestTenants.make()
        let body = try await tenants.controlBody()
        let first = try await tenants.accept(
            tenants.invite(.controlBody, of: body, email: "ana@ejemplo.invalid"))
        guard case .enrolment(let signedIn) = try await tenants.identity.admission(of: first.token) else {
            Issue.record("the session leads too far")
            return
        }
        let enrolment = try await tenants.identity.beginEnrolment(in: first.session, of: signedIn.user)
        _ = try await tenants.identity.finishEnrolment(
            enrolment.secret.code(at: tenants.clock.now), in: first.session, from: visitor)
        tenants.clock.advance(by: 60)
        let code = enrolment.secret.code(at: tenants.clock.now)
        let opened = try await (0..<4).asyncMap { _ in
            try await tenants.identity.signIn(login: "ana@ejemplo.invalid", password: phrase, from: visitor)
        }
        let successes = await withTaskGroup(of: Bool.self) { group in
            for session in opened.map(\.session) {
                group.addTask {
                    (try? await tenants.identity.confirm(code, in: session, from: visitor)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
    }
}

@Suite struct InvitationTests {
    @Test func `an invitation works once, and not after its time`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer)
        _ = try await tenants.accept(invitation)
        await #expect(throws: SignInError.invitationNotValid) { try await tenants.accept(invitation) }
        let late = try await tenants.invite(.office, of: insurer)
        tenants.clock.advance(by: Double(tenants.identity.limits.invitationSeconds))
        await #expect(throws: SignInError.invitationNotValid) { try await tenants.accept(late) }
    }

    @Test func `a weak password leaves the invitation as it was`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: "tejado@ejemplo.invalid")
        await #expect(throws: PasswordError.notRepeated) {
            try await tenants.identity.accept(
                invitation.code, password: phrase, repeated: "otra", from: visitor)
        }
        await #expect(throws: PasswordError.aboutThePerson) {
            try await tenants.identity.accept(
                invitation.code, password: "tejadotejado1", repeated: "tejadotejado1", from: visitor)
        }
        _ = try await tenants.accept(invitation)
    }

    @Test func `a second invitation makes the first void`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let first = try await tenants.invite(.office, of: insurer)
        let second = try await tenants.runner.run(
            ResetAccess(of: first.user, through: tenants.identity), as: .terminal(in: insurer.id))
        await #expect(throws: SignInError.invitationNotValid) { try await tenants.accept(first) }
        _ = try await tenants.accept(second)
    }

    @Test func `who works in two tenants joins them in one account and switches`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let other = try await tenants.insurer("Otra EPS de prueba")
        let email = "ana@ejemplo.invalid"
        let opened = try await tenants.accept(tenants.invite(.office, of: insurer, email: email))
        let invitation = try await tenants.invite(
            .board, of: other,
            in: .alliance(
                tenants.alliance(in: other).id), email: email)
        tenants.clock.advance(by: 1)
        let session = try await tenants.identity.join(invitation.code, in: opened.session, from: visitor)
        #expect(session.organization == other.id)
        let signedIn = try await tenants.identity.admission(of: opened.token)?.signedIn
        #expect(signedIn?.user.id == invitation.user)
        #expect(signedIn?.worksElsewhere == true)
        tenants.clock.advance(by: 1)
        try await tenants.identity.enter(insurer.id, from: session)
        let back = try await tenants.identity.admission(of: opened.token)?.signedIn
        #expect(back?.organization.id == insurer.id)
        let fresh = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        guard case .tenantChoice(_, let choices) = try await tenants.identity.admission(of: fresh.token)
        else {
            Issue.record("the tenant was not asked for")
            return
        }
        #expect(Set(choices.map(\.id)) == [insurer.id, other.id])
    }

    @Test func `the holder of an invitation never opens an account that the person has elsewhere`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let other = try await tenants.insurer("Otra EPS de prueba")
        let email = "ana@ejemplo.invalid"
        _ = try await tenants.accept(tenants.invite(.office, of: insurer, email: email))
        let invitation = try await tenants.invite(.office, of: other, email: email)
        let stranger = "clave de otra persona"
        let opened = try await tenants.identity.accept(
            invitation.code, password: stranger, repeated: stranger, from: visitor)
        let signedIn = try await tenants.identity.admission(of: opened.token)?.signedIn
        #expect(signedIn?.organization.id == other.id)
        #expect(signedIn?.worksElsewhere == false)
        await #expect(throws: SignInError.notAdmittedThere) {
            try await tenants.identity.enter(insurer.id, from: opened.session)
        }
        // The password tells which of the two is meant.
        for (password, expected) in [(phrase, insurer.id), (stranger, other.id)] {
            let opened = try await tenants.identity.signIn(login: email, password: password, from: visitor)
            let signedIn = try await tenants.identity.admission(of: opened.token)?.signedIn
            #expect(signedIn?.organization.id == expected)
        }
    }

    @Test func `a reset opens its own tenant, ends its sessions and leaves the person's others alone`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let other = try await tenants.insurer("Otra EPS de prueba")
        let email = "ana@ejemplo.invalid"
        let opened = try await tenants.accept(tenants.invite(.office, of: insurer, email: email))
        let joined = try await tenants.invite(.office, of: other, email: email)
        _ = try await tenants.identity.join(joined.code, in: opened.session, from: visitor)
        let administrator = try await tenants.principal(.officeAdministrator, of: other, name: "Beto Prueba")
        await #expect(throws: UserError.identityNotConfirmed("Ana Prueba")) {
            try await tenants.runner.run(
                ResetAccess(of: joined.user, through: tenants.identity), as: administrator)
        }
        let confirmation = try IdentityConfirmation(.inPerson, remark: "Vi su cédula y su carné")
        let reset = try await tenants.runner.run(
            ResetAccess(of: joined.user, confirmation: confirmation, through: tenants.identity),
            as: administrator)
        let stranger = "clave de otra persona"
        let taken = try await tenants.identity.accept(
            reset.code, password: stranger, repeated: stranger, from: visitor)
        #expect(try await tenants.identity.admission(of: taken.token)?.signedIn?.organization.id == other.id)
        #expect(try await tenants.identity.admission(of: opened.token) == nil)
        let again = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        let signedIn = try await tenants.identity.admission(of: again.token)?.signedIn
        #expect(signedIn?.organization.id == insurer.id)
        #expect(signedIn?.worksElsewhere == false)
    }

    @Test func `an account that opens nothing any more is closed`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let email = "ana@ejemplo.invalid"
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        _ = try await tenants.accept(invitation)
        let reset = try await tenants.runner.run(
            ResetAccess(of: invitation.user, through: tenants.identity), as: .terminal(in: insurer.id))
        let new = "otra frase de seis palabras"
        _ = try await tenants.identity.accept(reset.code, password: new, repeated: new, from: visitor)
        await #expect(throws: SignInError.wrong) {
            try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        }
    }

    @Test func `a changed password ends the other sessions and is an event where the person works`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: "ana@ejemplo.invalid")
        let other = try await tenants.accept(invitation)
        let opened = try await tenants.identity.signIn(
            login: "ana@ejemplo.invalid", password: phrase, from: visitor)
        let user = try #require(try await tenants.identity.admission(of: opened.token)?.signedIn?.user)
        let new = "nueve perros en la plaza"
        await #expect(throws: PasswordError.currentIsWrong) {
            try await tenants.identity.changePassword(
                from: "otra", to: new, repeated: new, of: user, in: opened.session, from: visitor)
        }
        try await tenants.identity.changePassword(
            from: phrase, to: new, repeated: new, of: user, in: opened.session, from: visitor)
        #expect(try await tenants.identity.admission(of: other.token) == nil)
        #expect(try await tenants.identity.admission(of: opened.token) != nil)
        _ = try await tenants.identity.signIn(login: "ana@ejemplo.invalid", password: new, from: visitor)
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(of: .office, matching: LogFilter(action: "tenancy.password"))
        }
        #expect(log.map(\.action) == ["tenancy.password.changed"])
        #expect(log.first?.actorName == "Ana Prueba")
    }
}

extension Sequence {
    /// The results of an asynchronous function, one after the other.
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
