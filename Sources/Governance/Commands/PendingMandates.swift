public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Mandates that end within ninety days, or ended and go on until replaced.
public struct EndingMandates: PendingSource {
    /// How many days ahead an election has to be thought of.
    static let days = 90

    /// Tells of them.
    public init() {}

    /// Whoever records mandates.
    public var permission: Permission { .recordMandates }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.endingMandates(until: today + Self.days).map { $0.item(.mandates) }
    }
}
