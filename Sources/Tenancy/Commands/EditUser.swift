public import Foundation
public import Kernel
public import Postgres

/// Changes what a user is called, or puts a user out of work or back to it.
public struct EditUser: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user.
    public let id: ID<User>
    /// Name and surnames from now on.
    public let name: String
    /// Post or office from now on.
    public let officeTitle: String
    /// Whether the user may sign in from now on.
    public let isActive: Bool

    /// Takes what a person filled in.
    public init(_ id: ID<User>, name: String, officeTitle: String, isActive: Bool) {
        self.id = id
        self.name = name
        self.officeTitle = officeTitle
        self.isActive = isActive
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let current = try await transaction.user(id) else { throw UserError.notFound }
        let filledIn = try User(
            id: id, person: current.person, filledIn: name, email: current.email ?? "sin@correo.invalid",
            officeTitle: officeTitle)
        if current.isActive, !isActive {
            guard transaction.scope.principal.user != id else { throw UserError.oneself }
            let roles = try await transaction.grants(of: id, at: now).map(\.role)
            if roles.contains(.officeAdministrator) {
                try await transaction.requireAnotherAdministrator(than: id, at: now)
            }
        }
        try await transaction.update(
            User(
                id: id, person: current.person, name: filledIn.name, email: current.email,
                officeTitle: filledIn.officeTitle, isActive: isActive))
        return Audited(
            AuditEvent(
                "tenancy.user.edited", subject: id,
                details: [
                    "name": filledIn.name, "office_title": filledIn.officeTitle,
                    "is_active": String(isActive), "name_before": current.name,
                ]))
    }
}
