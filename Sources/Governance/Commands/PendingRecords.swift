public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Seats that an alliance elects and nobody holds, nor waits for.
public struct VacantSeats: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever records mandates.
    public var permission: Permission { .recordMandates }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        // The same reckoning as the list of what is vacant.
        let vacant = try await transaction.vacancies(on: today).filter { !$0.isAwaited }
        return Dictionary(grouping: vacant, by: \.alliance?.id).map { alliance, seats in
            PendingItem(.vacancies, count: seats.count, in: .of(alliance))
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
