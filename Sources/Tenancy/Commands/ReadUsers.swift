public import Foundation
public import Kernel
public import Postgres

/// The users of a tenant with their roles.
public struct UserDirectory: Sendable {
    /// A user with what they may do.
    public struct Line: Sendable, Identifiable {
        /// The user and how they sign in.
        public let access: UserAccess
        /// The roles that have not ended, also those that have not begun.
        public let grants: [GrantRecord]

        /// The user's identifier.
        public var id: ID<User> { access.id }
    }

    /// The users, those at work first, by name.
    public let lines: [Line]
    /// The alliances in which roles count.
    public let alliances: [Alliance]
}

/// Reads the users of the entity.
public struct ListUsers: Query {
    /// Who may do it.
    public static let permission = Permission.seeUsers

    /// Asks for all of them.
    public init() {}

    /// Where the right is asked.
    public var stream: AuditStream { .office }
    /// Names, mail addresses and posts.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "users"]) }

    /// Reads the answer.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> UserDirectory {
        let grants = Dictionary(grouping: try await transaction.grants(notEndedAt: now), by: \.user)
        return UserDirectory(
            lines: try await transaction.users().map { access in
                UserDirectory.Line(access: access, grants: grants[access.id] ?? [])
            },
            alliances: try await transaction.alliances())
    }
}

/// A user with all that the administration of the entity sees of them.
public struct UserFile: Sendable {
    /// The user and how they sign in.
    public let access: UserAccess
    /// All roles, those that ended among them, the latest first.
    public let grants: [GrantRecord]
    /// The sessions that are open in this entity.
    public let sessions: [UserSession]
    /// The alliances in which roles may count.
    public let alliances: [Alliance]
}

/// Reads one user of the entity.
public struct ReadUser: Query {
    /// Who may do it.
    public static let permission = Permission.seeUsers
    /// The user.
    public let id: ID<User>

    /// Names the user.
    public init(_ id: ID<User>) {
        self.id = id
    }

    /// Where the right is asked.
    public var stream: AuditStream { .office }
    /// Name, mail address, post and sessions.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "user"]) }

    /// Reads the answer.
    ///
    /// - Throws: ``UserError/notFound``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> UserFile {
        guard let access = try await transaction.users().first(where: { $0.id == id }) else {
            throw UserError.notFound
        }
        return UserFile(
            access: access, grants: try await transaction.grants(everGivenTo: id),
            sessions: try await transaction.openSessions(of: id, at: now),
            alliances: try await transaction.alliances())
    }
}
