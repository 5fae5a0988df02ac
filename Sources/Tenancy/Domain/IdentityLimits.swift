/// The numbers of sign-in, which are rows of `identity.limits`, each with its reason beside it.
public struct IdentityLimits: Sendable, Hashable {
    /// What a password's hash costs.
    public let passwordCost: PasswordCost
    /// The shortest password, in characters.
    public let passwordCharacters: Int
    /// How long an invitation works, in seconds.
    public let invitationSeconds: Int
    /// The longest session, in seconds.
    public let sessionSeconds: Int
    /// How long a session may lie unused, in seconds.
    public let idleSeconds: Int
    /// The same for a session that has shown a second factor, in seconds.
    public let privilegedIdleSeconds: Int
    /// How exactly the last use of a session is known, in seconds.
    public let touchSeconds: Int
    /// The time over which failed attempts count, in seconds.
    public let attemptWindowSeconds: Int
    /// Failures of one login from one address that are borne within the window.
    public let attemptsPerLoginAndAddress: Int
    /// Failures of one login from everywhere that are borne within the window.
    public let attemptsPerLogin: Int
    /// Failures from one address that are borne within the window.
    public let attemptsPerAddress: Int
    /// Wrong codes of one account that are borne within the window.
    public let secondFactorAttempts: Int
    /// How many recovery codes a second factor has.
    public let recoveryCodes: Int
    /// How long the secret of a second factor waits to be set up, in seconds.
    public let enrolmentSeconds: Int
    /// How long a device or an address from which a login succeeded is known, in seconds.
    public let knownSeconds: Int

    /// Reads the limits by their names.
    ///
    /// - Throws: ``MissingLimit``.
    init(_ amounts: [String: Int]) throws(MissingLimit) {
        func amount(_ name: String) throws(MissingLimit) -> Int {
            guard let amount = amounts[name] else { throw MissingLimit(name: name) }
            return amount
        }
        passwordCost = PasswordCost(
            operations: UInt64(try amount("password_operations")), memory: try amount("password_memory_bytes")
        )
        passwordCharacters = try amount("password_characters")
        invitationSeconds = try amount("invitation_seconds")
        sessionSeconds = try amount("session_seconds")
        idleSeconds = try amount("session_idle_seconds")
        privilegedIdleSeconds = try amount("privileged_idle_seconds")
        touchSeconds = try amount("session_touch_seconds")
        attemptWindowSeconds = try amount("attempt_window_seconds")
        attemptsPerLoginAndAddress = try amount("attempts_per_login_and_address")
        attemptsPerLogin = try amount("attempts_per_login")
        attemptsPerAddress = try amount("attempts_per_address")
        secondFactorAttempts = try amount("second_factor_attempts")
        recoveryCodes = try amount("recovery_codes")
        enrolmentSeconds = try amount("enrolment_seconds")
        knownSeconds = try amount("known_seconds")
    }
}

/// A row of `identity.limits` that the server needs and the database lacks.
struct MissingLimit: Error, CustomStringConvertible {
    let name: String

    var description: String { "identity.limits has no row \(name)" }
}
