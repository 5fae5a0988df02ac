import Governance
import Kernel
import Tenancy

/// The questions of what a plan is for.
struct PlanForm {
    let title = Field.text("title", "Título", max: 200)
    let objective = Field.paragraphs("objective", "Para qué es el plan", max: 4000, rows: 3)
    let principles = Field.paragraphs(
        "principles", "Principios", max: 1000, rows: 3, hint: "Uno en cada línea."
    ).optional()
    let guideline = Field.text(
        "guideline", "Lineamiento que sigue", max: 200,
        hint: "El documento con el que se formula, con su versión o fecha."
    ).optional()

    /// Writes the questions.
    func write(_ form: inout HTML) {
        form.field(title)
        form.field(objective)
        form.field(principles)
        form.field(guideline)
    }

    /// What a form says, as the draft is described.
    func read(_ form: Submission) throws -> EditPlan.Change {
        let (title, objective, principles, guideline) = try form.read(
            title, objective, principles, guideline)
        return .describe(
            title: title, objective: objective, principles: principles?.lines ?? [], guideline: guideline)
    }

    /// The form with what a plan says.
    func filling(_ form: FormState, with plan: WorkPlan) -> FormState {
        form.filling(title, with: plan.title).filling(objective, with: plan.objective)
            .filling(
                principles,
                with: plan.principles.isEmpty ? nil : .some(plan.principles.joined(separator: "\n"))
            )
            .filling(guideline, with: plan.guideline.map(Optional.some))
    }
}

/// Begins the plan of a year.
struct RegisterPlanPage: Page {
    static let isReserved = Field.checkbox(
        "is_reserved",
        "Es del espacio propio de la junta: la entidad no ve el borrador hasta que la junta lo comparta")

    let heading: AllianceHeading
    let year: Int
    /// The plan of the year before, where it is what the new one begins as.
    let model: WorkPlan?
    /// Whether the person came to begin the board's own draft.
    let isOwn: Bool
    let form: FormState

    var title: String { "Empezar el plan de trabajo de \(year)" }
    var lead: String? {
        model == nil
            ? "Primero, para qué es. Después se agregan las actividades una por una, o de una hoja de cálculo."
            : "Empieza con las actividades del plan de \(year - 1). Las metas y las líneas de base se revisan después, una por una."
    }
    var trail: [Crumb] { heading.trail(from: .plan) }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let fields = PlanForm()
        var state = form
        if !form.isTyped {
            state =
                model.map { fields.filling(form, with: $0) }
                ?? form.filling(fields.title, with: "Plan de trabajo \(year)")
            state = state.filling(Self.isReserved, with: isOwn)
        }
        let path: Path = .registerPlan(heading.slug, year)
        html.form(to: model == nil ? path : path.with("desde", String(year - 1)), state) { form in
            fields.write(&form)
            if heading.mayReserve { form.field(Self.isReserved) }
            form.submit("Empezar el plan", orBackTo: .plan(heading.slug, year))
        }
    }
}

/// Changes what the draft of a plan is for.
struct DescribePlanPage: Page {
    let heading: AllianceHeading
    let draft: WorkPlan
    let form: FormState

    var title: String { "Cambiar título y objetivo" }
    var trail: [Crumb] { heading.trail(toEdit: draft) }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let fields = PlanForm()
        html.form(
            to: Path.describePlan(heading.slug, draft.year).about(draft),
            form.isTyped ? form : fields.filling(form, with: draft)
        ) { form in
            fields.write(&form)
            form.submit("Guardar", orBackTo: draft.path(in: heading.slug))
        }
    }
}

/// The reason of a change of an approved plan.
struct AmendPlanPage: Page {
    static let reason = Field.paragraphs(
        "reason", "Por qué se cambia", max: 1000, rows: 3, hint: "Queda escrito con la nueva versión.")

    let heading: AllianceHeading
    let plan: WorkPlan
    let form: FormState

    var title: String { "Cambiar el plan de \(plan.year)" }
    var lead: String? {
        "Se prepara la versión \(plan.version + 1) como borrador. La versión \(plan.version) rige hasta que los asociados aprueben la nueva."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(plan.year)", .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        html.form(to: .amendPlan(heading.slug, plan.year), form) { form in
            form.field(Self.reason)
            if heading.mayReserve { form.field(RegisterPlanPage.isReserved) }
            form.submit("Preparar la nueva versión", orBackTo: .plan(heading.slug, plan.year))
        }
    }
}

/// The questions of the approval of a plan.
struct ApprovalForm {
    let day: Field<CalendarDate>
    let act = Field.text(
        "act", "Acta en que consta", max: 200, hint: "Por ejemplo: «Acta 3 de la asamblea del 13 de marzo».")
    let paper = Field.paper("paper", "El acta firmada").optional()

    init(of plan: WorkPlan) {
        day = .date("day", "Día en que lo aprobaron los asociados", in: plan.approvalDays)
    }
}

/// Records that a plan was approved, by minutes on paper.
struct ApprovePlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let form: FormState

    var title: String { "Anotar la aprobación del plan \(plan.year)" }
    var lead: String? {
        "Si la asamblea se lleva aquí, no hace falta: la decisión que aprueba el plan la anota sola."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(plan.year)", .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let fields = ApprovalForm(of: plan)
        html.form(to: .approvePlan(heading.slug, plan.year), form) { form in
            form.field(fields.day)
            form.field(fields.act)
            form.submit("Revisar la aprobación", orBackTo: .plan(heading.slug, plan.year))
        }
    }
}

/// An approval as it was understood, before it fixes the plan.
struct ReviewApprovalPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let day: CalendarDate
    let act: String
    let submission: Submission

    var title: String { "Revise la aprobación" }
    var lead: String? {
        "Desde que se anota, el plan \(plan.year) no se cambia: lo que haga falta va en una versión nueva."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(plan.year)", .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Plan", plan.title), Fact("Actividades", SpanishFormat.number(plan.activityCount)),
            Fact("Aprobado el", day), Fact("Acta en que consta", act))
        html.reviewForm(
            to: .approvePlan(heading.slug, plan.year), of: submission, verb: "Anotar la aprobación",
            hasFiles: true
        ) { form in
            form.field(ApprovalForm(of: plan).paper)
        }
    }
}

/// The number of an activity, as forms send it.
struct ActivityNumber: PathValue {
    let pathText: String

    init(pathText: String) {
        self.pathText = pathText
    }
}

/// The questions of what was done for a plan.
struct FollowUpForm {
    let activity: Field<ActivityNumber>
    let month = Field.choice(
        "month", "Mes", Array(1...12), title: { SpanishFormat.monthName($0) ?? "" }, style: .menu)
    let progress = Field.paragraphs("progress", "Qué se hizo", max: 4000, rows: 4)
    let evidence = Field.paper("evidence", "El soporte: lista de asistencia, acta, foto").optional()

    init(_ plan: WorkPlan) {
        activity = Field.choice(
            "activity", "Actividad",
            plan.activities.map {
                Option(ActivityNumber(pathText: $0.number), "\($0.number). \($0.activity.prefix(80))")
            }, style: .menu)
    }
}

/// Tells what was done for a plan in a month, beside what counts by itself.
struct FollowPlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    /// The activity that the person came from.
    let activity: ActivityNumber?
    /// The month that the person came from.
    let month: Int?
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar un avance del plan \(plan.year)" }
    var lead: String? {
        "Es una nota para el seguimiento. La meta la mueve lo que pasa: reuniones, capacitaciones, actas, informes."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(plan.year)", .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let fields = FollowUpForm(plan)
        var state = form
        if !form.isTyped {
            let present = plan.year == today.components.year ? today.components.month : nil
            state = form.filling(fields.month, with: month ?? present).filling(
                fields.activity, with: activity)
        }
        html.form(to: .followPlan(heading.slug, plan.year), state, hasFiles: true) { form in
            form.field(fields.activity)
            form.field(fields.month)
            form.field(fields.progress)
            form.field(fields.evidence)
            form.submit("Anotar el avance", orBackTo: .plan(heading.slug, plan.year))
        }
    }
}
