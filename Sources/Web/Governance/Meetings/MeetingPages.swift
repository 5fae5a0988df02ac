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
        (meeting.days.count == 1 ? SpanishFormat.longDate(meeting.day) : SpanishFormat.dates(meeting.days))
            + (meeting.hours.map { ", \($0)" } ?? "")
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "reuniones" }

    func actions(_ html: inout HTML) {
        if rights.mayPlan, meeting.state == .planned {
            html.action("Editar", to: .editMeeting(heading.slug, meeting.id))
            html.action("Reprogramar", to: .moveMeeting(heading.slug, meeting.id))
            html.action("Cancelar la reunión", to: .cancelMeeting(heading.slug, meeting.id))
        }
        if let stage = answer.minutesStage, isWrittenHere(stage) {
            html.action(stage.verb, to: .minutes(heading.slug, meeting.id), .primary)
        } else if rights.mayRecord, answer.minutes == nil, [.planned, .held].contains(meeting.state),
            meeting.day <= answer.today
        {
            html.action("Registrar el acta", to: .recordMinutes(heading.slug, meeting.id), .primary)
        }
    }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(answer.summary.status(on: answer.today))
            if meeting.isReserved { line.status(Status("Espacio propio de la junta", .sealed)) }
        }
        if meeting.isReserved { writeReserve(&html) }
        html.warnings(answer.warnings)
        html.facts(
            Fact("Clase", meeting.kind.title), Fact("Se reúne", answer.preparation.body?.name ?? gathered),
            Fact("Modo", meeting.mode.title), Fact("Lugar", meeting.place), Fact("Enlace", enterWords),
            Fact("Participan", SpanishFormat.list(meeting.participants)),
            Fact(
                "Página pública", meeting.isPublic ? "Se muestra mientras está programada" : "No se muestra"),
            Fact(
                "Rendición de cuentas propia",
                meeting.isOwnAccountability ? "Sí: la alianza rinde las suyas" : "No"))
        if let series = answer.preparation.series {
            html.facts(
                Fact("Ciclo de sesiones") { fact in
                    fact.a(series.series.title, .href(.series(heading.slug, series.series.id)))
                    fact.text(": \(series.words)")
                })
        }
        if let event = meeting.event, rights.maySeeEvents {
            html.facts(
                Fact("Evento conjunto") { $0.a("Ver las otras alianzas que lo hacen", .href(.event(event))) })
        }
        writeDescription(&html)
        if let asWritten = meeting.asWritten { html.facts(Fact("En el documento de origen", asWritten)) }
        if let restriction = meeting.restriction { html.note(.info, restriction) }
        html.changes(answer.changes, mayOpen: rights.mayOpen)
        html.preparationStage(answer, heading, mayPlan: rights.mayPlan)
        html.sessionStage(meeting, heading, today: answer.today)
        html.evidence(
            answer.evidence, of: meeting, in: heading.slug, mayAdd: rights.mayPlan, mayOpen: rights.mayOpen)
        if let stage = answer.minutesStage {
            html.minutesStage(stage, of: meeting.id, in: heading.slug)
        } else if let minutes = answer.minutes {
            write(minutes, &html)
        }
    }

    private var enterWords: String? {
        meeting.link == nil ? nil : answer.link ?? "Se da a quienes se convoca"
    }

    /// Whether the minutes are those that write themselves, and not to be recorded from paper.
    private func isWrittenHere(_ stage: MinutesStage) -> Bool {
        meeting.state == .held && (meeting.session != nil || stage.state != nil)
    }

    private var gathered: String {
        meeting.kind == .assembly ? "Los asociados" : "Quienes se convoquen"
    }

    private func writeReserve(_ html: inout HTML) {
        html.note(.info, "La entidad no ve esta reunión") { note in
            note.p(
                "Solo la ve la junta, con su orden del día, sus decisiones y sus actas, hasta que la comparta."
            )
            if rights.mayPlan {
                note.p {
                    $0.action("Compartirla con la entidad", to: .shareMeeting(heading.slug, meeting.id))
                }
            }
        }
    }

    private func writeDescription(_ html: inout HTML) {
        guard rights.mayPlan, meeting.state != .cancelled, !meeting.isReserved else { return }
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

    // MARK: Minutes

    private func write(_ minutes: Minutes, _ html: inout HTML) {
        html.section(minutes.number.map { "Acta \($0)" } ?? "Acta", id: "acta") { part in
            part.note(
                .info,
                "Del papel: así quedó registrada. No se cambia: lo que haya que corregir va en un acta posterior."
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

extension MinutesStage {
    /// What there is to do with the minutes, for the button of the meeting's page.
    fileprivate var verb: String {
        switch state {
        case nil, .draft: "Abrir el borrador del acta"
        case .circulated: waiting == 0 ? "Ver el acta en observaciones" : "Responder las observaciones"
        case .approved: "Ver el acta y sus firmas"
        case .sealed: "Ver el acta"
        }
    }
}

// MARK: - Forms

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
