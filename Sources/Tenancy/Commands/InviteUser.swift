public import Foundation
public import Kernel
public import Postgres

/// Adds a user with a first role, and invites them to set a password.
///
/// The invitation is written by a definer function in the same transaction (migration 0005 says why), so that
/// user, invitation and event are there together or not at all.
public struct InviteUser: Command {
    /// Who may do it.
    public static let permission = Permission.administerUsers
    /// The user to be.
    public let user: User
    /// The first role.
    public let role: Role?
    /// Where the role counts.
    public let space: Grant.Space
    /// When the role begins; `nil` begins it at once.
    public let startsAt: Date?
    /// When the role ends; `nil` while that is not known.
    public let endsAt: Date?
    private let identity: Identity

    /// Takes what a person filled in. Without a role the user can sign in and do nothing; with a document they are known
    /// for whom the register has, now or later, and can sign in with its number, too.
    ///
    /// - Throws: ``InvalidInput``.
    public init(
        name: String, email: String, officeTitle: String, document: IdentityDocument? = nil, role: Role?,
        in space: Grant.Space = .organization, from startsAt: Date? = nil, until endsAt: Date? = nil,
        through identity: Identity
    ) throws(InvalidInput) {
        user = try User(filledIn: name, email: email, officeTitle: officeTitle, document: document)
        self.role = role
        self.space = space
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.identity = identity
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { .office }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Invitation> {
        try await transaction.insert(user, at: now)
        if let role {
            try await transaction.requireRight(toGive: role, in: space, to: user.id)
            let start = try Grant.start(startsAt, until: endsAt, at: now)
            _ = try await transaction.give(
                role, in: space, to: user.id, from: start, until: endsAt, at: now)
        }
        let invitation = try await identity.invite(
            user, purpose: .welcome, roles: role.map { [($0, space)] } ?? [],
            in: transaction, at: now)
        return Audited(
            invitation,
            AuditEvent(
                "tenancy.user.invited", subject: user.id,
                details: [
                    "name": user.name, "email": user.email ?? "", "role": role?.rawValue ?? "",
                    "space": space.alliance?.description ?? "",
                ]))
    }
}
