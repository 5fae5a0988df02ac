import Foundation
import Kernel
public import Postgres

/// An invitation as its holder's code finds it.
struct InvitationRow: RowDecodable {
    let id: ID<Invitation>
    let organization: ID<Organization>
    let user: ID<User>
    let emailHash: [UInt8]
    let documentHash: [UInt8]?
    let purpose: Invitation.Purpose
    let expiresAt: Date

    init(row: Row) throws(RowError) {
        id = try row["invitation_id"]
        organization = try row["organization_id"]
        user = try row["user_id"]
        emailHash = try row["email_hash"]
        documentHash = try row["document_hash"]
        purpose = try row["purpose"]
        expiresAt = try row["expires_at"]
    }
}

extension Invitation.Purpose: SQLValue {}

extension Transaction where Scope == IdentityScope {
    /// Returns the invitation of a code, while it works.
    func invitation(codeDigest: [UInt8], at now: Date) async throws -> InvitationRow? {
        try await row(
            """
            select invitation_id, organization_id, user_id, email_hash, document_hash, purpose, expires_at
            from identity.invitations
            where code_hash = \(codeDigest) and used_at is null and voided_at is null and expires_at > \(now)
            """)
    }

    /// Uses an invitation up.
    ///
    /// - Returns: Whether it still worked.
    func use(_ invitation: ID<Invitation>, at now: Date) async throws -> Bool {
        try await execute(
            """
            update identity.invitations set used_at = \(now)
            where invitation_id = \(invitation) and used_at is null and voided_at is null
                and expires_at > \(now)
            """) == 1
    }
}

extension Transaction where Scope == TenantScope {
    /// Invites a user of the tenant, through the definer function that answers nothing (migration 0005 says
    /// why).
    func invite(
        _ invitation: Invitation, emailHash: [UInt8], documentHash: [UInt8]?, purpose: Invitation.Purpose,
        codeDigest: [UInt8], at now: Date
    ) async throws {
        try await execute(
            """
            select identity.invite(
                \(organization), \(invitation.user), \(invitation.id), \(codeDigest), \(emailHash),
                \(documentHash), \(purpose), \(now), \(invitation.expiresAt))
            """)
    }
}
