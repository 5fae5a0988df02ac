public import Foundation
public import Postgres
public import Tenancy

/// Lists the requirements that there are, and for whom each is on in a space, with the parameters that count there.
public struct ListRequirements: Query {
    /// A requirement with those who have to meet it.
    public struct Entry: Sendable, Hashable {
        /// The requirement, with the parameters that it has by itself.
        public let requirement: Requirement
        /// The requirement as it is asked of each for whom it is on.
        public let asked: [EligibilityTarget: Requirement]

        /// For whom it is on.
        public var targets: Set<EligibilityTarget> { Set(asked.keys) }
    }

    /// What is asked in a space.
    public struct Answer: Sendable, Hashable {
        /// The requirements, by code.
        public let entries: [Entry]
        /// Since when the call settles them, where the space is an election that was called.
        public let boundAt: Date?
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
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        var asked: [String: [EligibilityTarget: Requirement]] = [:]
        for target in EligibilityTarget.allCases {
            for requirement in try await transaction.requirements(for: target, in: space, at: now) {
                asked[requirement.id, default: [:]][target] = requirement
            }
        }
        let entries = try await transaction.requirements().map { requirement in
            Entry(requirement: requirement, asked: asked[requirement.id] ?? [:])
        }
        guard let process = space.process else { return Answer(entries: entries, boundAt: nil) }
        return Answer(
            entries: entries, boundAt: try await transaction.requirementsBound(of: process))
    }
}
