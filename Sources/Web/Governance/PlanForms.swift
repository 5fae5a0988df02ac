import Governance
import Kernel
import Tenancy

extension PolicyAxis: PathValue {
    init?(pathText: String) {
        guard let number = Int(pathText) else { return nil }
        self.init(rawValue: number)
    }

    var pathText: String { String(rawValue) }
}

/// One activity of a plan that is registered.
struct ActivityRow: FormRow {
    private let axis: Field<PolicyAxis>
    private let activity: Field<String>
    private let scheduledFor: Field<String?>
    private let responsible: Field<String?>

    init(_ number: Int) {
        axis = Field.choice(
            "axis\(number)", "Eje", PolicyAxis.allCases.map { Option($0, "\($0.rawValue). \($0.title)") },
            style: .menu)
        activity = Field.text("activity\(number)", "Actividad \(number)", max: 500)
        scheduledFor = Field.text("when\(number)", "Mes o fechas", max: 200).optional()
        responsible = Field.text("responsible\(number)", "Quién responde", max: 200).optional()
    }

    var names: [String] { [activity.name, scheduledFor.name, responsible.name] }

    func write(_ html: inout HTML) {
        html.div(.class("field-full")) { $0.field(activity) }
        html.div { $0.field(axis) }
        html.div { $0.field(scheduledFor) }
        html.div { $0.field(responsible) }
    }

    func read(_ form: Submission) throws -> ActivityDraft {
        let (axis, activity, scheduledFor, responsible) = try form.read(
            axis, activity, scheduledFor, responsible)
        return try ActivityDraft(
            axis: axis, activity: activity, scheduledFor: scheduledFor, responsible: responsible)
    }

    func filling(_ form: FormState, with answer: ActivityDraft) -> FormState {
        form.filling(axis, with: answer.axis).filling(activity, with: answer.activity)
            .filling(scheduledFor, with: answer.scheduledFor)
            .filling(responsible, with: answer.responsible)
    }
}

/// The questions of the plan of a year.
struct PlanForm {
    let title = Field.text("title", "Título", max: 200)
    let objective = Field.paragraphs("objective", "Para qué es el plan", max: 4000, rows: 3)
    let activities = FormRows<ActivityRow>(
        title: "Actividades", more: "Agregar otra actividad", count: 40,
        hint:
            "Cada actividad es de uno de los cinco ejes de la política de participación; los de una asociación suelen ser del 2 al 5."
    )
    let pasted = Field.paragraphs(
        "pasted", "Actividades copiadas de una hoja de cálculo", max: 40_000, rows: 6,
        hint: "Cuatro columnas: eje (su número), actividad, mes o fechas, quién responde."
    ).optional()

    /// The plan that a form tells.
    func read(_ form: Submission, year: Int) throws -> WorkPlan {
        let (title, objective, pasted) = try form.read(title, objective, pasted)
        let drafts = try activities.read(form) + Self.drafts(in: pasted ?? "")
        return try WorkPlan(year: year, title: title, objective: objective, drafts: drafts)
    }

    /// The form with a plan filled in; activities for which there is no row stand where pasted ones do.
    func filling(_ form: FormState, with plan: WorkPlan, year: Int) -> FormState {
        let title = plan.title.replacing(String(plan.year), with: String(year))
        let (filled, rest) = activities.filling(
            form.filling(self.title, with: title).filling(objective, with: plan.objective),
            with: plan.drafts)
        return rest.isEmpty ? filled : filled.filling(pasted, with: Self.text(of: rest))
    }

    /// Activities as rows of a spreadsheet, as ``drafts(in:)`` reads them.
    static func text(of drafts: some Sequence<ActivityDraft>) -> String {
        drafts.map { draft in
            [String(draft.axis.rawValue), draft.activity, draft.scheduledFor ?? "", draft.responsible ?? ""]
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
                .joined(separator: "\t")
        }.joined(separator: "\n")
    }

    /// The activities of rows copied from a spreadsheet: columns with tabs or semicolons between them.
    static func drafts(in text: String) throws(InvalidInput) -> [ActivityDraft] {
        var drafts: [ActivityDraft] = []
        var problems: [InvalidInput.Problem] = []
        for (index, line) in text.split(whereSeparator: \.isNewline).enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            let separator: Character = line.contains("\t") ? "\t" : ";"
            let cells = line.split(separator: separator, omittingEmptySubsequences: false)
                .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            let number = cells[0].prefix { $0.isNumber }
            // The heads of the columns may have been copied with them.
            if number.isEmpty, index == 0 { continue }
            guard let axis = PolicyAxis(pathText: String(number)), cells.count >= 2,
                let draft = try? ActivityDraft(
                    axis: axis, activity: cells[1], scheduledFor: cells.count > 2 ? cells[2] : nil,
                    responsible: cells.count > 3 ? cells[3] : nil)
            else {
                problems.append(
                    .init(
                        field: "pasted",
                        message:
                            "El renglón \(index + 1) no empieza por el número de un eje (1 a 5) seguido de la actividad."
                    ))
                continue
            }
            drafts.append(draft)
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return drafts
    }
}

extension WorkPlan {
    /// Its activities as a form has them.
    fileprivate var drafts: [ActivityDraft] {
        axes.flatMap { axis in
            axis.activities.compactMap { activity in
                PolicyAxis(rawValue: axis.number).flatMap {
                    try? ActivityDraft(
                        axis: $0, activity: activity.activity, scheduledFor: activity.scheduledFor,
                        responsible: activity.responsible)
                }
            }
        }
    }
}

/// Registers the plan of a year.
struct RegisterPlanPage: Page {
    let heading: AllianceHeading
    let year: Int
    /// What the form begins with: the draft of that year, or the plan that is copied.
    let model: WorkPlan?
    /// A year whose plan may be copied.
    let copied: Int?
    let form: FormState

    var title: String { "Registrar el plan de trabajo de \(year)" }
    var lead: String? {
        "Objetivo, ejes y actividades, como los van a aprobar los asociados. Antes de guardar se muestra completo."
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = PlanForm()
        if let copied, model == nil {
            html.p { line in
                line.action(
                    "Copiar el plan de \(copied)",
                    to: Path.registerPlan(heading.slug, year).with("desde", String(copied)))
            }
        }
        let state = filled(fields)
        html.form(to: .registerPlan(heading.slug, year), state) { form in
            form.field(fields.title)
            form.field(fields.objective)
            fields.activities.write(&form)
            form.details(.open(!state.entries.isBlank(under: fields.pasted.name))) { more in
                more.summary("Pegar desde Excel u otra hoja de cálculo")
                more.field(fields.pasted)
            }
            form.submit("Revisar el plan", orBackTo: .meetings(heading.slug))
        }
    }

    private func filled(_ fields: PlanForm) -> FormState {
        guard !form.isTyped else { return form }
        guard let model else { return form.filling(fields.title, with: "Plan de trabajo \(year)") }
        return fields.filling(form, with: model, year: year)
    }
}

/// The plan as it was understood, before it is registered.
struct ReviewPlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let submission: Submission

    var title: String { "Revise el plan de \(plan.year)" }
    var lead: String? { plan.title }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        html.p(plan.objective)
        html.planAxes(plan.axes, followUps: [], mayOpen: false)
        html.reviewForm(
            to: .registerPlan(heading.slug, plan.year), of: submission, verb: "Registrar el plan")
    }
}

/// The questions of the approval of a plan.
struct ApprovalForm {
    let day = Field.date("day", "Día en que lo aprobaron los asociados")
    let act = Field.text(
        "act", "Acta en que consta", max: 200, hint: "Por ejemplo: «Acta 3 de la asamblea del 13 de marzo».")
    let paper = Field.paper("paper", "El acta firmada").optional()
}

/// Records that a plan was approved.
struct ApprovePlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let form: FormState

    var title: String { "Anotar la aprobación del plan \(plan.year)" }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(plan.title, .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = ApprovalForm()
        html.form(to: .approvePlan(heading.slug, plan.year), form, hasFiles: true) { form in
            form.field(fields.day)
            form.field(fields.act)
            form.field(fields.paper)
            form.submit("Anotar la aprobación", orBackTo: .plan(heading.slug, plan.year))
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
            plan.axes.flatMap(\.activities).map {
                Option(ActivityNumber(pathText: $0.number), "\($0.number). \($0.activity.prefix(80))")
            }, style: .menu)
    }
}

/// Records what was done for a plan in a month.
struct FollowPlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar un avance del plan \(plan.year)" }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(plan.title, .plan(heading.slug, plan.year))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = FollowUpForm(plan)
        html.form(
            to: .followPlan(heading.slug, plan.year),
            form.isTyped || plan.year != today.components.year
                ? form : form.filling(fields.month, with: today.components.month), hasFiles: true
        ) { form in
            form.field(fields.activity)
            form.field(fields.month)
            form.field(fields.progress)
            form.field(fields.evidence)
            form.submit("Anotar el avance", orBackTo: .plan(heading.slug, plan.year))
        }
    }
}

extension HTML {
    /// Writes the axes of a plan with their activities and what was done for each, with its proof for who may open it.
    mutating func planAxes(_ axes: [WorkPlan.Axis], followUps: [PlanFollowUp], mayOpen: Bool) {
        for axis in axes {
            section("Eje \(axis.number). \(axis.title)") { part in
                if axis.line != axis.title { part.p("Línea: \(axis.line)") }
                part.ul(.class("dossier")) { list in
                    for activity in axis.activities {
                        list.li {
                            $0.write(
                                activity, followUps.filter { $0.activity == activity.number },
                                mayOpen: mayOpen)
                        }
                    }
                }
            }
        }
    }

    private mutating func write(_ activity: WorkPlan.Activity, _ done: [PlanFollowUp], mayOpen: Bool) {
        p { line in
            line.strong("\(activity.number). ")
            line.text(activity.activity)
        }
        let told: [(String, String?)] = [
            ("Cómo", activity.means), ("Cuándo", activity.scheduledFor),
            ("Indicador", activity.indicator), ("Responde", activity.responsible),
        ]
        for case (let label, let text?) in told { p("\(label): \(text)", .class("form-text")) }
        if let baseline = activity.baseline { p(baseline, .class("form-text")) }
        guard !done.isEmpty else { return }
        ul { list in
            for followUp in done {
                list.li { item in
                    item.text("\(SpanishFormat.monthName(followUp.month) ?? ""): \(followUp.progress)")
                    if let evidence = followUp.evidence, mayOpen {
                        item.text(" ")
                        item.a("Ver el soporte", .href(.file(evidence)))
                    }
                }
            }
        }
    }
}
