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
        // The same reckoning as the list of what ends.
        let endings = try await transaction.mandateEndings(on: today, within: Self.days)
            .filter { !$0.hasSuccessor }
        return Dictionary(grouping: endings, by: \.alliance?.id).map { alliance, endings in
            PendingItem(
                .mandates, count: endings.count, in: .of(alliance), dueOn: endings.map(\.endsOn).min())
        }
    }
}
