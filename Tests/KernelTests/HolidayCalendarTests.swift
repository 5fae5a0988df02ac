import Foundation
import Kernel
import Testing

@Suite struct HolidayCalendarTests {
    /// Days off as published: nominas.com.co (2012), calendario-365.com.co (2020), festivos.com.co (2025), El
    /// Colombiano of 11 September 2025 (2026), to which the law of 1 June 2026 added 13 July; month and day.
    @Test(arguments: [
        (2012, "1-1 1-9 3-19 4-5 4-6 5-1 5-21 6-11 6-18 7-2 7-20 8-7 8-20 10-15 11-5 11-12 12-8 12-25"),
        (2020, "1-1 1-6 3-23 4-9 4-10 5-1 5-25 6-15 6-22 6-29 7-20 8-7 8-17 10-12 11-2 11-16 12-8 12-25"),
        (2025, "1-1 1-6 3-24 4-17 4-18 5-1 6-2 6-23 6-30 6-30 7-20 8-7 8-18 10-13 11-3 11-17 12-8 12-25"),
        (2026, "1-1 1-12 3-23 4-2 4-3 5-1 5-18 6-8 6-15 6-29 7-13 7-20 8-7 8-17 10-12 11-2 11-16 12-8 12-25"),
    ])
    func `the holidays of a year are those that were published`(year: Int, published: String) throws {
        let days = try HolidayCalendar.holidays(of: year).map { holiday in
            let (itsYear, month, day) = holiday.date.components
            #expect(itsYear == year)
            return "\(month)-\(day)"
        }
        #expect(days.joined(separator: " ") == published)
    }

    @Test func `every year has eighteen holidays, nineteen since 2026, all but eight on Mondays`() throws {
        for year in HolidayCalendar.knownYears {
            let holidays = try HolidayCalendar.holidays(of: year)
            let count = year < 2026 ? 18 : 19
            #expect(holidays.count == count && Set(holidays.map(\.name)).count == count)
            let movable = holidays.filter { $0.norm != "Ley 51 de 1983, art. 1" }
            #expect(movable.count == count - 8)
            for holiday in movable {
                #expect(holiday.date.weekday == .monday && (0...6).contains(holiday.date - holiday.feast))
            }
            for holiday in holidays where !movable.contains(holiday) {
                #expect(holiday.date == holiday.feast)
            }
            let easter = HolidayCalendar.easterSunday(of: year)
            let offsets = Dictionary(uniqueKeysWithValues: holidays.map { ($0.name, $0.date - easter) })
            #expect(offsets["Jueves Santo"] == -3 && offsets["Viernes Santo"] == -2)
            #expect(offsets["Ascensión del Señor"] == 43 && offsets["Corpus Christi"] == 64)
            #expect(offsets["Sagrado Corazón de Jesús"] == 71)
        }
    }

    @Test func `two holidays may meet on a day`() throws {
        let day = try #require(CalendarDate("2025-06-30"))
        #expect(
            try HolidayCalendar.holidays(on: day).map(\.name)
                == ["Sagrado Corazón de Jesús", "San Pedro y San Pablo"])
        #expect(try HolidayCalendar.holidays(on: day + 1).isEmpty)
    }

    @Test(arguments: [
        "1818-03-22", "1943-04-25", "1984-04-22", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31",
        "2025-04-20", "2026-04-05", "2038-04-25", "2285-03-22",
    ])
    func `Easter is when it was and will be`(text: String) throws {
        let date = try #require(CalendarDate(text))
        #expect(HolidayCalendar.easterSunday(of: date.components.year) == date)
    }

    @Test func `Easter is that of the epacts of Clavius and Lilius, over eight centuries`() throws {
        for year in 1583...2400 {
            // D. E. Knuth, The Art of Computer Programming, vol. 1, 1.3.2, exercise 14; the Sunday is taken from the
            // calendar.
            let golden = year % 19 + 1
            let century = year / 100 + 1
            let skippedLeapYears = 3 * century / 4 - 12
            let moonCorrection = (8 * century + 5) / 25 - 5
            var epact = ((11 * golden + 20 + moonCorrection - skippedLeapYears) % 30 + 30) % 30
            if (epact == 25 && golden > 11) || epact == 24 { epact += 1 }
            let fullMoon = epact > 23 ? 74 - epact : 44 - epact
            var date = try #require(CalendarDate(year: year, month: 3, day: 1)) + fullMoon
            while date.weekday != .sunday { date = date + 1 }
            #expect(HolidayCalendar.easterSunday(of: year) == date)
        }
    }

    @Test(arguments: [
        ("2026-03-20", 3, "2026-03-26"), ("2026-03-20", 0, "2026-03-20"), ("2026-03-22", 0, "2026-03-22"),
        ("2026-03-22", 1, "2026-03-24"), ("2026-04-01", 1, "2026-04-06"), ("2026-12-24", 5, "2027-01-04"),
        ("2026-03-24", -1, "2026-03-20"), ("2026-01-13", -1, "2026-01-09"),
        // Fifteen business days to answer a claim (Ley 1581 de 2012, art. 15).
        ("2026-03-13", 15, "2026-04-08"),
    ])
    func `business days are counted over weekends and holidays`(start: String, count: Int, end: String) throws
    {
        let start = try #require(CalendarDate(start))
        let end = try #require(CalendarDate(end))
        #expect(try HolidayCalendar.adding(businessDays: count, to: start) == end)
        #expect(try HolidayCalendar.businessDays(from: start, to: end) == count)
    }

    @Test func `counting business days undoes adding them, for generated days`() throws {
        var random = Seeded()
        let first = try #require(CalendarDate("1990-01-01"))
        for _ in 0..<300 {
            let start = first + .random(in: 0...36_000, using: &random)
            let count = Int.random(in: -60...60, using: &random)
            let end = try HolidayCalendar.adding(businessDays: count, to: start)
            #expect(try HolidayCalendar.businessDays(from: start, to: end) == count, "seed \(random.seed)")
            #expect(try count == 0 || HolidayCalendar.isBusinessDay(end), "seed \(random.seed)")
            let next = try HolidayCalendar.businessDay(onOrAfter: start)
            let skipped = try (start..<next).filter { try HolidayCalendar.isBusinessDay($0) }
            #expect(try skipped.isEmpty && HolidayCalendar.isBusinessDay(next), "seed \(random.seed)")
        }
    }

    @Test func `a business day is from Monday to Friday and no holiday, every day of forty years`() throws {
        let first = try #require(CalendarDate("1990-01-01"))
        let last = try #require(CalendarDate("2029-12-31"))
        var holidays: Set<CalendarDate> = []
        for year in 1990...2029 { holidays.formUnion(try HolidayCalendar.holidays(of: year).map(\.date)) }
        var counted = 0
        for day in first...last {
            let expected = day.weekday != .saturday && day.weekday != .sunday && !holidays.contains(day)
            let found = try HolidayCalendar.isBusinessDay(day)
            #expect(found == expected)
            counted += found ? 1 : 0
        }
        #expect(try HolidayCalendar.businessDays(from: first - 1, to: last) == counted)
        #expect(try HolidayCalendar.businessDays(from: last + 1, to: first) == -counted)
    }

    @Test(arguments: [1983, 1026, 20_261, 2101])
    func `a year whose holidays are not known is refused, not guessed`(year: Int) {
        #expect(throws: HolidayCalendarError.unknownYear(year)) { try HolidayCalendar.holidays(of: year) }
    }

    @Test func `a count that leaves the known years is refused`() throws {
        let last = try #require(CalendarDate("2100-12-31"))
        let first = try #require(CalendarDate("1984-01-02"))
        #expect(throws: HolidayCalendarError.unknownYear(2101)) {
            try HolidayCalendar.adding(businessDays: 1, to: last)
        }
        let error = try #require(
            #expect(throws: HolidayCalendarError.self) {
                try HolidayCalendar.businessDays(from: first, to: first - 10)
            })
        #expect(error == .unknownYear(1983) && error.message.hasSuffix("Revise el año."))
    }
}
