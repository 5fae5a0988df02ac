public import Foundation
public import Kernel
public import Postgres

extension Grant.Space {
    /// The chain to which what concerns the space is written.
    public var stream: AuditStream {
        switch self {
        case .organization: .office
        case .alliance(let alliance): .alliance(alliance)
        case .process(let process, let alliance): .process(process, of: alliance)
        }
    }
}

/// Gives a user a role, from a moment and possibly to another.
///
/// Nobody gives a role to themselves, and nobody gets one that would have them watch over their own acts.
public struct GrantRole: Command {
    /// Who may do it.
    public static let permission = Permission.giveRoles
    /// Who gets the role.
    public let user: ID<User>
    /// The role.
    public let role: Role
    /// Where it counts.
    public let space: Grant.Space
    /// When it ends; `nil` while that is not known.
    public let endsAt: Date?

    /// Takes what a person chose.
    public init(_ role: Role, in space: Grant.Space, to user: ID<User>, until endsAt: Date? = nil) {
        self.user = user
        self.role = role
        self.space = space
        self.endsAt = endsAt
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { space.stream }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Grant>> {
        try await transaction.requireRight(toGive: role, in: space, to: user)
        let grant = try await transaction.give(role, in: space, to: user, from: now, until: endsAt, at: now)
        return Audited(
            grant,
            AuditEvent(
                "tenancy.role.granted", subject: grant,
                details: [
                    "role": role.rawValue, "user": user.description,
                    "until": endsAt?.formatted(.iso8601) ?? "",
                ]))
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses a role that the principal may not give to this user.
    ///
    /// - Throws: ``GrantError``, ``AccessError``.
    func requireRight(toGive role: Role, in space: Grant.Space, to user: ID<User>) async throws {
        let principal = scope.principal
        guard principal.user != user else { throw GrantError.oneself }
        if role.needsAlliance, space == .organization { throw GrantError.needsAlliance(role) }
        guard principal.user != nil else { return }
        switch role {
        case .operator:
            throw GrantError.notGivenHere(role)
        case .controlBody:
            guard try await organization(organization)?.kind == .controlBody else {
                throw GrantError.notGivenHere(role)
            }
            try principal.require(.administerUsers, in: .office)
        case .juror, .witness:
            // The electoral committee names those of its own tables.
            break
        default:
            try principal.require(.administerUsers, in: .office)
        }
    }
}
