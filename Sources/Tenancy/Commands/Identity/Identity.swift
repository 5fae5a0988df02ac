import Foundation
import Kernel
import Postgres

/// Who signs in: accounts, their credentials, sessions and invitations.
///
/// Its work runs before a tenant is known, in ``IdentityScope``, and so in no ``Command``. What concerns a
/// tenant's user (an invitation accepted, a password or a second factor changed) is an event in the office
/// chain of each tenant that the account acts in.
public struct Identity: Sendable {
    let runner: CommandRunner
    let key: ServerKey
    let passwords: Passwords
    /// The numbers of sign-in.
    public let limits: IdentityLimits

    var database: Database { runner.database }
    var now: Date { runner.now }

    /// Claims the database for the server's key, and reads the limits.
    ///
    /// - Parameters:
    ///   - runner: Where the events of the tenants are written.
    ///   - key: The server's key.
    ///   - cost: What a password's hash costs; `nil` takes it from the limits. Tests take the lowest.
    /// - Returns: What signs people in.
    /// - Throws: ``ServerKeyError``.
    public static func start(
        runner: CommandRunner, key: ServerKey, cost: PasswordCost? = nil
    ) async throws -> Self {
        try await key.claim(runner.database, at: runner.now)
        let limits = try await runner.database.read(IdentityScope()) { try await $0.limits() }
        return Self(
            runner: runner, key: key, passwords: try Passwords(cost: cost ?? limits.passwordCost),
            limits: limits)
    }

    /// Writes an event to the office chain of each tenant that an account acts in.
    func note(_ action: String, of account: ID<Account>) async throws {
        let users = try await database.read(IdentityScope()) { try await $0.users(of: account) }
        for user in users {
            try await note(action, by: user)
        }
    }

    /// Writes an event to the office chain of a tenant.
    func note(_ action: String, by user: AccountUser, details: [String: String] = [:]) async throws {
        try await runner.note(
            AuditEvent(action, subject: user.user, details: details), in: .office,
            as: Principal(organization: user.organization, user: user.user, grants: []))
    }

    /// Notes an attempt, refuses it where too many failed before, runs it, and notes its success.
    ///
    /// The subject is what is tried: a login, an account. The closure gives back `nil` where the attempt
    /// fails.
    ///
    /// - Throws: ``SignInError/tooManyAttempts(minutes:)``, or what `body` throws.
    func attempt<Value: Sendable>(
        _ kind: Attempt.Kind, on subject: String, from visitor: Visitor,
        _ body: (Attempt) async throws -> Value?
    ) async throws -> Value? {
        let now = now
        let attempt = Attempt(
            kind: kind, subject: key.attemptHash("\(kind.rawValue):\(subject)"),
            address: key.attemptHash("address:\(visitor.address)"))
        // Noted and committed before it is counted: of many at once, each counts the others.
        try await database.transaction(IdentityScope()) { try await $0.insert(attempt, at: now) }
        let window = now.addingTimeInterval(-Double(limits.attemptWindowSeconds))
        let failures = try await database.read(IdentityScope()) { transaction in
            try await transaction.failures(like: attempt, since: window)
        }
        if let failures, limits.areExceeded(by: failures, of: kind) {
            throw SignInError.tooManyAttempts(minutes: limits.attemptWindowSeconds / 60)
        }
        guard let value = try await body(attempt) else { return nil }
        try await database.transaction(IdentityScope()) { try await $0.succeed(attempt) }
        return value
    }
}

extension IdentityLimits {
    /// Whether there were too many failures. The attempt under way is among them.
    func areExceeded(by failures: FailureCounts, of kind: Attempt.Kind) -> Bool {
        if failures.byAddress > attemptsPerAddress { return true }
        switch kind {
        case .password, .rollCheck, .claim:
            return failures.bySubjectAndAddress > attemptsPerLoginAndAddress
                || failures.bySubject > attemptsPerLogin
        case .secondFactor:
            return failures.bySubject > secondFactorAttempts
        case .invitation:
            return false
        }
    }
}
