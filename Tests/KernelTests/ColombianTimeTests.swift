import Foundation
import Kernel
import Testing

@Suite struct ColombianTimeTests {
    @Test(arguments: [
        ("2026-03-13T14:00:00Z", "2026-03-13", "09:00", "viernes 13 de marzo de 2026, 9:00\u{A0}a.\u{A0}m."),
        ("2026-03-13T04:59:59Z", "2026-03-12", "23:59", "jueves 12 de marzo de 2026, 11:59\u{A0}p.\u{A0}m."),
        ("2026-03-13T05:00:00Z", "2026-03-13", "00:00", "viernes 13 de marzo de 2026, 12:00\u{A0}a.\u{A0}m."),
        ("2026-03-13T17:00:30Z", "2026-03-13", "12:00", "viernes 13 de marzo de 2026, 12:00\u{A0}m."),
        ("2026-03-13T17:01:00Z", "2026-03-13", "12:01", "viernes 13 de marzo de 2026, 12:01\u{A0}p.\u{A0}m."),
        (
            "1969-12-31T23:30:00Z", "1969-12-31", "18:30",
            "miércoles 31 de diciembre de 1969, 6:30\u{A0}p.\u{A0}m."
        ),
    ])
    func `an instant has its day and hour in Colombia`(
        instant: String, date: String, time: String, text: String
    ) throws {
        let instant = try Date(instant, strategy: .iso8601)
        #expect(ColombianTime.date(at: instant).description == date)
        #expect(ColombianTime.time(at: instant).description == time)
        #expect(SpanishFormat.longDateAndTime(instant) == text)
        #expect(ColombianTime.formText(instant) == "\(date)T\(time)")
    }

    @Test func `a day has its first instant and ends where the next begins`() throws {
        let date = try #require(CalendarDate("2026-03-13"))
        #expect(ColombianTime.startOfDay(date) == (try Date("2026-03-13T05:00:00Z", strategy: .iso8601)))
        #expect(ColombianTime.endOfDay(date) == (try Date("2026-03-14T05:00:00Z", strategy: .iso8601)))
        #expect(ColombianTime.date(at: ColombianTime.endOfDay(date) - 0.001) == date)
    }

    @Test func `the fields of a form come back as the instant that they say`() throws {
        let instant = try #require(ColombianTime.instant("2026-03-13T09:00"))
        #expect(instant == (try Date("2026-03-13T14:00:00Z", strategy: .iso8601)))
        #expect(SpanishFormat.shortDateAndTime(instant) == "13/03/2026, 9:00\u{A0}a.\u{A0}m.")
        for wrong in ["2026-03-13", "2026-03-13 09:00", "2026-02-30T09:00", "2026-03-13T24:00", "T", ""] {
            #expect(ColombianTime.instant(wrong) == nil)
        }
    }

    @Test func `it is what the zone database says of America-Bogota, for generated instants since 1993`()
        throws
    {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "America/Bogota"))
        let first = try Date("1993-02-07T05:00:00Z", strategy: .iso8601).timeIntervalSince1970
        var random = Seeded()
        for _ in 0..<2000 {
            let instant = Date(
                timeIntervalSince1970: .random(in: first...4_102_444_800, using: &random))
            let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute], from: instant)
            let date = try #require(
                CalendarDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0))
            let time = try #require(TimeOfDay(hour: parts.hour ?? -1, minute: parts.minute ?? -1))
            #expect(ColombianTime.date(at: instant) == date, "seed \(random.seed)")
            #expect(ColombianTime.time(at: instant) == time, "seed \(random.seed)")
            #expect(
                (0..<60).contains(instant.timeIntervalSince(ColombianTime.instant(date, time))),
                "seed \(random.seed)")
        }
    }

    @Test func `every minute of a day survives the round trip`() throws {
        for hour in 0..<24 {
            for minute in 0..<60 {
                let time = try #require(TimeOfDay(hour: hour, minute: minute))
                #expect((time.hour, time.minute) == (hour, minute))
                #expect(TimeOfDay(time.description) == time)
            }
        }
        let times = [TimeOfDay("23:59"), TimeOfDay("00:00"), TimeOfDay("09:05:59")].compactMap(\.self)
        #expect(times.sorted().map(\.description) == ["00:00", "09:05", "23:59"])
        let json = try JSONEncoder().encode(times)
        #expect(try JSONDecoder().decode([TimeOfDay].self, from: json) == times)
    }

    @Test(arguments: [
        "24:00", "12:60", "12", "1200", "12:5", "-1:00", "09:00 ", "09:00:60", "09:00:", "", ":30",
    ])
    func `what is no time of day is refused`(text: String) {
        #expect(TimeOfDay(text) == nil)
    }

    @Test(arguments: [
        ("2026-03-03", "2026-03-05", "del 3 al 5 de marzo de 2026"),
        ("2026-02-28", "2026-03-02", "del 28 de febrero al 2 de marzo de 2026"),
        ("2026-12-30", "2027-01-04", "del 30 de diciembre de 2026 al 4 de enero de 2027"),
        ("2026-03-13", "2027-03-13", "del 13 de marzo de 2026 al 13 de marzo de 2027"),
        ("2026-03-13", "2026-03-13", "13 de marzo de 2026"),
    ])
    func `a stretch of days says once what both ends share`(first: String, last: String, text: String) throws
    {
        let days = try #require(CalendarDate(first))...(try #require(CalendarDate(last)))
        #expect(SpanishFormat.dates(days) == text)
    }

    // MARK: - Periods

    private func instant(_ text: String) throws -> Date {
        let parts = text.split(separator: " ").map(String.init)
        return ColombianTime.instant(
            try #require(CalendarDate(parts[0])), try #require(TimeOfDay(parts[1])))
    }

    @Test(arguments: [
        (from: "2026-12-04 00:00", until: "2026-12-14 23:59", words: "del 4 al 14 de diciembre de 2026"),
        (from: "2026-12-04 00:00", until: "2026-12-15 00:00", words: "del 4 al 14 de diciembre de 2026"),
        (from: "2026-12-04 23:59", until: "2026-12-14 23:59", words: "del 5 al 14 de diciembre de 2026"),
        (from: "2026-12-04 00:00", until: "2026-12-04 23:59", words: "viernes 4 de diciembre de 2026"),
        (from: "2026-12-03 23:59", until: "2026-12-04 23:59", words: "viernes 4 de diciembre de 2026"),
        (
            from: "2027-01-20 08:00", until: "2027-01-20 12:00",
            words: "miércoles 20 de enero de 2027, de 8:00\u{A0}a.\u{A0}m. a 12:00\u{A0}m."
        ),
        (
            from: "2027-01-20 00:00", until: "2027-01-20 12:00",
            words: "miércoles 20 de enero de 2027, hasta las 12:00\u{A0}m."
        ),
        (
            from: "2027-01-20 12:00", until: "2027-01-20 23:59",
            words: "miércoles 20 de enero de 2027, desde las 12:00\u{A0}m."
        ),
        (
            from: "2027-01-20 12:00", until: "2027-01-22 23:59",
            words: "desde el 20 de enero de 2027, 12:00\u{A0}m., hasta el 22 de enero de 2027"
        ),
        (
            from: "2027-01-20 00:00", until: "2027-01-22 17:00",
            words: "desde el 20 de enero de 2027 hasta el 22 de enero de 2027, 5:00\u{A0}p.\u{A0}m."
        ),
    ])
    func `a period is told by its days where it is made of days, and never says midnight`(
        from: String, until: String, words: String
    ) throws {
        #expect(SpanishFormat.period(from: try instant(from), until: try instant(until)) == words)
    }

    @Test func `what begins or ends with a day is told by the day`() throws {
        #expect(SpanishFormat.moment(try instant("2026-12-04 00:00")) == "viernes 4 de diciembre de 2026")
        #expect(SpanishFormat.moment(try instant("2026-12-04 23:59")) == "viernes 4 de diciembre de 2026")
        #expect(
            SpanishFormat.moment(try instant("2026-12-04 12:00"))
                == "viernes 4 de diciembre de 2026, 12:00\u{A0}m.")
    }
}
