public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// What alliances do again and again whose period ends soon without anything that fulfils it.
public struct DutiesDue: PendingSource {
    /// Tells of them.
    public init() {}

    /// Whoever plans meetings.
    public var permission: Permission { .planMeetings }

    /// Reads how many there are, by alliance, with the last day of the period that ends first.
    public func items(
        in transaction: borrowing TenantTransaction, on today: CalendarDate, at now: Date
    ) async throws -> [PendingItem] {
        var items: [PendingItem] = []
        for (alliance, duties) in try await transaction.runningDuties(on: today) {
            let ending = duties.compactMap { duty in
                duty.period(on: today).flatMap { days in
                    days.upperBound - today <= RecurringDuty.dueDays ? (duty: duty, days: days) : nil
                }
            }
            guard let first = ending.map(\.days.lowerBound).min() else { continue }
            let happenings = try await transaction.happenings(of: alliance, in: first...today)
            let due = ending.filter { each in
                let days = happenings.days(fulfilling: each.duty.fulfilment)
                if case .due = each.duty.standing(of: each.days, fulfilledOn: days, on: today) { return true }
                return false
            }
            guard let last = due.map(\.days.upperBound).min() else { continue }
            items.append(PendingItem(.dutiesDue, count: due.count, in: .alliance(alliance), dueOn: last))
        }
        return items
    }
}
