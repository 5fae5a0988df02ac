import Foundation
import Kernel
import Postgres

/// A second factor that is being set up.
public struct Enrolment: Sendable, Hashable {
    /// The secret by groups of four, to be typed where no QR can be read.
    public let typedSecret: String
    /// What the QR code holds (`otpauth://…`).
    public let address: String
    /// The secret, for whoever plays the part of the telephone.
    public let secret: TOTPSecret
}

/// A second factor that was set up.
public struct Enrolled: Sendable {
    /// The session with its new token.
    public let opened: OpenedSession
    /// The recovery codes, to be printed; they are shown this once.
    public let recoveryCodes: [String]
}

extension Identity {
    /// Begins to set up a second factor, or goes on where it was left: a page that is loaded again shows the
    /// same QR for ten minutes. The secret is that of the session alone, and goes with the password: whoever knew an
    /// earlier password and saw one knows nothing of this one. The mail address of the user stands beside the code in
    /// the telephone.
    ///
    /// - Throws: ``SignInError/secondFactorMissing`` where the account has a second factor that the session
    ///   has not shown.
    public func beginEnrolment(in session: Session, of user: User) async throws -> Enrolment {
        let now = now
        let secret = try await database.transaction(IdentityScope()) { transaction in
            guard let account = try await transaction.account(session.account) else {
                throw SignInError.sessionEnded
            }
            guard account.totpSecret == nil || session.secondFactorAt != nil else {
                throw SignInError.secondFactorMissing
            }
            if let pending = try await waiting(in: session, transaction, at: now) {
                return TOTPSecret(octets: try key.open(pending, for: account.id.rawValue))
            }
            let secret = TOTPSecret()
            try await transaction.setPendingTOTP(
                try key.seal(secret.octets, for: account.id.rawValue), of: session.id, at: now)
            return secret
        }
        return Enrolment(
            typedSecret: secret.typed, address: secret.address(for: user.email ?? user.name), secret: secret)
    }

    /// Sets up the second factor of whose telephone shows the right code. The account's other sessions end.
    ///
    /// - Parameters:
    ///   - code: What the new telephone shows.
    ///   - current: Where the account has a second factor already, a code of that one, or a recovery code: a session
    ///     left open is not enough to take it over.
    ///   - session: The session that asked for the secret.
    ///   - visitor: Where the request comes from.
    /// - Returns: The session with its new token, and the recovery codes.
    /// - Throws: ``SignInError``.
    public func finishEnrolment(
        _ code: String, current: String? = nil, in session: Session, from visitor: Visitor
    ) async throws -> Enrolled {
        let now = now
        let enrolled = try await attempt(
            .secondFactor, on: session.account.description, from: visitor
        ) { _ -> Enrolled? in
            try await database.transaction(IdentityScope()) { transaction in
                guard let account = try await transaction.account(session.account),
                    account.totpSecret == nil || session.secondFactorAt != nil
                else { throw SignInError.sessionEnded }
                guard let pending = try await waiting(in: session, transaction, at: now) else {
                    throw SignInError.enrolmentLapsed
                }
                let secret = TOTPSecret(octets: try key.open(pending, for: account.id.rawValue))
                guard let step = secret.step(matching: code, at: now, after: nil) else { return nil }
                if account.totpSecret != nil {
                    guard try await takes(current ?? "", of: account, in: transaction, at: now) else {
                        return nil
                    }
                }
                guard
                    try await transaction.setTOTP(
                        pending, after: account.totpSecret, step: step, of: account.id)
                else { throw SignInError.sessionEnded }
                try await transaction.setPendingTOTP(nil, of: session.id, at: now)
                let codes = try await newRecoveryCodes(of: account.id, in: transaction, at: now)
                try await transaction.endSessions(
                    of: account.id, except: session.id, because: .secondFactorChanged, at: now)
                try await transaction.note("tenancy.second_factor.enrolled", of: account.id, at: now)
                return Enrolled(
                    opened: try await raise(session, in: transaction, at: now), recoveryCodes: codes)
            }
        }
        guard let enrolled else { throw SignInError.wrongCode }
        await tell()
        return enrolled
    }

    /// The secret that a session is setting up, sealed, while it waits.
    private func waiting(
        in session: Session, _ transaction: borrowing Transaction<IdentityScope>, at now: Date
    ) async throws -> [UInt8]? {
        guard let pending = try await transaction.pendingTOTP(of: session.id),
            now < pending.since.addingTimeInterval(Double(limits.enrolmentSeconds))
        else { return nil }
        return pending.sealed
    }

    /// Makes new recovery codes; the earlier ones are worth nothing from now on.
    ///
    /// - Throws: ``SignInError/secondFactorMissing``.
    public func replaceRecoveryCodes(in session: Session) async throws -> [String] {
        guard session.secondFactorAt != nil else { throw SignInError.secondFactorMissing }
        let now = now
        let codes = try await database.transaction(IdentityScope()) { transaction in
            try await transaction.note("tenancy.recovery_codes.replaced", of: session.account, at: now)
            return try await newRecoveryCodes(of: session.account, in: transaction, at: now)
        }
        await tell()
        return codes
    }

    /// Returns how many recovery codes are left.
    public func recoveryCodesLeft(in session: Session) async throws -> Int {
        try await database.read(IdentityScope()) { try await $0.recoveryCodesLeft(of: session.account) }
    }

    /// Changes the password of who knows the present one. The account's other sessions end. What is known of
    /// the user is not to be found in the new one.
    ///
    /// - Throws: ``PasswordError``, ``SignInError``.
    public func changePassword(
        from current: String, to new: String, repeated: String, of user: User, in session: Session,
        from visitor: Visitor
    ) async throws {
        guard new == repeated else { throw PasswordError.notRepeated }
        let password = try Password(
            choosing: new, minimumCharacters: limits.passwordCharacters, about: [user.email ?? "", user.name])
        let now = now
        let isChanged = try await attempt(
            .password, on: "account:\(session.account)", from: visitor
        ) { _ -> Bool? in
            let account = try await database.read(IdentityScope()) { try await $0.account(session.account) }
            guard let account,
                try await passwords.verify(Password(typed: current), against: account.passwordHash)
            else { return nil }
            let hash = try await passwords.hash(password)
            try await database.transaction(IdentityScope()) { transaction in
                try await transaction.setPassword(hash, of: account.id, at: now)
                try await transaction.endSessions(
                    of: account.id, except: session.id, because: .passwordChanged, at: now)
                try await transaction.setPendingTOTP(nil, of: session.id, at: now)
                try await transaction.note("tenancy.password.changed", of: account.id, at: now)
            }
            return true
        }
        guard isChanged == true else { throw PasswordError.currentIsWrong }
        await tell()
    }

    private func newRecoveryCodes(
        of account: ID<Account>, in transaction: borrowing Transaction<IdentityScope>, at now: Date
    ) async throws -> [String] {
        let codes = (0..<limits.recoveryCodes).map { _ in ReadableCode.random(groups: 2) }
        try await transaction.replaceRecoveryCodes(
            codes.map { key.hash($0, of: account.rawValue) }, of: account, at: now)
        return codes.map(\.description)
    }
}
