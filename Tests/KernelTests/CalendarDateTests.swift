import Foundation
import Kernel
import Testing

@Suite struct CalendarDateTests {
    @Test func `every day of eight centuries survives the round trip and follows the one before`() throws {
        var date = try #require(CalendarDate(year: 1600, month: 1, day: 1))
        let end = try #require(CalendarDate(year: 2400, month: 12, day: 31))
        var previous = (date - 1).components
        var weekday = (date - 1).weekday.rawValue
        while date <= end {
            let (year, month, day) = date.components
            #expect(CalendarDate(year: year, month: month, day: day) == date)
            let follows =
                (year, month, day) == (previous.year, previous.month, previous.day + 1)
                || (day == 1 && (year, month) == (previous.year, previous.month + 1))
                || (day == 1 && month == 1 && year == previous.year + 1)
            #expect(follows && date.weekday.rawValue == weekday % 7 + 1)
            previous = date.components
            weekday = date.weekday.rawValue
            date = date + 1
        }
    }

    @Test(arguments: [
        ("2026-03-13", "viernes"), ("2026-01-15", "jueves"), ("2024-02-29", "jueves"),
        ("1970-01-01", "jueves"),
        ("1969-12-31", "miércoles"), ("1994-08-03", "miércoles"), ("0001-01-01", "lunes"),
        ("9999-12-31", "viernes"),
    ])
    func `a day has its weekday`(text: String, weekday: String) throws {
        let date = try #require(CalendarDate(text))
        #expect(date.weekday.name == weekday)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "26-01-01", "2026-01-01 ",
        "+026-01-01",
        "2026/01/01", "", "2026-01", "20260101", "٢٠٢٦-01-01", "0000-01-01", "12026-01-01",
    ])
    func `what is no date in ISO 8601 is refused`(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test(arguments: [
        ("13/03/2026", "2026-03-13"), ("3/3/2026", "2026-03-03"), ("13-03-2026", "2026-03-13"),
        ("13.03.2026", "2026-03-13"), ("29/02/2024", "2024-02-29"), ("29/02/2023", nil), ("03/13/2026", nil),
        ("13/03/26", nil), ("13/03-2026", nil), ("2026/03/13", nil), ("13/03/2026 ", nil), ("/03/2026", nil),
        ("013/03/2026", nil), ("13/03/20266", nil), ("", nil),
    ])
    func `a date is read day first`(text: String, expected: String?) {
        #expect(CalendarDate(dayMonthYear: text)?.description == expected)
    }

    @Test(arguments: [
        ("2008-03-13", "2026-03-12", 17), ("2008-03-13", "2026-03-13", 18), ("2008-02-29", "2026-02-27", 17),
        ("2008-02-29", "2026-02-28", 18), ("2008-02-29", "2028-02-28", 19), ("2008-02-29", "2028-02-29", 20),
        ("2026-01-01", "2025-12-31", -1), ("2026-01-01", "2026-01-01", 0), ("1926-01-01", "2026-01-01", 100),
    ])
    func `an age is counted in completed years`(birth: String, day: String, age: Int) throws {
        let birth = try #require(CalendarDate(birth))
        #expect(birth.completedYears(on: try #require(CalendarDate(day))) == age)
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"), ("2026-12-31", 2, "2027-02-28"), ("2026-05-31", 24, "2028-05-31"),
        ("2026-01-31", 0, "2026-01-31"), ("0001-03-31", -1, "0001-02-28"),
    ])
    func `months are added to the calendar's end of month`(start: String, months: Int, end: String) throws {
        #expect(try #require(CalendarDate(start)).addingMonths(months).description == end)
    }

    @Test func `completed months are the most that can be added, for generated dates`() {
        var random = Seeded()
        for _ in 0..<5000 {
            let one = CalendarDate(dayNumber: .random(in: -200_000...200_000, using: &random))
            let other = one + .random(in: -3000...3000, using: &random)
            let months = one.completedMonths(on: other)
            #expect(
                one.addingMonths(months) <= other && one.addingMonths(months + 1) > other,
                "seed \(random.seed)")
            #expect(one.addingYears(one.completedYears(on: other)) <= other, "seed \(random.seed)")
            #expect(one.addingYears(one.completedYears(on: other) + 1) > other, "seed \(random.seed)")
        }
    }

    @Test func `arithmetic holds before the year 1, where Foundation's own calendar goes too`() {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        for dayNumber in stride(from: -900_000, through: 900_000, by: 1009) {
            let date = CalendarDate(dayNumber: dayNumber)
            // Foundation's proleptic Gregorian begins where ours is compared: after the reform of 1582.
            guard dayNumber > -141_000 else {
                let (year, month, day) = date.components
                #expect(date.addingMonths(12 * 400).components == (year + 400, month, day))
                continue
            }
            let parts = calendar.dateComponents(
                [.year, .month, .day], from: Date(timeIntervalSince1970: Double(dayNumber) * 86_400))
            #expect(parts.year == date.components.year && parts.month == date.components.month)
            #expect(parts.day == date.components.day)
        }
    }

    @Test func `days have ranges and months`() throws {
        let date = try #require(CalendarDate("2024-02-10"))
        #expect(date.calendarMonth.count == 29)
        #expect(date.calendarMonth.lowerBound.description == "2024-02-01")
        #expect(date.calendarMonth.upperBound.description == "2024-02-29")
        #expect((date...(date + 2)).map(\.description) == ["2024-02-10", "2024-02-11", "2024-02-12"])
    }

    @Test func `a date travels as text`() throws {
        let date = try #require(CalendarDate("2026-03-13"))
        let json = try JSONEncoder().encode([date])
        #expect(String(decoding: json, as: UTF8.self) == #"["2026-03-13"]"#)
        #expect(try JSONDecoder().decode([CalendarDate].self, from: json) == [date])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2026-02-30"]"#.utf8))
        }
    }
}
