import Governance
import Kernel
import Reporting
import Tenancy

/// The year of an alliance: what it does again and again with how each period stands, and its meetings month by month.
struct YearPage: Page {
    let heading: AllianceHeading
    let answer: ReadCalendar.Answer
    /// By when it meets next; `nil` where nothing asks it, or the person may not see it.
    let due: MeetingDue?
    let mayPlan: Bool

    var title: String { "El año \(answer.year)" }
    var lead: String? {
        "Lo que la alianza hace cada cierto tiempo, y sus reuniones. Cada casilla se cumple con lo que pasó, no con una marca."
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "ano" }

    func actions(_ html: inout HTML) {
        guard mayPlan else { return }
        html.action("Agregar una tarea periódica", to: .newDuty(heading.slug))
        if answer.meetingsBefore > 0, answer.year >= answer.today.components.year {
            html.action(
                "Programar \(answer.year) como \(answer.year - 1)", to: .planYear(heading.slug, answer.year),
                .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.nav(.class("month-nav"), .aria("label", "Años")) { nav in
            nav.action("\(answer.year - 1)", to: .year(heading.slug, answer.year - 1))
            nav.action("\(answer.year + 1)", to: .year(heading.slug, answer.year + 1))
        }
        html.section("Tareas periódicas", id: "tareas") { writeDuties(&$0) }
        html.section("Reuniones por mes", id: "reuniones") { writeMonths(&$0) }
    }

    // MARK: Duties

    private func writeDuties(_ part: inout HTML) {
        // How often the alliance meets by its bylaws, its standing agenda or the entity's procedure is such a task, too.
        if let due, answer.year == answer.today.components.year {
            part.div(.class("duty")) { block in
                block.h3("Reunión de la alianza")
                block.rhythm(of: due, in: heading.slug, on: answer.today, mayPlan: mayPlan)
            }
            if answer.duties.isEmpty { return }
        }
        guard !answer.duties.isEmpty else {
            part.emptyState(
                mayPlan
                    ? EmptyState(
                        "No hay tareas periódicas en \(answer.year).", next: "Agregar la primera",
                        to: .newDuty(heading.slug))
                    : EmptyState("No hay tareas periódicas en \(answer.year)."))
            return
        }
        for year in answer.duties {
            part.div(.class("duty")) { block in
                block.h3(year.duty.title)
                let words = [
                    year.duty.frequency.title, year.duty.fulfilment.title, year.duty.responsible,
                    year.duty.source,
                ].compactMap(\.self)
                block.p(words.joined(separator: " · "), .class("form-text"))
                block.ol(.class("periods")) { list in
                    for (days, standing) in year.periods {
                        list.li { item in
                            item.span(year.duty.frequency.name(of: days), .class("period-name"))
                            item.status(standing.status)
                            if case .met(let day) = standing {
                                item.span("El \(SpanishFormat.dayAndMonth(day))", .class("form-text"))
                            }
                        }
                    }
                }
                if mayPlan, year.duty.endsOn == nil {
                    block.p(.class("part-actions")) {
                        $0.action("Terminar esta tarea", to: .endDuty(heading.slug, year.duty.id))
                    }
                }
            }
        }
    }

    // MARK: Meetings

    private func writeMonths(_ part: inout HTML) {
        guard !answer.meetings.isEmpty else {
            part.emptyState(
                mayPlan
                    ? EmptyState(
                        "No hay reuniones de \(answer.year).", next: "Programar la primera",
                        to: .newMeeting(heading.slug))
                    : EmptyState("No hay reuniones de \(answer.year)."))
            return
        }
        let months = Dictionary(grouping: answer.meetings) { $0.meeting.day.components.month }
        part.ol(.class("year-months")) { list in
            for month in 1...12 {
                list.li { item in
                    item.h3((SpanishFormat.monthName(month) ?? "").capitalizedFirst)
                    guard let meetings = months[month] else {
                        item.p("Sin reuniones", .class("form-text"))
                        return
                    }
                    item.ul { inner in
                        for summary in meetings { inner.li { write(summary, &$0) } }
                    }
                }
            }
        }
    }

    private func write(_ summary: MeetingSummary, _ item: inout HTML) {
        let meeting = summary.meeting
        item.a(
            "\(meeting.day.weekday.name.capitalizedFirst) \(meeting.day.components.day): \(meeting.title)",
            .href(.meeting(heading.slug, meeting.id)))
        item.text(" ")
        item.status(summary.status(on: answer.today))
    }
}

extension RecurringDuty.Frequency {
    /// What a period is called: «Marzo», «Marzo y abril», «Enero a junio», «2026».
    func name(of days: ClosedRange<CalendarDate>) -> String {
        let (year, first, _) = days.lowerBound.components
        let last = days.upperBound.components.month
        func month(_ number: Int) -> String { SpanishFormat.monthName(number) ?? "" }
        return switch self {
        case .monthly: month(first).capitalizedFirst
        case .bimonthly: "\(month(first).capitalizedFirst) y \(month(last))"
        case .yearly where first == 1: String(year)
        default: "\(month(first).capitalizedFirst) a \(month(last))"
        }
    }
}

extension RecurringDuty.Standing {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .met: Status("Cumple", .met)
        case .ahead: Status("No ha empezado", .plain)
        case .open: Status("En curso", .open)
        case .due(daysLeft: 0): Status("Termina hoy", .due)
        case .due(let days): Status("Quedan \(SpanishFormat.count(days, "día", "días"))", .due)
        case .missed: Status("Sin hacer", .overdue)
        }
    }
}

/// The questions of something that is done again and again.
struct DutyForm {
    /// What fulfils it, as the form offers it.
    enum Choice: PathValue {
        case meeting(Meeting.Kind)
        case followUp
        case report(GivenReport.Kind)

        static let all: [Self] =
            [
                .meeting(.board), .meeting(.group), .meeting(.assembly), .meeting(.encounter),
                .meeting(.training), .meeting(.accountability), .meeting(.publicHearing), .followUp,
            ] + GivenReport.Kind.allCases.map(Self.report)

        init?(pathText: String) {
            guard let found = Self.all.first(where: { $0.pathText == pathText }) else { return nil }
            self = found
        }

        var pathText: String {
            switch self {
            case .meeting(let kind): "reunion-\(kind.rawValue)"
            case .followUp: "seguimiento"
            case .report(let kind): "informe-\(kind.rawValue)"
            }
        }

        var fulfilment: RecurringDuty.Fulfilment {
            switch self {
            case .meeting(let kind): .meeting(kind)
            case .followUp: .followUp
            case .report(let kind): .report(kind)
            }
        }
    }

    let title = Field.text("title", "Qué se hace", max: 160, hint: "Reunión bimestral de la alianza.")
    let frequency = Field.choice(
        "frequency", "Cada cuánto", RecurringDuty.Frequency.allCases, title: \.title, style: .menu)
    let choice = Field.choice(
        "fulfilment", "Se cumple con", Choice.all.map { Option($0, $0.fulfilment.title) }, style: .menu)
    let startsOn = Field.date("starts_on", "Desde el mes de", hint: "Cualquier día de ese mes.")
    let responsible = Field.text("responsible", "Quién responde", max: 200).optional()
    let source = Field.text(
        "source", "De dónde sale", max: 300, hint: "Plan de trabajo, procedimiento, artículo.")

    /// The duty that a form tells.
    func read(_ form: Submission) throws -> RecurringDuty {
        let (title, frequency, choice, startsOn, responsible, source) = try form.read(
            title, frequency, choice, startsOn, responsible, source)
        return try RecurringDuty(
            title: title, frequency: frequency, fulfilment: choice.fulfilment, responsible: responsible,
            source: source, startsOn: startsOn)
    }
}

extension RecurringDuty.Frequency: PathValue {
    init?(pathText: String) { self.init(rawValue: Int(pathText) ?? 0) }
    var pathText: String { String(rawValue) }
}

/// Adds something that is done again and again.
struct NewDutyPage: Page {
    let heading: AllianceHeading
    let today: CalendarDate
    let form: FormState

    var title: String { "Agregar una tarea periódica" }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [
            Crumb("El año \(today.components.year)", .year(heading.slug, today.components.year))
        ]
    }
    var help: HelpTopic { "ano" }

    func body(_ html: inout HTML) {
        let fields = DutyForm()
        let state =
            form.isTyped
            ? form : form.filling(fields.startsOn, with: today.calendarMonth.lowerBound)
        html.form(to: .newDuty(heading.slug), state) { form in
            form.field(fields.title)
            form.div(.class("form-row")) { row in
                row.field(fields.frequency)
                row.field(fields.startsOn)
            }
            form.field(fields.choice)
            form.field(fields.responsible)
            form.field(fields.source)
            form.submit("Agregar la tarea", orBackTo: .year(heading.slug, today.components.year))
        }
    }
}

/// Ends something that is done again and again.
struct EndDutyPage: Page {
    let heading: AllianceHeading
    let duty: RecurringDuty
    let year: Int
    let form: FormState

    var title: String { "Terminar «\(duty.title)»" }
    var lead: String? { "Los períodos que ya empezaron se conservan; no habrá más desde hoy." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb("El año \(year)", .year(heading.slug, year))]
    }
    var help: HelpTopic { "ano" }

    func body(_ html: inout HTML) {
        html.form(to: .endDuty(heading.slug, duty.id), form) { form in
            form.submit(
                "Terminar la tarea", .danger, orBackTo: .year(heading.slug, year), back: "Volver al año")
        }
    }
}
