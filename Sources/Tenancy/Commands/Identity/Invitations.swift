import Foundation
import Kernel
import Postgres

extension Identity {
    /// Invites a user of the tenant in scope, as part of a command's transaction.
    ///
    /// The link of who decides in elections or looks in from outside (``Role/isBeyondTheEntity``) is not for the eyes
    /// of the entity: it goes by mail. Where no mail reaches them, an office on one machine still has to hold its
    /// election: the administration sees the link, the chain of the election says so, and its committee finds it
    /// among what waits for them.
    ///
    /// `roles` are those that the user has or had, each with the space in which it counts.
    func invite(
        _ user: User, purpose: Invitation.Purpose, roles: [(Role, Grant.Space)],
        in transaction: borrowing TenantTransaction,
        at now: Date
    ) async throws -> Invitation {
        guard let email = user.email else { throw UserError.withoutEmail(user.name) }
        let beyond = roles.filter { $0.0.isBeyondTheEntity }
        let principal = transaction.scope.principal
        // A committee that names its jurors answers for the election itself.
        let isAdministrator = principal.user != nil && principal.holds(.administerUsers, in: .office)
        let handover: Invitation.Handover =
            if !isAdministrator || beyond.isEmpty {
                .shown
            } else if sendsMail, !MailMessage.isUndeliverable(email) {
                .mail
            } else {
                .shownAndTold
            }
        let code = ReadableCode.random(groups: 4)
        let invitation = Invitation(
            id: ID(), user: user.id, code: code.description,
            expiresAt: now.addingTimeInterval(Double(limits.invitationSeconds)), handover: handover)
        try await transaction.invite(
            invitation, emailHash: key.hash(Login(email: email)),
            documentHash: user.document.map { key.hash(Login(document: $0.number)) }, purpose: purpose,
            codeDigest: code.digest, at: now)
        try await transaction.post(try mail(of: invitation, purpose: purpose), at: now)
        try await transaction.noteLink(of: user.id, seenAt: isAdministrator && handover != .mail ? now : nil)
        if handover == .shownAndTold {
            for (space, roles) in Dictionary(grouping: beyond, by: \.1) where space != .organization {
                let names = Set(roles.map(\.0.rawValue)).sorted().joined(separator: " ")
                try transaction.append(
                    AuditEvent(
                        "tenancy.access.link_shown", subject: user.id,
                        details: ["name": user.name, "roles": names]), to: space.stream, at: now)
            }
        }
        return invitation
    }

    /// Returns what the holder of a code is invited to.
    ///
    /// - Throws: ``SignInError/invitationNotValid``.
    public func invitation(_ code: String, from visitor: Visitor) async throws -> InvitationPreview {
        let row = try await invitationRow(code, from: visitor)
        let found = try await database.read(TenantScope(.system(in: row.organization))) { transaction in
            (try await transaction.organization(row.organization), try await transaction.user(row.user))
        }
        guard let organization = found.0, let user = found.1, user.isActive else {
            throw SignInError.invitationNotValid
        }
        return InvitationPreview(
            organization: organization, user: user, purpose: row.purpose, expiresAt: row.expiresAt)
    }

    /// Opens an account for the holder of a code, with a password of its own, and signs them in.
    ///
    /// It is a new account even where the person has one elsewhere: who holds a code proves nothing about
    /// that one. They join the two by ``join(_:in:from:)`` instead.
    ///
    /// - Throws: ``SignInError``, ``PasswordError``.
    public func accept(
        _ code: String, password: String, repeated: String, from visitor: Visitor
    ) async throws -> OpenedSession {
        guard password == repeated else { throw PasswordError.notRepeated }
        let preview = try await invitation(code, from: visitor)
        let chosen = try Password(
            choosing: password, minimumCharacters: limits.passwordCharacters,
            about: [preview.user.email ?? "", preview.user.name])
        let hash = try await passwords.hash(chosen)
        let now = now
        let row = try await invitationRow(code, from: visitor)
        let token = SessionToken()
        let user = AccountUser(organization: row.organization, user: row.user)
        let session = try await database.transaction(IdentityScope()) { transaction in
            let account = try await openAccount(invitedBy: row, password: hash, in: transaction, at: now)
            let session = newSession(of: account, from: visitor, at: now)
            try await transaction.insert(session, token: token)
            try await transaction.note("tenancy.invitation.accepted", by: user, at: now)
            return session
        }
        await tell()
        return OpenedSession(
            session: try await enter(row.organization, from: session), token: token, failedBefore: 0)
    }

    /// Lets the account of a session act as the user who is invited, beside the tenants that it acts in
    /// already.
    ///
    /// - Throws: ``SignInError``.
    public func join(_ code: String, in session: Session, from visitor: Visitor) async throws -> Session {
        let row = try await invitationRow(code, from: visitor)
        let now = now
        try await database.transaction(IdentityScope()) { transaction in
            guard let account = try await transaction.account(session.account) else {
                throw SignInError.sessionEnded
            }
            guard account.totpSecret == nil || session.secondFactorAt != nil else {
                throw SignInError.secondFactorMissing
            }
            guard try await transaction.use(row.id, at: now) else { throw SignInError.invitationNotValid }
            try await transaction.link(account.id, to: row.user, in: row.organization, at: now)
            try await transaction.note(
                "tenancy.invitation.accepted",
                by: AccountUser(organization: row.organization, user: row.user), at: now)
        }
        await tell()
        return try await enter(row.organization, from: session)
    }

    /// Gives a user a password of the caller's choice at once: for the demo and for operators at the
    /// terminal, who hand it over themselves.
    ///
    /// - Throws: ``SignInError``, ``PasswordError``.
    public func setPassword(_ password: Password, with invitation: Invitation) async throws {
        let visitor = Visitor(address: "terminal", userAgent: nil)
        let row = try await invitationRow(invitation.code, from: visitor)
        let (hash, now) = (try await passwords.hash(password), now)
        try await database.transaction(IdentityScope()) { transaction in
            _ = try await openAccount(invitedBy: row, password: hash, in: transaction, at: now)
        }
    }

    private func openAccount(
        invitedBy invitation: InvitationRow, password: PasswordHash,
        in transaction: borrowing Transaction<IdentityScope>, at now: Date
    ) async throws -> ID<Account> {
        let account = ID<Account>()
        guard try await transaction.use(invitation.id, at: now) else {
            throw SignInError.invitationNotValid
        }
        try await transaction.insert(account: account, password: password, at: now)
        try await transaction.insert(loginHash: invitation.emailHash, kind: .email, of: account)
        if let document = invitation.documentHash {
            try await transaction.insert(loginHash: document, kind: .document, of: account)
        }
        try await transaction.link(account, to: invitation.user, in: invitation.organization, at: now)
        return account
    }

    private func invitationRow(_ code: String, from visitor: Visitor) async throws -> InvitationRow {
        let digest = ReadableCode(typed: code).digest
        let now = now
        let row = try await attempt(.invitation, on: "invitation", from: visitor) { _ in
            try await database.read(IdentityScope()) { transaction in
                try await transaction.invitation(codeDigest: digest, at: now)
            }
        }
        guard let row else { throw SignInError.invitationNotValid }
        return row
    }
}
