/// A time on the clock, to the minute: the hour of a call, of an opening, of a closing.
public struct TimeOfDay: Hashable, Sendable, Comparable {
    /// From 0 to 1439.
    public let minutesSinceMidnight: Int

    /// From 0 to 23.
    public var hour: Int { minutesSinceMidnight / 60 }
    /// From 0 to 59.
    public var minute: Int { minutesSinceMidnight % 60 }

    /// The time of an hour from 0 to 23 and a minute from 0 to 59, `nil` for others.
    public init?(hour: Int, minute: Int) {
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        minutesSinceMidnight = hour * 60 + minute
    }

    /// The minute that contains a second of a day.
    ///
    /// - Parameter secondsSinceMidnight: From 0 to 86,399.
    init(secondsSinceMidnight: Int) {
        minutesSinceMidnight = secondsSinceMidnight / 60
    }

    /// 0:00, the first minute of a day.
    public static let midnight = Self(secondsSinceMidnight: 0)

    /// Whether one time comes before another on the same day.
    public static func < (left: Self, right: Self) -> Bool {
        left.minutesSinceMidnight < right.minutesSinceMidnight
    }
}

extension TimeOfDay: CustomStringConvertible, LosslessStringConvertible {
    /// The time as forms send it, on 24 hours: `09:00`.
    public var description: String {
        "\(SpanishFormat.twoDigits(hour)):\(SpanishFormat.twoDigits(minute))"
    }

    /// Reads a time on 24 hours, `09:00`; seconds, which some browsers add, are dropped.
    public init?(_ description: String) {
        var reader = DigitReader(description)
        guard let hour = reader.digits(1...2), reader.skip(":"), let minute = reader.digits(2...2) else {
            return nil
        }
        if reader.skip(":") {
            guard let second = reader.digits(2...2), second < 60 else { return nil }
        }
        guard reader.isAtEnd else { return nil }
        self.init(hour: hour, minute: minute)
    }
}

extension TimeOfDay: Codable {
    /// Reads the time from its text, `09:00`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let time = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time of day: \(text)")
        }
        self = time
    }

    /// Writes the time as text, `09:00`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
