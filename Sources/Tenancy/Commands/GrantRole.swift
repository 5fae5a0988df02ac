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
    /// When it begins; `nil` begins it at once.
    public let startsAt: Date?
    /// When it ends; `nil` while that is not known.
    public let endsAt: Date?

    /// Takes what a person chose.
    public init(
        _ role: Role, in space: Grant.Space, to user: ID<User>, from startsAt: Date? = nil,
        until endsAt: Date? = nil
    ) {
        self.user = user
        self.role = role
        self.space = space
        self.startsAt = startsAt
        self.endsAt = endsAt
    }

    /// Where the right is asked and the act is written.
    public var stream: AuditStream { space.stream }

    /// Carries it out.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Grant>> {
        try await transaction.requireRight(toGive: role, in: space, to: user)
        let start = try Grant.start(startsAt, until: endsAt, at: now)
        let grant = try await transaction.give(
            role, in: space, to: user, from: start, until: endsAt, at: now)
        return Audited(
            grant,
            AuditEvent(
                "tenancy.role.granted", subject: grant,
                details: [
                    "role": role.rawValue, "user": user.description,
                    "from": start.formatted(.iso8601), "until": endsAt?.formatted(.iso8601) ?? "",
                ]))
    }
}

extension Grant {
    /// When a role begins that a person gives, which is never before the day of giving it.
    ///
    /// - Throws: ``GrantError`` where the dates cannot be.
    static func start(_ asked: Date?, until end: Date?, at now: Date) throws(GrantError) -> Date {
        if let asked, ColombianTime.date(at: asked) < ColombianTime.date(at: now) {
            throw .startsInThePast
        }
        let start = max(asked ?? now, now)
        if let end {
            guard end > now else { throw .endsInThePast }
            guard end > start else { throw .endsBeforeItStarts }
        }
        return start
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
