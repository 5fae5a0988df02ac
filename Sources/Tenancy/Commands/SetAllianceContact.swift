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
    /// The mark of the contact that was read before it was filled in.
    public let mark: String

    /// Takes what a person filled in, who had read the contact of a `mark`.
    public init(of id: ID<Alliance>, _ contact: Contact, after mark: String) {
        self.id = id
        self.contact = contact
        self.mark = mark
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .alliance(id) }

    /// Carries it out.
    ///
    /// - Throws: ``AllianceError/changedMeanwhile`` where the contact is no longer the one that was read.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let known = try await transaction.lockedContact(of: id) else { throw AllianceError.notFound }
        guard known.mark == mark else { throw AllianceError.changedMeanwhile }
        try await transaction.set(contact, of: id)
        return Audited(AuditEvent("tenancy.alliance.contact_set", subject: id, details: contact.details))
    }
}
