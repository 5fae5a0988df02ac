public import Kernel

/// How far an activity of a plan is fulfilled, by what happened.
public struct Fulfilment: Sendable, Hashable {
    /// Where an activity stands on a day.
    public enum Standing: Sendable, Hashable {
        /// Its target is reached.
        case met
        /// Something was done, and there is time.
        case partial
        /// Nothing was done, and there is time.
        case open
        /// Its months have not begun.
        case ahead
        /// Its last month is about to end.
        case due(daysLeft: Int)
        /// Its last month is over, and the target was not reached.
        case overdue
        /// The plan says no target, or nothing that would prove it: nobody can tell.
        case unproven
    }

    /// Within how many days of its end an activity counts as due.
    public static let dueDays = 30

    /// The activity.
    public let activity: WorkPlan.Activity
    /// What fulfils it, by day.
    public let happenings: [Happening]
    /// Where it stands.
    public let standing: Standing

    /// Counts what fulfils an activity of the plan of a year.
    ///
    /// What was done for an activity counts for it alone; what was done for none counts for each activity of its kind.
    public init(
        of activity: WorkPlan.Activity, in year: Int, by happenings: [Happening], on today: CalendarDate
    ) {
        self.activity = activity
        self.happenings = happenings.filter { happening in
            activity.fulfilledBy.contains(happening.kind) && happening.day <= today
                && happening.day.components.year == year
                && (happening.activity.map { $0 == activity.id } ?? true)
        }
        standing = Self.standing(
            of: activity, in: year, measured: self.happenings.reduce(0) { $0 + $1.amount }, on: today)
    }

    /// How much was done.
    public var measured: Int { measured(in: 1...12) }

    /// How much was done in some months.
    public func measured(in months: ClosedRange<Int>) -> Int {
        happenings(in: months).reduce(0) { $0 + $1.amount }
    }

    /// What was done in some months.
    public func happenings(in months: ClosedRange<Int>) -> [Happening] {
        happenings.filter { months.contains($0.day.components.month) }
    }

    /// Whether it is counted: the plan says how much is to be done, and what proves it.
    public var isMeasurable: Bool { activity.target != nil && !activity.fulfilledBy.isEmpty }

    /// How much of its target was reached, from 0 to 100 percent and over; `nil` where it has none.
    public var percent: Int? {
        guard isMeasurable, let target = activity.target else { return nil }
        return measured * 100 / target.amount
    }

    private static func standing(
        of activity: WorkPlan.Activity, in year: Int, measured: Int, on today: CalendarDate
    ) -> Standing {
        guard let target = activity.target, !activity.fulfilledBy.isEmpty, let days = activity.days(in: year)
        else { return .unproven }
        if measured >= target.amount { return .met }
        if today > days.upperBound { return .overdue }
        let left = days.upperBound - today
        if today >= days.lowerBound, left <= Self.dueDays { return .due(daysLeft: left) }
        if measured > 0 { return .partial }
        return today < days.lowerBound ? .ahead : .open
    }
}

/// How far a plan is fulfilled.
public struct PlanFulfilment: Sendable, Hashable {
    /// The plan.
    public let plan: WorkPlan
    /// Its activities, in their order.
    public let activities: [Fulfilment]
    /// The day for which it is counted.
    public let day: CalendarDate

    /// Counts a plan.
    public init(of plan: WorkPlan, by happenings: [Happening], on day: CalendarDate) {
        self.plan = plan
        self.day = day
        activities = plan.activities.map { Fulfilment(of: $0, in: plan.year, by: happenings, on: day) }
    }

    /// How far one of its activities is.
    public subscript(_ activity: ID<WorkPlan.Activity>) -> Fulfilment? {
        activities.first { $0.activity.id == activity }
    }

    /// How many of its activities stand so.
    public func count(_ isSo: (Fulfilment.Standing) -> Bool) -> Int {
        activities.count { isSo($0.standing) }
    }

    /// How many of its activities are met.
    public var met: Int { count { $0 == .met } }

    /// How many of its activities can be told to be met or not.
    public var measurable: Int { activities.count(where: \.isMeasurable) }
}
