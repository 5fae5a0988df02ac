public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Approved minutes that the person who looks is to sign.
public struct OwnSignatures: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever signs minutes.
    public var permission: Permission { .signMinutes }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        Dictionary(grouping: try await transaction.minutesToSign(), by: \.alliance).map { alliance, found in
            PendingItem(.ownSignature, count: found.count, in: .alliance(alliance))
        }
    }
}

/// Meetings that passed and have no minutes, and minutes recorded here that lack their signed paper.
public struct MinutesToComplete: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever records minutes.
    public var permission: Permission { .recordMinutes }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.meetingsWithoutMinutes(before: today).map { $0.item(.minutesToRecord) }
            + transaction.minutesWithoutPaper().map { $0.item(.minutesToSign) }
    }
}
