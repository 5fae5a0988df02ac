public import Foundation
public import Kernel
public import Postgres

/// Invites a user again: one who did not use the first invitation, or lost the password or the second factor.
///
/// The user sets a new password, which opens this tenant alone: an account that opens others too keeps its
/// password and lets go of this tenant. An entity's administration does not reset users who decide in
/// elections or look in from outside: whoever holds the invitation would act in their name. Operators do, and
/// the trace says so.
public struct ResetAccess: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user.
    public let user: ID<User>
    /// The number of the user's document, where they want to sign in with it.
    public let document: String?
    private let identity: Identity

    /// Takes what a person chose.
    public init(of user: ID<User>, document: String? = nil, through identity: Identity) {
        self.user = user
        self.document = document.flatMap { Login(document: $0).normalForm.isEmpty ? nil : $0 }
        self.identity = identity
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Invitation> {
        guard let user = try await transaction.user(user) else { throw UserError.notFound }
        let isNew = try await transaction.users().first { $0.id == user.id }.map { !$0.hasAccount } ?? false
        if transaction.scope.principal.user != nil, !isNew {
            // Also roles that ended: an administrator could end one, reset the user and give it again.
            let roles = try await transaction.rolesEverGiven(to: user.id)
            guard !roles.contains(where: \.needsSecondFactor) else {
                throw UserError.resetNeedsOperator(user.name)
            }
        }
        let invitation = try await identity.invite(
            user, document: document, purpose: isNew ? .welcome : .reset, in: transaction, at: now)
        return Audited(invitation, AuditEvent("tenancy.user.access_reset", subject: user.id))
    }
}
