import Foundation
import Governance
import Kernel
import Reporting
import Tenancy

/// Signing in and out, invitations, and one's own account.
struct IdentityRoutes {
    func add(to everybody: PublicRoutes) {
        everybody.get(Path.start) { context in
            let query = ListQuery<StartPage.Sort>(context.visit)
            let words = query[StartPage.words] ?? ""
            let found = try await query.found { limit, offset in
                let rows = try await context.published { transaction in
                    try await transaction.publishedAlliances(words, limit: limit, offset: offset)
                }
                return (rows, rows.first?.total ?? 0)
            }
            return StartPage(admission: context.visit.admission, query: query, found: found)
        }
        everybody.form(
            Path.signIn, show: { SignInPage(form: $1, back: $0.back) }, act: signIn)
        everybody.form(
            Path.secondFactor, show: { SecondFactorPage(form: $1, back: $0.back) }, act: confirm)
        everybody.form(Path.enrolment, show: enrolment, act: enrol)
        everybody.get(Path.tenantChoice) { context in
            TenantChoicePage(organizations: try await context.organizations())
        }
        everybody.post(Path.signOut) { context, _ in
            if let session = context.visit.admission.session?.session {
                try await context.identity.signOut(session)
            }
            return Redirect(to: .start(), "Salió de su cuenta.").endingSession(at: context.visit.site)
        }
        everybody.form(Path.invitation, show: invitation, act: accept)
        everybody.get(Path.account, account)
        everybody.form(
            Path.password, show: { PasswordPage(form: $1, who: try $0.signedIn()) }, act: changePassword)
        everybody.post(Path.recoveryCodes) { context, _ in
            let session = try context.signedIn().session
            return RecoveryCodesPage(
                codes: try await context.identity.replaceRecoveryCodes(in: session), next: .account())
        }
        everybody.post(Path.endSession, endSession)
    }

    // MARK: Signing in

    @Sendable private func signIn(_ context: PublicContext, _ form: Submission) async throws -> Redirect {
        let fields = SignInForm()
        let (login, password) = try form.read(fields.login, fields.password)
        let opened = try await context.identity.signIn(
            login: login, password: password, from: context.visitor)
        return try await context.goingOn(opened)
    }

    @Sendable private func confirm(_ context: PublicContext, _ form: Submission) async throws -> Redirect {
        let code = try form.read(SecondFactorForm().code)
        guard case .secondFactor(let session) = context.visit.admission.session else { throw SignInNeeded() }
        return try await context.goingOn(
            try await context.identity.confirm(code, in: session, from: context.visitor))
    }

    // MARK: The second step

    @Sendable private func enrolment(_ context: PublicContext, _ state: FormState) async throws
        -> EnrolmentPage
    {
        let (who, isRequired) = try context.enrolling()
        return EnrolmentPage(
            form: state, enrolment: try await context.identity.beginEnrolment(in: who.session, of: who.user),
            isRequired: isRequired, replaces: who.hasSecondFactor, back: context.back)
    }

    @Sendable private func enrol(_ context: PublicContext, _ form: Submission) async throws
        -> RecoveryCodesPage
    {
        let (who, isRequired) = try context.enrolling()
        let fields = TelephoneForm()
        let current = who.hasSecondFactor ? try form.read(fields.current) : nil
        let enrolled = try await context.identity.finishEnrolment(
            try form.read(fields.code), current: current, in: who.session, from: context.visitor)
        let home = TenantSlug(rawValue: who.organization.slug).map { Path.home().of($0) } ?? .start()
        let back = context.back.flatMap(Path.init(local:))
        return RecoveryCodesPage(
            codes: enrolled.recoveryCodes, next: isRequired ? back ?? home : .account(),
            token: enrolled.opened.token)
    }

    // MARK: Invitations

    @Sendable private func invitation(
        _ context: PublicContext, _ state: FormState, _ code: InvitationCode
    ) async throws -> InvitationPage {
        let preview = try await context.identity.invitation(code.rawValue, from: context.visitor)
        return InvitationPage(
            form: state, code: code, preview: preview,
            account: context.visit.admission.account?.name, limits: context.identity.limits)
    }

    @Sendable private func accept(
        _ context: PublicContext, _ form: Submission, _ code: InvitationCode
    ) async throws -> Redirect {
        if form.entries.first(InvitationForm.joinName) != nil {
            let session = try context.signedIn().session
            let preview = try await context.identity.invitation(code.rawValue, from: context.visitor)
            _ = try await context.identity.join(code.rawValue, in: session, from: context.visitor)
            let home = TenantSlug(rawValue: preview.organization.slug).map { Path.home().of($0) } ?? .start()
            return Redirect(to: home, "Su cuenta ahora también abre \(preview.organization.shortName).")
        }
        let fields = InvitationForm()
        let (password, repeated) = try form.read(fields.password, fields.repeated)
        return try await context.goingOn(
            try await context.identity.accept(
                code.rawValue, password: password, repeated: repeated, from: context.visitor))
    }

    // MARK: One's own account

    @Sendable private func account(_ context: PublicContext) async throws -> AccountPage {
        let who = try context.signedIn()
        return AccountPage(
            who: who, sessions: try await context.identity.openSessions(beside: who.session),
            recoveryCodesLeft: who.hasSecondFactor
                ? try await context.identity.recoveryCodesLeft(in: who.session) : nil,
            now: context.visit.now)
    }

    @Sendable private func changePassword(_ context: PublicContext, _ form: Submission) async throws
        -> Redirect
    {
        let fields = PasswordForm()
        let (current, password, repeated) = try form.read(fields.current, fields.password, fields.repeated)
        let who = try context.signedIn()
        try await context.identity.changePassword(
            from: current, to: password, repeated: repeated, of: who.user, in: who.session,
            from: context.visitor)
        return Redirect(to: .account(), "Su contraseña cambió. Las demás sesiones se cerraron.")
    }

    @Sendable private func endSession(_ context: PublicContext, _ form: Submission) async throws -> Redirect {
        let session = try context.signedIn().session
        if let item = form.entries.items.first(where: { $0.name == "session" }) {
            // One that cannot be read is one that is not there, and never all of them.
            guard let id = ID<Session>(item.value), try await context.identity.revoke(id, by: session) else {
                throw NoSuchPage()
            }
            return Redirect(to: .account(), "Esa sesión se cerró.")
        }
        try await context.identity.revokeOthers(than: session)
        return Redirect(to: .account(), "Las demás sesiones se cerraron.")
    }
}

extension PublicContext {
    fileprivate var identity: Identity { visit.site.identity }
    fileprivate var visitor: Visitor { visit.visitor }
    fileprivate var back: String? { visit[Back.name] }

    /// Who is signed in, whole.
    ///
    /// - Throws: ``SignInNeeded``.
    fileprivate func signedIn() throws -> SignedIn {
        guard case .admitted(let signedIn) = visit.admission.session else { throw SignInNeeded() }
        return signedIn
    }

    /// Who sets up a second step, and whether their role asks for it.
    fileprivate func enrolling() throws -> (SignedIn, isRequired: Bool) {
        switch visit.admission.session {
        case .enrolment(let signedIn): (signedIn, true)
        case .admitted(let signedIn): (signedIn, false)
        default: throw SignInNeeded()
        }
    }

    /// The entities of the account.
    fileprivate func organizations() async throws -> [Organization] {
        switch visit.admission.session {
        case .tenantChoice(_, let organizations): organizations
        case .admitted(let signedIn): try await identity.tenants(of: signedIn.session)
        default: throw SignInNeeded()
        }
    }

    /// Where a session goes that was just opened or raised: its next step, where it came from, or its home.
    fileprivate func goingOn(_ opened: OpenedSession) async throws -> Redirect {
        let path: Path
        switch try await identity.admission(of: opened.token) {
        case .secondFactor: path = .secondFactor().with(Back.name, back)
        case .enrolment: path = .enrolment().with(Back.name, back)
        case .tenantChoice: path = back.flatMap(Path.init(local:)) ?? .tenantChoice()
        case .admitted(let signedIn):
            let home = TenantSlug(rawValue: signedIn.organization.slug).map { Path.home().of($0) }
            // Who has minutes to sign finds the button at once: one link, one page.
            let signature = try await visit.site.minutesToSign(by: signedIn.principal).flatMap { minutes in
                AllianceSlug(rawValue: minutes.slug).flatMap { slug in
                    TenantSlug(rawValue: signedIn.organization.slug).map {
                        Path.signMinutes(slug, minutes.meeting).of($0)
                    }
                }
            }
            path = back.flatMap(Path.init(local:)) ?? signature ?? home ?? .start()
        case nil: path = .signIn()
        }
        let failed = opened.failedBefore
        let notice =
            failed == 0
            ? nil
            : "Desde su último ingreso hubo \(SpanishFormat.count(failed, "intento fallido", "intentos fallidos")) de entrar con su usuario."
        return Redirect(to: path, notice).beginningSession(opened.token.text, at: visit.site)
    }
}

extension Tenancy.Admission {
    /// The session, however far it leads.
    var session: Session {
        switch self {
        case .secondFactor(let session), .tenantChoice(let session, _): session
        case .enrolment(let signedIn), .admitted(let signedIn): signedIn.session
        }
    }
}
