public import Foundation
public import Kernel
public import Postgres

/// Changes what a user is called and known by, or puts a user out of work or back to it.
///
/// By another document whoever stands in an election could decide in it: where the user decides in elections or looks in
/// from outside, its chain tells that it changed.
public struct EditUser: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user.
    public let id: ID<User>
    /// Name and surnames from now on.
    public let name: String
    /// Post or office from now on.
    public let officeTitle: String
    /// The document from now on.
    public let document: IdentityDocument?
    /// Whether the user may sign in from now on.
    public let isActive: Bool

    /// Takes what a person filled in.
    public init(
        _ id: ID<User>, name: String, officeTitle: String, document: IdentityDocument?, isActive: Bool
    ) {
        self.id = id
        self.name = name
        self.officeTitle = officeTitle
        self.document = document
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
            id: id, filledIn: name, email: current.email ?? "sin@correo.invalid", officeTitle: officeTitle,
            document: document)
        let grants = try await transaction.grants(of: id, at: now)
        if document == nil, let role = grants.map(\.role).first(where: \.needsDocument) {
            throw GrantError.needsDocument(role, filledIn.name)
        }
        if current.isActive, !isActive {
            guard transaction.scope.principal.user != id else { throw UserError.oneself }
            if grants.contains(where: { $0.role == .officeAdministrator }) {
                try await transaction.requireAnotherAdministrator(than: id, at: now)
            }
        }
        try await transaction.update(
            User(
                id: id, document: document, name: filledIn.name, email: current.email,
                officeTitle: filledIn.officeTitle, isActive: isActive))
        if let before = current.document, before != document {
            let spaces = Set(grants.filter(\.role.isBeyondTheEntity).map(\.space))
            for space in spaces.subtracting([.organization]) {
                try transaction.append(
                    AuditEvent(
                        "tenancy.user.document_changed", subject: id, details: ["name": filledIn.name]),
                    to: space.stream, at: now)
            }
        }
        return Audited(
            AuditEvent(
                "tenancy.user.edited", subject: id,
                details: [
                    "name": filledIn.name, "office_title": filledIn.officeTitle,
                    "is_active": String(isActive), "name_before": current.name,
                    "document": document?.masked ?? "",
                    "document_before": current.document?.masked ?? "",
                ]))
    }
}
