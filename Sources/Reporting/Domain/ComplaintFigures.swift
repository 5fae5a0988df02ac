import Foundation
public import Governance
public import Kernel

/// What came of the complaints of an alliance: those filed within twelve months, and those filed before and still open.
///
/// Each breakdown is held back by itself as ``GuardedFigure`` says, and what is held back is not kept here: whoever reads it
/// cannot have it. Sums over several alliances are made of what each tells.
public struct ComplaintFigures: Sendable, Hashable, Codable {
    /// Sorts of complaints, those of claims by their risk.
    public enum Sort: String, Sendable, Hashable, Codable, CaseIterable {
        case vital, priority, simple, complaint, request, suggestion, praise

        /// That of a complaint.
        init(_ kind: Complaint.Kind, _ risk: Complaint.Risk) {
            self =
                switch (kind, risk) {
                case (.healthClaim, .vital): .vital
                case (.healthClaim, .priority): .priority
                case (.healthClaim, _): .simple
                case (.complaint, _): .complaint
                case (.request, _): .request
                case (.suggestion, _): .suggestion
                case (.praise, _): .praise
                }
        }

        /// The name on screens.
        public var title: String {
            switch self {
            case .vital: "\(Complaint.Kind.healthClaim.title), riesgo vital"
            case .priority: "\(Complaint.Kind.healthClaim.title), riesgo priorizado"
            case .simple: "\(Complaint.Kind.healthClaim.title), riesgo simple"
            case .complaint: Complaint.Kind.complaint.title
            case .request: Complaint.Kind.request.title
            case .suggestion: Complaint.Kind.suggestion.title
            case .praise: Complaint.Kind.praise.title
            }
        }
    }

    /// How the entity stands to the term of its answer.
    public enum Clock: String, Sendable, Hashable, Codable, CaseIterable {
        /// It answered in time.
        case inTime = "in_time"
        /// It answered after a confirmed term.
        case late
        /// It has it, and time left.
        case running
        /// It has it, and a confirmed term is over.
        case overdue
        /// It answered or has it, by a term that nobody confirmed or by none: nothing is late by that.
        case unconfirmed
        /// It was not passed on, or is to be passed on again, or ended before an answer.
        case notWithEntity = "not_with_entity"

        /// The name on screens.
        public var title: String {
            switch self {
            case .inTime: "Respondidas a tiempo"
            case .late: "Respondidas tarde"
            case .running: "En la entidad, a tiempo"
            case .overdue: "En la entidad, vencidas"
            case .unconfirmed: "Con plazo sin confirmar"
            case .notWithEntity: "Sin trasladar, o cerradas sin respuesta"
            }
        }
    }

    /// What is counted of a complaint.
    public struct Case: Sendable, Hashable {
        let sort: Sort
        let state: Complaint.State
        let clock: Clock
        let filedOn: CalendarDate
        let answeredOn: CalendarDate?
        /// How long the entity took to answer.
        let secondsToAnswer: Double?
    }

    /// A part of a breakdown.
    public struct Part<Key: Sendable & Hashable & Codable>: Sendable, Hashable, Codable {
        /// What is counted.
        public let key: Key
        /// How many there are.
        public let figure: GuardedFigure
    }

    /// A month of filing and answering.
    public struct Month: Sendable, Hashable, Codable {
        /// Its first day; `nil` for all that was before the first month.
        public let first: CalendarDate?
        /// How many were filed in it.
        public let filed: GuardedFigure
        /// How many were answered in it.
        public let answered: GuardedFigure
    }

    /// How many months are told one by one, the one of the day among them.
    public static let monthCount = 12

    /// How many there are.
    public let total: GuardedFigure
    /// By sort.
    public let sorts: [Part<Sort>]
    /// By where they stand.
    public let states: [Part<Complaint.State>]
    /// By how the entity stands to its term.
    public let clocks: [Part<Clock>]
    /// By month, the first first.
    public let months: [Month]
    /// In how many hours half of the claims that were answered were; `nil` where fewer than ``GuardedFigure/threshold`` were.
    public let medianHoursOfClaims: Int?
    /// In how many days half of the others were, likewise.
    public let medianDaysOfOthers: Int?

    /// The first day of the first month that is told on a day.
    public static func firstDay(on day: CalendarDate) -> CalendarDate {
        months(on: day)[0]
    }

    /// The first days of the months that are told on a day.
    static func months(on day: CalendarDate) -> [CalendarDate] {
        var months = [day - (day.components.day - 1)]
        while months.count < monthCount, let first = months.first {
            let before = first - 1
            months.insert(before - (before.components.day - 1), at: 0)
        }
        return months
    }

    /// Counts complaints on a day.
    init(of cases: [Case], on day: CalendarDate) {
        func parts<Key: Sendable & Hashable & Codable>(
            _ keys: [Key], of key: (Case) -> Key
        ) -> [Part<Key>] {
            let counts = Dictionary(grouping: cases, by: key).mapValues(\.count)
            let guarded = GuardedFigure.guarding(keys.map { counts[$0] ?? 0 })
            return zip(keys, guarded.parts).map(Part.init)
        }
        let starts = Self.months(on: day)
        let buckets: [CalendarDate?] = [nil] + starts
        func figures(by date: (Case) -> CalendarDate?) -> [GuardedFigure] {
            let days = cases.compactMap(date)
            let counts = Dictionary(grouping: days) { day in starts.last { $0 <= day } }.mapValues(\.count)
            return GuardedFigure.guarding(buckets.map { counts[$0] ?? 0 }).parts
        }
        total = GuardedFigure.guarding([cases.count]).total
        sorts = parts(Sort.allCases, of: \.sort)
        states = parts(Complaint.State.allCases, of: \.state)
        clocks = parts(Clock.allCases, of: \.clock)
        months = zip(buckets, zip(figures { $0.filedOn }, figures { $0.answeredOn })).map { first, told in
            Month(first: first, filed: told.0, answered: told.1)
        }
        let claims: Set<Sort> = [.vital, .priority, .simple]
        medianHoursOfClaims = Self.median(of: cases.filter { claims.contains($0.sort) }, in: 3600)
        medianDaysOfOthers = Self.median(of: cases.filter { !claims.contains($0.sort) }, in: 86_400)
    }

    /// The lower median of the times to an answer, in whole units; `nil` where it would tell of few.
    private static func median(of cases: [Case], in unit: Double) -> Int? {
        let times = cases.compactMap(\.secondsToAnswer).sorted()
        guard times.count >= GuardedFigure.threshold else { return nil }
        return Int((times[(times.count - 1) / 2] / unit).rounded(.up))
    }
}

extension ComplaintFigures.Clock {
    /// How the entity stands to the term of a complaint at a moment.
    init(
        of state: Complaint.State, transferredAt: Date?, dueAt: Date?, isConfirmed: Bool, answeredAt: Date?,
        at now: Date
    ) {
        guard transferredAt != nil, answeredAt != nil || state == .transferred else {
            self = .notWithEntity
            return
        }
        guard let dueAt, isConfirmed else {
            self = .unconfirmed
            return
        }
        if let answeredAt {
            self = answeredAt < dueAt ? .inTime : .late
        } else {
            self = now < dueAt ? .running : .overdue
        }
    }
}

/// What several alliances tell of one figure: the sum of what is told, and whether something is not.
public struct ToldSum: Sendable, Hashable {
    /// The sum of what is told.
    public private(set) var known = 0
    /// Of how many alliances the figure is held back.
    public private(set) var held = 0

    /// Sums figures.
    public init(_ figures: some Sequence<GuardedFigure>) {
        for figure in figures {
            switch figure {
            case .known(let count): known += count
            case .held: held += 1
            }
        }
    }

    /// As people read it.
    public var words: String {
        switch (known, held) {
        case (_, 0): SpanishFormat.number(known)
        case (0, _): GuardedFigure.held.words
        default: "\(SpanishFormat.number(known)) o más"
        }
    }
}
