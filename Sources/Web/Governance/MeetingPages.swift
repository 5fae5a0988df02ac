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
            Fact(
                "Página pública", meeting.isPublic ? "Se muestra mientras está programada" : "No se muestra"),
            Fact(
                "Rendición de cuentas propia",
                meeting.isOwnAccountability ? "Sí: la alianza rinde las suyas" : "No"))
        writeDescription(&html)
        if let asWritten = meeting.asWritten { html.facts(Fact("En el documento de origen", asWritten)) }
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

    private func writeDescription(_ html: inout HTML) {
        guard rights.mayPlan, meeting.state != .cancelled else { return }
        if meeting.mayHoldOwnAccountability {
            html.note(
                .info,
                "Si en esta reunión la alianza rindió sus propias cuentas, anótelo: sin eso no cuenta como su informe del año."
            )
        }
        html.p(.class("part-actions")) {
            $0.action(
                "Corregir si es pública o rinde cuentas", to: .describeMeeting(heading.slug, meeting.id))
        }
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
            part.content(of: minutes)
            writeList("Seguimiento", minutes.followUp, &part)
            writeList("Anexos", minutes.attachments, &part)
            writePapers(of: minutes, &part)
        }
    }

    private func writePapers(of minutes: Minutes, _ part: inout HTML) {
        if !answer.papers.isEmpty || rights.mayAttach { part.h3("Documentos firmados") }
        part.papers(answer.papers, mayOpen: rights.mayOpen)
        guard rights.mayAttach else { return }
        part.p(.class("part-actions")) { line in
            line.action("Adjuntar el acta firmada", to: .attachMinutes(heading.slug, meeting.id))
            line.action("Adjuntar la lista de asistencia", to: .attachAttendance(heading.slug, meeting.id))
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
    let mode = Field.choice("mode", "Modo", [Meeting.Mode.inPerson, .virtual, .mixed], title: \.title)
    let place = Field.text("place", "Lugar o enlace", max: 200).optional()
    let isPublic = Field.checkbox(
        "is_public", "Mostrarla en la página pública: su nombre, día, hora y lugar, sin el enlace")
    let isOwnAccountability = Field.checkbox(
        "is_own_accountability", "En ella la alianza rinde cuentas a sus asociados y a la ciudadanía")
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
        let state =
            form.isTyped
            ? form
            : form.filling(fields.agenda, with: standing).filling(fields.mode, with: .inPerson)
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
            form.field(fields.isPublic)
            form.field(fields.isOwnAccountability)
            form.field(fields.participants)
            form.field(fields.agenda)
            form.submit("Programar la reunión", orBackTo: .meetings(heading.slug))
        }
    }
}

/// Puts right what a meeting is for citizens.
struct DescribeMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let form: FormState

    var title: String { "Carácter de «\(meeting.title)»" }
    var lead: String? { "La página pública y las obligaciones se ponen al día con lo que diga aquí." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MeetingForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.isPublic, with: meeting.isPublic)
                .filling(fields.isOwnAccountability, with: meeting.isOwnAccountability)
        html.form(to: .describeMeeting(heading.slug, meeting.id), state) { form in
            form.field(fields.isPublic)
            form.field(fields.isOwnAccountability)
            form.submit("Guardar", orBackTo: .meeting(heading.slug, meeting.id))
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

/// One decision of minutes, with its votes where it was voted.
struct DecisionRow: FormRow {
    private let decision: Field<String>
    private let inFavor: Field<Int?>
    private let against: Field<Int?>
    private let abstained: Field<Int?>

    init(_ number: Int) {
        func votes(_ name: String, _ label: String) -> Field<Int?> {
            Field.integer("\(name)\(number)", label, in: 0...1_000_000).optional()
        }
        decision = Field.text("decision\(number)", "Decisión \(number)", max: 1000)
        inFavor = votes("favor", "A favor")
        against = votes("contra", "En contra")
        abstained = votes("abstencion", "Abstenciones")
    }

    var names: [String] { [decision.name, inFavor.name, against.name, abstained.name] }

    func write(_ html: inout HTML) {
        html.div(.class("field-wide")) { $0.field(decision) }
        for votes in [inFavor, against, abstained] { html.div(.class("field-narrow")) { $0.field(votes) } }
    }

    func read(_ form: Submission) throws -> Minutes.Decision {
        let (decision, inFavor, against, abstained) = try form.read(decision, inFavor, against, abstained)
        return Minutes.Decision(
            decision: decision, inFavor: inFavor, against: against, abstained: abstained)
    }

    func filling(_ form: FormState, with answer: Minutes.Decision) -> FormState {
        form.filling(decision, with: answer.decision).filling(inFavor, with: answer.inFavor)
            .filling(against, with: answer.against).filling(abstained, with: answer.abstained)
    }
}

/// One commitment of minutes.
struct CommitmentRow: FormRow {
    private let activity: Field<String>
    private let responsible: Field<String>
    private let dueOn: Field<CalendarDate?>

    init(_ number: Int) {
        activity = Field.text("commitment\(number)", "Compromiso \(number)", max: 1000)
        responsible = Field.text("responsible\(number)", "Quién responde", max: 200)
        dueOn = Field.date("due\(number)", "Hasta el").optional()
    }

    var names: [String] { [activity.name, responsible.name, dueOn.name] }

    func write(_ html: inout HTML) {
        html.div(.class("field-wide")) { $0.field(activity) }
        html.div { $0.field(responsible) }
        html.div { $0.field(dueOn) }
    }

    func read(_ form: Submission) throws -> Minutes.Commitment {
        let (activity, responsible, dueOn) = try form.read(activity, responsible, dueOn)
        return Minutes.Commitment(activity: activity, dueOn: dueOn, responsible: responsible)
    }

    func filling(_ form: FormState, with answer: Minutes.Commitment) -> FormState {
        form.filling(activity, with: answer.activity).filling(responsible, with: answer.responsible)
            .filling(dueOn, with: answer.dueOn)
    }
}

/// The questions of minutes.
struct MinutesForm {
    let number = Field.text("number", "Número del acta", max: 40).optional()
    let datedOn = Field.date("dated_on", "Fecha del acta")
    let attendees = Field.integer("attendees", "Personas que asistieron", in: 0...1_000_000)
    let narrative = Field.paragraphs(
        "narrative", "Desarrollo", max: 200_000, rows: 12, hint: "Un párrafo por línea.")
    let decisions = FormRows<DecisionRow>(
        title: "Decisiones", more: "Agregar otra decisión", count: 15,
        hint: "Los votos se dejan en blanco si no se contaron.")
    let commitments = FormRows<CommitmentRow>(
        title: "Compromisos", more: "Agregar otro compromiso", count: 15)
    let paper = Field.paper("paper", "El acta firmada", hint: "Se puede adjuntar después.").optional()
    let attendance = Field.paper("attendance", "La lista de asistencia", hint: "Se puede adjuntar después.")
        .optional()

    /// The minutes that a form tells.
    func read(
        _ form: Submission, of meeting: ID<Meeting>, in alliance: ID<Alliance>
    ) throws -> RecordMinutes {
        let (number, datedOn, attendees, narrative, paper, attendance) = try form.read(
            number, datedOn, attendees, narrative, paper, attendance)
        return try RecordMinutes(
            of: meeting, in: alliance, number: number, datedOn: datedOn, attendees: attendees,
            narrative: narrative.lines, decisions: try decisions.read(form),
            commitments: try commitments.read(form), paper: paper?.stored(on: datedOn),
            attendance: attendance?.stored(on: datedOn))
    }
}

/// Records minutes.
struct RecordMinutesPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let form: FormState

    var title: String { "Registrar el acta" }
    var lead: String? {
        "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day)). Antes de registrarla se muestra completa: después no se cambia."
    }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }
    var scripts: [String] { ["renglones.js"] }

    func body(_ html: inout HTML) {
        let fields = MinutesForm()
        html.form(
            to: .recordMinutes(heading.slug, meeting.id),
            form.isTyped ? form : form.filling(fields.datedOn, with: meeting.day)
        ) { form in
            form.div(.class("form-row")) { row in
                row.field(fields.number)
                row.field(fields.datedOn)
                row.field(fields.attendees)
            }
            form.field(fields.narrative)
            fields.decisions.write(&form)
            fields.commitments.write(&form)
            form.submit("Revisar el acta", orBackTo: .meeting(heading.slug, meeting.id))
        }
    }
}

/// Minutes as they were understood, before they are recorded for good.
struct ReviewMinutesPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let minutes: Minutes
    let submission: Submission

    var title: String { "Revise el acta" }
    var lead: String? { "De «\(meeting.title)». Una vez registrada no se cambia." }
    var trail: [Crumb] {
        heading.trail(from: .meetings) + [Crumb(meeting.title, .meeting(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        html.facts(
            Fact("Número", minutes.number), Fact("Fecha del acta", minutes.datedOn),
            Fact("Asistentes", minutes.counts.first.map { SpanishFormat.number($0.people) }))
        html.content(of: minutes)
        let fields = MinutesForm()
        html.section("Los documentos firmados") { part in
            part.reviewForm(
                to: .recordMinutes(heading.slug, meeting.id), of: submission, verb: "Registrar el acta",
                hasFiles: true
            ) { form in
                form.field(fields.paper)
                form.field(fields.attendance)
            }
        }
    }
}

extension HTML {
    /// Writes what happened, what was decided and what is to be done.
    mutating func content(of minutes: Minutes) {
        if !minutes.narrative.isEmpty {
            h3("Desarrollo")
            for paragraph in minutes.narrative { p(paragraph) }
        }
        if !minutes.decisions.isEmpty {
            h3("Decisiones")
            ul { list in
                for decision in minutes.decisions { list.li(decision.words) }
            }
        }
        if !minutes.commitments.isEmpty {
            h3("Compromisos")
            ul { list in
                for commitment in minutes.commitments { list.li(commitment.words) }
            }
        }
    }
}

extension Minutes.Decision {
    /// The decision with its votes.
    fileprivate var words: String {
        let votes = [
            inFavor.map { "\($0) a favor" }, against.map { "\($0) en contra" },
            abstained.map { SpanishFormat.count($0, "abstención", "abstenciones") },
        ].compactMap(\.self)
        return decision + (votes.isEmpty ? "" : ": \(SpanishFormat.list(votes))")
    }
}

extension Minutes.Commitment {
    /// The commitment with who answers for it and until when.
    fileprivate var words: String {
        let due = dueOn.map { ", hasta el \(SpanishFormat.date($0))" } ?? ""
        return "\(activity). Responde: \(responsible)\(due)"
    }
}
