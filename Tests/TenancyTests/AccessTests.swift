import Foundation
import Kernel
import Postgres
import TestSupport
import Testing

@testable import Tenancy

private let visitor = Visitor(address: "192.0.2.1", userAgent: nil)
private let phrase = "siete gatos en el tejado"
private let email = "ana@ejemplo.invalid"

@Suite struct AttemptTests {
    /// Somebody who has signed in from ``visitor`` before.
    private func known(in tenants: TestTenants) async throws {
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        _ = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        _ = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
    }

    @Test func `one stranger does not use up the attempts of everybody`() async throws {
        let tenants = try await TestTenants.make()
        try await known(in: tenants)
        let stranger = Visitor(address: "203.0.113.9", userAgent: nil)
        for _ in 0..<4 * tenants.identity.limits.attemptsPerLogin {
            await #expect(throws: SignInError.self) {
                try await tenants.identity.signIn(login: email, password: "otra", from: stranger)
            }
        }
        // From a place where they never were, while the stranger goes on.
        _ = try await tenants.identity.signIn(
            login: email, password: phrase, from: Visitor(address: "198.51.100.7", userAgent: nil))
        let rows = try await tenants.database.read(IdentityScope()) {
            try await $0.value("select count(*) from identity.attempts where not succeeded", as: Int.self)
        }
        #expect(rows == tenants.identity.limits.attemptsPerLoginAndAddress)
    }

    @Test func `strangers from many places do not keep out who comes from a place that is known`()
        async throws
    {
        let tenants = try await TestTenants.make()
        try await known(in: tenants)
        for number in 0..<2 * tenants.identity.limits.attemptsPerLogin {
            await #expect(throws: SignInError.self) {
                try await tenants.identity.signIn(
                    login: email, password: "otra",
                    from: Visitor(address: "203.0.113.\(number)", userAgent: nil))
            }
        }
        await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
            try await tenants.identity.signIn(
                login: email, password: phrase, from: Visitor(address: "198.51.100.7", userAgent: nil))
        }
        _ = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
    }
}

@Suite struct KnownDeviceTests {
    @Test func `a device that is known comes in while strangers try from everywhere, and has a limit too`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        _ = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        func device(at address: String) -> Visitor {
            Visitor(address: address, userAgent: nil, device: "galleta")
        }
        _ = try await tenants.identity.signIn(login: email, password: phrase, from: device(at: "192.0.2.5"))
        tenants.clock.advance(by: 1)
        for number in 0..<2 * tenants.identity.limits.attemptsPerLogin {
            await #expect(throws: SignInError.self) {
                try await tenants.identity.signIn(
                    login: email, password: "otra",
                    from: Visitor(address: "203.0.113.\(number)", userAgent: nil, device: "\(number)"))
            }
        }
        // Another address, as a telephone has each day.
        let elsewhere = device(at: "198.51.100.7")
        for _ in 0..<tenants.identity.limits.attemptsPerLoginAndAddress {
            await #expect(throws: SignInError.wrong) {
                try await tenants.identity.signIn(login: email, password: "otra", from: elsewhere)
            }
        }
        await #expect(throws: SignInError.tooManyAttempts(minutes: 15)) {
            try await tenants.identity.signIn(login: email, password: phrase, from: elsewhere)
        }
        tenants.clock.advance(by: Double(tenants.identity.limits.attemptWindowSeconds) + 1)
        _ = try await tenants.identity.signIn(login: email, password: phrase, from: elsewhere)
    }
}

@Suite struct EnrolmentTests {
    @Test func `another telephone takes over with a code of the one before, and not without`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let opened = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let user = try #require(
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
                try await $0.user(invitation.user)
            })
        let first = try await tenants.identity.beginEnrolment(in: opened.session, of: user)
        let enrolled = try await tenants.identity.finishEnrolment(
            first.secret.code(at: tenants.clock.now), in: opened.session, from: visitor)
        tenants.clock.advance(by: 60)
        let session = enrolled.opened.session
        let second = try await tenants.identity.beginEnrolment(in: session, of: user)
        let code = second.secret.code(at: tenants.clock.now)
        for current in [nil, "", "000000", code] {
            await #expect(throws: SignInError.wrongCode) {
                try await tenants.identity.finishEnrolment(code, current: current, in: session, from: visitor)
            }
        }
        let after = try await tenants.identity.finishEnrolment(
            code, current: first.secret.code(at: tenants.clock.now), in: session, from: visitor)
        // Or with a recovery code, where the telephone is lost.
        tenants.clock.advance(by: 60)
        let third = try await tenants.identity.beginEnrolment(in: after.opened.session, of: user)
        _ = try await tenants.identity.finishEnrolment(
            third.secret.code(at: tenants.clock.now), current: after.recoveryCodes[0],
            in: after.opened.session, from: visitor)
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .office, matching: LogFilter(action: "tenancy.second_factor.enrolled"))
        }
        #expect(log.count == 3)
    }

    @Test func `the secret of a second factor is shown to the session that asked for it alone`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let thief = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let owner = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        let user = try #require(
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
                try await $0.user(invitation.user)
            })
        let known = try await tenants.identity.beginEnrolment(in: thief.session, of: user)
        let shown = try await tenants.identity.beginEnrolment(in: owner.session, of: user)
        #expect(known.secret.octets != shown.secret.octets)
    }

    @Test func `the secret of a second factor waits ten minutes and no longer`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let opened = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let user = try #require(
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
                try await $0.user(invitation.user)
            })
        let first = try await tenants.identity.beginEnrolment(in: opened.session, of: user)
        tenants.clock.advance(by: 601)
        await #expect(throws: SignInError.self) {
            try await tenants.identity.finishEnrolment(
                first.secret.code(at: tenants.clock.now), in: opened.session, from: visitor)
        }
        #expect(try await tenants.identity.beginEnrolment(in: opened.session, of: user) != first)
    }

    @Test func `a changed password takes a waiting secret with it`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let opened = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let user = try #require(
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
                try await $0.user(invitation.user)
            })
        let first = try await tenants.identity.beginEnrolment(in: opened.session, of: user)
        let new = "nueve perros en la plaza"
        try await tenants.identity.changePassword(
            from: phrase, to: new, repeated: new, of: user, in: opened.session, from: visitor)
        #expect(try await tenants.identity.beginEnrolment(in: opened.session, of: user) != first)
    }
}

@Suite struct ResetTests {
    @Test func `a reset shuts the old way in at once`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let opened = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        let reset = try await tenants.runner.run(
            ResetAccess(
                of: invitation.user,
                confirmation: try IdentityConfirmation(.inPerson, remark: "Vi su cédula y su carné"),
                through: tenants.identity),
            as: administrator)
        #expect(try await tenants.identity.admission(of: opened.token) == nil)
        // Whoever has the telephone and the password comes in and finds nothing open.
        let thief = try await tenants.identity.signIn(login: email, password: phrase, from: visitor)
        guard case .tenantChoice(_, let choices) = try await tenants.identity.admission(of: thief.token)
        else {
            Issue.record("the old password still opens the entity")
            return
        }
        #expect(choices.isEmpty)
        await #expect(throws: SignInError.notAdmittedThere) {
            try await tenants.identity.enter(insurer.id, from: thief.session)
        }
        // The one who shows the link is let in again, with the account that they have.
        _ = try await tenants.identity.join(reset.code, in: thief.session, from: visitor)
        guard case .admitted = try await tenants.identity.admission(of: thief.token) else {
            Issue.record("the link does not open the entity")
            return
        }
    }

    @Test(arguments: [Role.juror, .witness, .guarantor])
    func `an administrator does not reset who counts, watches or guarantees`(role: Role) async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        let invitation = try await tenants.invite(role, of: insurer, in: .alliance(alliance.id))
        try await tenants.identity.setPassword(Password(typed: phrase), with: invitation)
        let reset = ResetAccess(
            of: invitation.user,
            confirmation: try IdentityConfirmation(.inPerson, remark: "Vi su cédula y su carné"),
            through: tenants.identity)
        await #expect(throws: UserError.resetNeedsOperator("Ana Prueba")) {
            try await tenants.runner.run(reset, as: administrator)
        }
        _ = try await tenants.runner.run(reset, as: .terminal(in: insurer.id))
        // The election in which they act is told.
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .alliance(alliance.id), matching: LogFilter(action: "tenancy.user.access_reset"))
        }
        #expect(log.count == 1)
    }
}

@Suite struct HandoverTests {
    @Test func `a link of who decides in an election is not shown where mail reaches them`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let mailing = try await Identity.start(
            runner: tenants.runner, key: tenants.identity.key, cost: .lowest, sendsMail: true)
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        func invite(_ role: Role, _ email: String, _ identity: Identity) async throws -> Invitation {
            try await tenants.runner.run(
                InviteUser(
                    name: "Ana Prueba", email: email, officeTitle: "Cargo", role: role,
                    in: role.needsAlliance ? .alliance(alliance.id) : .organization, through: identity),
                as: administrator)
        }
        #expect(try await invite(.juror, "uno@entidad.gov.co", mailing).handover == .mail)
        #expect(try await invite(.office, "dos@entidad.gov.co", mailing).handover == .shown)
        #expect(try await invite(.office, "tres@entidad.gov.co", tenants.identity).handover == .shown)
        func told() async throws -> Int {
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
                try await transaction.events(
                    of: .alliance(alliance.id), matching: LogFilter(action: "tenancy.access.link_shown"))
            }.count
        }
        let committee = try await tenants.principal(
            .electionCommittee, of: insurer, in: .alliance(alliance.id), name: "Cira Prueba")
        let desk = PendingDesk(database: tenants.database, sources: [ShownLinks()])
        #expect(try await told() == 0)
        #expect(try await desk.items(for: committee, at: tenants.clock.now).isEmpty)

        // Without mail, or to an address that none reaches, an office can still invite: and its election hears of it.
        #expect(try await invite(.juror, "cuatro@entidad.gov.co", tenants.identity).handover == .shownAndTold)
        #expect(try await invite(.witness, "cinco@ejemplo.invalid", mailing).handover == .shownAndTold)
        #expect(try await told() == 2)
        #expect(try await desk.items(for: committee, at: tenants.clock.now).map(\.count) == [2])
        #expect(try await desk.items(for: administrator, at: tenants.clock.now).isEmpty)
        tenants.clock.advance(by: 31 * 86_400)
        #expect(try await desk.items(for: committee, at: tenants.clock.now).isEmpty)
    }

    @Test func `a role beyond the entity is told of, too, where its holder came in by a link that was seen`()
        async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let alliance = try await tenants.alliance(in: insurer)
        let administrator = try await tenants.principal(
            .officeAdministrator, of: insurer, name: "Beto Prueba")
        let invitation = try await tenants.runner.run(
            InviteUser(
                name: "Ana Prueba", email: email, officeTitle: "Cargo", role: nil, through: tenants.identity),
            as: administrator)
        let committee = try await tenants.principal(
            .electionCommittee, of: insurer, in: .alliance(alliance.id), name: "Cira Prueba")
        let desk = PendingDesk(database: tenants.database, sources: [ShownLinks()])
        #expect(try await desk.items(for: committee, at: tenants.clock.now).isEmpty)
        try await tenants.runner.run(
            GrantRole(.juror, in: .alliance(alliance.id), to: invitation.user), as: administrator)
        #expect(try await desk.items(for: committee, at: tenants.clock.now).map(\.count) == [1])
    }
}

@Suite struct NoteTests {
    @Test func `what was noted at sign-in is carried to the chain once, however many carry it`() async throws
    {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let user = try await tenants.invite(.office, of: insurer).user
        let now = tenants.clock.now
        try await tenants.database.transaction(IdentityScope()) { transaction in
            for number in 0..<5 {
                try await transaction.note(
                    "tenancy.prueba.hecha", by: AccountUser(organization: insurer.id, user: user),
                    details: ["number": String(number)], at: now)
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await tenants.identity.deliverNotes() } }
            try await group.waitForAll()
        }
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(of: .office, matching: LogFilter(action: "tenancy.prueba"))
        }
        #expect(Set(log.compactMap(\.details)).count == 5)
        #expect(log.count == 5)
        #expect(try await tenants.identity.deliverNotes() == 0)
    }

    @Test func `a second factor is not set up without its event, nor refused for it`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let invitation = try await tenants.invite(.office, of: insurer, email: email)
        let opened = try await tenants.identity.accept(
            invitation.code, password: phrase, repeated: phrase, from: visitor)
        let user = try #require(
            try await tenants.database.read(TenantScope(.system(in: insurer.id))) {
                try await $0.user(invitation.user)
            })
        let enrolment = try await tenants.identity.beginEnrolment(in: opened.session, of: user)
        // The chain of the office cannot be written for a while.
        try await tenants.database.script(
            "revoke execute on function tenancy.append_audit_event from alianzas_app", as: .owner)
        let enrolled = try await tenants.identity.finishEnrolment(
            enrolment.secret.code(at: tenants.clock.now), in: opened.session, from: visitor)
        #expect(enrolled.recoveryCodes.count == tenants.identity.limits.recoveryCodes)
        try await tenants.database.script(
            "grant execute on function tenancy.append_audit_event to alianzas_app", as: .owner)
        #expect(try await tenants.identity.deliverNotes() == 1)
        let log = try await tenants.database.read(TenantScope(.system(in: insurer.id))) { transaction in
            try await transaction.events(
                of: .office, matching: LogFilter(action: "tenancy.second_factor.enrolled"))
        }
        #expect(log.count == 1)
    }
}

@Suite struct RoleSpaceTests {
    @Test func `a role of an alliance is not given for the whole entity, by whomever`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let user = try await tenants.invite(nil, of: insurer).user
        let now = tenants.clock.now
        for role in Role.allCases where role.needsAlliance {
            await #expect(throws: GrantError.needsAlliance(role)) {
                try await tenants.database.transaction(TenantScope(.system(in: insurer.id))) { transaction in
                    _ = try await transaction.give(
                        role, in: .organization, to: user, from: now, until: nil, at: now)
                }
            }
            await #expect(throws: PostgresError.self) {
                try await tenants.database.transaction(TenantScope(.system(in: insurer.id))) { transaction in
                    try await transaction.execute(
                        """
                        insert into tenancy.grants (organization_id, grant_id, user_id, role, starts_at)
                        values (\(insurer.id), \(ID<Grant>()), \(user), \(role), \(now))
                        """)
                }
            }
        }
    }

    @Test func `a document is withdrawn in its own space alone`() async throws {
        let tenants = try await TestTenants.make()
        let insurer = try await tenants.insurer()
        let (one, two) = (
            try await tenants.alliance(in: insurer), try await tenants.alliance("Otra alianza", in: insurer)
        )
        let board = try await tenants.principal(.board, of: insurer, in: .alliance(one.id))
        let others = try await tenants.principal(
            .board, of: insurer, in: .alliance(two.id), name: "Beto Prueba")
        let code = DocumentCode()
        try await tenants.runner.run(
            IssueDocument(
                NewDocument(
                    code: code, kind: "acta-de-prueba", title: "Acta de prueba", issuer: "Alianza de prueba",
                    subject: "asunto", wordsDigest: HashDigest(of: "Acta"),
                    file: try StoredFile(
                        name: "acta.txt", content: Array("Acta".utf8),
                        effectiveOn: CalendarDate(dayNumber: 20_525))), in: .alliance(one.id)),
            as: board)
        let document = try #require(
            try await tenants.database.read(PublicScope()) { try await $0.document(code: code) })
        await #expect(throws: IssuedDocumentError.notFound) {
            try await tenants.runner.run(
                try WithdrawDocument(document.id, because: "No nos gusta", in: .alliance(two.id)), as: others)
        }
    }
}
