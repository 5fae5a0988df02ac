import Governance
import Kernel
import Tenancy

/// A meeting: when and where, how it was called, what its source gets wrong, its minutes as they were recorded.
struct MeetingPage: Page {
    let heading: AllianceHeading
    let answer: ReadMeeting.Answer
    let rights: RecordRights

    private var meeting: Meeting { answer.summary.meeting }

    var title: String { meeting.title }
    var lead: String? {
        SpanishFormat.longDate(meeting.day) + (meeting.hours.map { ", \($0)" } ?? "")
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        if rights.mayPlan, meeting.state == .planned {
            html.action("Anotar la convocatoria", to: .callMeeting(heading.slug, meeting.id))
            html.action("Reprogramar", to: .moveMeeting(heading.slug, meeting.id))
            html.action("Cancelar la reunión", to: .cancelMeeting(heading.slug, meeting.id))
        }
        if rights.mayRecord, answer.minutes == nil, meeting.state != .cancelled, meeting.day <= answer.today {
            html.action("Registrar el acta", to: .recordMinutes(heading.slug, meeting.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { $0.status(answer.summary.status(on: answer.today)) }
        html.warnings(answer.warnings)
        html.facts(
            Fact("Clase", meeting.kind.title), Fact("Modo", meeting.mode.title),
            Fact("Lugar", meeting.place), Fact("Participan", SpanishFormat.list(meeting.participants)),
            Fact("En el documento de origen", meeting.asWritten))
        if let restriction = meeting.restriction { html.note(.info, restriction) }
        if !meeting.agenda.isEmpty {
            html.section("Orden del día") { part in
                part.ol { list in
                    for item in meeting.agenda { list.li(item) }
                }
            }
        }
        writeCalls(&html)
        if let minutes = answer.minutes { write(minutes, &html) }
    }

    private func writeCalls(_ html: inout HTML) {
        guard !answer.calls.isEmpty else {
            if meeting.state == .planned {
                html.section("Convocatoria") { $0.p("Todavía no consta ninguna convocatoria.") }
            }
            return
        }
        html.section("Convocatoria") { part in
            part.ul { list in
                for call in answer.calls {
                    let days = meeting.day - call.sentOn
                    let reached = call.reached.map {
                        ", llegó a \(SpanishFormat.count($0, "persona", "personas"))"
                    }
                    list.li(
                        "\(call.channel), el \(SpanishFormat.date(call.sentOn)) (\(SpanishFormat.count(days, "día", "días")) antes)\(reached ?? "")\(call.note.map { ". \($0)" } ?? "")"
                    )
                }
            }
        }
    }

    // MARK: Minutes

    private func write(_ minutes: Minutes, _ html: inout HTML) {
        html.section(minutes.number.map { "Acta \($0)" } ?? "Acta", id: "acta") { part in
            part.note(
                .info, "Así quedó registrada. No se cambia: lo que haya que corregir va en un acta posterior."
            )
            part.facts(
                Fact("Fecha del acta", minutes.datedOn),
                Fact("Días de la actividad", SpanishFormat.dates(minutes.days)),
                Fact("Municipio", minutes.municipality),
                Fact("Tipo de actividad", minutes.activity ?? "Ninguna casilla marcada"),
                Fact("Facilitó", minutes.facilitator), Fact("Entidad", minutes.company),
                Fact("Grupo objetivo", minutes.audience))
            if !minutes.counts.isEmpty {
                part.h3("Asistencia")
                part.dl(.class("facts")) { list in
                    for count in minutes.counts {
                        list.div { line in
                            line.dt(count.label)
                            line.dd(SpanishFormat.number(count.people))
                        }
                    }
                }
            }
            if !minutes.narrative.isEmpty {
                part.h3("Desarrollo")
                for paragraph in minutes.narrative { part.p(paragraph) }
            }
            writeDecisions(of: minutes, &part)
            writeCommitments(of: minutes, &part)
            writeList("Seguimiento", minutes.followUp, &part)
            writeList("Anexos", minutes.attachments, &part)
        }
    }

    private func writeDecisions(of minutes: Minutes, _ part: inout HTML) {
        guard !minutes.decisions.isEmpty else { return }
        part.h3("Decisiones")
        part.ul { list in
            for decision in minutes.decisions {
                let votes = [
                    decision.inFavor.map { "\($0) a favor" }, decision.against.map { "\($0) en contra" },
                    decision.abstained.map { SpanishFormat.count($0, "abstención", "abstenciones") },
                ].compactMap(\.self)
                list.li(decision.decision + (votes.isEmpty ? "" : ": \(SpanishFormat.list(votes))"))
            }
        }
    }

    private func writeCommitments(of minutes: Minutes, _ part: inout HTML) {
        guard !minutes.commitments.isEmpty else { return }
        part.h3("Compromisos")
        part.ul { list in
            for commitment in minutes.commitments {
                let due = commitment.dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? ""
                list.li("\(commitment.activity). Responde: \(commitment.responsible)\(due)")
            }
        }
    }

    private func writeList(_ title: String, _ items: [String], _ part: inout HTML) {
        guard !items.isEmpty else { return }
        part.h3(title)
        part.ul { list in
            for item in items { list.li(item) }
        }
    }
}

// MARK: - Forms

/// The questions of a meeting.
struct MeetingForm {
    let title = Field.text("title", "Nombre", max: 160)
    let kind = Field.choice("kind", "Clase", Meeting.Kind.allCases, title: \.title, style: .menu)
    let day = Field.date("day", "Día")
    let startsAt = Field.time("starts_at", "Empieza").optional()
    let endsAt = Field.time("ends_at", "Termina").optional()
    let mode = Field.choice("mode", "Modo", Meeting.Mode.allCases, title: \.title)
    let place = Field.text("place", "Lugar o enlace", max: 200).optional()
    let participants = Field.paragraphs("participants", "Quiénes participan", max: 2000, rows: 3).optional()
    let agenda = Field.paragraphs(
        "agenda", "Orden del día", max: 8000, rows: 8, hint: "Un punto por línea."
    ).optional()
}

/// Puts a meeting on the calendar.
struct NewMeetingPage: Page {
    let heading: AllianceHeading
    let agendas: [AgendaTemplate]
    let form: FormState

    var title: String { "Programar una reunión" }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MeetingForm()
        let standing = agendas.first.map { $0.items.joined(separator: "\n") }
        let state = form.isRefused ? form : form.filling(fields.agenda, with: standing)
        html.form(to: .newMeeting(heading.slug), state) { form in
            form.field(fields.title)
            form.field(fields.kind)
            form.div(.class("form-row")) { row in
                row.field(fields.day)
                row.field(fields.startsAt)
                row.field(fields.endsAt)
            }
            form.field(fields.mode)
            form.field(fields.place)
            form.field(fields.participants)
            form.field(fields.agenda)
            form.submit("Programar la reunión", orBackTo: .meetings(heading.slug))
        }
    }
}

/// The questions of another time for a meeting.
struct MoveForm {
    let day = Field.date("day", "Nuevo día")
    let startsAt = Field.time("starts_at", "Empieza").optional()
    let endsAt = Field.time("ends_at", "Termina").optional()
    let reason = Field.paragraphs(
        "reason", "Por qué, y con quién se acordó", max: 500, rows: 3)
    let restrictionIsMet = Field.checkbox(
        "restriction_is_met", "La condición se cumple: quien puede cambiar la fecha lo hizo y lo avisó")
}

/// Moves a meeting, or calls it off.
struct ChangeMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let isCancelled: Bool
    let form: FormState

    var title: String { isCancelled ? "Cancelar «\(meeting.title)»" : "Reprogramar «\(meeting.title)»" }
    var lead: String? { "Está programada para el \(SpanishFormat.longDate(meeting.day))." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MoveForm()
        let path: Path =
            isCancelled
            ? .cancelMeeting(heading.slug, meeting.id) : .moveMeeting(heading.slug, meeting.id)
        let state =
            form.isRefused
            ? form
            : form.filling(fields.day, with: meeting.day).filling(fields.startsAt, with: meeting.startsAt)
                .filling(fields.endsAt, with: meeting.endsAt)
        if let restriction = meeting.restriction { html.note(.warning, restriction) }
        html.form(to: path, state) { form in
            if !isCancelled {
                form.div(.class("form-row")) { row in
                    row.field(fields.day)
                    row.field(fields.startsAt)
                    row.field(fields.endsAt)
                }
            }
            form.field(fields.reason)
            if meeting.restriction != nil { form.field(fields.restrictionIsMet) }
            form.submit(
                isCancelled ? "Cancelar la reunión" : "Reprogramar", isCancelled ? .danger : .primary,
                orBackTo: .meeting(heading.slug, meeting.id), back: "Volver a la reunión")
        }
    }
}

/// The questions of how a meeting was called.
struct MeetingCallForm {
    let sentOn = Field.date("sent_on", "Día en que se convocó")
    let channel = Field.text("channel", "Medio", max: 120, hint: "Teléfono, afiche, WhatsApp, prensa local…")
    let reached = Field.integer("reached", "Personas a las que llegó", in: 0...10_000_000).optional()
    let note = Field.paragraphs("note", "Nota", max: 500, rows: 2).optional()
}

/// Records how a meeting was called.
struct CallMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let form: FormState
    let today: CalendarDate

    var title: String { "Anotar la convocatoria" }
    var lead: String? { "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day)). Un medio por vez." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MeetingCallForm()
        html.form(
            to: .callMeeting(heading.slug, meeting.id),
            form.isRefused ? form : form.filling(fields.sentOn, with: today)
        ) { form in
            form.field(fields.sentOn)
            form.field(fields.channel)
            form.field(fields.reached)
            form.field(fields.note)
            form.submit("Anotar la convocatoria", orBackTo: .meeting(heading.slug, meeting.id))
        }
    }
}

/// The questions of minutes.
struct MinutesForm {
    let number = Field.text("number", "Número del acta", max: 40).optional()
    let datedOn = Field.date("dated_on", "Fecha del acta")
    let attendees = Field.integer("attendees", "Personas que asistieron", in: 0...1_000_000)
    let narrative = Field.paragraphs(
        "narrative", "Desarrollo", max: 200_000, rows: 12, hint: "Un párrafo por línea.")
    let decisions = Field.paragraphs(
        "decisions", "Decisiones", max: 20_000, rows: 4,
        hint:
            "Una por línea. Con votos, al final y con punto y coma: «Se aprueba el plan; 32; 1; 0» (a favor, en contra, abstenciones)."
    ).optional()
    let commitments = Field.paragraphs(
        "commitments", "Compromisos", max: 20_000, rows: 4,
        hint: "Uno por línea, con responsable y fecha: «Enviar el plan; Secretaría; 20/03/2026»."
    ).optional()
}

extension MinutesForm {
    /// The decisions of a text.
    ///
    /// - Throws: ``InvalidInput`` for votes that are no numbers.
    static func decisions(in text: String) throws(InvalidInput) -> [Minutes.Decision] {
        var decisions: [Minutes.Decision] = []
        for parts in parts(of: text) {
            let votes = parts.dropFirst().map { Int($0) }
            guard votes.count <= 3, votes.allSatisfy({ $0 != nil }) else {
                throw InvalidInput([
                    .init(
                        field: "decisions",
                        message:
                            "En «\(parts[0])» los votos no son números. Escríbalos así: «\(parts[0]); 32; 1; 0»."
                    )
                ])
            }
            let given = votes.map { $0 ?? 0 }
            decisions.append(
                .init(
                    decision: parts[0], inFavor: given.first, against: given.count > 1 ? given[1] : nil,
                    abstained: given.count > 2 ? given[2] : nil))
        }
        return decisions
    }

    /// The commitments of a text.
    ///
    /// - Throws: ``InvalidInput`` for one without who answers for it, or with a date that is none.
    static func commitments(in text: String) throws(InvalidInput) -> [Minutes.Commitment] {
        var commitments: [Minutes.Commitment] = []
        for parts in parts(of: text) {
            let due = parts.count > 2 ? CalendarDate(dayMonthYear: parts[2]) ?? CalendarDate(parts[2]) : nil
            guard parts.count >= 2, parts.count <= 3, parts.count < 3 || due != nil else {
                throw InvalidInput([
                    .init(
                        field: "commitments",
                        message:
                            "A «\(parts[0])» le falta el responsable o su fecha no se entiende. Escríbalo así: «\(parts[0]); Secretaría; 20/03/2026»."
                    )
                ])
            }
            commitments.append(.init(activity: parts[0], dueOn: due, responsible: parts[1]))
        }
        return commitments
    }

    private static func parts(of text: String) -> [[String]] {
        text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: ";").map {
                $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }.filter { !$0.isEmpty }
        }.filter { !$0.isEmpty }
    }
}

/// Records minutes.
struct RecordMinutesPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let form: FormState

    var title: String { "Registrar el acta" }
    var lead: String? {
        "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day)). Una vez registrada no se cambia."
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MinutesForm()
        html.form(
            to: .recordMinutes(heading.slug, meeting.id),
            form.isRefused ? form : form.filling(fields.datedOn, with: meeting.day)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.datedOn)
                row.field(fields.attendees)
            }
            form.field(fields.narrative)
            form.field(fields.decisions)
            form.field(fields.commitments)
            form.submit("Registrar el acta", orBackTo: .meeting(heading.slug, meeting.id))
        }
    }
}

/// The questions of the approval of a plan.
enum ApprovalForm {
    static let day = Field.date("day", "Día en que lo aprobaron los asociados")
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
        html.form(to: .approvePlan(heading.slug, plan.year), form) { form in
            form.field(ApprovalForm.day)
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
            form.isRefused ? form : form.filling(fields.month, with: today.components.month)
        ) { form in
            form.field(fields.activity)
            form.field(fields.month)
            form.field(fields.progress)
            form.submit("Anotar el avance", orBackTo: .plan(heading.slug, plan.year))
        }
    }
}

/// The questions of a report.
struct ReportForm {
    let kind = Field.choice("kind", "Clase", GivenReport.Kind.allCases, title: \.title)
    let title = Field.text("title", "Título", max: 200)
    let day = Field.date("day", "Día en que se presentó")
    let audience = Field.text("audience", "Ante quiénes", max: 200).optional()
}

/// Records a report that was given.
struct NewReportPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Anotar un informe" }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = ReportForm()
        html.form(to: .newReport(heading.slug), form) { form in
            form.field(fields.kind)
            form.field(fields.title)
            form.field(fields.day)
            form.field(fields.audience)
            form.submit("Anotar el informe", orBackTo: .meetings(heading.slug))
        }
    }
}
