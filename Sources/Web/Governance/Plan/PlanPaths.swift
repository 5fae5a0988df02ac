import Governance
import Kernel
import Tenancy

extension Path {
    /// The plan of the present year.
    static let plans = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/plan")
    /// The plan of a year.
    static let plan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}")
    /// A version of the plan of a year.
    static let planVersion = Route<AllianceSlug, Int, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/versiones/{version}")
    /// The draft of a year that the board keeps to itself.
    static let ownPlan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}/junta")
    /// Shares that draft with the entity.
    static let sharePlan = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/junta/compartir")
    /// Gives up the draft of a year.
    static let dropPlan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}/descartar")
    /// Begins the plan of a year.
    static let registerPlan = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/registrar")
    /// Edits what the draft of a plan is for.
    static let describePlan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}/editar")
    /// Adds activities from a spreadsheet.
    static let importPlan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}/importar")
    /// The spreadsheet to fill in.
    static let planTemplate = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/plantilla")
    /// The activities of a plan as a list.
    static let planActivities = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/actividades")
    /// Adds an activity to the draft of a plan.
    static let newActivity = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/actividades/nueva")
    /// An activity with what fulfils it.
    static let activity = Route<AllianceSlug, Int, ID<WorkPlan.Activity>>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/actividades/{activity}")
    /// Changes an activity of the draft.
    static let editActivity = Route<AllianceSlug, Int, ID<WorkPlan.Activity>>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/actividades/{activity}/editar")
    /// Takes an activity out of the draft.
    static let removeActivity = Route<AllianceSlug, Int, ID<WorkPlan.Activity>>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/actividades/{activity}/quitar")
    /// Begins another version of an approved plan.
    static let amendPlan = Route<AllianceSlug, Int>("/o/{tenant}/alianzas/{alliance}/plan/{year}/cambiar")
    /// Adds the minutes that approved a plan.
    static let attachPlanMinutes = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/acta")
    /// Records that a plan was approved.
    static let approvePlan = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/aprobacion")
    /// Tells what was done for a plan.
    static let followPlan = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/seguimiento")
    /// What happened in a month.
    static let planMonth = Route<AllianceSlug, Int, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/mes/{month}")
    /// The report of a half year, or of the whole.
    static let planReport = Route<AllianceSlug, Int, PlanSpan>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/informe/{span}")
    /// The plan beside that of the year before.
    static let comparePlans = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/plan/{year}/comparacion")
}

/// Which of the two drafts that a year may have an address is about.
enum PlanSpace: String, PathValue {
    case board = "junta"

    /// The part of the address that says so; without it, it is about what everybody sees.
    static let name = "espacio"
}

extension Path {
    /// The address about the draft that a plan is, where a year may have two.
    func about(_ plan: WorkPlan) -> Path {
        plan.isReserved ? with(PlanSpace.name, PlanSpace.board.rawValue) : self
    }
}

extension Path {
    /// The address by which a plan is begun: of the board's own draft for who is on it.
    func about(_ rights: PlanRights) -> Path {
        rights.mayReserve ? with(PlanSpace.name, PlanSpace.board.rawValue) : self
    }
}

extension WorkPlan {
    /// The page of this version.
    func path(in alliance: AllianceSlug) -> Path {
        isReserved ? .ownPlan(alliance, year) : .planVersion(alliance, year, version)
    }
}

extension Visit {
    /// Whether the address is about the board's own draft.
    var isAboutOwnDraft: Bool { self[PlanSpace.name].flatMap(PlanSpace.init(pathText:)) == .board }
}

extension PolicyAxis: PathValue {
    init?(pathText: String) {
        guard let number = Int(pathText) else { return nil }
        self.init(rawValue: number)
    }

    var pathText: String { String(rawValue) }
}

extension Happening.Kind: PathValue {}

extension Happening {
    /// The page of what happened, `nil` where the person may not open it.
    func path(in heading: AllianceHeading) -> Path? {
        let alliance = heading.slug
        return switch kind {
        case .boardMeeting, .assembly, .encounter, .accountability, .publicHearing, .groupMeeting,
            .socialization, .otherMeeting, .training, .trainedPerson, .sealedMinutes:
            .meeting(alliance, ID(rawValue: id))
        case .report: .report(alliance, ID(rawValue: id))
        case .newMember: heading.path(to: .members)
        case .keptCommitment: .commitment(alliance, ID(rawValue: id))
        case .outreachVisit: .meetings(alliance)
        case .workGroup, .groupReport: .workGroup(alliance, ID(rawValue: id))
        case .accompaniedComplaint:
            heading.path(to: .complaints).map { _ in .complaint(alliance, ID(rawValue: id)) }
        case .orientation, .orientedPerson:
            heading.path(to: .between).map { _ in .orientation(alliance, ID(rawValue: id)) }
        case .campaign, .campaignReach: .campaign(alliance, ID(rawValue: id))
        case .letter: heading.path(to: .between).map { _ in .letter(alliance, ID(rawValue: id)) }
        case .doneImprovement:
            heading.path(to: .complaints).map { _ in .improvement(alliance, ID(rawValue: id)) }
        case .oversightVisit, .closedOversight:
            heading.path(to: .between).map { _ in .oversight(alliance, ID(rawValue: id)) }
        case .attendedNeed: heading.path(to: .between).map { _ in .needs(alliance) }
        case .heldPoll: heading.path(to: .between).map { _ in .poll(alliance, ID(rawValue: id)) }
        case .approvedPlan: .plan(alliance, day.components.year)
        case .approvedBylaws: .governance(alliance)
        }
    }
}

extension Fulfilment.Standing {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .met: .met
        case .partial: .partial
        case .open: Status("En curso", .open)
        case .ahead: Status("No ha empezado", .plain)
        case .due: .due
        case .overdue: .overdue
        case .unproven: .unproven
        }
    }
}

extension ActivityTerms {
    /// When it is to be done, in words: «marzo, abril y agosto», or as its document has it.
    var whenInWords: String? {
        guard !months.isEmpty else { return scheduledFor }
        if months.count == 12 { return "Todos los meses" }
        return SpanishFormat.list(months.compactMap(SpanishFormat.monthName)).capitalizedFirst
    }

    /// How much is to be done, in words: «12 capacitaciones».
    var targetInWords: String? { target.map { "\(SpanishFormat.number($0.amount)) \($0.unit)" } }

    /// Where it begins, in words: «34 asociados al 31 de diciembre de 2025».
    var startInWords: String? {
        let amount = start.map { start in
            let unit = target.map { " \($0.unit)" } ?? ""
            let day = start.asOf.map { " al \(SpanishFormat.date($0))" } ?? ""
            return "\(SpanishFormat.number(start.amount))\(unit)\(day)"
        }
        let told = [amount, baseline].compactMap(\.self)
        return told.isEmpty ? nil : told.joined(separator: ". ")
    }

    /// What it costs, in words.
    var budgetInWords: String? { budget.map(SpanishFormat.pesos) }
}

extension SpanishFormat {
    /// Whole pesos: «$ 1.500.000».
    static func pesos(_ amount: Int) -> String { "$\u{A0}\(number(amount))" }
}
