public import Foundation

/// The time of Colombia, which joins instants to days and hours of the clock.
///
/// Colombia is five hours behind UTC and has no daylight saving time: it kept one from 3 May 1992 to 6 February
/// 1993, in the power cuts of those years, and none before or since (IANA time zone database, file
/// `southamerica`, zone `America/Bogota`). So this is one subtraction, and needs no zone data on the machine.
/// For an instant of those nine months the hour is one too early; no instant of this product is that old,
/// and days of birth are ``CalendarDate``s, which have no zone.
public enum ColombianTime {
    /// The distance to UTC in seconds, east being positive.
    public static let secondsFromUTC = -5 * 60 * 60

    /// The day in Colombia at an instant.
    public static func date(at instant: Date) -> CalendarDate {
        dateAndSeconds(at: instant).date
    }

    /// The time on the clocks of Colombia at an instant, its seconds dropped.
    public static func time(at instant: Date) -> TimeOfDay {
        TimeOfDay(secondsSinceMidnight: dateAndSeconds(at: instant).seconds)
    }

    /// The instant when a day in Colombia reaches a time, its first second.
    public static func instant(_ date: CalendarDate, _ time: TimeOfDay) -> Date {
        let seconds = date.dayNumber * 86_400 + time.minutesSinceMidnight * 60 - secondsFromUTC
        return Date(timeIntervalSince1970: Double(seconds))
    }

    /// The instant when a day begins in Colombia.
    public static func startOfDay(_ date: CalendarDate) -> Date {
        instant(date, .midnight)
    }

    /// The instant when a day ends in Colombia, which is the first of the next: a term that runs through a day is
    /// over *at* this instant and open at any before.
    public static func endOfDay(_ date: CalendarDate) -> Date {
        startOfDay(date + 1)
    }

    /// Reads what a form's field of date and time sends, `2026-03-13T09:00`, meant on the clocks of Colombia.
    public static func instant(_ text: String) -> Date? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CalendarDate(String(parts[0])),
            let time = TimeOfDay(String(parts[1]))
        else { return nil }
        return instant(date, time)
    }

    /// What a form's field of date and time shows, `2026-03-13T09:00`.
    public static func formText(_ instant: Date) -> String {
        "\(date(at: instant))T\(time(at: instant))"
    }

    private static func dateAndSeconds(at instant: Date) -> (date: CalendarDate, seconds: Int) {
        let local = Int(instant.timeIntervalSince1970.rounded(.down)) + secondsFromUTC
        let (day, seconds) = local.flooredQuotientAndRemainder(dividingBy: 86_400)
        return (CalendarDate(dayNumber: day), seconds)
    }
}
