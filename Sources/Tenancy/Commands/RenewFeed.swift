public import Foundation
public import Kernel
public import Postgres

/// Voids the addresses of a user's calendar feed that were given out: whoever has one of them reads nothing any more.
public struct RenewFeed: Command {
    /// Who may do it: everybody, of their own.
    public static let permission = Permission.followCalendars
    /// The user.
    public let user: ID<User>
    /// Where the user has a role.
    public let stream: AuditStream

    /// Takes who asks; `nil` for who is no user or has no role.
    public init?(of principal: Principal) {
        guard let user = principal.user, let space = principal.grants.first?.space else { return nil }
        self.user = user
        stream =
            switch space {
            case .organization: .office
            case .alliance(let alliance): .alliance(alliance)
            case .process(let process, let alliance): .process(process, of: alliance)
            }
    }

    /// Raises the number.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        try await transaction.renewFeed(of: user)
        return Audited(AuditEvent("tenancy.feed.renewed", subject: user))
    }
}

extension Transaction where Scope == TenantScope {
    /// The number that the address of a user's calendar feed proves; `nil` for who is not there or not active.
    public func feedNumber(of user: ID<User>) async throws -> Int? {
        try await value(
            """
            select feed_number from tenancy.users
            where organization_id = \(organization) and user_id = \(user) and is_active
            """)
    }

    func renewFeed(of user: ID<User>) async throws {
        try await execute(
            """
            update tenancy.users set feed_number = feed_number + 1
            where organization_id = \(organization) and user_id = \(user)
            """)
    }
}
