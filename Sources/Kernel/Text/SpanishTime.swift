public import Foundation

extension SpanishFormat {
    /// A time on twelve hours: «9:00 a. m.», «2:30 p. m.»; noon is «12:00 m.», since neither half of the day has it,
    /// and midnight «12:00 a. m.». Its blanks do not break (U+00A0): no line ends within an hour.
    public static func time(_ time: TimeOfDay) -> String {
        let hour = time.hour % 12 == 0 ? 12 : time.hour % 12
        let half = time.hour == 12 && time.minute == 0 ? "m." : time.hour < 12 ? "a.\u{A0}m." : "p.\u{A0}m."
        return "\(hour):\(twoDigits(time.minute))\u{A0}\(half)"
    }

    /// An instant on the clocks of Colombia with its weekday: «viernes 13 de marzo de 2026, 9:00 a. m.».
    public static func longDateAndTime(_ instant: Date) -> String {
        "\(longDate(ColombianTime.date(at: instant))), \(time(ColombianTime.time(at: instant)))"
    }

    /// An instant on the clocks of Colombia, for tables: «13/03/2026, 9:00 a. m.».
    public static func shortDateAndTime(_ instant: Date) -> String {
        "\(shortDate(ColombianTime.date(at: instant))), \(time(ColombianTime.time(at: instant)))"
    }

    /// An instant as people say it, with its weekday: what begins or ends with a day is told by the day alone, since
    /// «12:00 a. m.» is read as noon and «11:59 p. m.» as an hour to be kept.
    public static func moment(_ instant: Date) -> String {
        let time = ColombianTime.time(at: instant)
        return time.isEdgeOfDay ? longDate(ColombianTime.date(at: instant)) : longDateAndTime(instant)
    }

    /// A stretch of time as people say it, by days where it runs from the beginning of one to the end of one:
    /// «del 4 al 14 de diciembre de 2026», «miércoles 20 de enero de 2027, de 8:00 a. m. a 12:00 m.»,
    /// «desde el 20 de enero de 2027, 12:00 m., hasta el 23 de enero de 2027».
    ///
    /// What begins in the last minute of a day begins with the next, and what ends at midnight ends with the day before.
    public static func period(from start: Date, until end: Date) -> String {
        let opening = ColombianTime.time(at: start)
        let closing = ColombianTime.time(at: end)
        let beginsLate = opening.isLastMinute && end > start
        let first = ColombianTime.date(at: start) + (beginsLate ? 1 : 0)
        let last = ColombianTime.date(at: end) - (closing == .midnight && end > start ? 1 : 0)
        let from = opening.isEdgeOfDay ? nil : time(opening)
        let until = closing.isEdgeOfDay ? nil : time(closing)
        guard first < last else {
            let day = longDate(ColombianTime.date(at: start) + (beginsLate && first == last ? 1 : 0))
            return switch (from, until) {
            case (nil, nil): day
            case (let from?, nil): "\(day), desde las \(from)"
            case (nil, let until?): "\(day), hasta las \(until)"
            case (let from?, let until?): "\(day), de \(from) a \(until)"
            }
        }
        guard from != nil || until != nil else { return dates(first...last) }
        return "desde el \(date(first))\(from.map { ", \($0)," } ?? "") hasta el \(date(last))"
            + (until.map { ", \($0)" } ?? "")
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

extension TimeOfDay {
    fileprivate var isLastMinute: Bool { minutesSinceMidnight == 24 * 60 - 1 }
    /// Whether a day begins or ends then.
    fileprivate var isEdgeOfDay: Bool { self == .midnight || isLastMinute }
}
