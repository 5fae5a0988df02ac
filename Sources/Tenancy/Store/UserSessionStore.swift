public import Foundation
public import Kernel
public import Postgres

/// An open session of a user in this tenant, as its administration sees it.
public struct UserSession: Sendable, Identifiable, RowDecodable {
    /// Identifies the session; it is no secret.
    public let id: ID<Session>
    /// When it was opened.
    public let createdAt: Date
    /// When it was last used, to the minute.
    public let lastSeenAt: Date
    /// Whether it has shown a second factor.
    public let hasSecondFactor: Bool
    /// Where it was opened from.
    public let address: String
    /// The program that opened it.
    public let agent: String

    /// Reads a row of `identity.sessions_of_user`.
    public init(row: Row) throws(RowError) {
        id = try row["session_id"]
        createdAt = try row["created_at"]
        lastSeenAt = try row["last_seen_at"]
        hasSecondFactor = try row["has_second_factor"]
        address = try row["address"]
        agent = try row["agent"]
    }
}

// Sessions are no tenant's: a tenant reaches those that act in it through definer functions alone.
extension Transaction where Scope == TenantScope {
    /// Returns the open sessions in which a user acts in this tenant, the last used first.
    func openSessions(of user: ID<User>, at now: Date) async throws -> [UserSession] {
        try await rows("select * from identity.sessions_of_user(\(organization), \(user), \(now))")
    }

    /// Shuts the way in of a user: their sessions here end, and the account that they have opens this tenant no
    /// more until they use an invitation.
    func suspend(_ user: ID<User>, at now: Date) async throws {
        try await execute("select identity.suspend_user(\(organization), \(user), \(now))")
    }

    /// Ends the sessions in which a user acts in this tenant.
    ///
    /// - Returns: How many ended.
    func endSessions(of user: ID<User>, at now: Date) async throws -> Int {
        try await value("select identity.end_sessions_of_user(\(organization), \(user), \(now))") ?? 0
    }
}
