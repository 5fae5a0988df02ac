public import Foundation
public import Kernel

/// What came of a date of a calendar, whatever day had been planned for it.
public struct MilestoneProgress: Sendable, Hashable {
    /// Since when it may be done, or is being done; `nil` while what it waits for is missing.
    public let begunAt: Date?
    /// When it was done, or ended by what follows it.
    public let doneAt: Date?
    /// When it happens or begins, where what happened before moved it from its day in the calendar.
    public let opensAt: Date?
    /// When it ends, where what happened before moved it.
    public let closesAt: Date?

    /// Nothing yet.
    public static let none = Self(begunAt: nil, doneAt: nil)

    /// What was done.
    public init(begunAt: Date?, doneAt: Date?, opensAt: Date? = nil, closesAt: Date? = nil) {
        self.begunAt = begunAt
        self.doneAt = doneAt
        self.opensAt = opensAt
        self.closesAt = closesAt
    }

    /// Where a date stands.
    ///
    /// - Parameters:
    ///   - opensAt: When it was planned to happen or to begin.
    ///   - closesAt: When it was planned to end, for what lasts.
    ///   - isVoting: Whether it is the vote, which is an act although it lasts: its hour does not end it.
    ///   - isAwaited: Whether the process goes on, so that what was not done is late.
    ///   - now: The moment.
    /// - Returns: Where it stands: what was done counts over what day it is.
    public func standing(
        from opensAt: Date, until closesAt: Date?, isVoting: Bool, isAwaited: Bool, at now: Date
    ) -> MilestoneStanding {
        if let doneAt { return .done(on: ColombianTime.date(at: doneAt)) }
        let today = ColombianTime.date(at: now)
        if let begunAt, begunAt <= now {
            // A term ends by itself.
            guard let closesAt, closesAt < now, !isVoting else { return .underWay }
            return .done(on: ColombianTime.date(at: closesAt))
        }
        guard closesAt == nil || isVoting else { return .toCome }
        let day = ColombianTime.date(at: opensAt)
        return day == today ? .today : isAwaited && day < today ? .late : .toCome
    }
}

/// Where a date of a calendar stands, in the words that every page has for it.
public enum MilestoneStanding: Sendable, Hashable {
    /// It was done, or its term ended, on a day.
    case done(on: CalendarDate)
    /// It goes on now.
    case underWay
    /// It is planned for today.
    case today
    /// Its day passed without it.
    case late
    /// Its day is to come, or what it waits for.
    case toCome

    /// The word on screens.
    public var title: String {
        switch self {
        case .done: "Hecho"
        case .underWay: "En curso"
        case .today: "Hoy"
        case .late: "Atrasado"
        case .toCome: "Por llegar"
        }
    }

    /// When it is and was, in words: the day on which it was done, with the one planned where it was another.
    public func words(from opensAt: Date, until closesAt: Date?, since begunAt: Date?, isVoting: Bool)
        -> String
    {
        if let closesAt, !isVoting {
            return SpanishFormat.period(from: begunAt?.ifEarlier(than: opensAt) ?? opensAt, until: closesAt)
        }
        let planned =
            closesAt.map { SpanishFormat.period(from: opensAt, until: $0) } ?? SpanishFormat.moment(opensAt)
        guard case .done(let day) = self, day != ColombianTime.date(at: opensAt) else { return planned }
        return "Hecho el \(SpanishFormat.longDate(day)); estaba previsto para el \(planned)"
    }
}

extension Date {
    /// The day of a beginning that came before the planned one; its hour says nothing to anybody.
    fileprivate func ifEarlier(than planned: Date) -> Date? {
        let day = ColombianTime.date(at: self)
        return day < ColombianTime.date(at: planned) ? ColombianTime.startOfDay(day) : nil
    }
}

extension ElectoralCalendar {
    /// The calendar with the ends that its terms have in fact: those that run from a result or from a publication
    /// say what had been announced.
    func running(as progress: [Milestone.Kind: MilestoneProgress]) -> Self {
        Self(
            milestones: milestones.map { milestone in
                let (opensAt, closesAt) = (
                    progress[milestone.kind]?.opensAt ?? milestone.opensAt,
                    progress[milestone.kind]?.closesAt ?? milestone.closesAt
                )
                guard opensAt != milestone.opensAt || closesAt != milestone.closesAt else { return milestone }
                let announced = ColombianTime.date(at: milestone.closesAt ?? milestone.opensAt)
                return Milestone(
                    kind: milestone.kind, opensAt: opensAt, closesAt: closesAt,
                    unextendedCloseAt: milestone.unextendedCloseAt,
                    rule:
                        "\(milestone.rule). Se había anunciado para el \(SpanishFormat.longDate(announced))",
                    source: milestone.source, isConfirmed: milestone.isConfirmed,
                    isEdited: milestone.isEdited, countsBusinessDays: milestone.countsBusinessDays)
            })
    }
}
