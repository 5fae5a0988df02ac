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

    /// Reads them, each by its name.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        try await transaction.askedObligations([.overdue, .due, .unproven, .partial]).compactMap { asked in
            let kind: PendingItem.Kind? =
                switch asked.state {
                case .overdue: .overdueObligations
                case .due: .dueObligations
                case .unproven: .unprovenObligations
                case .partial: .partialObligations
                case .met, .notApplicable: nil
                }
            // A day that nobody confirmed presses nobody.
            let presses = [.overdue, .due].contains(asked.state)
            return kind.map {
                PendingItem(
                    $0, count: 1, in: .alliance(asked.alliance), dueOn: presses ? asked.dueOn : nil,
                    names: [asked.title], subject: asked.code.rawValue)
            }
        }
    }
}
