import Governance
import Kernel
import Tenancy

/// The follow-up of a month: what happened, which fills itself in, and what people add.
struct PlanMonthPage: Page {
    let heading: AllianceHeading
    let answer: ReadPlan.Answer
    let plan: WorkPlan
    let fulfilment: PlanFulfilment
    let month: Int
    let rights: PlanRights

    private var name: String { SpanishFormat.monthName(month) ?? "" }
    private var slug: AllianceSlug { heading.slug }

    var title: String { "Seguimiento de \(name) de \(plan.year)" }
    var lead: String? {
        "Lo que pasó se llenó solo. Agregue las notas que hagan falta: dificultades, acuerdos, soportes."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(plan.year)", .plan(slug, plan.year))]
    }
    var help: HelpTopic { "plan" }

    func actions(_ html: inout HTML) {
        guard rights.mayFollow else { return }
        html.action(
            "Anotar un avance",
            to: Path.followPlan(slug, plan.year).with("mes", String(month)), .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        html.nav(.class("month-nav"), .aria("label", "Meses")) { nav in
            if month > 1 {
                nav.action(
                    (SpanishFormat.monthName(month - 1) ?? "").capitalizedFirst,
                    to: .planMonth(slug, plan.year, month - 1))
            }
            if month < 12, (plan.year, month) < (answer.today.components.year, answer.today.components.month)
            {
                nav.action(
                    (SpanishFormat.monthName(month + 1) ?? "").capitalizedFirst,
                    to: .planMonth(slug, plan.year, month + 1))
            }
        }
        let active = fulfilment.activities.filter(isActive)
        guard !active.isEmpty else {
            html.emptyState(
                EmptyState(
                    "En \(name) no había nada programado, no pasó nada que cuente y nadie anotó avances."))
            return
        }
        for axis in plan.axes {
            let own = active.filter { $0.activity.axis.rawValue == axis.number }
            guard !own.isEmpty else { continue }
            html.section("Eje \(axis.number). \(axis.title)") { part in
                part.ul(.class("dossier")) { list in
                    for counted in own { list.li { write(counted, &$0) } }
                }
            }
        }
        let quiet = fulfilment.activities.count - active.count
        if quiet > 0 {
            html.p(
                "\(SpanishFormat.count(quiet, "actividad no estaba", "actividades no estaban")) para \(name) y no \(quiet == 1 ? "tuvo" : "tuvieron") movimiento.",
                .class("form-text"))
        }
    }

    /// Whether the month was for the activity, or something of it happened or was told.
    private func isActive(_ counted: Fulfilment) -> Bool {
        counted.activity.months.contains(month) || !counted.happenings(in: month...month).isEmpty
            || answer.followUps.contains { $0.activity == counted.activity.id && $0.month == month }
    }

    private func write(_ counted: Fulfilment, _ item: inout HTML) {
        let activity = counted.activity
        item.p { line in
            line.a(.href(.activity(slug, plan.year, activity.id))) { link in
                link.strong("\(activity.number). ")
                link.text(activity.activity)
            }
        }
        let happened = counted.happenings(in: month...month)
        if counted.isMeasurable, let target = activity.target {
            let before = counted.measured(in: 1...month)
            item.p { line in
                line.status(counted.standing.status)
                line.text(
                    " En \(name): \(SpanishFormat.number(counted.measured(in: month...month))). Van \(SpanishFormat.number(before)) de \(SpanishFormat.number(target.amount)) \(target.unit)."
                )
            }
        } else {
            item.p { $0.status(.unproven) }
        }
        if happened.isEmpty, activity.months.contains(month) {
            item.p("Estaba para este mes y no pasó nada que cuente.", .class("form-text"))
        }
        item.happenings(happened, in: heading)
        for note in answer.followUps where note.activity == activity.id && note.month == month {
            item.p { line in
                line.text("Nota: \(note.progress)")
                if let evidence = note.evidence, rights.mayOpen {
                    line.text(" ")
                    line.a("Ver el soporte", .href(.file(evidence)))
                }
            }
        }
        if rights.mayFollow {
            item.p(.class("form-text")) { line in
                line.a(
                    "Anotar algo de esta actividad",
                    .href(
                        Path.followPlan(slug, plan.year).with("mes", String(month))
                            .with("actividad", activity.number)))
            }
        }
    }
}

extension HTML {
    /// Writes what happened, each leading to its page where there are pages.
    mutating func happenings(_ happenings: [Happening], in heading: AllianceHeading?) {
        guard !happenings.isEmpty else { return }
        ul { list in
            for happening in happenings {
                list.li { item in
                    item.text("\(SpanishFormat.dayAndMonth(happening.day)): ")
                    item.text(happening.title, leadingTo: heading.flatMap { happening.path(in: $0) })
                    item.text(
                        happening.amount == 1
                            ? " (\(happening.kind.title.lowercased()))"
                            : " (\(happening.kind.title.lowercased()), \(SpanishFormat.number(happening.amount)))"
                    )
                }
            }
        }
    }
}

/// The plans of two years side by side.
struct ComparePlansPage: Page {
    let heading: AllianceHeading
    let answer: ComparePlans.Answer

    private var year: Int { answer.now.plan.year }

    var title: String { "El plan de \(year) junto al de \(year - 1)" }
    var lead: String? {
        "Una actividad está junto a la que continúa, o a la que se llama igual. Cada cifra abre lo que la compone."
    }
    var trail: [Crumb] {
        heading.trail(from: .plan) + [Crumb("Plan de \(year)", .plan(heading.slug, year))]
    }
    var help: HelpTopic { "plan" }

    func body(_ html: inout HTML) {
        html.section("En total") { part in
            let plans = [answer.before, answer.now]
            let columns: [Column<PlanFulfilment, PlanActivitiesPage.Order>] = [
                .text("Plan", to: { .plan(heading.slug, $0.plan.year) }) { String($0.plan.year) },
                .integer("Actividades") { $0.plan.activityCount },
                .integer("Con meta y cómo probarla") { $0.measurable },
                .integer("Cumplen la meta") { $0.met },
                .integer("Presupuesto ($)") { $0.plan.budget },
                .text("Aprobado") { $0.plan.approvedOn.map(SpanishFormat.date) ?? "Sin constancia" },
            ]
            part.table("Los dos planes", columns, plans)
        }
        for (axis, pairs) in answer.pairs {
            html.section("Eje \(axis.rawValue). \(axis.title)") { part in
                let columns: [Column<ComparePlans.Pair, PlanActivitiesPage.Order>] = [
                    .text("Actividad") { ($0.now ?? $0.before)?.activity.activity },
                    .text("Meta de \(year - 1)") { $0.before?.activity.terms.targetInWords },
                    .text("Hecho en \(year - 1)", to: { path($0.before, year - 1) }) {
                        $0.before.map(words) ?? "No estaba"
                    },
                    .text("Meta de \(year)") { $0.now?.activity.terms.targetInWords },
                    .text("Hecho en \(year)", to: { path($0.now, year) }) {
                        $0.now.map(words) ?? "No sigue"
                    },
                ]
                part.table("Eje \(axis.rawValue)", columns, pairs)
            }
        }
    }

    private func path(_ counted: Fulfilment?, _ year: Int) -> Path? {
        counted.map { .activity(heading.slug, year, $0.activity.id) }
    }

    private func words(_ counted: Fulfilment) -> String {
        guard let percent = counted.percent else { return counted.standing.status.word }
        return "\(SpanishFormat.number(counted.measured)) (\(percent) %)"
    }
}
