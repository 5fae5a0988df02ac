import Governance
import Kernel
import Tenancy

/// What the person who looks may do with plan and meetings.
struct RecordRights {
    let mayPlan: Bool
    let mayRecord: Bool
    let mayFollow: Bool

    init(_ context: TenantContext, in stream: AuditStream) {
        mayPlan = context.may(.planMeetings, in: stream)
        mayRecord = context.may(.recordMinutes, in: stream)
        mayFollow = context.may(.followPlans, in: stream)
    }
}

/// The plan, meetings, agendas, reports and source documents of an alliance in a year.
struct MeetingsPage: AlliancePage {
    let heading: AllianceHeading
    let answer: ReadYear.Answer
    let rights: RecordRights

    static let year = Field.integer("ano", "Año", in: 2000...2100).optional()

    var tab: AllianceTab { .meetings }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        if rights.mayFollow { html.action("Anotar un informe", to: .newReport(heading.slug)) }
        if rights.mayPlan {
            html.action("Programar una reunión", to: .newMeeting(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        if answer.years.count > 1 {
            html.p(.class("year-links")) { line in
                line.text("Año: ")
                for (index, year) in answer.years.enumerated() {
                    if index > 0 { line.text(" · ") }
                    if year == answer.year {
                        line.strong(String(year), .aria("current", "true"))
                    } else {
                        line.a(
                            String(year),
                            .href(Path.meetings(heading.slug).with(Self.year.name, String(year))))
                    }
                }
            }
        }
        html.section("Plan de trabajo \(answer.year)", id: "plan") { writePlan(&$0) }
        html.section("Reuniones de \(answer.year)", id: "reuniones") { writeMeetings(&$0) }
        if !answer.agendas.isEmpty {
            html.section("Orden del día permanente", id: "orden") { writeAgendas(&$0) }
        }
        html.section("Informes", id: "informes") { writeReports(&$0) }
        if !answer.sources.isEmpty {
            html.section("Documentos de origen", id: "documentos") { writeSources(&$0) }
        }
    }

    // MARK: Plan

    private func writePlan(_ part: inout HTML) {
        guard let plan = answer.plan else {
            part.p("No hay plan de trabajo de \(answer.year).")
            return
        }
        let months = Set(answer.followUps.map(\.month)).count
        part.p(plan.objective)
        part.facts(
            Fact("Ejes", SpanishFormat.list(plan.axes.map { String($0.number) })),
            Fact("Actividades", plan.activityCount),
            Fact("Aprobado", plan.approvedOn.map(SpanishFormat.date) ?? "Sin constancia de aprobación"),
            Fact("Seguimiento", SpanishFormat.count(months, "mes", "meses") + " de 12"))
        part.p { line in
            line.action("Ver el plan", to: .plan(heading.slug, plan.year), icon: .document)
        }
    }

    // MARK: Meetings

    /// Meetings are ordered by day.
    private enum Order: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    private func writeMeetings(_ part: inout HTML) {
        guard !answer.meetings.isEmpty else {
            part.emptyState(
                rights.mayPlan
                    ? EmptyState(
                        "No hay reuniones de \(answer.year).", next: "Programar la primera",
                        to: .newMeeting(heading.slug))
                    : EmptyState("No hay reuniones de \(answer.year)."))
            return
        }
        let slug = heading.slug
        let today = answer.today
        var columns: [Column<MeetingSummary, Order>] = [
            .text("Fecha", to: { .meeting(slug, $0.meeting.id) }) {
                "\($0.meeting.day.weekday.name) \(SpanishFormat.dayAndMonth($0.meeting.day))"
            },
            .text("Reunión") { $0.meeting.title },
            .text("Hora") { $0.meeting.hours },
            .text("Modo") { $0.meeting.mode.title },
            .status("Estado") { $0.status(on: today) },
        ]
        if answer.meetings.contains(where: { $0.warnings > 0 }) {
            columns.append(.text("Documento de origen") { $0.warnings == 0 ? nil : "Dos lecturas" })
        }
        part.table("Reuniones de \(answer.year)", columns, answer.meetings)
    }

    private func writeAgendas(_ part: inout HTML) {
        for agenda in answer.agendas {
            part.h3(agenda.title)
            let often = agenda.everyMonths.map {
                "Cada \(SpanishFormat.count($0, "mes", "meses"))"
            }
            let notice = agenda.noticeDays.map {
                "se convoca con \(SpanishFormat.count($0, "día", "días")) de anticipación"
            }
            let rule = [often, notice].compactMap(\.self)
            if !rule.isEmpty { part.p(rule.joined(separator: "; ") + ".") }
            writeNext(after: agenda, &part)
            part.ol { list in
                for item in agenda.items { list.li(item) }
            }
        }
    }

    /// Writes by when the next meeting of an agenda is due, and by when it has to be called.
    private func writeNext(after agenda: AgendaTemplate, _ part: inout HTML) {
        guard let last = answer.lastMeeting, let next = agenda.next(after: last) else { return }
        let status: Status
        let words: String
        if let planned = answer.nextMeeting {
            status =
                planned <= next.meeting ? Status("Programada", .met) : Status("Programada tarde", .due)
            words = "La próxima está programada para el \(SpanishFormat.longDate(planned))."
        } else {
            status =
                next.meeting < answer.today
                ? Status("Vencida", .overdue)
                : next.call <= answer.today ? Status("Por convocar", .due) : Status("Por programar", .open)
            words = "La próxima no está programada."
        }
        part.p { line in
            line.status(status)
            line.text(
                " La última fue el \(SpanishFormat.date(last)); la siguiente corresponde a más tardar el \(SpanishFormat.date(next.meeting)), convocada a más tardar el \(SpanishFormat.date(next.call)). \(words)"
            )
        }
    }

    private func writeReports(_ part: inout HTML) {
        guard !answer.reports.isEmpty else {
            part.p("No consta ningún informe.")
            return
        }
        part.ul { list in
            for report in answer.reports {
                list.li(
                    "\(report.title) (\(report.kind.title)), \(SpanishFormat.date(report.givenOn))\(report.audience.isEmpty ? "" : ", ante \(report.audience)")"
                )
            }
        }
    }

    private func writeSources(_ part: inout HTML) {
        part.ul { list in
            for source in answer.sources {
                list.li { item in
                    if let code = TenantSlug(rawValue: source.code) {
                        item.a(source.title, .href(.source(heading.slug, code)))
                    } else {
                        item.text(source.title)
                    }
                    item.text(" (\(source.kind.title), \(source.publisher))")
                }
            }
        }
    }
}

extension MeetingSummary {
    /// Where the meeting stands on a day as a chip.
    func status(on today: CalendarDate) -> Status {
        switch meeting.state {
        case .planned where meeting.day < today: Status("Sin acta", .overdue)
        case .held where !hasMinutes: Status("Sin acta", .unproven)
        default: meeting.state.status
        }
    }
}

/// The plan of a year: axes, lines, numbered activities, what was done, topics of training.
struct PlanPage: Page {
    let heading: AllianceHeading
    let plan: WorkPlan
    let followUps: [PlanFollowUp]
    let rights: RecordRights

    var title: String { plan.title }
    var lead: String? { plan.objective }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        guard rights.mayFollow else { return }
        if plan.approvedOn == nil {
            html.action("Anotar la aprobación", to: .approvePlan(heading.slug, plan.year))
        }
        html.action("Anotar un avance", to: .followPlan(heading.slug, plan.year), .primary, icon: .plus)
    }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Principios", SpanishFormat.list(plan.principles)),
            Fact(
                "Aprobado por los asociados",
                plan.approvedOn.map(SpanishFormat.date) ?? "Sin constancia de aprobación"),
            Fact("Firman", SpanishFormat.list(plan.signedBy)))
        if plan.axes.flatMap(\.activities).allSatisfy({ $0.indicator == nil && $0.responsible == nil }) {
            html.note(
                .warning,
                "El plan no dice, actividad por actividad, cuándo, quién responde ni cómo se mide. Se muestra como está escrito."
            )
        }
        for axis in plan.axes {
            html.section("Eje \(axis.number). \(axis.title)") { part in
                part.p("Línea: \(axis.line)")
                part.ul(.class("dossier")) { list in
                    for activity in axis.activities { list.li { write(activity, &$0) } }
                }
            }
        }
        html.section("Temas de capacitación que propone") { part in
            for audience in WorkPlan.Audience.allCases {
                guard let topics = plan.topics[audience], !topics.isEmpty else { continue }
                part.h3(audience.title)
                part.ol { list in
                    for topic in topics { list.li(topic) }
                }
            }
        }
    }

    private func write(_ activity: WorkPlan.Activity, _ item: inout HTML) {
        item.p { line in
            line.strong("\(activity.number). ")
            line.text(activity.activity)
        }
        let told: [(String, String?)] = [
            ("Cómo", activity.means), ("Cuándo", activity.scheduledFor),
            ("Indicador", activity.indicator), ("Responde", activity.responsible),
        ]
        for case (let label, let text?) in told { item.p("\(label): \(text)", .class("form-text")) }
        if let baseline = activity.baseline { item.p(baseline, .class("form-text")) }
        let done = followUps.filter { $0.activity == activity.number }
        guard !done.isEmpty else { return }
        item.ul { list in
            for followUp in done {
                list.li("\(SpanishFormat.monthName(followUp.month) ?? ""): \(followUp.progress)")
            }
        }
    }
}

/// A source document as it was read, with where it contradicts itself.
struct SourcePage: Page {
    let heading: AllianceHeading
    let answer: ReadSource.Answer

    var title: String { answer.source.title }
    var lead: String? {
        "\(answer.source.kind.title). \(answer.source.publisher). Se cargó el \(SpanishFormat.date(ColombianTime.date(at: answer.source.importedAt)))."
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        html.section("Dónde se contradice", id: "advertencias") { part in
            if answer.warnings.isEmpty { part.p("No se encontró ninguna contradicción.") }
            part.warnings(answer.warnings, meeting: { .meeting(heading.slug, $0) })
        }
        for passage in answer.passages {
            html.section(passage.heading) { part in
                if passage.body.count == 1 {
                    for paragraph in passage.body { part.p(paragraph) }
                } else {
                    part.ul { list in
                        for item in passage.body { list.li(item) }
                    }
                }
            }
        }
        html.p(
            "Huella del archivo (SHA-256): \(HashDigest(bytes: answer.source.digest)?.grouped ?? "")",
            .class("form-text"))
    }
}

extension HTML {
    /// Writes where a source contradicts itself: what it says, and both readings.
    mutating func warnings(
        _ warnings: [SourceWarning], meeting path: ((ID<Meeting>) -> Path)? = nil
    ) {
        for warning in warnings {
            note(.warning, warning.kind.title) { note in
                note.p("\(warning.place): «\(warning.written)».")
                note.ul { list in
                    list.li("Se lee aquí como \(warning.firstReading).")
                    list.li("También puede leerse como \(warning.secondReading).")
                }
                if let path, let meeting = warning.meeting {
                    note.p { $0.a("Ver la reunión", .href(path(meeting))) }
                }
            }
        }
    }
}
