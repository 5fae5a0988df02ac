public import Foundation
import Kernel
public import Postgres
public import Tenancy

/// Reads who may be named trustee or credential authority of the boxes of a process: the active users, but for those who
/// would be refused whatever they are named for.
public struct ReadNameable: Query {
    /// Who may do it.
    public static let permission = Permission.prepareBoxes
    /// The process.
    public let place: ProcessPlace
    /// What somebody is to be named: `.trustee` or `.credentialAuthority`.
    public let role: Role

    /// Asks for whom there is a post.
    public init(as role: Role, in place: ProcessPlace) {
        self.place = place
        self.role = role
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }
    /// Users are shown by name.
    public var disclosure: Disclosure? { Disclosure(details: ["fields": "users"]) }

    /// Reads them, by name.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [User] {
        let bodies = role == .trustee ? BoxTrustee.Body.allCases.map(\.capacity) : []
        var refused = Set(
            try await transaction.usersBeing(
                otherThan: bodies + [role.capacity].compactMap(\.self), in: place))
        for other in Role.allCases where role.excludes(other) {
            refused.formUnion(
                try await transaction.holders(of: other, for: stream, at: now).map(\.id))
        }
        return try await transaction.users().map(\.user).filter { $0.isActive && !refused.contains($0.id) }
    }
}
