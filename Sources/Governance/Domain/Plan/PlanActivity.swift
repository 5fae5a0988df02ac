public import Kernel

/// What a plan says of an activity: what is to be done, how much of it, by whom, when, and what proves it.
///
/// What a plan leaves out stays out and is not made up.
public struct ActivityTerms: Sendable, Hashable {
    /// How much is to be done.
    public struct Target: Sendable, Hashable {
        /// How many, one at least.
        public let amount: Int
        /// Of what: «capacitaciones».
        public let unit: String

        /// Sets a target.
        ///
        /// - Throws: ``PlanError/targetIncomplete`` without a unit, or with nothing to reach.
        public init(_ amount: Int, _ unit: String) throws(PlanError) {
            guard amount > 0, let unit = unit.trimmedOrNil else { throw .targetIncomplete }
            self.amount = amount
            self.unit = unit
        }
    }

    /// Where the activity begins.
    public struct Baseline: Sendable, Hashable {
        /// How many there were.
        public let amount: Int
        /// On which day they were counted.
        public let asOf: CalendarDate?

        /// Sets where it begins.
        public init(_ amount: Int, asOf: CalendarDate? = nil) {
            self.amount = max(0, amount)
            self.asOf = asOf
        }
    }

    /// The axis that it belongs to.
    public let axis: PolicyAxis
    /// The line of action that it follows; `nil` for that of the axis in its plan.
    public let line: String?
    /// What is to be done.
    public let activity: String
    /// By what means.
    public let means: String?
    /// When, in words, as a plan read from its document has it.
    public let scheduledFor: String?
    /// In which months, from 1 to 12, in order.
    public let months: [Int]
    /// How it is measured.
    public let indicator: String?
    /// How much of it is to be done.
    public let target: Target?
    /// Where it begins.
    public let start: Baseline?
    /// Where it begins, in words.
    public let baseline: String?
    /// Who answers for it: an office or a body, in words.
    public let responsible: String?
    /// The body that answers for it, where it is one of the alliance's.
    public let body: ID<Body>?
    /// What it costs, in whole pesos.
    public let budget: Int?
    /// For whom it is.
    public let population: String?
    /// What fulfils it; empty where nothing that happens here proves it.
    public let fulfilledBy: [Happening.Kind]
    /// The activity of the year before that it goes on with.
    public let continues: ID<WorkPlan.Activity>?

    /// Describes an activity.
    ///
    /// - Throws: ``PlanError/unnamedActivity``, ``PlanError/monthToCome`` where a month is none.
    public init(
        axis: PolicyAxis, line: String? = nil, activity: String, means: String? = nil,
        scheduledFor: String? = nil, months: [Int] = [], indicator: String? = nil, target: Target? = nil,
        start: Baseline? = nil, baseline: String? = nil, responsible: String? = nil, body: ID<Body>? = nil,
        budget: Int? = nil, population: String? = nil, fulfilledBy: [Happening.Kind] = [],
        continues: ID<WorkPlan.Activity>? = nil
    ) throws(PlanError) {
        guard let activity = activity.trimmedOrNil else { throw .unnamedActivity }
        guard months.allSatisfy((1...12).contains) else { throw .unknownMonth }
        self.axis = axis
        self.line = line?.trimmedOrNil
        self.activity = activity
        self.means = means?.trimmedOrNil
        self.scheduledFor = scheduledFor?.trimmedOrNil
        self.months = Set(months).sorted()
        self.indicator = indicator?.trimmedOrNil
        self.target = target
        self.start = start
        self.baseline = baseline?.trimmedOrNil
        self.responsible = responsible?.trimmedOrNil
        self.body = body
        self.budget = budget.map { max(0, $0) }
        self.population = population?.trimmedOrNil
        self.fulfilledBy = Happening.Kind.allCases.filter(fulfilledBy.contains)
        self.continues = continues
    }

    /// What the plan does not say of it and has to, in words: without it nobody can tell whether it was fulfilled.
    public var gaps: [String] {
        var gaps: [String] = []
        if target == nil { gaps.append("la meta") }
        if fulfilledBy.isEmpty { gaps.append("con qué se cumple") }
        if responsible == nil && body == nil { gaps.append("quién responde") }
        if months.isEmpty && scheduledFor == nil { gaps.append("cuándo") }
        return gaps
    }
}

extension WorkPlan {
    /// One numbered activity of a plan.
    @dynamicMemberLookup
    public struct Activity: Sendable, Hashable {
        /// What it is, from version to version of the plan.
        public let id: ID<Activity>
        /// Its number, «2.4».
        public let number: String
        /// What the plan says of it.
        public let terms: ActivityTerms

        /// Makes an activity.
        public init(id: ID<Activity> = ID(), number: String, terms: ActivityTerms) {
            self.id = id
            self.number = number
            self.terms = terms
        }

        /// What the plan says of it, by its name.
        public subscript<Value>(dynamicMember path: any KeyPath<ActivityTerms, Value> & Sendable) -> Value {
            terms[keyPath: path]
        }

        /// The days of a year in which it is to be done: from the first of its first month to the last of its last
        /// one, or the whole year.
        public func days(in year: Int) -> ClosedRange<CalendarDate>? {
            guard let first = CalendarDate(year: year, month: terms.months.first ?? 1, day: 1),
                let last = CalendarDate(year: year, month: terms.months.last ?? 12, day: 1)
            else { return nil }
            return first...last.calendarMonth.upperBound
        }
    }
}
