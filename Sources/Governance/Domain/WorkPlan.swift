public import Kernel

/// The work plan (`plan de trabajo`) of an alliance for a year: axes, their lines, numbered activities.
///
/// What a plan leaves out stays out: when an activity is due, how it is measured, who answers for it.
///
/// - SeeAlso: Resolución 2063 de 2017 (política de participación social en salud), whose five axes plans follow; an
///   association's own plan uses axes 2 to 5 (plan of Aliansalud's association, 2026).
public struct WorkPlan: Sendable, Hashable {
    /// One of the five axes of the participation policy.
    public struct Axis: Sendable, Hashable, Codable {
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

    /// One numbered activity.
    public struct Activity: Sendable, Hashable, Codable {
        /// Its number, «2.4».
        public let number: String
        /// What is to be done.
        public let activity: String
        /// By what means.
        public let means: String?
        /// When, as the plan says.
        public let scheduledFor: String?
        /// How it is measured.
        public let indicator: String?
        /// Who answers for it.
        public let responsible: String?
        /// What there was when the plan was made.
        public let baseline: String?

        /// Makes an activity.
        public init(
            number: String, activity: String, means: String? = nil, scheduledFor: String? = nil,
            indicator: String? = nil, responsible: String? = nil, baseline: String? = nil
        ) {
            self.number = number
            self.activity = activity
            self.means = means
            self.scheduledFor = scheduledFor
            self.indicator = indicator
            self.responsible = responsible
            self.baseline = baseline
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

    /// Identifies the plan.
    public let id: ID<WorkPlan>
    /// The year.
    public let year: Int
    /// Its name.
    public let title: String
    /// What it is for.
    public let objective: String
    /// The principles that it names.
    public let principles: [String]
    /// The offices that sign it.
    public let signedBy: [String]
    /// The day on which the members approved it; `nil` where that is not known.
    public let approvedOn: CalendarDate?
    /// Its axes, in their order.
    public let axes: [Axis]
    /// The topics of training that it proposes, by audience, in their order.
    public let topics: [Audience: [String]]

    /// Makes a plan.
    public init(
        id: ID<WorkPlan> = ID(), year: Int, title: String, objective: String, principles: [String],
        signedBy: [String], approvedOn: CalendarDate? = nil, axes: [Axis], topics: [Audience: [String]]
    ) {
        self.id = id
        self.year = year
        self.title = title
        self.objective = objective
        self.principles = principles
        self.signedBy = signedBy
        self.approvedOn = approvedOn
        self.axes = axes
        self.topics = topics
    }

    /// How many activities it has.
    public var activityCount: Int { axes.reduce(0) { $0 + $1.activities.count } }
}

/// What was done for an activity in a month (`seguimiento mensual`).
public struct PlanFollowUp: Sendable, Hashable {
    /// The number of the activity.
    public let activity: String
    /// From 1 to 12.
    public let month: Int
    /// What was done.
    public let progress: String

    /// Tells what was done.
    public init(activity: String, month: Int, progress: String) {
        self.activity = activity
        self.month = month
        self.progress = progress
    }
}

/// Why a plan, its follow-up or a report is refused.
public enum PlanError: UserFacingError, Hashable {
    /// The plan is none of this alliance's.
    case notFound
    /// The alliance has a plan for that year.
    case yearTaken(Int)
    /// The plan has no activity of that number.
    case unknownActivity(String)
    /// The follow-up tells nothing.
    case progressMissing
    /// The month has not begun.
    case monthToCome
    /// The plan was approved already.
    case alreadyApproved
    /// The day lies in the future.
    case inFuture
    /// A report without a name.
    case untitledReport

    /// The stable code.
    public var code: String {
        switch self {
        case .notFound: "governance.plan.not_found"
        case .yearTaken: "governance.plan.year_taken"
        case .unknownActivity: "governance.plan.unknown_activity"
        case .progressMissing: "governance.plan.progress_missing"
        case .monthToCome: "governance.plan.month_to_come"
        case .alreadyApproved: "governance.plan.already_approved"
        case .inFuture: "governance.plan.in_future"
        case .untitledReport: "governance.report.untitled"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound: .notFound
        case .yearTaken, .alreadyApproved: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .yearTaken, .alreadyApproved: nil
        case .unknownActivity: "activity"
        case .progressMissing: "progress"
        case .monthToCome: "month"
        case .inFuture: "day"
        case .untitledReport: "title"
        }
    }

    /// The words for the person.
    public var message: String {
        switch self {
        case .notFound: "No encontramos ese plan. Vuelva a la alianza y ábralo de nuevo."
        case .yearTaken(let year): "La alianza ya tiene plan de trabajo para \(year)."
        case .unknownActivity(let number): "El plan no tiene una actividad \(number). Escójala de la lista."
        case .progressMissing: "Cuente en una frase qué se hizo."
        case .monthToCome: "Ese mes todavía no empieza. Escoja uno que ya empezó."
        case .alreadyApproved: "El plan ya consta como aprobado."
        case .inFuture: "Esa fecha todavía no llega. Corríjala."
        case .untitledReport: "Escriba el título del informe."
        }
    }
}
