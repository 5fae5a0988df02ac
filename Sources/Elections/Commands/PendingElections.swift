public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Objections to a roll, slates and challenges that wait for the decision of the electoral committee.
public struct DecisionsOfCommittee: PendingSource {
    /// Which of them.
    public enum Subject: Sendable, CaseIterable {
        /// Objections to a roll.
        case claims
        /// Slates.
        case slates
        /// Challenges of a result.
        case challenges
    }

    private let subject: Subject

    /// Tells of one sort.
    public init(_ subject: Subject) {
        self.subject = subject
    }

    /// Whoever decides them.
    public var permission: Permission {
        switch subject {
        case .claims: .runProcesses
        case .slates: .decideSlates
        case .challenges: .decideChallenges
        }
    }

    /// Reads how many there are, by process.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        switch subject {
        case .claims: try await transaction.claimsToDecide().map { $0.item(.claims) }
        case .slates: try await transaction.slatesToDecide().map { $0.item(.slates) }
        case .challenges: try await transaction.challengesToDecide().map { $0.item(.challenges) }
        }
    }
}
