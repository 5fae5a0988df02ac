/// A day of the Gregorian calendar, without time or zone.
public struct CalendarDate: Hashable, Sendable, Comparable {
    /// Days since 1 January 1970, which is day 0.
    public let dayNumber: Int

    /// The day that lies `dayNumber` days after 1 January 1970.
    public init(dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    /// The day of a year, month and day, `nil` where the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.daysInMonth(month, of: year)
        else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// The day of civil components known to exist (H. Hinnant, "chrono-compatible low-level date
    /// algorithms"): years run from March so that the leap day is the last.
    private init(validYear: Int, month: Int, day: Int) {
        let year = month <= 2 ? validYear - 1 : validYear
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// The year, month from 1 to 12, and day from 1 to 31.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// The number of days of a month of a year.
    public static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether a year has a 29 February.
    public static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Whether one day comes before another.
    public static func < (left: Self, right: Self) -> Bool { left.dayNumber < right.dayNumber }

    /// The day that comes `days` days later.
    public static func + (date: Self, days: Int) -> Self { Self(dayNumber: date.dayNumber + days) }

    /// The day that came `days` days earlier.
    public static func - (date: Self, days: Int) -> Self { Self(dayNumber: date.dayNumber - days) }

    /// The number of days from `right` to `left`.
    public static func - (left: Self, right: Self) -> Int { left.dayNumber - right.dayNumber }

    /// The same day of the month `months` months later, or the last day of that month where it is shorter.
    public func addingMonths(_ months: Int) -> Self {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let target = (year: index / 12, month: index % 12 + 1)
        return Self(
            validYear: target.year, month: target.month,
            day: min(day, Self.daysInMonth(target.month, of: target.year)))
    }

    /// The same day `years` years later; 28 February where 29 does not exist.
    public func addingYears(_ years: Int) -> Self { addingMonths(12 * years) }
}

extension CalendarDate: CustomStringConvertible, LosslessStringConvertible {
    /// The date in ISO 8601, `2026-03-13`.
    public var description: String {
        let (year, month, day) = components
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Reads a date in ISO 8601, `2026-03-13`.
    public init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
