import Foundation
import Kernel
import Postgres

/// A session with what its account has.
struct SessionRow: RowDecodable {
    let session: Session
    let hasSecondFactor: Bool
    let isAccountActive: Bool

    init(row: Row) throws(RowError) {
        session = Session(
            id: try row["session_id"], account: try row["account_id"],
            organization: try row["organization_id"], user: try row["user_id"],
            createdAt: try row["created_at"], lastSeenAt: try row["last_seen_at"],
            idleSeconds: try row["idle_seconds"], endsAt: try row["ends_at"],
            secondFactorAt: try row["second_factor_at"], address: try row["address"],
            agent: try row["agent"], revokedAt: try row["revoked_at"])
        hasSecondFactor = try row["has_second_factor"]
        isAccountActive = try row["is_account_active"]
    }

    fileprivate static var columns: SQL {
        """
        sessions.session_id, sessions.account_id, latest.organization_id, latest.user_id, sessions.created_at,
        sessions.last_seen_at, idle_seconds, ends_at, second_factor_at, address, agent, revoked_at,
        totp_secret is not null as has_second_factor, state = 'active' as is_account_active
        """
    }

    /// Sessions with their account and the tenant in which each acted last.
    fileprivate static var tables: SQL {
        """
        identity.sessions
        join identity.accounts on accounts.account_id = sessions.account_id
        left join lateral (
            select entries.organization_id, entries.user_id
            from identity.session_entries as entries
            where entries.session_id = sessions.session_id
            order by entries.last_seen_at desc, entries.organization_id
            limit 1
        ) as latest on true
        """
    }
}

/// A tenant in which a session has acted.
struct SessionEntry: RowDecodable {
    let organization: ID<Organization>
    let lastSeenAt: Date

    init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        lastSeenAt = try row["last_seen_at"]
    }
}

/// The secret of a second factor that a session is setting up, sealed.
struct PendingSecret: RowDecodable {
    let sealed: [UInt8]
    let since: Date

    init(row: Row) throws(RowError) {
        sealed = try row["totp_pending"]
        since = try row["totp_pending_at"]
    }
}

extension Transaction where Scope == IdentityScope {
    /// Returns the session of a token, open or not.
    func session(_ token: SessionToken) async throws -> SessionRow? {
        try await row(
            """
            select \(fragment: SessionRow.columns)
            from \(fragment: SessionRow.tables)
            where token_hash = \(token.digest)
            """)
    }

    /// Returns the open sessions of an account, the last used first.
    func openSessions(of account: ID<Account>, at now: Date) async throws -> [Session] {
        try await rows(
            """
            select \(fragment: SessionRow.columns)
            from \(fragment: SessionRow.tables)
            where sessions.account_id = \(account) and revoked_at is null and ends_at > \(now)
            order by sessions.last_seen_at desc, sessions.session_id
            """,
            as: SessionRow.self
        ).map(\.session).filter { $0.isOpen(at: now) }
    }

    /// Opens a session.
    func insert(_ session: Session, token: SessionToken) async throws {
        try await execute(
            """
            insert into identity.sessions (
                session_id, token_hash, account_id, created_at, last_seen_at, idle_seconds, ends_at,
                second_factor_at, address, agent)
            values (
                \(session.id), \(token.digest), \(session.account), \(session.createdAt),
                \(session.lastSeenAt), \(session.idleSeconds), \(session.endsAt), \(session.secondFactorAt),
                \(session.address), \(session.agent))
            """)
    }

    /// Notes that a session is in use.
    func touch(_ session: ID<Session>, at now: Date) async throws {
        try await execute(
            """
            update identity.sessions set last_seen_at = \(now)
            where session_id = \(session) and last_seen_at < \(now)
            """)
    }

    /// Returns the tenants in which a session has acted.
    func entries(of session: ID<Session>) async throws -> [SessionEntry] {
        try await rows(
            """
            select organization_id, last_seen_at from identity.session_entries
            where session_id = \(session)
            order by last_seen_at desc, organization_id
            """)
    }

    /// Notes that a session acts in a tenant.
    ///
    /// - Returns: Whether it never had before.
    func enter(_ user: AccountUser, from session: Session, at now: Date) async throws -> Bool {
        try await value(
            """
            insert into identity.session_entries (
                session_id, organization_id, account_id, user_id, entered_at, last_seen_at)
            values (
                \(session.id), \(user.organization), \(session.account), \(user.user), \(now), \(now))
            on conflict on constraint session_entries_pkey do update set last_seen_at = excluded.last_seen_at
            returning xmax = 0
            """) ?? false
    }

    /// Keeps the secret of a second factor that a session is setting up; without one, lets go of it.
    func setPendingTOTP(_ sealed: [UInt8]?, of session: ID<Session>, at now: Date) async throws {
        try await execute(
            """
            update identity.sessions
            set totp_pending = \(sealed), totp_pending_at = \(sealed == nil ? nil : now)
            where session_id = \(session)
            """)
    }

    /// Returns the secret of a second factor that a session is setting up.
    func pendingTOTP(of session: ID<Session>) async throws -> PendingSecret? {
        try await row(
            """
            select totp_pending, totp_pending_at from identity.sessions
            where session_id = \(session) and totp_pending is not null and revoked_at is null
            """)
    }

    /// Notes that a session has shown the second factor, and gives it another token: one that was
    /// stolen before is worth nothing now.
    func raise(
        _ session: ID<Session>, token: SessionToken, idleSeconds: Int, at now: Date
    ) async throws {
        try await execute(
            """
            update identity.sessions
            set second_factor_at = \(now), token_hash = \(token.digest), idle_seconds = \(idleSeconds)
            where session_id = \(session)
            """)
    }

    /// Ends a session of an account.
    ///
    /// - Returns: Whether it was one of the account's and open.
    @discardableResult
    func end(
        _ session: ID<Session>, of account: ID<Account>, because revocation: Revocation, at now: Date
    ) async throws -> Bool {
        try await execute(
            """
            update identity.sessions set revoked_at = \(now), revocation = \(revocation.rawValue)
            where session_id = \(session) and account_id = \(account) and revoked_at is null
            """) == 1
    }

    /// Ends all sessions of an account but one.
    func endSessions(
        of account: ID<Account>, except session: ID<Session>?, because revocation: Revocation, at now: Date
    ) async throws {
        try await execute(
            """
            update identity.sessions set revoked_at = \(now), revocation = \(revocation.rawValue)
            where account_id = \(account) and session_id is distinct from \(session) and revoked_at is null
            """)
    }

    /// Ends the sessions in which a user of a tenant acts; they let go of the user, who gets another account.
    func endSessions(
        of user: ID<User>, in organization: ID<Organization>, because revocation: Revocation, at now: Date
    ) async throws {
        try await execute(
            """
            update identity.sessions set revoked_at = \(now), revocation = \(revocation.rawValue)
            where revoked_at is null
                and session_id in (
                    select session_id from identity.session_entries
                    where organization_id = \(organization) and user_id = \(user))
            """)
        try await execute(
            """
            delete from identity.session_entries
            where organization_id = \(organization) and user_id = \(user)
            """)
    }

    /// Forgets sessions that ended, and attempts that were made, before a moment.
    ///
    /// - Returns: How many rows went.
    func forget(before moment: Date) async throws -> Int {
        try await execute(
            """
            delete from identity.session_entries
            where session_id in (
                select session_id from identity.sessions
                where ends_at < \(moment) or revoked_at < \(moment))
            """)
        let sessions = try await execute(
            "delete from identity.sessions where ends_at < \(moment) or revoked_at < \(moment)")
        let attempts = try await execute("delete from identity.attempts where attempted_at < \(moment)")
        return sessions + attempts
    }
}
