public import Kernel
public import Tenancy

/// What an alliance does again and again (`tarea periódica`): a meeting each second month, a report each half year.
///
/// Nothing of it is ticked: each period is met by what happened in it.
public struct RecurringDuty: Sendable, Hashable {
    /// What fulfils a period.
    public enum Fulfilment: Sendable, Hashable {
        /// A meeting of a kind that was held.
        case meeting(Meeting.Kind)
        /// A follow-up of the plan that was recorded for a month of it.
        case followUp
        /// A report of a kind that was given.
        case report(GivenReport.Kind)

        /// What it is called on screens.
        public var title: String {
            switch self {
            case .meeting(let kind): "Una reunión realizada: \(kind.title)"
            case .followUp: "El seguimiento del plan de trabajo"
            case .report(let kind): "Un informe presentado: \(kind.title)"
            }
        }
    }

    /// How often, in months that divide a year.
    public enum Frequency: Int, Sendable, Hashable, CaseIterable {
        /// Each month.
        case monthly = 1
        /// Each second month.
        case bimonthly = 2
        /// Each quarter.
        case quarterly = 3
        /// Each third of a year.
        case everyFourMonths = 4
        /// Each half year.
        case halfYearly = 6
        /// Each year.
        case yearly = 12

        /// The name on screens.
        public var title: String {
            switch self {
            case .monthly: "Cada mes"
            case .bimonthly: "Cada dos meses"
            case .quarterly: "Cada tres meses"
            case .everyFourMonths: "Cada cuatro meses"
            case .halfYearly: "Cada seis meses"
            case .yearly: "Cada año"
            }
        }
    }

    /// How a period stands on a day.
    public enum Standing: Sendable, Hashable {
        /// Met, on the first day on which something fulfilled it.
        case met(on: CalendarDate)
        /// Not begun.
        case ahead
        /// Running.
        case open
        /// Running, and about to end.
        case due(daysLeft: Int)
        /// Over without anything that fulfils it.
        case missed
    }

    /// Within how many days of its end a period counts as due.
    public static let dueDays = 15

    /// Identifies it.
    public let id: ID<RecurringDuty>
    /// What is done.
    public let title: String
    /// How often.
    public let frequency: Frequency
    /// What fulfils it.
    public let fulfilment: Fulfilment
    /// Who answers for it: an office or a body.
    public let responsible: String?
    /// Where it is ordered: the plan, a procedure, an article.
    public let source: String
    /// The first day of its first period, that of a month.
    public let startsOn: CalendarDate
    /// The last day that it counts for, `nil` while it goes on.
    public let endsOn: CalendarDate?

    /// Makes a duty whose periods begin with the month of a day.
    ///
    /// - Throws: ``DutyError``.
    public init(
        id: ID<RecurringDuty> = ID(), title: String, frequency: Frequency, fulfilment: Fulfilment,
        responsible: String? = nil, source: String, startsOn: CalendarDate, endsOn: CalendarDate? = nil
    ) throws(DutyError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard let source = source.trimmedOrNil else { throw .sourceMissing }
        self.id = id
        self.title = title
        self.frequency = frequency
        self.fulfilment = fulfilment
        self.responsible = responsible?.trimmedOrNil
        self.source = source
        self.startsOn = startsOn.calendarMonth.lowerBound
        self.endsOn = endsOn
    }

    /// Its periods that begin within a year, in order; none before it began or after it ended.
    public func periods(in year: Int) -> [ClosedRange<CalendarDate>] {
        let days = ClosedRange<CalendarDate>.year(year)
        var periods: [ClosedRange<CalendarDate>] = []
        var number = 0
        while true {
            // Each counts from the beginning, so that no day is lost to the lengths of months.
            let begin = startsOn.addingMonths(number * frequency.rawValue)
            guard begin <= days.upperBound, endsOn.map({ begin <= $0 }) ?? true else { return periods }
            if begin >= days.lowerBound {
                periods.append(begin...(startsOn.addingMonths((number + 1) * frequency.rawValue) - 1))
            }
            number += 1
        }
    }

    /// The period that runs on a day; `nil` before it began and after it ended.
    public func period(on day: CalendarDate) -> ClosedRange<CalendarDate>? {
        // A period may have begun in the year before.
        let year = day.components.year
        return (periods(in: year - 1) + periods(in: year)).first { $0.contains(day) }
    }

    /// How a period stands on a day, where these are the days on which something fulfilled the duty.
    public func standing(
        of period: ClosedRange<CalendarDate>, fulfilledOn days: [CalendarDate], on today: CalendarDate
    ) -> Standing {
        if let met = days.filter({ period.contains($0) && $0 <= today }).min() { return .met(on: met) }
        if today > period.upperBound { return .missed }
        if today < period.lowerBound { return .ahead }
        let left = period.upperBound - today
        return left <= Self.dueDays ? .due(daysLeft: left) : .open
    }
}

/// A period of what an alliance does again and again, with how it stands.
public struct DutyPeriod: Sendable, Hashable {
    /// Whose.
    public let alliance: ID<Alliance>
    /// What is done again and again.
    public let duty: RecurringDuty
    /// From when to when.
    public let days: ClosedRange<CalendarDate>
    /// How it stands.
    public let standing: RecurringDuty.Standing
}

/// What happened in a year that may fulfil duties.
public struct Happenings: Sendable, Hashable {
    /// The days of meetings that were held, by kind.
    public var meetings: [Meeting.Kind: [CalendarDate]] = [:]
    /// The first days of the months whose follow-up was recorded.
    public var followUps: [CalendarDate] = []
    /// The days on which reports were given, by kind.
    public var reports: [GivenReport.Kind: [CalendarDate]] = [:]

    /// Nothing.
    public init() {}

    /// The days on which something fulfilled a duty.
    public func days(fulfilling fulfilment: RecurringDuty.Fulfilment) -> [CalendarDate] {
        switch fulfilment {
        case .meeting(let kind): meetings[kind] ?? []
        case .followUp: followUps
        case .report(let kind): reports[kind] ?? []
        }
    }
}

/// Why a duty is refused.
public enum DutyError: UserFacingError, Hashable {
    /// It has no name.
    case untitled
    /// Nothing says where it is ordered.
    case sourceMissing
    /// It is none of this alliance's, or has ended.
    case notFound

    /// The stable code.
    public var code: String {
        switch self {
        case .untitled: "governance.duty.untitled"
        case .sourceMissing: "governance.duty.source_missing"
        case .notFound: "governance.duty.not_found"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind { self == .notFound ? .notFound : .invalid }

    /// The form field.
    public var field: String? {
        switch self {
        case .untitled: "title"
        case .sourceMissing: "source"
        case .notFound: nil
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .untitled: "Escriba qué se hace."
        case .sourceMissing: "Diga de dónde sale: el plan, el procedimiento o el artículo."
        case .notFound: "No encontramos esa tarea periódica, o ya terminó. Vuelva al año de la alianza."
        }
    }
}
