public import Kernel
public import Tenancy

/// The work plan (`plan de trabajo`) of an alliance for a year: axes, their lines, numbered activities.
///
/// A plan is a draft until the members approve it; a board may keep its own draft to itself until it shares it. What changes afterwards is another version of it, with its reason,
/// which they approve in turn; an activity stays what it is from version to version.
///
/// - SeeAlso: Resolución 2063 de 2017 (política de participación social en salud), whose five axes plans follow; an
///   association's own plan uses axes 2 to 5 (plan of Aliansalud's association, 2026).
public struct WorkPlan: Sendable, Hashable {
    /// One of the five axes of the participation policy, as a plan has it.
    public struct Axis: Sendable, Hashable {
        /// From 1 to 5.
        public let number: Int
        /// Its name.
        public let title: String
        /// Its line of action.
        public let line: String
        /// What is to be done, in the order of the plan.
        public let activities: [Activity]

        /// Makes an axis.
        public init(number: Int, title: String, line: String, activities: [Activity]) {
            self.number = number
            self.title = title
            self.line = line
            self.activities = activities
        }
    }

    /// Whom training is for.
    public enum Audience: String, Sendable, Hashable, CaseIterable {
        /// All users of the entity.
        case users
        /// The members of the alliance.
        case members

        /// The name on screens.
        public var title: String {
            switch self {
            case .users: "Usuarios"
            case .members: "Integrantes de la alianza"
            }
        }
    }

    /// Identifies the version of the plan.
    public let id: ID<WorkPlan>
    /// The year.
    public let year: Int
    /// 1 for the first plan of a year, more for its changes.
    public let version: Int
    /// Why it was changed after its approval; `nil` in the first version.
    public let changeReason: String?
    /// Its name.
    public let title: String
    /// What it is for.
    public let objective: String
    /// The principles that it names.
    public let principles: [String]
    /// The guideline that it follows, with its version.
    public let guideline: String?
    /// The offices that sign it.
    public let signedBy: [String]
    /// The day on which the members approved it; `nil` where that is not known.
    public let approvedOn: CalendarDate?
    /// The minutes or the decision by which they did.
    public let approvedIn: String?
    /// Its axes, in their order.
    public let axes: [Axis]
    /// The topics of training that it proposes, by audience, in their order.
    public let topics: [Audience: [String]]
    /// Whether it is a draft that the board keeps to itself until it shares it.
    public let isReserved: Bool

    /// Makes a plan.
    public init(
        id: ID<WorkPlan> = ID(), year: Int, version: Int = 1, changeReason: String? = nil, title: String,
        objective: String, principles: [String] = [], guideline: String? = nil, signedBy: [String] = [],
        approvedOn: CalendarDate? = nil, approvedIn: String? = nil, axes: [Axis] = [],
        topics: [Audience: [String]] = [:], isReserved: Bool = false
    ) {
        self.id = id
        self.year = year
        self.version = version
        self.changeReason = changeReason
        self.title = title
        self.objective = objective
        self.principles = principles
        self.guideline = guideline
        self.signedBy = signedBy
        self.approvedOn = approvedOn
        self.approvedIn = approvedIn
        self.axes = axes
        self.topics = topics
        self.isReserved = isReserved
    }

    /// Makes a plan of what a person filled in, activities in any order; each is numbered within its axis, and an
    /// axis that a plan leaves out is not in it.
    ///
    /// - Throws: ``PlanError``.
    public init(
        year: Int, title: String, objective: String, principles: [String] = [], guideline: String? = nil,
        activities: [ActivityTerms] = [], topics: [Audience: [String]] = [:]
    ) throws(PlanError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard let objective = objective.trimmedOrNil else { throw .withoutObjective }
        self.init(
            year: year, title: title, objective: objective,
            principles: principles.compactMap(\.trimmedOrNil),
            guideline: guideline?.trimmedOrNil,
            axes: Self.axes(of: activities.map { (ID(), $0) }, named: []), topics: topics)
    }

    /// Its activities, in their order.
    public var activities: [Activity] { axes.flatMap(\.activities) }

    /// How many activities it has.
    public var activityCount: Int { activities.count }

    /// Whether it may be edited: the members have not approved it.
    public var isDraft: Bool { approvedOn == nil }
    /// The days on which its approval makes sense: its year, and the one before, in which it is prepared.
    public var approvalDays: ClosedRange<CalendarDate> {
        ClosedRange.year(year - 1).lowerBound...ClosedRange.year(year).upperBound
    }

    /// What all its activities cost, in whole pesos; `nil` where none says so.
    public var budget: Int? {
        let told = activities.compactMap(\.budget)
        return told.isEmpty ? nil : told.reduce(0, +)
    }

    /// Its activity of an identifier.
    ///
    /// - Throws: ``PlanError/activityNotFound``.
    public func activity(_ id: ID<Activity>) throws(PlanError) -> Activity {
        guard let found = activities.first(where: { $0.id == id }) else { throw .activityNotFound }
        return found
    }

    /// Its activity of a number.
    ///
    /// - Throws: ``PlanError/unknownActivity(_:)``.
    public func activity(numbered number: String) throws(PlanError) -> Activity {
        guard let found = activities.first(where: { $0.number == number }) else {
            throw .unknownActivity(number)
        }
        return found
    }
}

// MARK: - Editing

extension WorkPlan {
    /// The plan with another name, purpose, principles and guideline.
    ///
    /// - Throws: ``PlanError``.
    public func described(
        title: String, objective: String, principles: [String], guideline: String?
    ) throws(PlanError) -> Self {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard let objective = objective.trimmedOrNil else { throw .withoutObjective }
        return Self(
            id: id, year: year, version: version, changeReason: changeReason, title: title,
            objective: objective, principles: principles.compactMap(\.trimmedOrNil),
            guideline: guideline?.trimmedOrNil, signedBy: signedBy, approvedOn: approvedOn,
            approvedIn: approvedIn, axes: axes, topics: topics, isReserved: isReserved)
    }

    /// The plan with more activities, each the last of its axis.
    public func adding(_ terms: [ActivityTerms]) -> Self {
        with(activities.map { ($0.id, $0.terms) } + terms.map { (ID(), $0) })
    }

    /// The plan with an activity changed, which takes its place at the end of an axis that it changes to.
    ///
    /// - Throws: ``PlanError/activityNotFound``.
    public func changing(_ id: ID<Activity>, to terms: ActivityTerms) throws(PlanError) -> Self {
        let before = try activity(id)
        let rest = activities.map { ($0.id, $0.id == id ? terms : $0.terms) }
        guard before.axis != terms.axis else { return with(rest) }
        return with(rest.filter { $0.0 != id } + [(id, terms)])
    }

    /// The plan without an activity.
    ///
    /// - Throws: ``PlanError/activityNotFound``.
    public func removing(_ id: ID<Activity>) throws(PlanError) -> Self {
        _ = try activity(id)
        return with(activities.filter { $0.id != id }.map { ($0.id, $0.terms) })
    }

    /// The draft of the next version of an approved plan, which begins as the plan stands.
    ///
    /// - Throws: ``PlanError/notApproved``, ``PlanError/reasonMissing``.
    public func amended(because reason: String) throws(PlanError) -> Self {
        guard !isDraft else { throw .notApproved }
        guard let reason = reason.trimmedOrNil else { throw .changeReasonMissing }
        return Self(
            year: year, version: version + 1, changeReason: reason, title: title, objective: objective,
            principles: principles, guideline: guideline, signedBy: signedBy, axes: axes, topics: topics)
    }

    /// The same, kept by the board to itself: it has no number among the versions of its year before it is shared.
    public func keptToTheBoard() -> Self {
        Self(
            id: id, year: year, version: version, changeReason: changeReason, title: title,
            objective: objective, principles: principles, guideline: guideline, signedBy: signedBy,
            axes: axes, topics: topics, isReserved: true)
    }

    /// The draft of another year that begins as this plan: each activity goes on with the one that it comes from, and
    /// its amounts are to be set anew by who plans it.
    public func copied(to year: Int) -> Self {
        let copies = activities.compactMap { activity in
            (try? activity.terms.continuing(activity.id)).map { (ID<Activity>(), $0) }
        }
        return Self(
            year: year, title: title.replacing(String(self.year), with: String(year)), objective: objective,
            principles: principles, guideline: guideline, signedBy: signedBy,
            axes: Self.axes(of: copies, named: axes), topics: topics)
    }

    private func with(_ activities: [(ID<Activity>, ActivityTerms)]) -> Self {
        Self(
            id: id, year: year, version: version, changeReason: changeReason, title: title,
            objective: objective, principles: principles, guideline: guideline, signedBy: signedBy,
            approvedOn: approvedOn, approvedIn: approvedIn, axes: Self.axes(of: activities, named: axes),
            topics: topics, isReserved: isReserved)
    }

    /// Activities numbered within their axes; an axis keeps the name and line that the plan gave it.
    private static func axes(
        of activities: [(ID<Activity>, ActivityTerms)], named known: [Axis]
    ) -> [Axis] {
        PolicyAxis.allCases.compactMap { axis in
            let own = activities.filter { $0.1.axis == axis }
            guard !own.isEmpty else { return nil }
            let before = known.first { $0.number == axis.rawValue }
            return Axis(
                number: axis.rawValue, title: before?.title ?? axis.title, line: before?.line ?? axis.title,
                activities: own.enumerated().map { index, entry in
                    Activity(id: entry.0, number: "\(axis.rawValue).\(index + 1)", terms: entry.1)
                })
        }
    }
}

extension ActivityTerms {
    /// The same for another year; where it begins is counted anew.
    fileprivate func continuing(_ activity: ID<WorkPlan.Activity>) throws(PlanError) -> Self {
        try Self(
            axis: axis, line: line, activity: self.activity, means: means, scheduledFor: scheduledFor,
            months: months, indicator: indicator, target: target, responsible: responsible, body: body,
            budget: budget, population: population, fulfilledBy: fulfilledBy, continues: activity)
    }
}

/// What was told of an activity in a month (`seguimiento mensual`). It is words: what fulfils an activity is what
/// happened.
public struct PlanFollowUp: Sendable, Hashable {
    /// The activity.
    public let activity: ID<WorkPlan.Activity>
    /// From 1 to 12.
    public let month: Int
    /// What was done.
    public let progress: String
    /// Its proof.
    public let evidence: ID<StoredFile>?

    /// Tells what was done.
    public init(
        activity: ID<WorkPlan.Activity>, month: Int, progress: String, evidence: ID<StoredFile>? = nil
    ) {
        self.activity = activity
        self.month = month
        self.progress = progress
        self.evidence = evidence
    }
}
