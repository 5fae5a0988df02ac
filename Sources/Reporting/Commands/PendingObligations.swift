public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What norms ask of alliances and is not met: overdue, due, shown in part or not at all.
public struct AskedObligations: PendingSource {
    /// Tells of it.
    public init() {}

    /// Whoever may act on it: not everybody who sees it.
    public var permission: Permission {
        Permission("reporting.obligations.act", roles: [.officeAdministrator, .office, .board])
    }

    /// Reads how many there are, by alliance.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.askedObligations(.overdue).map { $0.item(.overdueObligations) }
            + transaction.askedObligations(.due).map { $0.item(.dueObligations) }
            // A day that nobody confirmed presses nobody.
            + transaction.askedObligations(.unproven).map {
                PendingItem(.unprovenObligations, count: $0.count, in: $0.item(.unprovenObligations).stream)
            }
            + transaction.askedObligations(.partial).map {
                PendingItem(.partialObligations, count: $0.count, in: $0.item(.partialObligations).stream)
            }
    }
}
