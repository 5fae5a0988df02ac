import Foundation
import Kernel
import Postgres

/// Who signs in: accounts, their credentials, sessions and invitations.
///
/// Its work runs before a tenant is known, in ``IdentityScope``, and so in no ``Command``. What concerns a
/// tenant's user (an invitation accepted, a password or a second factor changed) is an event in the office
/// chain of each tenant that the account acts in: noted in the transaction that does it, and carried to the chain
/// after it (``deliverNotes()``), so that neither is ever there without the other.
public struct Identity: Sendable {
    let runner: CommandRunner
    let key: ServerKey
    /// Hashes passwords and PINs, so many at once as the machine bears.
    public let passwords: Passwords
    /// The numbers of sign-in.
    public let limits: IdentityLimits
    /// Whether invitations go by mail.
    public let sendsMail: Bool

    var database: Database { runner.database }
    var now: Date { runner.now }

    /// Claims the database for the server's key, and reads the limits.
    ///
    /// - Parameters:
    ///   - runner: Where the events of the tenants are written.
    ///   - key: The server's key.
    ///   - cost: What a password's hash costs; `nil` takes it from the limits. Tests take the lowest.
    ///   - sendsMail: Whether invitations go by mail.
    /// - Returns: What signs people in.
    /// - Throws: ``ServerKeyError``.
    public static func start(
        runner: CommandRunner, key: ServerKey, cost: PasswordCost? = nil, sendsMail: Bool = false
    ) async throws -> Self {
        try await key.claim(runner.database, at: runner.now)
        let limits = try await runner.database.read(IdentityScope()) { try await $0.limits() }
        return Self(
            runner: runner, key: key, passwords: try Passwords(cost: cost ?? limits.passwordCost),
            limits: limits, sendsMail: sendsMail)
    }

    /// Carries what was noted at sign-in to the office chains of the tenants that it concerns, each once.
    ///
    /// - Returns: How many events were carried.
    @discardableResult
    public func deliverNotes() async throws -> Int {
        let notes = try await database.read(IdentityScope()) { try await $0.notes(limit: 100) }
        for note in notes {
            do {
                try await runner.note(
                    AuditEvent(note.action, subject: note.user, details: try note.details()), in: .office,
                    as: Principal(organization: note.organization, user: note.user, grants: []),
                    key: ID(rawValue: note.id.rawValue))
            } catch AccessError.alreadyDone {
                // It stands in the chain, and whoever wrote it there did not come to take the note away.
            }
            try await database.transaction(IdentityScope()) { try await $0.takeAway(note) }
        }
        return notes.count
    }

    /// Carries what was just noted on its way. What was done is done: where the chain cannot be reached at the
    /// moment the note waits, and the person gets their answer.
    func tell() async {
        _ = try? await deliverNotes()
    }

    /// An attempt of a visitor, as it is kept: hashes under the key of this installation.
    func attempt(_ kind: Attempt.Kind, on subject: String, from visitor: Visitor) -> Attempt {
        Attempt(
            kind: kind, subject: key.attemptHash("\(kind.rawValue):\(subject)"),
            address: key.attemptHash("address:\(visitor.address)"),
            device: visitor.device.map { key.attemptHash("device:\($0)") })
    }

    /// Notes an attempt, refuses it where too many failed before, runs it, and notes its success.
    ///
    /// The subject is what is tried: a login, an account. The closure gives back `nil` where the attempt
    /// fails. An attempt that is refused for the number of those before it is forgotten.
    ///
    /// - Throws: ``SignInError/tooManyAttempts(minutes:)``, or what `body` throws.
    func attempt<Value: Sendable>(
        _ kind: Attempt.Kind, on subject: String, from visitor: Visitor,
        _ body: (Attempt) async throws -> Value?
    ) async throws -> Value? {
        let now = now
        let attempt = attempt(kind, on: subject, from: visitor)
        // Noted and committed before it is counted: of many at once, each counts the others.
        try await database.transaction(IdentityScope()) { try await $0.insert(attempt, at: now) }
        let window = now.addingTimeInterval(-Double(limits.attemptWindowSeconds))
        let failures = try await database.read(IdentityScope()) { transaction in
            try await transaction.failures(
                like: attempt, since: window,
                knownSince: now.addingTimeInterval(-Double(limits.knownSeconds)))
        }
        if let failures, limits.areExceeded(by: failures, of: kind) {
            try await database.transaction(IdentityScope()) { try await $0.takeBack(attempt) }
            throw SignInError.tooManyAttempts(minutes: limits.attemptWindowSeconds / 60)
        }
        guard let value = try await body(attempt) else { return nil }
        try await database.transaction(IdentityScope()) { try await $0.succeed(attempt) }
        return value
    }
}

extension IdentityLimits {
    /// Whether there were too many failures. The attempt under way is among them.
    ///
    /// A device by which the subject succeeded before has a count of its own, and from an address from which it did
    /// the failures of others do not count: strangers use up their own attempts, never the owner's (OWASP, "Slow
    /// Down Online Guessing Attacks with Device Cookies").
    func areExceeded(by failures: FailureCounts, of kind: Attempt.Kind) -> Bool {
        if failures.isKnownDevice {
            return failures.bySubjectAndDevice
                > (kind == .secondFactor ? secondFactorAttempts : attemptsPerLoginAndAddress)
        }
        if failures.byAddress > attemptsPerAddress { return true }
        switch kind {
        case .password, .rollCheck, .claim:
            return failures.bySubjectAndAddress > attemptsPerLoginAndAddress
                || (!failures.isKnownAddress && failures.bySubject > attemptsPerLogin)
        case .secondFactor:
            return failures.bySubject > secondFactorAttempts
        case .invitation:
            return false
        }
    }
}
