public import Kernel

/// Where a meeting of one year would fall in another: the same weekday of the same month, counted as before.
///
/// «El segundo miércoles de febrero» stays that; a holiday gives way to the next business day. What was held on a day
/// of rest, as assemblies on Saturdays are, stays on one.
public enum YearProposal {
    /// The day of the same number among the same weekdays of the same month of another year, the last where the month has
    /// fewer: business day or not.
    public static func sameWeekday(of day: CalendarDate, in year: Int) -> CalendarDate {
        let (_, month, number) = day.components
        guard let first = CalendarDate(year: year, month: month, day: 1) else { return day }
        let offset = (day.weekday.rawValue - first.weekday.rawValue + 7) % 7
        let proposed = first + offset + 7 * ((number - 1) / 7)
        return proposed > first.calendarMonth.upperBound ? proposed - 7 : proposed
    }

    /// The day in another year that stands for a day: of the weekdays of the same month the one with the same number,
    /// the last where the month has fewer.
    ///
    /// - Throws: `HolidayCalendarError` outside the years whose holidays are known.
    public static func day(
        for day: CalendarDate, in year: Int
    ) throws(HolidayCalendarError) -> CalendarDate {
        let proposed = sameWeekday(of: day, in: year)
        let wasWorkingDay = try HolidayCalendar.isBusinessDay(day)
        let isHoliday = try !HolidayCalendar.holidays(on: proposed).isEmpty
        guard wasWorkingDay || isHoliday else { return proposed }
        return try HolidayCalendar.businessDay(onOrAfter: proposed)
    }
}
