public import Foundation
public import Kernel
public import Postgres

/// Ends a role that a user holds, with a reason.
public struct EndGrant: Command {
    /// Who may do it.
    public static let permission = Permission.giveRoles
    /// The grant.
    public let id: ID<Grant>
    /// Where it counts.
    public let space: Grant.Space
    /// Why it ends.
    public let reason: String

    /// Takes what a person chose.
    ///
    /// - Throws: ``GrantError/reasonMissing``.
    public init(_ grant: Grant, reason: String) throws(GrantError) {
        id = grant.id
        space = grant.space
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !self.reason.isEmpty else { throw .reasonMissing }
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { space.stream }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard let record = try await transaction.grant(id), record.grant.space == space,
            record.grant.endsAt.map({ $0 > now }) ?? true
        else { throw GrantError.notFound }
        let role = record.grant.role
        let principal = transaction.scope.principal
        guard record.mandate == nil else { throw GrantError.endsWithItsMandate }
        if ![.juror, .witness].contains(role) { try principal.require(.administerUsers, in: .office) }
        if role == .operator, principal.user != nil { throw GrantError.notGivenHere(role) }
        if role == .officeAdministrator {
            try await transaction.requireAnotherAdministrator(than: record.user, at: now)
        }
        try await transaction.end(record.grant, at: now)
        return Audited(
            AuditEvent(
                "tenancy.role.ended", subject: id,
                details: ["role": role.rawValue, "user": record.user.description, "reason": reason]))
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses to leave the entity without anybody who administers it.
    ///
    /// - Throws: ``GrantError/lastAdministrator``.
    func requireAnotherAdministrator(than user: ID<User>, at now: Date) async throws {
        guard try await hasOtherAdministrators(than: user, at: now) else {
            throw GrantError.lastAdministrator
        }
    }
}
