public import Foundation
public import Kernel
public import Postgres

/// Ends the sessions in which a user acts in this entity, wherever they are open: a lost telephone, a shared computer.
public struct EndUserSessions: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user.
    public let user: ID<User>

    /// Names the user.
    public init(of user: ID<User>) {
        self.user = user
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    ///
    /// - Returns: How many sessions ended.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        guard let user = try await transaction.user(user) else { throw UserError.notFound }
        let ended = try await transaction.endSessions(of: user.id, at: now)
        return Audited(
            ended,
            AuditEvent(
                "tenancy.user.sessions_ended", subject: user.id,
                details: ["name": user.name, "sessions": String(ended)]))
    }
}
