public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Papers that somebody else recorded and that wait for a review.
public struct PapersToReview: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever reviews what others recorded.
    public var permission: Permission { .reviewFacts }

    /// Reads how many there are, by alliance and election; nobody reviews what they recorded themselves, and those of
    /// an election wait for its committee.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let principal = transaction.scope.principal
        return try await transaction.papersToReview().filter { count in
            count.process == nil || principal.holds(.decideInElections, in: count.item(.papers).stream)
        }.map { $0.item(.papers) }
    }
}

/// People who want to be members of an alliance.
public struct ApplicationsToDecide: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever enrols members.
    public var permission: Permission { .enrolMembers }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.applicationsToDecide().map { $0.item(.applications) }
    }
}

/// People who asked to join on the public page and whom the register does not show.
public struct JoinRequestsToIdentify: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever knows what the register has.
    public var permission: Permission { .identifyApplicants }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.joinRequestsToIdentify().map { $0.item(.joinRequests) }
    }
}
