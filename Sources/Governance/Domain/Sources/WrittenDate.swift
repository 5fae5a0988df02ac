public import Kernel

/// A date as a document writes it, «Miércoles 15 enero 2026» or «5 febrero de 2021», with the weekday that it
/// claims.
public struct WrittenDate: Sendable, Hashable {
    /// The date that day, month and year give.
    public let date: CalendarDate
    /// The weekday that is written beside it.
    public let weekday: Weekday?

    /// Reads a date.
    ///
    /// The result is `nil` for a text that is none, or a day that the calendar does not have.
    public init?(_ text: String) {
        var words = text.dateWords
        let weekday = words.first.flatMap { word in Weekday.allCases.first { $0.name.folded == word } }
        if weekday != nil { words.removeFirst() }
        guard words.count == 3, let day = Int(words[0]), let month = SpanishMonth.number(of: words[1]),
            let year = Int(words[2]), words[2].count == 4,
            let date = CalendarDate(year: year, month: month, day: day)
        else { return nil }
        self.date = date
        self.weekday = weekday
    }

    /// The date on which the weekday would be right, where it is wrong: the nearest before or after.
    public var dateOfWeekday: CalendarDate? {
        guard let weekday, weekday != date.weekday else { return nil }
        return [-1, 1, -2, 2, -3, 3].lazy.map { date + $0 }.first { $0.weekday == weekday }
    }
}

/// Several days of one month as minutes write them: «16, 17 y 18 del mes de febrero del año en curso 2021».
public struct WrittenDays: Sendable, Hashable {
    /// The days, in their order.
    public let days: [CalendarDate]

    /// Reads the days.
    ///
    /// The result is `nil` for a text that names none, or one that the calendar does not have.
    public init?(_ text: String) {
        let words = text.dateWords
        guard let month = words.firstIndex(where: { SpanishMonth.number(of: $0) != nil }),
            let number = SpanishMonth.number(of: words[month]),
            let year = words[month...].lazy.compactMap(Int.init).first(where: { $0 > 31 })
        else { return nil }
        let numbers = words[..<month].compactMap(Int.init)
        let days = numbers.compactMap { CalendarDate(year: year, month: number, day: $0) }
        guard !numbers.isEmpty, days.count == numbers.count, days == days.sorted() else { return nil }
        self.days = days
    }
}

/// The months by their Spanish names.
enum SpanishMonth {
    /// From 1 to 12, `nil` for another word.
    static func number(of word: String) -> Int? {
        (1...12).first { SpanishFormat.monthName($0)?.folded == word }
    }
}

extension String {
    /// The words of a date, folded, without commas and the particles between them.
    fileprivate var dateWords: [String] {
        folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            .filter { !["de", "del", "y", "a"].contains($0) }
    }
}
