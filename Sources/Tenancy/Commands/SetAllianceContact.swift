public import Foundation
public import Kernel
public import Postgres

/// Sets where an alliance is reached, apart from its entity.
public struct SetAllianceContact: Command {
    /// Who may do it.
    public static let permission = Permission.editAlliances
    /// The alliance.
    public let id: ID<Alliance>
    /// Where it is reached from now on.
    public let contact: Contact

    /// Takes what a person filled in.
    public init(of id: ID<Alliance>, _ contact: Contact) {
        self.id = id
        self.contact = contact
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(id) }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard try await transaction.alliance(id) != nil else { throw AllianceError.notFound }
        try await transaction.set(contact, of: id)
        return Audited(AuditEvent("tenancy.alliance.contact_set", subject: id, details: contact.details))
    }
}
