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
        let ending = try await transaction.runningDuties(on: today).mapValues { duties in
            duties.compactMap { duty in
                duty.period(on: today).flatMap { days in
                    days.upperBound - today <= RecurringDuty.dueDays ? (duty: duty, days: days) : nil
                }
            }
        }.filter { !$0.value.isEmpty }
        guard let first = ending.values.joined().map(\.days.lowerBound).min() else { return [] }
        // Read once for all: a home of many alliances asks no more often than one of few.
        let happenings = try await transaction.happenings(of: Array(ending.keys), in: first...today)
        return ending.compactMap { alliance, duties in
            let due = duties.filter { each in
                let days = (happenings[alliance] ?? Happenings()).days(fulfilling: each.duty.fulfilment)
                if case .due = each.duty.standing(of: each.days, fulfilledOn: days, on: today) { return true }
                return false
            }
            guard let last = due.map(\.days.upperBound).min() else { return nil }
            return PendingItem(
                .dutiesDue, count: due.count, in: .alliance(alliance), dueOn: last,
                names: due.map(\.duty.title))
        }
    }
}
