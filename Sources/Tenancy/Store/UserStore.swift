public import Foundation
public import Kernel
public import Postgres

/// A user of the tenant with how they sign in.
public struct UserAccess: Sendable, Identifiable, RowDecodable {
    /// The user.
    public let user: User
    /// Whether the user has set a password.
    public let hasAccount: Bool
    /// Whether the user has a second factor.
    public let hasSecondFactor: Bool
    /// When the user was last at work in this tenant.
    public let lastSeenAt: Date?
    /// Until when the user's invitation works, where one is open.
    public let invitedUntil: Date?

    /// The user's identifier.
    public var id: ID<User> { user.id }

    /// Reads a row.
    public init(row: Row) throws(RowError) {
        user = try User(row: row)
        hasAccount = try row["has_account"]
        hasSecondFactor = try row["has_second_factor"]
        lastSeenAt = try row["last_seen_at"]
        invitedUntil = try row["invited_until"]
    }
}

extension User: RowDecodable {
    /// Reads a row of ``columns``.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["user_id"], document: try row.identityDocumentIfKnown(), name: try row["name"],
            email: try row["email"], officeTitle: try row["office_title"], isActive: try row["is_active"])
    }

    static var columns: SQL {
        """
        users.user_id, users.document_type, users.document_number, users.name, users.email,
        users.office_title, users.is_active
        """
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the users of the tenant by name, with how they sign in.
    public func users() async throws -> [UserAccess] {
        try await rows(
            """
            select \(fragment: User.columns), has_account, has_second_factor, last_seen_at, invited_until
            from tenancy.users
            join identity.access_of_users(\(organization)) as access on access.user_id = users.user_id
            where organization_id = \(organization)
            order by users.is_active desc, users.name, users.user_id
            """)
    }

    /// Returns a user of the tenant.
    public func user(_ id: ID<User>) async throws -> User? {
        try await row(
            """
            select \(fragment: User.columns) from tenancy.users
            where organization_id = \(organization) and user_id = \(id)
            """)
    }

    /// Adds a user.
    ///
    /// - Throws: ``UserError/emailTaken(_:)``, ``UserError/documentTaken(_:)``.
    func insert(_ user: User, at now: Date) async throws {
        try await execute(
            """
            insert into tenancy.users (
                organization_id, user_id, document_type, document_number, name, email, office_title,
                is_active, created_at)
            values (
                \(organization), \(user.id), \(user.document?.type), \(user.document?.number),
                \(user.name), \(user.email), \(user.officeTitle), \(user.isActive), \(now))
            """,
            refusals: refusals(of: user))
    }

    /// Notes when the administration of the entity last saw a link that opens a user, or that it did not see the last.
    func noteLink(of user: ID<User>, seenAt moment: Date?) async throws {
        try await execute(
            """
            update tenancy.users set link_shown_at = \(moment)
            where organization_id = \(organization) and user_id = \(user)
            """)
    }

    /// Returns how many of those who decide in elections or look in from outside come in by a link that the
    /// administration of the entity saw since a moment, by where they do.
    func shownLinks(since moment: Date, at now: Date) async throws -> [PendingCount] {
        let roles = Role.allCases.filter { $0.isBeyondTheEntity && $0.needsAlliance }.map(\.rawValue)
        return try await rows(
            """
            select alliance_id, process_id, count(distinct users.user_id) as count,
                min(users.link_shown_at) as since, null::date as due_on
            from tenancy.grants
            join tenancy.users
                on users.organization_id = grants.organization_id and users.user_id = grants.user_id
            where grants.organization_id = \(organization) and users.organization_id = \(organization)
                and role = any (\(roles)) and (ends_at is null or ends_at > \(now))
                and users.link_shown_at > \(moment)
            group by alliance_id, process_id
            """)
    }

    /// Writes what a user is called and known by, and whether they may sign in.
    ///
    /// - Throws: ``UserError/documentTaken(_:)``.
    func update(_ user: User) async throws {
        try await execute(
            """
            update tenancy.users
            set name = \(user.name), office_title = \(user.officeTitle), is_active = \(user.isActive),
                document_type = \(user.document?.type), document_number = \(user.document?.number)
            where organization_id = \(organization) and user_id = \(user.id)
            """,
            refusals: refusals(of: user))
    }

    /// Notes the document of a user who had none.
    ///
    /// - Throws: ``UserError/otherDocument(_:)``, ``UserError/documentTaken(_:)``.
    public func identify(_ user: User, by document: IdentityDocument) async throws {
        guard user.document != document else { return }
        guard user.document == nil else { throw UserError.otherDocument(user.name) }
        try await update(
            User(
                id: user.id, document: document, name: user.name, email: user.email,
                officeTitle: user.officeTitle, isActive: user.isActive))
    }

    private func refusals(of user: User) -> KeyValuePairs<String, any Error> {
        [
            "users_email_key": UserError.emailTaken(user.email ?? ""),
            "users_document_key": UserError.documentTaken(user.document?.formatted ?? ""),
        ]
    }
}
