public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Computes the calendar of a draft around the day of the vote, from the bylaws and, where they are silent, the usual
/// terms. Each time is another version; the latest counts.
public struct ComputeCalendar: Command {
    /// Who may do it.
    public static let permission = Permission.draftProcesses
    /// The process.
    public let process: ID<ElectoralProcess>
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The day of the vote.
    public let day: CalendarDate
    /// When it opens.
    public let opening: TimeOfDay
    /// When it closes.
    public let closing: TimeOfDay

    /// Takes what a person chose.
    public init(
        of process: ID<ElectoralProcess>, of alliance: ID<Alliance>, votingOn day: CalendarDate,
        from opening: TimeOfDay, until closing: TimeOfDay
    ) {
        self.process = process
        self.alliance = alliance
        self.day = day
        self.opening = opening
        self.closing = closing
    }

    /// The process's chain.
    public var stream: AuditStream { .process(process, of: alliance) }

    /// Computes and writes the calendar.
    ///
    /// - Throws: ``CalendarError``, ``ProcessError``, `HolidayCalendarError`.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ElectoralCalendar> {
        try await transaction.requireDraft(process, of: alliance)
        let calendar = try await transaction.reckonedCalendar(
            votingOn: day, from: opening, until: closing, in: alliance)
        let today = ColombianTime.date(at: now)
        if let call = calendar[.call].map({ ColombianTime.date(at: $0.opensAt) }), call < today {
            throw CalendarError.tooSoon(call: call, first: try await firstDay(in: transaction, from: today))
        }
        let version = try await transaction.insertCalendar(calendar, of: process, at: now)
        try await transaction.keepHours(
            of: process, from: ColombianTime.instant(day, opening), until: ColombianTime.instant(day, closing)
        )
        return Audited(
            calendar,
            AuditEvent(
                "elections.calendar.computed", subject: process,
                details: ["version": String(version), "voting_on": day.description]))
    }

    /// The first day for which a call of today is early enough; `nil` where there is none within a season.
    private func firstDay(
        in transaction: borrowing TenantTransaction, from today: CalendarDate
    ) async throws -> CalendarDate? {
        for later in 1...90 {
            let calendar = try await transaction.reckonedCalendar(
                votingOn: today + later, from: opening, until: closing, in: alliance)
            if let call = calendar[.call], ColombianTime.date(at: call.opensAt) >= today {
                return today + later
            }
        }
        return nil
    }
}
