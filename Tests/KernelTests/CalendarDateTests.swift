import Kernel
import Testing

@Suite struct CalendarDateTests {
    @Test func `every day of eight centuries survives the round trip and follows the one before`() throws {
        var date = try #require(CalendarDate(year: 1600, month: 1, day: 1))
        let end = try #require(CalendarDate(year: 2400, month: 12, day: 31))
        var previous = (date - 1).components
        while date <= end {
            let (year, month, day) = date.components
            #expect(CalendarDate(year: year, month: month, day: day) == date)
            let follows =
                (year, month, day) == (previous.year, previous.month, previous.day + 1)
                || (day == 1 && (year, month) == (previous.year, previous.month + 1))
                || (day == 1 && month == 1 && year == previous.year + 1)
            #expect(follows)
            previous = date.components
            date = date + 1
        }
    }
}
