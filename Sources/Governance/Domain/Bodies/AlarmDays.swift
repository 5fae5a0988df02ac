public import Kernel
public import Tenancy

/// The days before an end at which people are told of it. No norm orders them: they are data.
public struct AlarmDays: Sendable, Hashable {
    /// The most that are told.
    public static let most = 8

    /// From the first to the last.
    public let days: [Int]

    /// Takes days in any order.
    ///
    /// - Throws: ``AlarmError/daysOutOfRange`` where there is none, more than ``most``, or one that is not from 1 to 3660.
    public init(_ days: [Int]) throws(AlarmError) {
        let sorted = Set(days).sorted(by: >)
        guard (1...Self.most).contains(sorted.count), sorted.allSatisfy((1...3660).contains) else {
            throw .daysOutOfRange
        }
        self.days = sorted
    }

    /// Takes what a person wrote: «180, 90, 45 y 15».
    ///
    /// - Throws: ``AlarmError``.
    public init(written text: String) throws(AlarmError) {
        var days: [Int] = []
        for word in text.split(whereSeparator: { !$0.isNumber && !$0.isLetter && $0 != "-" && $0 != "." }) {
            if word.lowercased() == "y" { continue }
            guard let number = Int(word) else { throw .notNumbers }
            days.append(number)
        }
        try self.init(days)
    }

    /// The alarm that a day is within; `nil` while the end is further away than the first.
    public func alarm(on day: CalendarDate, endingOn end: CalendarDate) -> Alarm? {
        let left = end - day
        if left < 0 { return .over }
        return days.last { left <= $0 }.map { .ahead($0) }
    }

    /// «180, 90, 45 y 15 días antes».
    public var words: String { "\(SpanishFormat.list(days.map(String.init))) días antes" }
}

/// What people are told of an end.
public enum Alarm: Sendable, Hashable {
    /// That it comes within so many days.
    case ahead(Int)
    /// That it is over.
    case over

    /// The number by which it is kept.
    public var number: Int {
        switch self {
        case .ahead(let days): days
        case .over: 0
        }
    }
}

/// An end that people are told of.
public struct ComingEnd: Sendable, Hashable {
    /// What ends, for ever told from others.
    public let subject: String
    /// The alliance that it is about; `nil` for a body of none.
    public let alliance: ID<Alliance>?
    /// Its name.
    public let allianceName: String
    /// What ends, in words: a body with its seat.
    public let body: String
    /// The name of the seat; `nil` where all of it ends.
    public let seat: String?
    /// The last day.
    public let endsOn: CalendarDate
    /// Which alarm.
    public let alarm: Alarm
    /// What else is to be told: who goes on, a term that nobody confirmed.
    public let remark: String?

    /// Describes an end.
    public init(
        subject: String, alliance: ID<Alliance>?, named allianceName: String, body: String, seat: String?,
        endsOn: CalendarDate, alarm: Alarm,
        remark: String? = nil
    ) {
        self.subject = subject
        self.alliance = alliance
        self.allianceName = allianceName
        self.body = body
        self.seat = seat
        self.endsOn = endsOn
        self.alarm = alarm
        self.remark = remark
    }
}

extension [ComingEnd] {
    /// One line for what ends together, beneath the name of each alliance.
    public func lines(on day: CalendarDate) -> [String] {
        let alliances = Dictionary(grouping: self, by: \.allianceName).sorted {
            $0.key.folded < $1.key.folded
        }
        return alliances.flatMap { name, ends in
            let together = Dictionary(grouping: ends) { Together(body: $0.body, endsOn: $0.endsOn) }
                .sorted { ($0.key.endsOn, $0.key.body) < ($1.key.endsOn, $1.key.body) }
            return [name] + together.map { Self.line($0.value, together: $0.key, on: day) } + [""]
        }
    }

    private struct Together: Hashable {
        let body: String
        let endsOn: CalendarDate
    }

    private static func line(_ ends: [ComingEnd], together: Together, on day: CalendarDate) -> String {
        let seats = ends.compactMap(\.seat)
        let left = together.endsOn - day
        let when =
            switch left {
            case ..<0: "terminó el \(SpanishFormat.longDate(together.endsOn))"
            case 0: "termina hoy, \(SpanishFormat.longDate(together.endsOn))"
            default:
                "termina el \(SpanishFormat.longDate(together.endsOn)), en \(SpanishFormat.count(left, "día", "días"))"
            }
        let what = seats.isEmpty ? together.body : "\(together.body) (\(SpanishFormat.list(seats)))"
        let remarks = Set(ends.compactMap(\.remark)).sorted().map { ". \($0)" }.joined()
        return SpanishFormat.sentence("– \(what): \(when)\(remarks).")
    }
}

/// Why days of alarm are refused.
public enum AlarmError: UserFacingError, Hashable {
    /// Something else than numbers was written.
    case notNumbers
    /// There is none, there are too many, or one is out of range.
    case daysOutOfRange

    /// The stable code.
    public var code: String {
        switch self {
        case .notNumbers: "governance.alarm.not_numbers"
        case .daysOutOfRange: "governance.alarm.days_out_of_range"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { .invalid }
    /// The form field.
    public var field: String? { "alarm_days" }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notNumbers: "Escriba los días con números separados por comas, como 180, 90, 45, 15."
        case .daysOutOfRange:
            "Escriba de uno a \(AlarmDays.most) avisos, cada uno de 1 a 3660 días antes del final."
        }
    }
}
