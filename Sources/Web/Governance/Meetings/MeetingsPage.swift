import Governance
import Kernel
import Reporting
import Tenancy

/// What the person who looks may do with plan and meetings.
struct RecordRights {
    let mayPlan: Bool
    let mayRecord: Bool
    let mayFollow: Bool
    let mayRegister: Bool
    let mayAttach: Bool
    let mayOpen: Bool
    /// Whether events of several alliances are shown.
    let maySeeEvents: Bool

    init(_ context: TenantContext, in stream: AuditStream) {
        mayPlan = context.may(.planMeetings, in: stream)
        mayRecord = context.may(.recordMinutes, in: stream)
        mayFollow = context.may(.followPlans, in: stream)
        mayRegister = context.may(.registerPlans, in: stream)
        mayAttach = context.may(.attachPapers, in: stream)
        mayOpen = context.may(.openFiles, in: stream)
        maySeeEvents = context.may(.planMeetings, in: .office)
    }
}

/// The meetings, agendas, reports and source documents of an alliance in a year.
struct MeetingsPage: AlliancePage {
    let heading: AllianceHeading
    let answer: ReadYear.Answer
    /// By when it meets next; `nil` where nothing asks it, or the person may not see it.
    let due: MeetingDue?
    let rights: RecordRights

    static let year = Field.year("ano", "Año").optional()

    var tab: AllianceTab { .meetings }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        html.action("El año", to: .year(heading.slug, answer.year))
        html.action("Compromisos", to: .commitments(heading.slug))
        if heading.principal.holds(.readMinutes, in: heading.stream) {
            html.action("Libro de actas", to: .minutesBook(heading.slug))
        }
        if rights.mayFollow {
            html.action(
                "Anotar un informe", to: Path.newReport(heading.slug).with("ano", String(answer.year)))
        }
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
        html.section("Reuniones de \(answer.year)", id: "reuniones") { writeMeetings(&$0) }
        if rights.mayPlan || !answer.series.isEmpty {
            html.section("Ciclos de sesiones", id: "ciclos") { writeSeries(&$0) }
        }
        if let due {
            html.section("Cada cuánto se reúne", id: "frecuencia") { part in
                part.rhythm(of: due, in: heading.slug, on: answer.today, mayPlan: rights.mayPlan)
            }
        }
        if !answer.agendas.isEmpty {
            html.section("Orden del día permanente", id: "orden") { writeAgendas(&$0) }
        }
        html.section("Informes", id: "informes") { writeReports(&$0) }
        if !answer.sources.isEmpty {
            html.section("Documentos de origen", id: "documentos") { writeSources(&$0) }
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
            columns.append(
                .text("Documento de origen") { $0.warnings == 0 ? nil : "La fecha o la hora no es clara" })
        }
        part.table("Reuniones de \(answer.year)", columns, answer.meetings)
    }

    private func writeSeries(_ part: inout HTML) {
        if answer.series.isEmpty {
            part.p("Las sesiones que van juntas, como las que preparan una asamblea, se siguen en un ciclo.")
        }
        part.ul { list in
            for series in answer.series {
                list.li { item in
                    item.a(series.title, .href(.series(heading.slug, series.id)))
                    item.text(
                        " (\(series.purpose.title.lowercased()), \(SpanishFormat.count(series.sessionsNeeded, "sesión", "sesiones")))"
                    )
                }
            }
        }
        guard rights.mayPlan else { return }
        part.p(.class("part-actions")) { $0.action("Crear un ciclo", to: .newSeries(heading.slug)) }
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
            part.ol { list in
                for item in agenda.items { list.li(item) }
            }
        }
    }

    private func writeReports(_ part: inout HTML) {
        let reports = answer.reports.filter { $0.year == answer.year }
        if reports.isEmpty { part.p("No consta ningún informe de \(answer.year).") }
        part.ul { list in
            for report in reports {
                list.li { item in
                    item.a(report.title, .href(.report(heading.slug, report.id)))
                    item.text(
                        " (\(report.kind.title)), \(SpanishFormat.date(report.givenOn))\(report.audience.isEmpty ? "" : ", ante \(report.audience)")"
                    )
                }
            }
        }
        guard rights.mayFollow else { return }
        part.p { line in
            line.action(
                "Anotar un informe de \(answer.year)",
                to: Path.newReport(heading.slug).with("ano", String(answer.year)))
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
        case .planned where meeting.day == today: Status("Hoy", .open)
        case .planned where meeting.day < today: Status("Sin acta", .overdue)
        case .held where !hasMinutes: minutesStatus
        default: meeting.state.status
        }
    }

    /// Where the minutes of a meeting that was held stand. Of a session that was run here they write themselves.
    private var minutesStatus: Status {
        switch draft {
        case nil where meeting.session == nil: Status("Sin acta", .unproven)
        case nil, .draft: Status("Acta en borrador", .due)
        case .circulated: Status("Acta en observaciones", .open)
        case .approved, .sealed: Status("Acta en firmas", .open)
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
