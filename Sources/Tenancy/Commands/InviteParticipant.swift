public import Foundation
import Kernel
public import Postgres

extension Transaction where Scope == TenantScope {
    /// Adds a user who is to serve in one act of another module (a juror, a guarantor) and invites them, within its
    /// command: who may name them is that command's to say.
    ///
    /// The user can do nothing until that command gives them a role (``give(_:in:to:from:until:mandate:at:)``).
    ///
    /// - Throws: ``UserError``.
    public func addParticipant(
        _ user: User, through identity: Identity, at now: Date
    ) async throws -> Invitation {
        try await insert(user, at: now)
        return try await identity.invite(
            user, purpose: .welcome, roles: [], in: self, at: now)
    }
}
