public import Foundation

extension SpanishFormat {
    /// A time on twelve hours: «9:00 a. m.», «2:30 p. m.»; noon is «12:00 m.», since neither half of the day has it,
    /// and midnight «12:00 a. m.».
    public static func time(_ time: TimeOfDay) -> String {
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let half = time.hour == 12 && time.minute == 0 ? "m." : time.hour < 12 ? "a. m." : "p. m."
        return "\(hour):\(twoDigits(time.minute)) \(half)"
    }

    /// An instant on the clocks of Colombia with its weekday: «viernes 13 de marzo de 2026, 9:00 a. m.».
    public static func longDateAndTime(_ instant: Date) -> String {
        "\(longDate(ColombianTime.date(at: instant))), \(time(ColombianTime.time(at: instant)))"
    }

    /// An instant on the clocks of Colombia, for tables: «13/03/2026, 9:00 a. m.».
    public static func shortDateAndTime(_ instant: Date) -> String {
        "\(shortDate(ColombianTime.date(at: instant))), \(time(ColombianTime.time(at: instant)))"
    }

    /// A stretch of days without saying twice what both ends share: «del 3 al 5 de marzo de 2026»,
    /// «del 28 de febrero al 2 de marzo de 2026», «del 30 de diciembre de 2026 al 4 de enero de 2027»; one day is
    /// «13 de marzo de 2026».
    public static func dates(_ days: ClosedRange<CalendarDate>) -> String {
        let first = days.lowerBound.components
        let last = days.upperBound.components
        if first == last { return date(days.lowerBound) }
        let start =
            first.year != last.year
            ? date(days.lowerBound)
            : first.month != last.month ? dayAndMonth(days.lowerBound) : "\(first.day)"
        return "del \(start) al \(date(days.upperBound))"
    }
}
