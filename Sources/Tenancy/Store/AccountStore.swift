import Foundation
import Kernel
public import Postgres

/// An account as sign-in needs it.
struct AccountRow: RowDecodable {
    let id: ID<Account>
    let passwordHash: PasswordHash
    let totpSecret: [UInt8]?
    let totpLastStep: Int?

    init(row: Row) throws(RowError) {
        id = try row["account_id"]
        passwordHash = try row["password_hash"]
        totpSecret = try row["totp_secret"]
        totpLastStep = try row["totp_last_step"]
    }
}

/// A user as whom an account acts.
struct AccountUser: RowDecodable {
    let organization: ID<Organization>
    let user: ID<User>

    init(organization: ID<Organization>, user: ID<User>) {
        self.organization = organization
        self.user = user
    }

    init(row: Row) throws(RowError) {
        organization = try row["organization_id"]
        user = try row["user_id"]
    }
}

extension PasswordHash: SQLValue {}

private struct LimitRow: RowDecodable {
    let name: String
    let amount: Int

    init(row: Row) throws(RowError) {
        name = try row["name"]
        amount = try row["amount"]
    }
}

extension Transaction where Scope == IdentityScope {
    /// Returns the limits of sign-in.
    func limits() async throws -> IdentityLimits {
        let limits = try await rows("select name, amount from identity.limits", as: LimitRow.self)
        return try IdentityLimits(
            Dictionary(limits.map { ($0.name, $0.amount) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Returns the accounts that a login may mean: none, one, or one for each entity that invited the person
    /// apart.
    func accounts(loginHash: [UInt8]) async throws -> [AccountRow] {
        try await rows(
            """
            select accounts.account_id, password_hash, totp_secret, totp_last_step
            from identity.logins
            join identity.accounts on accounts.account_id = logins.account_id
            where login_hash = \(loginHash) and state = 'active'
            order by accounts.created_at, accounts.account_id
            """)
    }

    /// Returns an account that is open.
    func account(_ id: ID<Account>) async throws -> AccountRow? {
        try await row(
            """
            select account_id, password_hash, totp_secret, totp_last_step
            from identity.accounts
            where account_id = \(id) and state = 'active'
            """)
    }

    /// Opens an account.
    func insert(account id: ID<Account>, password: PasswordHash, at now: Date) async throws {
        try await execute(
            """
            insert into identity.accounts (account_id, password_hash, state, created_at, password_changed_at)
            values (\(id), \(password), 'active', \(now), \(now))
            """)
    }

    /// Lets an account be found by a login.
    func insert(loginHash: [UInt8], kind: Login.Kind, of account: ID<Account>) async throws {
        try await execute(
            """
            insert into identity.logins (login_hash, account_id, kind)
            values (\(loginHash), \(account), \(kind.rawValue))
            on conflict on constraint logins_pkey do nothing
            """)
    }

    /// Replaces the password of an account.
    func setPassword(_ password: PasswordHash, of account: ID<Account>, at now: Date) async throws {
        try await execute(
            """
            update identity.accounts set password_hash = \(password), password_changed_at = \(now)
            where account_id = \(account)
            """)
    }

    /// Replaces a hash by one of today's cost; the password is the same.
    func setHash(_ password: PasswordHash, of account: ID<Account>) async throws {
        try await execute(
            "update identity.accounts set password_hash = \(password) where account_id = \(account)")
    }

    /// Closes an account that acts as nobody any more, so that its password opens nothing.
    func closeIfIdle(_ account: ID<Account>) async throws {
        try await execute(
            """
            update identity.accounts set state = 'closed'
            where account_id = \(account)
                and not exists (select from identity.account_users where account_id = \(account))
            """)
    }

    /// Returns the users as whom an account acts. One whose way in was reset is none of them until they are let in anew.
    func users(of account: ID<Account>) async throws -> [AccountUser] {
        try await rows(
            """
            select organization_id, user_id from identity.account_users
            where account_id = \(account) and suspended_at is null
            order by linked_at
            """)
    }

    /// Returns the tenants in which an account acts, by name.
    func organizations(of account: ID<Account>) async throws -> [Organization] {
        try await rows(
            """
            select \(fragment: Organization.columns)
            from identity.account_users
            join catalogue.organizations on organizations.organization_id = account_users.organization_id
            where account_id = \(account) and suspended_at is null
            order by short_name
            """,
            as: OrganizationRow.self
        ).map(\.organization)
    }

    /// Returns the account that a user of a tenant signs in with.
    func account(of user: ID<User>, in organization: ID<Organization>) async throws -> ID<Account>? {
        try await value(
            """
            select account_id from identity.account_users
            where organization_id = \(organization) and user_id = \(user)
            """)
    }

    /// Lets an account act as a user, in the place of the account that did before.
    ///
    /// - Throws: ``SignInError/worksThereAlready``.
    func link(
        _ account: ID<Account>, to user: ID<User>, in organization: ID<Organization>, at now: Date
    ) async throws {
        let earlier = try await self.account(of: user, in: organization)
        if let earlier, earlier != account {
            try await endSessions(of: user, in: organization, because: .accessReset, at: now)
        }
        try await execute(
            """
            insert into identity.account_users (organization_id, user_id, account_id, linked_at)
            values (\(organization), \(user), \(account), \(now))
            on conflict on constraint account_users_pkey
                do update set account_id = excluded.account_id, linked_at = excluded.linked_at,
                    suspended_at = null
            """,
            refusals: ["account_users_account_organization_key": SignInError.worksThereAlready])
        if let earlier, earlier != account { try await closeIfIdle(earlier) }
    }

    /// Makes a secret the account's second factor.
    ///
    /// - Returns: Whether the account had still the one that this one takes the place of.
    func setTOTP(_ sealed: [UInt8], after earlier: [UInt8]?, step: Int, of account: ID<Account>) async throws
        -> Bool
    {
        try await execute(
            """
            update identity.accounts set totp_secret = \(sealed), totp_last_step = \(step)
            where account_id = \(account) and totp_secret is not distinct from \(earlier)
            """) == 1
    }

    /// Takes a step of the second factor, so that its code counts once.
    ///
    /// - Returns: Whether it was still to be had.
    func takeTOTPStep(_ step: Int, of account: ID<Account>) async throws -> Bool {
        try await execute(
            """
            update identity.accounts set totp_last_step = \(step)
            where account_id = \(account) and (totp_last_step is null or totp_last_step < \(step))
            """) == 1
    }

    /// Replaces the recovery codes of an account.
    func replaceRecoveryCodes(_ hashes: [[UInt8]], of account: ID<Account>, at now: Date) async throws {
        try await execute("delete from identity.recovery_codes where account_id = \(account)")
        try await execute(
            """
            insert into identity.recovery_codes (account_id, code_hash, created_at)
            select \(account), codes.code_hash, \(now) from unnest(\(hashes)) as codes (code_hash)
            """)
    }

    /// Takes a recovery code.
    ///
    /// - Returns: Whether the account had it and it was unused.
    func takeRecoveryCode(_ hash: [UInt8], of account: ID<Account>, at now: Date) async throws -> Bool {
        try await execute(
            """
            update identity.recovery_codes set used_at = \(now)
            where account_id = \(account) and code_hash = \(hash) and used_at is null
            """) == 1
    }

    /// Returns how many recovery codes are left.
    func recoveryCodesLeft(of account: ID<Account>) async throws -> Int {
        try await value(
            """
            select count(*) from identity.recovery_codes
            where account_id = \(account) and used_at is null
            """) ?? 0
    }
}
