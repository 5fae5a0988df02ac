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
    /// same QR. The mail address of the user stands beside the code in the telephone.
    ///
    /// - Throws: ``SignInError/secondFactorMissing`` where the account has a second factor that the session
    ///   has not shown.
    public func beginEnrolment(in session: Session, of user: User) async throws -> Enrolment {
        let secret = try await database.transaction(IdentityScope()) { transaction in
            guard let account = try await transaction.account(session.account) else {
                throw SignInError.sessionEnded
            }
            guard account.totpSecret == nil || session.secondFactorAt != nil else {
                throw SignInError.secondFactorMissing
            }
            if let pending = account.totpPending {
                return TOTPSecret(octets: try key.open(pending, for: account.id.rawValue))
            }
            let secret = TOTPSecret()
            try await transaction.setPendingTOTP(
                try key.seal(secret.octets, for: account.id.rawValue), of: account.id)
            return secret
        }
        return Enrolment(
            typedSecret: secret.typed, address: secret.address(for: user.email ?? user.name), secret: secret)
    }

    /// Sets up the second factor of whose telephone shows the right code. The account's other sessions end.
    ///
    /// - Throws: ``SignInError``.
    public func finishEnrolment(
        _ code: String, in session: Session, from visitor: Visitor
    ) async throws -> Enrolled {
        let now = now
        let enrolled = try await attempt(
            .secondFactor, on: session.account.description, from: visitor
        ) { _ -> Enrolled? in
            try await database.transaction(IdentityScope()) { transaction in
                guard let account = try await transaction.account(session.account),
                    account.totpSecret == nil || session.secondFactorAt != nil,
                    let pending = account.totpPending
                else { throw SignInError.sessionEnded }
                let secret = TOTPSecret(octets: try key.open(pending, for: account.id.rawValue))
                guard let step = secret.step(matching: code, at: now, after: nil),
                    try await transaction.adoptPendingTOTP(pending, step: step, of: account.id)
                else { return nil }
                let codes = try await newRecoveryCodes(of: account.id, in: transaction, at: now)
                try await transaction.endSessions(
                    of: account.id, except: session.id, because: .secondFactorChanged, at: now)
                return Enrolled(
                    opened: try await raise(session, in: transaction, at: now), recoveryCodes: codes)
            }
        }
        guard let enrolled else { throw SignInError.wrongCode }
        try await note("tenancy.second_factor.enrolled", of: session.account)
        return enrolled
    }

    /// Makes new recovery codes; the earlier ones are worth nothing from now on.
    ///
    /// - Throws: ``SignInError/secondFactorMissing``.
    public func replaceRecoveryCodes(in session: Session) async throws -> [String] {
        guard session.secondFactorAt != nil else { throw SignInError.secondFactorMissing }
        let now = now
        let codes = try await database.transaction(IdentityScope()) { transaction in
            try await newRecoveryCodes(of: session.account, in: transaction, at: now)
        }
        try await note("tenancy.recovery_codes.replaced", of: session.account)
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
            }
            return true
        }
        guard isChanged == true else { throw PasswordError.currentIsWrong }
        try await note("tenancy.password.changed", of: session.account)
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
