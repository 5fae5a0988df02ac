/// A day of the Gregorian calendar, without time or zone.
///
/// Days of birth, terms and holidays are days, not instants: ``ColombianTime`` joins the two. Made from
/// components or text it lies in the years 1 to 9999.
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
    init(validYear: Int, month: Int, day: Int) {
        let year = month <= 2 ? validYear - 1 : validYear
        let (era, yearOfEra) = year.flooredQuotientAndRemainder(dividingBy: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// The year, month from 1 to 12, and day from 1 to 31.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let (era, dayOfEra) = shifted.flooredQuotientAndRemainder(dividingBy: 146_097)
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
    ///
    /// So terms of months and years are counted (Código Civil, art. 67): one that runs from 31 January ends
    /// on the last day of February.
    public func addingMonths(_ months: Int) -> Self {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        let (targetYear, targetMonth) = index.flooredQuotientAndRemainder(dividingBy: 12)
        return Self(
            validYear: targetYear, month: targetMonth + 1,
            day: min(day, Self.daysInMonth(targetMonth + 1, of: targetYear)))
    }

    /// The same day `years` years later; 28 February where 29 does not exist.
    public func addingYears(_ years: Int) -> Self { addingMonths(12 * years) }

    /// How many whole months have gone by on `date`: the most that ``addingMonths(_:)`` can add without passing
    /// it. Negative where `date` lies before.
    public func completedMonths(on date: Self) -> Int {
        let (year, month, _) = components
        let (laterYear, laterMonth, _) = date.components
        let months = (laterYear - year) * 12 + laterMonth - month
        return addingMonths(months) <= date ? months : months - 1
    }

    /// How many whole years have gone by on `date`: an age, where this is the day of birth.
    ///
    /// Who was born on 29 February completes a year on 28 February where there is no 29 (Código Civil, art. 67,
    /// on terms of years), and so comes of age on that day. Negative where `date` lies before.
    public func completedYears(on date: Self) -> Int {
        completedMonths(on: date).flooredQuotientAndRemainder(dividingBy: 12).quotient
    }

    /// The days of the month that this day is in, from first to last.
    public var calendarMonth: ClosedRange<Self> {
        let (year, month, day) = components
        let first = self - (day - 1)
        return first...(first + (Self.daysInMonth(month, of: year) - 1))
    }
}

extension ClosedRange<CalendarDate> {
    /// The days of a year. One that the calendar does not have counts as the nearest of its years, 1 to 9999.
    public static func year(_ year: Int) -> Self {
        let year = Swift.min(Swift.max(year, 1), 9999)
        let first = CalendarDate(validYear: year, month: 1, day: 1)
        return first...CalendarDate(validYear: year, month: 12, day: 31)
    }
}

extension CalendarDate: Strideable {
    /// The days from this one to another, as `other - self`.
    public func distance(to other: Self) -> Int { other - self }

    /// The day that comes `days` days later, so that ranges of days can be walked.
    public func advanced(by days: Int) -> Self { self + days }
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
        var reader = DigitReader(description)
        guard let year = reader.digits(4...4), reader.skip("-"), let month = reader.digits(2...2),
            reader.skip("-"), let day = reader.digits(2...2), reader.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a date as Colombian forms and files write it, day first: `13/03/2026`, `3/3/2026`, `13-03-2026`,
    /// `13.03.2026`.
    ///
    /// The year has four digits, since two would make centenarians into children.
    public init?(dayMonthYear text: String) {
        var reader = DigitReader(text)
        guard let day = reader.digits(1...2), let separator = reader.separator(),
            let month = reader.digits(1...2), reader.separator() == separator,
            let year = reader.digits(4...4), reader.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

extension CalendarDate: Codable {
    /// Reads the date from its text in ISO 8601.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let date = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no date: \(text)")
        }
        self = date
    }

    /// Writes the date as text in ISO 8601.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int {
    /// Division that rounds down, so that the remainder is never negative.
    func flooredQuotientAndRemainder(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
