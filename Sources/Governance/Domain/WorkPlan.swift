public import Kernel
public import Tenancy

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
    /// The minutes of the meeting in which they did, by number and date.
    public let approvedIn: String?
    /// Its axes, in their order.
    public let axes: [Axis]
    /// The topics of training that it proposes, by audience, in their order.
    public let topics: [Audience: [String]]

    /// Makes a plan.
    public init(
        id: ID<WorkPlan> = ID(), year: Int, title: String, objective: String, principles: [String],
        signedBy: [String], approvedOn: CalendarDate? = nil, approvedIn: String? = nil, axes: [Axis],
        topics: [Audience: [String]]
    ) {
        self.id = id
        self.year = year
        self.title = title
        self.objective = objective
        self.principles = principles
        self.signedBy = signedBy
        self.approvedOn = approvedOn
        self.approvedIn = approvedIn
        self.axes = axes
        self.topics = topics
    }

    /// How many activities it has.
    public var activityCount: Int { axes.reduce(0) { $0 + $1.activities.count } }

    /// Makes a plan of what a person filled in, activities in any order; each is numbered within its axis, and an
    /// axis that a plan leaves out is not in it.
    ///
    /// - Throws: ``PlanError``.
    public init(
        year: Int, title: String, objective: String, drafts: [ActivityDraft]
    ) throws(PlanError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        guard let objective = objective.trimmedOrNil else { throw .withoutObjective }
        guard !drafts.isEmpty else { throw .withoutActivities }
        let axes = PolicyAxis.allCases.compactMap { axis -> Axis? in
            let own = drafts.filter { $0.axis == axis }
            guard !own.isEmpty else { return nil }
            return Axis(
                number: axis.rawValue, title: axis.title, line: axis.line,
                activities: own.enumerated().map { index, draft in
                    Activity(
                        number: "\(axis.rawValue).\(index + 1)", activity: draft.activity,
                        scheduledFor: draft.scheduledFor, responsible: draft.responsible)
                })
        }
        self.init(
            year: year, title: title, objective: objective, principles: [], signedBy: [], axes: axes,
            topics: [:])
    }
}

/// The five axes (`ejes`) of the participation policy.
///
/// - SeeAlso: Resolución 2063 de 2017, as the plan of Aliansalud's association (2026) cites it: an association works
///   on axes 2 to 5.
public enum PolicyAxis: Int, Sendable, Hashable, CaseIterable {
    /// Of the institution.
    case institution = 1
    /// Of citizens and their organisations.
    case citizens
    /// Of a culture of health.
    case culture
    /// Of control by citizens.
    case control
    /// Of participation in decisions.
    case decision

    /// The name, as the policy has it.
    public var title: String {
        switch self {
        case .institution: "Fortalecimiento institucional"
        case .citizens: "Empoderamiento de la ciudadanía y las organizaciones sociales en salud"
        case .culture: "Impulso a la cultura de la salud"
        case .control: "Control social en salud"
        case .decision: "Gestión y garantía en salud con participación en el proceso de decisión"
        }
    }

    /// The line of action that a plan follows where it names no other.
    var line: String { title }
}

/// What a person says of an activity that is to be in a plan.
public struct ActivityDraft: Sendable, Hashable {
    /// The axis that it belongs to.
    public let axis: PolicyAxis
    /// What is to be done.
    public let activity: String
    /// In which month or on which dates.
    public let scheduledFor: String?
    /// Who answers for it: an office or a body.
    public let responsible: String?

    /// Describes an activity.
    ///
    /// - Throws: ``PlanError/unnamedActivity``.
    public init(
        axis: PolicyAxis, activity: String, scheduledFor: String? = nil, responsible: String? = nil
    ) throws(PlanError) {
        guard let activity = activity.trimmedOrNil else { throw .unnamedActivity }
        self.axis = axis
        self.activity = activity
        self.scheduledFor = scheduledFor?.trimmedOrNil
        self.responsible = responsible?.trimmedOrNil
    }
}

/// What was done for an activity in a month (`seguimiento mensual`).
public struct PlanFollowUp: Sendable, Hashable {
    /// The number of the activity.
    public let activity: String
    /// From 1 to 12.
    public let month: Int
    /// What was done.
    public let progress: String
    /// Its proof.
    public let evidence: ID<StoredFile>?

    /// Tells what was done.
    public init(activity: String, month: Int, progress: String, evidence: ID<StoredFile>? = nil) {
        self.activity = activity
        self.month = month
        self.progress = progress
        self.evidence = evidence
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
    /// A plan without a name.
    case untitled
    /// A plan that does not say what it is for.
    case withoutObjective
    /// A plan without activities.
    case withoutActivities
    /// An activity that says nothing.
    case unnamedActivity
    /// The approval names no minutes.
    case actMissing
    /// The plan was approved, followed up or read from its document: it is not written anew.
    case notADraft
    /// The report is none of this alliance's, or was taken back.
    case reportNotFound
    /// A correction that does not say why.
    case reasonMissing

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
        case .untitled: "governance.plan.untitled"
        case .withoutObjective: "governance.plan.without_objective"
        case .withoutActivities: "governance.plan.without_activities"
        case .unnamedActivity: "governance.plan.unnamed_activity"
        case .actMissing: "governance.plan.act_missing"
        case .notADraft: "governance.plan.not_a_draft"
        case .reportNotFound: "governance.report.not_found"
        case .reasonMissing: "governance.report.reason_missing"
        }
    }

    /// The sort of refusal.
    public var kind: ErrorKind {
        switch self {
        case .notFound, .reportNotFound: .notFound
        case .yearTaken, .alreadyApproved, .notADraft: .conflict
        default: .invalid
        }
    }

    /// The form field.
    public var field: String? {
        switch self {
        case .notFound, .yearTaken, .alreadyApproved, .notADraft, .reportNotFound: nil
        case .unknownActivity: "activity"
        case .progressMissing: "progress"
        case .monthToCome: "month"
        case .inFuture: "day"
        case .untitledReport, .untitled: "title"
        case .withoutObjective: "objective"
        case .withoutActivities, .unnamedActivity: "activity1"
        case .actMissing: "act"
        case .reasonMissing: "reason"
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
        case .untitled: "Escriba el título del plan."
        case .withoutObjective: "Diga en una frase para qué es el plan."
        case .withoutActivities: "Escriba al menos una actividad."
        case .unnamedActivity: "Diga qué se va a hacer en esta actividad."
        case .actMissing: "Diga en qué acta consta la aprobación, con su número y fecha."
        case .notADraft:
            "El plan ya se aprobó, tiene avances o viene de su documento: no se escribe de nuevo. Lo que cambie va en el seguimiento."
        case .reportNotFound: "Ese informe no está anotado en esta alianza, o ya se quitó. Vuelva a la lista."
        case .reasonMissing: "Diga por qué se corrige o se quita el informe."
        }
    }
}
