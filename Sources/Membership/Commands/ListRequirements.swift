public import Foundation
public import Postgres
public import Tenancy

/// Lists the requirements that there are, and for whom each is on in a space.
public struct ListRequirements: Query {
    /// A requirement with those who have to meet it.
    public struct Entry: Sendable, Hashable {
        /// The requirement, with the parameters that it has by itself.
        public let requirement: Requirement
        /// For whom it is on.
        public let targets: Set<EligibilityTarget>
    }

    /// Who may do it.
    public static let permission = Permission.seeMembers
    /// The alliance, and possibly one of its elections.
    public let space: EligibilitySpace

    /// Asks for the requirements of a space.
    public init(in space: EligibilitySpace) {
        self.space = space
    }

    /// The alliance's chain, or the process's.
    public var stream: AuditStream { space.stream }

    /// Reads them in the order of their codes.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> [Entry] {
        var targets: [String: Set<EligibilityTarget>] = [:]
        for target in EligibilityTarget.allCases {
            for requirement in try await transaction.requirements(for: target, in: space, at: now) {
                targets[requirement.id, default: []].insert(target)
            }
        }
        return try await transaction.requirements().map { requirement in
            Entry(requirement: requirement, targets: targets[requirement.id] ?? [])
        }
    }
}
