public import Kernel

/// A place where a source document contradicts itself, with both readings.
public struct SourceWarning: Sendable, Hashable {
    /// What contradicts what.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A weekday does not fit its date.
        case weekday
        /// A meeting ends, to the letter, before it begins.
        case hours
        /// Minutes bear one date and tell of several days.
        case days
        /// One document bears two codes or validities.
        case controlHeader = "control_header"

        /// The name on screens.
        public var title: String {
            switch self {
            case .weekday: "El día de la semana no corresponde a la fecha"
            case .hours: "La hora de cierre no puede ser esa"
            case .days: "Una sola fecha para varios días"
            case .controlHeader: "Dos códigos en el mismo documento"
            }
        }
    }

    /// What contradicts what.
    public let kind: Kind
    /// Where in the document.
    public let place: String
    /// What is written there.
    public let written: String
    /// The reading that the product goes by.
    public let firstReading: String
    /// The other.
    public let secondReading: String
    /// The meeting that it concerns.
    public let meeting: ID<Meeting>?

    /// Tells of a contradiction.
    public init(
        kind: Kind, place: String, written: String, firstReading: String, secondReading: String,
        meeting: ID<Meeting>? = nil
    ) {
        self.kind = kind
        self.place = place
        self.written = written
        self.firstReading = firstReading
        self.secondReading = secondReading
        self.meeting = meeting
    }
}

extension SourceWarning {
    /// What is wrong with a date, `nil` where its weekday fits.
    static func about(
        _ date: WrittenDate, written: String, at place: String, of meeting: ID<Meeting>
    ) -> Self? {
        guard let other = date.dateOfWeekday else { return nil }
        return Self(
            kind: .weekday, place: place, written: written, firstReading: SpanishFormat.longDate(date.date),
            secondReading: SpanishFormat.longDate(other), meeting: meeting)
    }

    /// What is wrong with hours, `nil` where they fit.
    static func about(
        _ hours: WrittenHours, written: String, at place: String, of meeting: ID<Meeting>
    ) -> Self? {
        guard hours.contradict else { return nil }
        let start = "de \(SpanishFormat.time(hours.starts))"
        return Self(
            kind: .hours, place: place, written: written,
            firstReading: hours.ends.map { "\(start) a \($0.told)" } ?? "\(start), sin hora de cierre",
            secondReading: "\(start) a \(hours.endsToTheLetter.told), ya del día siguiente",
            meeting: meeting)
    }

    /// What is odd in minutes of one date that tell of several days, `nil` where they tell of that one.
    static func about(
        _ days: WrittenDays, dated date: CalendarDate, written: String, at place: String,
        of meeting: ID<Meeting>
    ) -> Self? {
        guard let first = days.days.first, let last = days.days.last, first != date || last != date else {
            return nil
        }
        return Self(
            kind: .days, place: place, written: written, firstReading: SpanishFormat.dates(first...last),
            secondReading: SpanishFormat.date(date), meeting: meeting)
    }
}

extension TimeOfDay {
    /// The time with the word for noon and midnight, which the two halves of the day confuse.
    fileprivate var told: String {
        let suffix =
            switch (hour, minute) {
            case (0, 0): " (medianoche)"
            case (12, 0): " (mediodía)"
            default: ""
            }
        return SpanishFormat.time(self) + suffix
    }
}
