import Foundation
public import Kernel

/// The hours of a meeting as a document writes them, «09:00 a.m. a 12:00 a.m.».
///
/// Read to the letter, an end of 12:00 a.m. is midnight, before the beginning. Both readings are kept: the one that
/// fits the day, and the letter.
public struct WrittenHours: Sendable, Hashable {
    /// When it begins.
    public let starts: TimeOfDay
    /// When it ends, to the letter.
    public let endsToTheLetter: TimeOfDay

    /// Reads two hours with an `a` between them.
    ///
    /// The result is `nil` for a text that is none.
    public init?(_ text: String) {
        let ends = text.components(separatedBy: " a ")
        guard ends.count == 2 else { return nil }
        self.init(from: ends[0], to: ends[1])
    }

    /// Reads two hours, each «7:00 am», «11:00 AM», «09:00 a.m.», «12:00 m.».
    ///
    /// The result is `nil` where either is none.
    public init?(from start: String, to end: String) {
        guard let starts = Self.time(start), let ends = Self.time(end) else { return nil }
        self.starts = starts
        endsToTheLetter = ends
    }

    /// Whether the end, to the letter, is not after the beginning.
    public var contradict: Bool { endsToTheLetter <= starts }

    /// The end that fits the day: to the letter where that is after the beginning, otherwise twelve hours later;
    /// `nil` where that does not help either.
    public var ends: TimeOfDay? {
        guard contradict else { return endsToTheLetter }
        let later = TimeOfDay(hour: endsToTheLetter.hour + 12, minute: endsToTheLetter.minute)
        return later.flatMap { $0 > starts ? $0 : nil }
    }

    private static func time(_ text: String) -> TimeOfDay? {
        let letters = text.lowercased().filter(\.isLetter)
        let parts = text.filter { !$0.isWhitespace && !$0.isLetter && $0 != "." }.split(
            separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]),
            (1...12).contains(hour)
        else { return nil }
        switch letters {
        case "am": return TimeOfDay(hour: hour % 12, minute: minute)
        case "pm": return TimeOfDay(hour: hour % 12 + 12, minute: minute)
        case "m": return hour == 12 ? TimeOfDay(hour: 12, minute: minute) : nil
        default: return nil
        }
    }
}
