import Governance
import Kernel
import Tenancy

/// The questions of an activity.
struct ActivityForm {
    let axis = Field.choice(
        "axis", "Eje", PolicyAxis.allCases.map { Option($0, "\($0.rawValue). \($0.title)") }, style: .menu,
        hint: "Los de una asociación de usuarios suelen ser del 2 al 5.")
    let line = Field.text("line", "Línea de acción", max: 300).optional()
    let activity = Field.paragraphs("activity", "Qué se va a hacer", max: 1000, rows: 3)
    let means = Field.paragraphs("means", "Cómo", max: 1000, rows: 2).optional()
    let target = Field.integer("target", "Meta: cuántas", in: 1...1_000_000).optional()
    let unit = Field.text("unit", "Meta: de qué", max: 60, hint: "Capacitaciones, asociados, reuniones.")
        .optional()
    let indicator = Field.text(
        "indicator", "Indicador", max: 300,
        hint: "Cómo se mide: capacitaciones realizadas de las programadas."
    ).optional()
    let start = Field.integer("baseline", "Línea de base: cuántas había", in: 0...10_000_000).optional()
    let startsOn = Field.date("baseline_on", "Línea de base: contadas el").optional()
    let note = Field.text("baseline_note", "Línea de base, en palabras", max: 300).optional()
    let kinds = Field.choices(
        "fulfilled_by", "Se cumple con", Happening.Kind.allCases.map { Option($0, $0.title) },
        hint: "Lo que pasa se cuenta solo: nadie marca la actividad como cumplida.", isRequired: false)
    let months = Field.choices(
        "months", "En qué meses",
        (1...12).map { Option($0, (SpanishFormat.monthName($0) ?? "").capitalizedFirst) }, isRequired: false)
    let scheduledFor = Field.text("when", "Cuándo, en palabras", max: 200).optional()
    let body: Field<ID<Body>?>
    let responsible = Field.text(
        "responsible", "Quién responde", max: 200, hint: "Un cargo o una oficina, no una persona."
    ).optional()
    let budget = Field.integer("budget", "Presupuesto en pesos", in: 0...1_000_000_000_000).optional()
    let population = Field.text("population", "Para quiénes", max: 300).optional()

    init(_ bodies: [Body]) {
        body = Field.choice(
            "body", "Organismo que responde", bodies.map { Option($0.id, $0.name) }, style: .menu,
            prompt: "Ninguno"
        ).optional()
    }

    /// Writes the questions, with the lines of action that the policy has.
    func write(_ form: inout HTML, lines: [PolicyLine], hasBodies: Bool) {
        form.field(axis)
        form.field(activity)
        form.field(line)
        form.details { more in
            more.summary("Líneas de acción de la política, para copiar")
            for axis in PolicyAxis.allCases {
                let own = lines.filter { $0.axis == axis }
                guard !own.isEmpty else { continue }
                more.p { $0.strong("\(axis.rawValue). \(axis.title)") }
                more.ul { list in
                    for line in own { list.li(line.line) }
                }
            }
            if let line = lines.first {
                more.p(
                    "\(line.norm).\(lines.allSatisfy(\.confirmed) ? "" : " Resumidas; sin confirmar contra el texto de la norma.")",
                    .class("form-text"))
            }
        }
        form.div(.class("form-row")) { row in
            row.field(target)
            row.field(unit)
        }
        form.field(kinds)
        form.field(indicator)
        form.field(months)
        form.field(scheduledFor)
        if hasBodies { form.field(body) }
        form.field(responsible)
        form.field(means)
        form.div(.class("form-row")) { row in
            row.field(start)
            row.field(startsOn)
        }
        form.field(note)
        form.div(.class("form-row")) { row in
            row.field(budget)
            row.field(population)
        }
    }

    /// What a form says of an activity, which goes on with the one of the year before that it went on with.
    func read(_ form: Submission, continuing activity: WorkPlan.Activity? = nil) throws -> ActivityTerms {
        let (axis, line, words, means, indicator) = try form.read(axis, line, self.activity, means, indicator)
        let (amount, unit, start, startsOn, note) = try form.read(target, unit, start, startsOn, note)
        let (kinds, months, scheduledFor, body, responsible) = try form.read(
            kinds, months, scheduledFor, body, responsible)
        let (budget, population) = try form.read(budget, population)
        var target: ActivityTerms.Target?
        if amount != nil || unit != nil { target = try ActivityTerms.Target(amount ?? 0, unit ?? "") }
        return try ActivityTerms(
            axis: axis, line: line, activity: words, means: means, scheduledFor: scheduledFor, months: months,
            indicator: indicator, target: target,
            start: start.map { ActivityTerms.Baseline($0, asOf: startsOn) }, baseline: note,
            responsible: responsible, body: body, budget: budget, population: population,
            fulfilledBy: kinds, continues: activity?.continues)
    }

    /// The form with what is said of an activity.
    func filling(_ form: FormState, with terms: ActivityTerms) -> FormState {
        form.filling(axis, with: terms.axis).filling(line, with: terms.line.map(Optional.some))
            .filling(activity, with: terms.activity).filling(means, with: terms.means.map(Optional.some))
            .filling(target, with: terms.target.map { .some($0.amount) })
            .filling(unit, with: terms.target.map { .some($0.unit) })
            .filling(indicator, with: terms.indicator.map(Optional.some))
            .filling(start, with: terms.start.map { .some($0.amount) })
            .filling(startsOn, with: terms.start?.asOf.map(Optional.some))
            .filling(note, with: terms.baseline.map(Optional.some)).filling(kinds, with: terms.fulfilledBy)
            .filling(months, with: terms.months)
            .filling(scheduledFor, with: terms.scheduledFor.map(Optional.some))
            .filling(body, with: terms.body.map(Optional.some))
            .filling(responsible, with: terms.responsible.map(Optional.some))
            .filling(budget, with: terms.budget.map(Optional.some))
            .filling(population, with: terms.population.map(Optional.some))
    }
}

/// Adds an activity to the draft of a plan, or changes one.
struct ActivityFormPage: Page {
    let heading: AllianceHeading
    let draft: WorkPlan
    /// The activity that is changed; `nil` for a new one.
    let activity: WorkPlan.Activity?
    let bodies: [Body]
    let lines: [PolicyLine]
    let form: FormState

    var title: String {
        activity.map { "Cambiar la actividad \($0.number)" } ?? "Agregar una actividad al plan \(draft.year)"
    }
    var trail: [Crumb] {
        heading.trail(toEdit: draft)
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        let fields = ActivityForm(bodies)
        let (slug, year) = (heading.slug, draft.year)
        var state = form
        if !form.isTyped, let activity { state = fields.filling(form, with: activity.terms) }
        html.form(
            to: (activity.map { Path.editActivity(slug, year, $0.id) } ?? .newActivity(slug, year))
                .about(draft), state
        ) { form in
            fields.write(&form, lines: lines, hasBodies: !bodies.isEmpty)
            form.submit(
                activity == nil ? "Agregar la actividad" : "Guardar la actividad",
                orBackTo: activity.map { Path.activity(slug, year, $0.id).about(draft) }
                    ?? draft.path(in: slug))
        }
    }
}

/// Takes an activity out of the draft of a plan.
struct RemoveActivityPage: Page {
    let heading: AllianceHeading
    let draft: WorkPlan
    let activity: WorkPlan.Activity
    let form: FormState

    var title: String { "Quitar la actividad \(activity.number)" }
    var lead: String? { "«\(activity.activity)». Las que siguen en su eje cambian de número." }
    var trail: [Crumb] {
        heading.trail(toEdit: draft)
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        html.form(
            to: Path.removeActivity(heading.slug, draft.year, activity.id).about(draft), form
        ) { form in
            form.submit(
                "Quitar la actividad", .danger,
                orBackTo: Path.activity(heading.slug, draft.year, activity.id).about(draft))
        }
    }
}

/// An activity: what the plan says of it, what fulfils it row by row, and what was told of it.
struct ActivityPage: Page {
    let heading: AllianceHeading
    let answer: ReadPlan.Answer
    /// As the version that is shown has it.
    let counted: Fulfilment
    /// The draft that it is of, and may be changed in.
    let draft: WorkPlan?
    let rights: PlanRights

    private var activity: WorkPlan.Activity { counted.activity }

    var title: String { "Actividad \(activity.number)" }
    var trail: [Crumb] {
        draft.map(heading.trail(toEdit:))
            ?? heading.trail(from: .plan) + [
                Crumb("Plan de \(answer.year)", .plan(heading.slug, answer.year))
            ]
    }
    var help: HelpTopic { "plan" }

    func actions(_ html: inout HTML) {
        let (slug, year) = (heading.slug, answer.year)
        if let draft, rights.mayRegister {
            html.action("Quitar", to: Path.removeActivity(slug, year, activity.id).about(draft))
            html.action(
                "Cambiar", to: Path.editActivity(slug, year, activity.id).about(draft), icon: .pencil)
        }
        if rights.mayFollow, draft?.isReserved != true,
            answer.plan?.activities.contains(where: { $0.id == activity.id }) == true
        {
            html.action(
                "Anotar un avance", to: Path.followPlan(slug, year).with("actividad", activity.number),
                .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        if draft?.isReserved == true {
            html.note(.info, "Es del borrador de la junta: la entidad no la ve.")
        } else {
            html.p { $0.status(counted.standing.status) }
        }
        html.p(activity.activity, .class("statement"))
        html.facts(
            Fact("Eje", "\(activity.axis.rawValue). \(activity.axis.title)"), Fact("Línea", activity.line),
            Fact("Meta", activity.terms.targetInWords), Fact("Indicador", activity.indicator),
            Fact("Línea de base", activity.terms.startInWords), Fact("Cómo", activity.means),
            Fact("Cuándo", activity.terms.whenInWords), Fact("Responde", answer.responsible(for: activity)),
            Fact("Para quiénes", activity.population), Fact("Presupuesto", activity.terms.budgetInWords),
            Fact("Se cumple con", SpanishFormat.list(activity.fulfilledBy.map(\.title))))
        let gaps = activity.terms.gaps
        if !gaps.isEmpty {
            html.note(.warning, "El plan no dice \(SpanishFormat.list(gaps)) de esta actividad.")
        }
        html.section("Lo que la cumple", id: "hechos") { writeHappenings(&$0) }
        html.section("Lo que se ha anotado", id: "notas") { writeNotes(&$0) }
    }

    private func writeHappenings(_ part: inout HTML) {
        guard counted.isMeasurable, let target = activity.target else {
            part.p("Sin meta o sin decir con qué se cumple, nada de lo que pasa cuenta para ella.")
            return
        }
        part.figures(
            KeyFigure(counted.measured, target.unit), KeyFigure(target.amount, "es la meta"),
            KeyFigure("\(counted.percent ?? 0) %", "de avance"))
        guard !counted.happenings.isEmpty else {
            part.emptyState(EmptyState("Todavía no ha pasado nada que cuente para esta actividad."))
            return
        }
        let heading = heading
        let columns: [Column<Happening, PlanActivitiesPage.Order>] = [
            .text("Qué pasó", to: { $0.path(in: heading) }) { $0.title },
            .text("Clase") { $0.kind.title },
            .date("Día") { $0.day },
            .integer("Cuenta") { $0.amount },
        ]
        part.table("Lo que cumple la actividad \(activity.number)", columns, counted.happenings)
    }

    private func writeNotes(_ part: inout HTML) {
        let notes = answer.followUps.filter { $0.activity == activity.id }
        guard !notes.isEmpty else {
            part.p("Nadie ha anotado avances. Una nota acompaña el seguimiento; no cumple la meta.")
            return
        }
        part.ol(.class("history")) { list in
            for note in notes {
                list.li { item in
                    item.strong("\((SpanishFormat.monthName(note.month) ?? "").capitalizedFirst): ")
                    item.text(note.progress)
                    if let evidence = note.evidence {
                        item.text(" ")
                        if rights.mayOpen {
                            item.a("Ver el soporte", .href(.file(evidence)))
                        } else {
                            item.text("Con soporte adjunto.")
                        }
                    }
                }
            }
        }
    }
}
