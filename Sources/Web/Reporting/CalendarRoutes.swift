import Governance
import Kernel
import Reporting
import Tenancy

/// The calendar of all alliances of a tenant: a month, a year side by side, and a list.
struct CalendarRoutes {
    /// The years that are shown; others hold nothing.
    private static let years = 2000...2100

    func add(to tenant: TenantRoutes) {
        tenant.get(Path.calendar) { context in
            let month =
                context.visit["mes"].flatMap(CalendarMonthPage.Month.init(pathText:))
                ?? CalendarMonthPage.Month(context.today)
            let sort = context.visit["que"].flatMap(CalendarSort.init(pathText:))
            return CalendarMonthPage(
                month: month, sort: sort, today: context.today,
                agenda: try await agenda(in: month.days, context).agenda.of(sort)
                    .joined(opensEvents: context.may(.planMeetings, in: .office)))
        }
        tenant.get(Path.calendarYear) { context, year in
            let (headings, agenda) = try await agenda(in: days(of: year), context)
            return CalendarYearPage(
                year: year, headings: headings, agenda: agenda)
        }
        tenant.get(Path.calendarList) { context, year in
            let (headings, agenda) = try await agenda(in: days(of: year), context, showsCalledOff: true)
            return CalendarListPage(
                year: year, query: ListQuery(context.visit), agenda: agenda,
                filters: CalendarListPage.Filters(headings), hasSeveralAlliances: headings.count > 1)
        }
    }

    private func agenda(
        in days: ClosedRange<CalendarDate>, _ context: TenantContext, showsCalledOff: Bool = false
    ) async throws -> (headings: [AllianceHeading], agenda: Agenda) {
        let headings = try await context.headings()
        let entries = try await context.agenda(of: headings.map(\.alliance), in: days)
        return (headings, Agenda(entries, of: headings, showsCalledOff: showsCalledOff))
    }

    private func days(of year: Int) throws(NoSuchPage) -> ClosedRange<CalendarDate> {
        guard Self.years.contains(year) else { throw NoSuchPage() }
        return .year(year)
    }
}
