public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Seats that nobody holds and that somebody is next in order for.
public struct AlternatesToCall: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever records mandates.
    public var permission: Permission { .recordMandates }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        let waiting = try await transaction.vacancies(on: today).filter { !$0.isAwaited && $0.hasAlternate }
        return Dictionary(grouping: waiting, by: \.alliance?.id).map { alliance, seats in
            PendingItem(.alternates, count: seats.count, in: .of(alliance))
        }
    }
}

/// Holders who died, are no affiliates any more, or left the alliance, as the register says: their seats are to be
/// declared vacant.
public struct LapsedHolders: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever records mandates.
    public var permission: Permission { .recordMandates }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        Dictionary(grouping: try await transaction.lapsedHolders(on: today), by: \.alliance).map {
            alliance, holders in
            PendingItem(
                .lapsedHolders, count: holders.count, in: .of(alliance),
                since: holders.map(\.since).min().map { ColombianTime.startOfDay($0) })
        }
    }
}
