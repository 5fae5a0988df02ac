import Foundation
import Kernel
import Postgres

/// A session just opened, or raised by a second factor, with the token that its cookie is to carry.
public struct OpenedSession: Sendable {
    /// The session.
    public let session: Session
    /// The secret of its cookie; it is known nowhere else.
    public let token: SessionToken
    /// How many attempts failed since this login last succeeded, of which the person should hear.
    public let failedBefore: Int
}

extension Identity {
    /// Opens a session for who knows the password of an account.
    ///
    /// An unknown login takes as long as a known one, and both are refused with the same words. Where several
    /// accounts have the login, the password tells which of them is meant.
    ///
    /// - Parameters:
    ///   - login: Mail address or number of a document, as typed.
    ///   - password: The password, as typed.
    ///   - visitor: Where the request comes from.
    /// - Returns: The session, which may have further steps to go (``Admission``).
    /// - Throws: ``SignInError``.
    public func signIn(login: String, password: String, from visitor: Visitor) async throws -> OpenedSession {
        let login = Login(typed: login)
        let password = Password(typed: password)
        let now = now
        let loginHash = key.hash(login)
        let opened = try await attempt(
            .password, on: "\(login.kind.rawValue):\(login.normalForm)", from: visitor
        ) { attempt -> OpenedSession? in
            let candidates = try await database.read(IdentityScope()) { transaction in
                try await transaction.accounts(loginHash: loginHash)
            }
            guard let account = try await account(of: password, among: candidates) else { return nil }
            let renewed =
                passwords.isOutdated(account.passwordHash) ? try await passwords.hash(password) : nil
            let token = SessionToken()
            return try await database.transaction(IdentityScope()) { transaction in
                let failed = try await transaction.failuresSinceSuccess(
                    before: attempt, since: now.addingTimeInterval(-30 * 86_400))
                if let renewed { try await transaction.setHash(renewed, of: account.id) }
                let session = newSession(of: account.id, from: visitor, at: now)
                try await transaction.insert(session, token: token)
                return OpenedSession(session: session, token: token, failedBefore: failed)
            }
        }
        guard let opened else { throw SignInError.wrong }
        return try await enterOnlyTenant(opened)
    }

    /// Raises a session by a code of the second factor, or by a recovery code.
    ///
    /// - Returns: The session with another token: the earlier one is worth nothing from now on.
    /// - Throws: ``SignInError``.
    public func confirm(
        _ code: String, in session: Session, from visitor: Visitor
    ) async throws -> OpenedSession {
        let now = now
        let raised = try await attempt(
            .secondFactor, on: session.account.description, from: visitor
        ) { _ -> OpenedSession? in
            try await database.transaction(IdentityScope()) { transaction in
                guard let account = try await transaction.account(session.account) else { return nil }
                guard try await takes(code, of: account, in: transaction, at: now) else { return nil }
                return try await raise(session, in: transaction, at: now)
            }
        }
        guard let raised else { throw SignInError.wrongCode }
        return try await enterOnlyTenant(raised)
    }

    /// Whether a code is the account's present one, or one of its recovery codes; it is used up.
    func takes(
        _ code: String, of account: AccountRow, in transaction: borrowing Transaction<IdentityScope>,
        at now: Date
    ) async throws -> Bool {
        guard let sealed = account.totpSecret else { return false }
        let digits = code.filter { !$0.isWhitespace }
        guard digits.count == 6, digits.allSatisfy(\.isNumber) else {
            let hash = key.hash(ReadableCode(typed: code), of: account.id.rawValue)
            return try await transaction.takeRecoveryCode(hash, of: account.id, at: now)
        }
        let secret = TOTPSecret(octets: try key.open(sealed, for: account.id.rawValue))
        guard let step = secret.step(matching: digits, at: now, after: account.totpLastStep) else {
            return false
        }
        return try await transaction.takeTOTPStep(step, of: account.id)
    }

    /// Notes that a session has shown the second factor, and gives it a new token.
    func raise(
        _ session: Session, in transaction: borrowing Transaction<IdentityScope>, at now: Date
    ) async throws -> OpenedSession {
        let token = SessionToken()
        try await transaction.raise(
            session.id, token: token, idleSeconds: limits.privilegedIdleSeconds, at: now)
        guard let row = try await transaction.session(token) else { throw SignInError.sessionEnded }
        return OpenedSession(session: row.session, token: token, failedBefore: 0)
    }

    /// The account whose password it is. All candidates are tried, and one that is none where there are none,
    /// so that the time tells nothing.
    private func account(of password: Password, among candidates: [AccountRow]) async throws -> AccountRow? {
        guard !candidates.isEmpty else {
            _ = try await passwords.verify(password, against: nil)
            return nil
        }
        var match: AccountRow?
        for candidate in candidates
        where try await passwords.verify(password, against: candidate.passwordHash) {
            match = match ?? candidate
        }
        return match
    }

    func newSession(of account: ID<Account>, from visitor: Visitor, at now: Date) -> Session {
        Session(
            id: .random(), account: account, organization: nil, user: nil, createdAt: now, lastSeenAt: now,
            idleSeconds: limits.idleSeconds,
            endsAt: now.addingTimeInterval(Double(limits.sessionSeconds)), secondFactorAt: nil,
            address: visitor.address, agent: visitor.agent, revokedAt: nil)
    }

    /// Lets the session of an account that acts in one tenant alone act there at once.
    private func enterOnlyTenant(_ opened: OpenedSession) async throws -> OpenedSession {
        guard opened.session.organization == nil else { return opened }
        let (users, row) = try await database.read(IdentityScope()) { transaction in
            (
                try await transaction.users(of: opened.session.account),
                try await transaction.account(opened.session.account)
            )
        }
        // With a second factor to show, even the choice of the tenant waits for it.
        guard users.count == 1, row?.totpSecret == nil || opened.session.secondFactorAt != nil else {
            return opened
        }
        guard let session = try? await enter(users[0].organization, from: opened.session) else {
            return opened
        }
        return OpenedSession(session: session, token: opened.token, failedBefore: opened.failedBefore)
    }
}
