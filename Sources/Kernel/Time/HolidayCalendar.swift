/// A public holiday (*día festivo*) of Colombia in one year.
public struct Holiday: Hashable, Sendable {
    /// Its name in Spanish, «San Pedro y San Pablo».
    public let name: String
    /// The day off.
    public let date: CalendarDate
    /// The day of the feast itself, which is another where the law moves the rest to Monday.
    public let feast: CalendarDate
    /// The norm that gives the day, «Ley 51 de 1983, arts. 1 y 2».
    public let norm: String
}

/// The holidays and business days (*días hábiles*) of Colombia.
///
/// Ley 51 de 1983 («Ley Emiliani») lists eighteen holidays in its article 1 and in article 2 moves ten of them to the
/// Monday that follows, unless they fall on one. Ley 2578 de 2026, of 1 June, added a nineteenth, 9 July, in its article
/// 6, and has it moved likewise. Two may meet on a day, as Sacred Heart and Saint Peter did on 30 June 2025. The civic
/// days that the Government grants now and then (*días cívicos*) are none.
///
/// A business day is a day from Monday to Friday that is no holiday. The law takes holidays and days of closed offices
/// out of terms of days (Ley 4 de 1913, art. 62) and does not speak of Saturdays, which count where an entity works on
/// them. The offices that receive filings in the health system do not, as practice goes; no norm on it was read.
public enum HolidayCalendar {
    /// The years whose holidays are known: from the first that Ley 51 de 1983 ruled, which is of 22 December of that
    /// year, to as far ahead as a term may reach. Earlier years had other holidays, and none was moved.
    public static let knownYears = 1984...2100

    /// The holidays of a year, in order of their days off.
    ///
    /// - Throws: That the year is not one of ``knownYears``.
    public static func holidays(of year: Int) throws(HolidayCalendarError) -> [Holiday] {
        guard knownYears.contains(year) else { throw .unknownYear(year) }
        let easter = easterSunday(of: year)
        var holidays: [Holiday] = []
        for (name, rule, isMoved, law) in rules where law.since <= year {
            let feast =
                switch rule {
                case .on(let month, let day): CalendarDate(validYear: year, month: month, day: day)
                case .daysAfterEaster(let days): easter + days
                }
            let untilMonday = (8 - feast.weekday.rawValue) % 7
            holidays.append(
                Holiday(
                    name: name, date: isMoved ? feast + untilMonday : feast, feast: feast,
                    norm: law.norm(ofMoved: isMoved)))
        }
        return holidays.sorted { ($0.date, $0.feast) < ($1.date, $1.feast) }
    }

    /// The holidays that fall on a day: none, one, or two that meet.
    ///
    /// - Throws: That the year is not one of ``knownYears``.
    public static func holidays(on date: CalendarDate) throws(HolidayCalendarError) -> [Holiday] {
        try holidays(of: date.components.year).filter { $0.date == date }
    }

    private enum Rule {
        case on(month: Int, day: Int)
        case daysAfterEaster(Int)
    }

    private enum Law {
        case of1983
        case of2026

        /// The first year that it rules.
        var since: Int {
            switch self {
            case .of1983: 1984
            case .of2026: 2026
            }
        }

        func norm(ofMoved isMoved: Bool) -> String {
            switch self {
            case .of1983: isMoved ? "Ley 51 de 1983, arts. 1 y 2" : "Ley 51 de 1983, art. 1"
            case .of2026: "Ley 2578 de 2026, art. 6; Ley 51 de 1983, art. 2"
            }
        }
    }

    private static let rules: [(name: String, rule: Rule, isMoved: Bool, law: Law)] = [
        ("Año Nuevo", .on(month: 1, day: 1), false, .of1983),
        ("Reyes Magos", .on(month: 1, day: 6), true, .of1983),
        ("San José", .on(month: 3, day: 19), true, .of1983),
        ("Jueves Santo", .daysAfterEaster(-3), false, .of1983),
        ("Viernes Santo", .daysAfterEaster(-2), false, .of1983),
        ("Día del Trabajo", .on(month: 5, day: 1), false, .of1983),
        ("Ascensión del Señor", .daysAfterEaster(39), true, .of1983),
        ("Corpus Christi", .daysAfterEaster(60), true, .of1983),
        ("Sagrado Corazón de Jesús", .daysAfterEaster(68), true, .of1983),
        ("San Pedro y San Pablo", .on(month: 6, day: 29), true, .of1983),
        ("Nuestra Señora del Rosario de Chiquinquirá", .on(month: 7, day: 9), true, .of2026),
        ("Día de la Independencia", .on(month: 7, day: 20), false, .of1983),
        ("Batalla de Boyacá", .on(month: 8, day: 7), false, .of1983),
        ("Asunción de la Virgen", .on(month: 8, day: 15), true, .of1983),
        // Until 2021 «Día de la Raza»; the law has no name for it.
        ("Día de la Diversidad Étnica y Cultural", .on(month: 10, day: 12), true, .of1983),
        ("Todos los Santos", .on(month: 11, day: 1), true, .of1983),
        ("Independencia de Cartagena", .on(month: 11, day: 11), true, .of1983),
        ("Inmaculada Concepción", .on(month: 12, day: 8), false, .of1983),
        ("Navidad", .on(month: 12, day: 25), false, .of1983),
    ]

    /// Easter Sunday of a year from 1583 on, by the anonymous Gregorian algorithm («A New York correspondent»,
    /// *Nature*, 20 April 1876; J. Meeus, *Astronomical Algorithms*, ch. 8).
    public static func easterSunday(of year: Int) -> CalendarDate {
        let goldenNumber = year % 19
        let (century, yearOfCentury) = year.quotientAndRemainder(dividingBy: 100)
        let (leapCenturies, centuriesSince) = century.quotientAndRemainder(dividingBy: 4)
        let moonCorrection = (century - (century + 8) / 25 + 1) / 3
        let daysToFullMoon = (19 * goldenNumber + century - leapCenturies - moonCorrection + 15) % 30
        let (leapYears, yearsSince) = yearOfCentury.quotientAndRemainder(dividingBy: 4)
        let daysToSunday = (32 + 2 * centuriesSince + 2 * leapYears - daysToFullMoon - yearsSince) % 7
        let lateMoon = (goldenNumber + 11 * daysToFullMoon + 22 * daysToSunday) / 451
        // 22 March is the earliest that Easter can be.
        return CalendarDate(validYear: year, month: 3, day: 22) + daysToFullMoon + daysToSunday - 7 * lateMoon
    }
}

// MARK: - Business days

extension HolidayCalendar {
    /// Whether a day is a business day.
    ///
    /// - Throws: That the year is not one of ``knownYears``.
    public static func isBusinessDay(_ date: CalendarDate) throws(HolidayCalendarError) -> Bool {
        var days = BusinessDays()
        return try days.contain(date)
    }

    /// The business day that comes so many after a day, which itself is not counted: what is notified on a Friday
    /// and has three days ends on Wednesday.
    ///
    /// - Parameters:
    ///   - count: How many; where it is negative, before the day. With 0 it is the day itself, business or not.
    ///   - date: The day from which they are counted.
    /// - Returns: The last of the days counted.
    /// - Throws: That the count leaves ``knownYears``.
    public static func adding(
        businessDays count: Int, to date: CalendarDate
    ) throws(HolidayCalendarError) -> CalendarDate {
        var days = BusinessDays()
        var date = date
        var left = count.magnitude
        while left > 0 {
            date = date + count.signum()
            if try days.contain(date) { left -= 1 }
        }
        return date
    }

    /// How many business days lie between two days, the first not counted and the last counted; negative where the
    /// last is the earlier. So ``adding(businessDays:to:)`` is undone.
    ///
    /// - Throws: That a day lies outside of ``knownYears``.
    public static func businessDays(
        from first: CalendarDate, to last: CalendarDate
    ) throws(HolidayCalendarError) -> Int {
        var days = BusinessDays()
        var count = 0
        var date = first
        let step = (last - first).signum()
        while date != last {
            date = date + step
            if try days.contain(date) { count += step }
        }
        return count
    }

    /// The day itself if it is a business day, else the first that follows: where a term of months or years ends
    /// that would end on a holiday (Ley 4 de 1913, art. 62).
    ///
    /// - Throws: That the day lies outside of ``knownYears``.
    public static func businessDay(onOrAfter date: CalendarDate) throws(HolidayCalendarError) -> CalendarDate
    {
        var days = BusinessDays()
        var date = date
        while try !days.contain(date) { date = date + 1 }
        return date
    }

    /// The business days, remembering the holidays of the year last asked for.
    private struct BusinessDays {
        private var year: Int?
        private var holidays: Set<CalendarDate> = []

        mutating func contain(_ date: CalendarDate) throws(HolidayCalendarError) -> Bool {
            let asked = date.components.year
            if year != asked {
                holidays = Set(try HolidayCalendar.holidays(of: asked).map(\.date))
                year = asked
            }
            return date.weekday.rawValue < Weekday.saturday.rawValue && !holidays.contains(date)
        }
    }
}

/// Why a day cannot be told from a holiday.
public enum HolidayCalendarError: Error, Hashable, Sendable {
    /// The year lies outside of ``HolidayCalendar/knownYears``.
    case unknownYear(Int)
}

extension HolidayCalendarError: UserFacingError {
    /// The stable code.
    public var code: String { "calendar.year.unknown" }

    /// A date that leads there is most likely a slip of the finger.
    public var kind: ErrorKind { .invalid }

    /// What is known and what to do.
    public var message: String {
        switch self {
        case .unknownYear(let year):
            let years = HolidayCalendar.knownYears
            return
                "Los festivos se conocen de \(years.lowerBound) a \(years.upperBound), y la fecha cae en \(year). "
                + "Revise el año."
        }
    }
}
