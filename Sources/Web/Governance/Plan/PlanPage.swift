import Governance
import Kernel
import Tenancy

/// What a person may do with plans, trainings and work groups.
struct PlanRights: Sendable {
    let mayRegister: Bool
    let mayFollow: Bool
    let mayAttach: Bool
    let mayOpen: Bool
    /// Whether the person is on the board, which alone has a space of its own.
    let mayReserve: Bool

    init(_ context: TenantContext, in stream: AuditStream) {
        mayRegister = context.may(.registerPlans, in: stream)
        mayFollow = context.may(.followPlans, in: stream)
        mayAttach = context.may(.attachPapers, in: stream)
        mayOpen = context.may(.openFiles, in: stream)
        mayReserve = context.principal.mayReserve(in: stream)
    }
}

/// The plan of a year: how far it is, and its activities by axis with what each has to reach and reached.
struct PlanPage: AlliancePage {
    let heading: AllianceHeading
    let answer: ReadPlan.Answer
    let rights: PlanRights

    static let year = Field.year("ano", "Año").optional()

    var tab: AllianceTab { .plan }
    var help: HelpTopic { "plan" }

    private var slug: AllianceSlug { heading.slug }
    private var year: Int { answer.year }

    func actions(_ html: inout HTML) {
        guard let plan = answer.plan else { return }
        if answer.before != nil {
            html.action("Comparar con \(year - 1)", to: .comparePlans(slug, year))
        }
        if rights.mayRegister, plan.isDraft {
            html.action("Importar de una hoja de cálculo", to: .importPlan(slug, year))
            html.action("Agregar una actividad", to: .newActivity(slug, year), .primary, icon: .plus)
        } else if plan.year <= answer.today.components.year {
            html.action(
                "Seguimiento del mes", to: .planMonth(slug, year, month), .primary, icon: .calendar)
        }
    }

    /// The month that is followed: the present one, or the last of a year that is over.
    private var month: Int {
        year < answer.today.components.year ? 12 : answer.today.components.month
    }

    func content(_ html: inout HTML) {
        writeYears(&html)
        writeOwn(&html)
        guard let plan = answer.plan, let fulfilment = answer.fulfilment else {
            writeNothing(&html)
            return
        }
        html.h2(plan.title)
        html.p(plan.objective, .class("statement"))
        writeState(of: plan, &html)
        html.figures(fulfilment.figures(of: slug))
        for axis in plan.axes { html.planAxis(axis, fulfilment, answer, in: slug) }
        if plan.axes.isEmpty, rights.mayRegister {
            html.emptyState(
                EmptyState(
                    "El plan todavía no tiene actividades.", next: "Agregar la primera",
                    to: .newActivity(slug, year)))
        }
        writeReports(of: plan, &html)
        writeDetails(of: plan, &html)
        writeVersions(&html)
    }

    private func writeYears(_ html: inout HTML) {
        let years = Set(answer.years).union([year, answer.today.components.year, year + 1])
            .filter { $0 <= answer.today.components.year + 1 }.sorted(by: >)
        html.p(.class("year-links")) { line in
            line.text("Año: ")
            for (index, other) in years.enumerated() {
                if index > 0 { line.text(" · ") }
                if other == year {
                    line.strong(String(other), .aria("current", "true"))
                } else {
                    line.a(String(other), .href(.plan(slug, other)))
                }
            }
        }
    }

    /// Leads the board to the draft that it keeps to itself.
    private func writeOwn(_ html: inout HTML) {
        guard let own = answer.own else { return }
        html.note(.info, "La junta prepara un borrador del plan de \(year) en su espacio propio.") { note in
            note.p(
                "Tiene \(SpanishFormat.count(own.activityCount, "actividad", "actividades")). La entidad no lo ve hasta que la junta lo comparta."
            )
            note.p(.class("part-actions")) {
                $0.action("Abrir el borrador de la junta", to: .ownPlan(slug, year))
            }
        }
    }

    private func writeNothing(_ html: inout HTML) {
        let message = "No hay plan de trabajo de \(year)."
        guard rights.mayRegister else {
            html.emptyState(EmptyState(message))
            return
        }
        html.p(.class("part-actions")) { line in
            line.action("Capacitaciones", to: Path.trainings(slug).with("ano", String(year)))
            line.action("Grupos de trabajo", to: .workGroups(slug))
        }
        if answer.own != nil {
            html.emptyState(EmptyState("No hay plan de trabajo de \(year) a la vista de la entidad."))
            return
        }
        let begin = Path.registerPlan(slug, year)
        html.emptyState(EmptyState(message, next: "Empezar el plan de \(year)", to: begin.about(rights)))
        if answer.before != nil {
            html.p { line in
                line.action(
                    "Empezar con el plan de \(year - 1)",
                    to: begin.with("desde", String(year - 1)).about(rights))
            }
        }
    }

    private func writeState(of plan: WorkPlan, _ html: inout HTML) {
        if plan.isDraft {
            html.note(.info, "Es un borrador: los asociados todavía no lo aprueban.") { note in
                note.p(
                    "Se aprueba en una asamblea, con una decisión que lo nombre; o se anota el acta en que consta."
                )
                note.p(.class("part-actions")) { line in
                    if rights.mayRegister {
                        line.action("Cambiar título y objetivo", to: .describePlan(slug, year))
                    }
                    if rights.mayFollow, plan.activityCount > 0 {
                        line.action("Anotar la aprobación", to: .approvePlan(slug, year))
                    }
                    if rights.mayRegister {
                        line.action("Descartar el borrador", to: .dropPlan(slug, year))
                    }
                }
            }
        } else if let draft = answer.draft {
            html.note(.info, "Se está preparando la versión \(draft.version) del plan.") { note in
                note.p(
                    "Motivo: \(draft.changeReason ?? ""). Mientras los asociados no la aprueben, rige esta.")
                note.p(.class("part-actions")) { line in
                    line.action("Abrir el borrador", to: .planVersion(slug, year, draft.version))
                }
            }
        }
        let silent = plan.activities.count { !$0.terms.gaps.isEmpty }
        if silent > 0 {
            html.note(
                .warning,
                "\(SpanishFormat.count(silent, "actividad no dice", "actividades no dicen")) todo lo necesario para medirse: meta, con qué se cumple, quién responde o cuándo. Ábralas para ver qué falta."
            )
        }
    }

    private func writeReports(of plan: WorkPlan, _ html: inout HTML) {
        html.section("Seguimiento e informes", id: "seguimiento") { part in
            let told = Set(answer.followUps.map(\.month))
            part.p(
                told.isEmpty
                    ? "Lo que pasó se cuenta solo, mes por mes. La junta y la oficina pueden agregar notas."
                    : "Lo que pasó se cuenta solo, mes por mes. \(SpanishFormat.count(told.count, "mes tiene", "meses tienen")) además notas de la junta o la oficina."
            )
            part.ol(.class("periods")) { list in
                for month in 1...12 {
                    list.li { item in
                        let name = (SpanishFormat.monthName(month) ?? "").capitalizedFirst
                        let hasBegun =
                            (year, month) <= (answer.today.components.year, answer.today.components.month)
                        if hasBegun {
                            item.a(name, .href(.planMonth(slug, year, month)), .class("period-name"))
                        } else {
                            item.span(name, .class("period-name"))
                        }
                        if told.contains(month) {
                            item.status(Status("Con notas", .met))
                        } else {
                            item.status(
                                hasBegun ? Status("Sin notas", .open) : Status("Por venir", .plain))
                        }
                    }
                }
            }
            part.p(.class("part-actions")) { line in
                for span in PlanSpan.allCases where span.hasBegun(in: year, on: answer.today) {
                    line.action(
                        "\(span.title) (PDF)", to: .planReport(slug, year, span), icon: .document)
                }
                line.action("Lista de actividades", to: .planActivities(slug, year))
                line.action("Capacitaciones", to: Path.trainings(slug).with("ano", String(year)))
                line.action("Grupos de trabajo", to: .workGroups(slug))
            }
        }
    }

    private func writeDetails(of plan: WorkPlan, _ html: inout HTML) {
        html.section("Cómo se hizo el plan", id: "detalles") { part in
            part.facts(
                Fact("Principios", SpanishFormat.list(plan.principles)),
                Fact("Lineamiento que sigue", plan.guideline),
                Fact("Presupuesto", plan.budget.map(SpanishFormat.pesos)),
                Fact(
                    "Aprobado por los asociados",
                    plan.approvedOn.map { day in
                        [SpanishFormat.date(day), plan.approvedIn].compactMap(\.self).joined(separator: ", ")
                    } ?? "Sin constancia de aprobación"),
                Fact("Firman", SpanishFormat.list(plan.signedBy)))
            part.papers(answer.papers, mayOpen: rights.mayOpen)
            if plan.approvedOn != nil, answer.papers.isEmpty, rights.mayAttach {
                part.p { line in
                    line.action("Adjuntar el acta que lo aprobó", to: .attachPlanMinutes(slug, year))
                }
            }
            part.planTopics(plan.topics)
        }
    }

    private func writeVersions(_ html: inout HTML) {
        html.section("Versiones", id: "versiones") { part in
            part.ul { list in
                for version in answer.versions {
                    list.li { item in
                        item.a("Versión \(version.version)", .href(.planVersion(slug, year, version.version)))
                        let state =
                            version.approvedOn.map { "aprobada el \(SpanishFormat.date($0))" } ?? "borrador"
                        item.text(
                            ": \(state)\(version.changeReason.map { ". Motivo del cambio: \($0)" } ?? "").")
                    }
                }
            }
            if rights.mayRegister, answer.draft == nil, answer.own == nil {
                part.p(.class("part-actions")) {
                    $0.action("Cambiar el plan aprobado", to: .amendPlan(slug, year), icon: .pencil)
                }
            }
            if rights.mayReserve, answer.plan?.isDraft == true, answer.own == nil {
                part.p(.class("part-actions")) {
                    $0.action(
                        "Preparar un borrador de la junta", to: Path.registerPlan(slug, year).about(rights),
                        icon: .pencil)
                }
            }
        }
    }
}

extension PlanFulfilment {
    /// How far the plan is, each figure opening its activities.
    func figures(of alliance: AllianceSlug) -> [KeyFigure] {
        func figure(_ choice: StandingChoice, _ words: String) -> KeyFigure {
            KeyFigure(
                count(choice.covers), words,
                to: Path.planActivities(alliance, plan.year).with(
                    PlanActivitiesPage.standing.name, choice.rawValue))
        }
        return [
            KeyFigure(
                plan.activityCount, plan.activityCount == 1 ? "actividad" : "actividades",
                to: .planActivities(alliance, plan.year)),
            figure(.met, "cumplen la meta"), figure(.partial, "en curso"), figure(.due, "por vencer"),
            figure(.overdue, "vencidas"), figure(.unproven, "sin cómo probarlas"),
        ]
    }
}

extension HTML {
    /// Writes an axis of a plan with its activities by line; how far each is, unless the version does not count.
    mutating func planAxis(
        _ axis: WorkPlan.Axis, _ fulfilment: PlanFulfilment, _ answer: ReadPlan.Answer,
        in alliance: AllianceSlug, isCounted: Bool = true
    ) {
        section("Eje \(axis.number). \(axis.title)", id: "eje-\(axis.number)") { part in
            if axis.line != axis.title { part.p("Línea: \(axis.line)") }
            part.ul(.class("dossier")) { list in
                for activity in axis.activities {
                    list.li { item in
                        item.p { line in
                            let page = Path.activity(alliance, fulfilment.plan.year, activity.id)
                            line.a(.href(page.about(fulfilment.plan))) { link in
                                link.strong("\(activity.number). ")
                                link.text(activity.activity)
                            }
                        }
                        if let line = activity.line { item.p("Línea: \(line)", .class("form-text")) }
                        let told: [(String, String?)] = [
                            ("Meta", activity.terms.targetInWords), ("Indicador", activity.indicator),
                            ("Línea de base", activity.terms.startInWords), ("Cómo", activity.means),
                            ("Cuándo", activity.terms.whenInWords),
                            ("Responde", answer.responsible(for: activity)), ("Para", activity.population),
                            ("Presupuesto", activity.terms.budgetInWords),
                        ]
                        let words = told.compactMap { label, text in text.map { "\(label): \($0)" } }
                        if !words.isEmpty { item.p(words.joined(separator: " · "), .class("form-text")) }
                        if isCounted, let counted = fulfilment[activity.id] { item.write(counted) }
                    }
                }
            }
        }
    }

    private mutating func write(_ counted: Fulfilment) {
        p { line in
            line.status(counted.standing.status)
            if counted.isMeasurable, let target = counted.activity.target, let percent = counted.percent {
                line.text(
                    " \(SpanishFormat.number(counted.measured)) de \(SpanishFormat.number(target.amount)) \(target.unit) (\(percent) %)"
                )
            }
        }
    }

    /// Writes the topics of training that a plan proposes.
    mutating func planTopics(_ topics: [WorkPlan.Audience: [String]]) {
        for audience in WorkPlan.Audience.allCases {
            guard let topics = topics[audience], !topics.isEmpty else { continue }
            h3("Temas de capacitación para \(audience.title.lowercased())")
            ol { list in
                for topic in topics { list.li(topic) }
            }
        }
    }
}
