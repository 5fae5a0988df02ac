import Governance
import Kernel
import Tenancy

/// The events that several alliances hold at once.
struct EventsPage: ListPage {
    enum Order: String, SortKey {
        case day = "fecha"
        case title = "nombre"
        static let initial = Self.day
        static let beginsDescending = true
    }

    static let columns: [Column<JointEventSummary, Order>] = [
        .text("Evento", sort: .title, to: { .event($0.event.id) }) { $0.event.title },
        .date("Día", sort: .day) { $0.day },
        .text("Clase") { $0.event.kind.title },
        .integer("Alianzas") { $0.alliances },
        .integer("Realizado en") { $0.held },
        .integer("Cancelado en") { $0.cancelled },
        .integer("Asistentes") { $0.present },
    ]
    static let words = Field.text("q", "Nombre del evento", max: 80).optional()

    let query: ListQuery<Order>
    let events: [JointEventSummary]

    var title: String { "Eventos conjuntos" }
    var lead: String? {
        "Lo que se hace una vez para varias alianzas. Cada una conserva su propia reunión, con su convocatoria, su asistencia, su acta y sus evidencias."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "eventos" }

    func actions(_ html: inout HTML) {
        html.action("Programar un evento", to: .newEvent(), .primary, icon: .plus)
    }

    var found: Found<JointEventSummary> {
        var rows = events
        if let words = query[Self.words]?.folded {
            rows.removeAll { !$0.event.title.folded.contains(words) }
        }
        rows.sort { left, right in
            switch query.sort {
            case .day: left.day < right.day
            case .title: left.event.title.folded < right.event.title.folded
            }
        }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.list(
            self, filters: { $0.field(Self.words) },
            empty: EmptyState("Aún no hay eventos conjuntos.", next: "Programar el primero", to: .newEvent()))
    }
}

/// The questions of an event: those of a meeting that are the same everywhere, and which alliances hold it.
struct EventForm {
    let meeting = MeetingForm(nil)
    let model: Field<AgendaChoice?>
    let alliances: Field<[ID<Alliance>]>

    init(_ alliances: [Alliance], _ models: [AgendaModel]) {
        self.alliances = Field.choices(
            "alliances", "Alianzas", alliances.map { Option($0.id, $0.name) },
            hint: "A cada una le queda la reunión en su calendario.")
        model = Field.choice(
            "model", "Orden del día", models.map { Option(AgendaChoice(rawValue: $0.code), $0.title) },
            style: .menu, prompt: "Empezar sin modelo",
            hint: "Lo que la reunión anterior de cada alianza dejó pendiente se agrega solo."
        ).optional()
    }

    /// The meeting that is held everywhere, without an alliance.
    func read(_ form: Submission) throws -> (meeting: Meeting, model: AgendaChoice?, others: [String]) {
        let (title, kind, day, lastDay, startsAt, endsAt, mode, place, link) = try form.read(
            meeting.title, meeting.kind, meeting.day, meeting.lastDay, meeting.startsAt, meeting.endsAt,
            meeting.mode, meeting.place, meeting.link)
        let (participants, isPublic, model, others) = try form.read(
            meeting.participants, meeting.isPublic, model, meeting.agenda)
        return (
            try Meeting(
                kind: kind, title: title, day: day, lastDay: lastDay, startsAt: startsAt, endsAt: endsAt,
                mode: mode, place: place, link: link, participants: participants?.lines ?? [],
                isPublic: isPublic), model, others?.lines ?? []
        )
    }
}

/// Plans an event.
struct NewEventPage: Page {
    let alliances: [Alliance]
    let models: [AgendaModel]
    let form: FormState

    var title: String { "Programar un evento conjunto" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Eventos conjuntos", .events())] }
    var help: HelpTopic { "eventos" }

    func body(_ html: inout HTML) {
        guard !alliances.isEmpty else {
            html.emptyState(
                EmptyState("No hay alianzas que puedan hacerlo.", next: "Ver las alianzas", to: .alliances()))
            return
        }
        let fields = EventForm(alliances, models)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.meeting.mode, with: .inPerson)
                .filling(fields.alliances, with: alliances.map(\.id))
        html.form(to: .newEvent(), state) { form in
            form.field(fields.meeting.title)
            form.field(fields.meeting.kind)
            form.div(.class("form-row")) { row in
                row.field(fields.meeting.day)
                row.field(fields.meeting.startsAt)
                row.field(fields.meeting.endsAt)
                row.field(fields.meeting.lastDay)
            }
            form.field(fields.meeting.mode)
            form.field(fields.meeting.place)
            form.field(fields.meeting.link)
            form.field(fields.alliances)
            form.field(fields.model)
            form.field(fields.meeting.agenda)
            form.field(fields.meeting.participants)
            form.field(fields.meeting.isPublic)
            form.submit("Programar el evento", orBackTo: .events())
        }
    }
}

/// An event with what each alliance has of it.
struct EventPage: Page {
    /// What an alliance has of it, with its name.
    struct Row: Sendable {
        let alliance: String
        let slug: AllianceSlug?
        let meeting: JointMeeting
        let today: CalendarDate
    }

    private enum Order: String, SortKey {
        case alliance = "alianza"
        static let initial = Self.alliance
    }

    let answer: ReadEvent.Answer
    let rows: [Row]
    /// Whether some alliance could still be brought in.
    let mayExtend: Bool

    private var event: JointEvent { answer.event }
    /// The meetings that were not called off, or all where all were.
    private var meetings: [Meeting] {
        let all = answer.meetings.map(\.summary.meeting)
        let standing = all.filter { $0.state != .cancelled }
        return standing.isEmpty ? all : standing
    }
    /// The days of the meetings, one where it is the same everywhere.
    private var days: [CalendarDate] { Set(meetings.map(\.day)).sorted() }

    /// What all have alike; `nil` where they differ, or none has it.
    private func shared<Value: Hashable>(_ value: (Meeting) -> Value?) -> Value? {
        let values = Set(meetings.map(value))
        return values.count == 1 ? values.first ?? nil : nil
    }

    var title: String { event.title }
    var lead: String? {
        let day = SpanishFormat.list(days.map(SpanishFormat.longDate)).capitalizedFirst
        return [day, shared(\.hours)].compactMap(\.self).joined(separator: ", ")
    }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Eventos conjuntos", .events())] }
    var help: HelpTopic { "eventos" }

    func actions(_ html: inout HTML) {
        if rows.contains(where: { $0.meeting.summary.meeting.state != .cancelled }) {
            html.action("Agregar una evidencia", to: .addEventEvidence(event.id), .primary)
        }
        guard !answer.planned.isEmpty else { return }
        html.action("Convocar en todas", to: .callEvent(event.id))
        if mayExtend { html.action("Agregar alianzas", to: .extendEvent(event.id)) }
        html.action("Reprogramar", to: .moveEvent(event.id))
        html.action("Cancelar el evento", to: .cancelEvent(event.id))
    }

    func body(_ html: inout HTML) {
        let held = rows.filter { $0.meeting.summary.meeting.state == .held }
        html.facts(
            Fact("Hora", shared(\.hours) ?? "No es la misma en todas, o falta"),
            Fact("Modo", shared(\.mode)?.title),
            Fact("Lugar", shared(\.place) ?? "No es el mismo en todas, o falta"),
            Fact("Enlace", shared(\.link)))
        html.figures(
            KeyFigure(rows.count, rows.count == 1 ? "alianza" : "alianzas"),
            KeyFigure(held.count, "lo realizaron"),
            KeyFigure(held.count { $0.meeting.summary.hasMinutes }, "con acta"),
            KeyFigure(rows.reduce(0) { $0 + $1.meeting.present }, "asistentes"))
        let columns: [Column<Row, Order>] = [
            .text("Alianza", to: { row in row.slug.map { .meeting($0, row.meeting.summary.meeting.id) } }) {
                $0.alliance
            },
            .status("Estado") { $0.meeting.summary.status(on: $0.today) },
            .date("Día") { $0.meeting.summary.meeting.day },
            .date("Convocada") { $0.meeting.summary.calledOn },
            .integer("Asistentes") { $0.meeting.present },
            .integer("Evidencias") { $0.meeting.evidence },
            .yesNo("Acta") { $0.meeting.summary.hasMinutes },
        ]
        html.table("Alianzas del evento", columns, rows)
        html.p(
            "La asistencia, la apertura y el acta se llevan en cada alianza: cada una cuenta su propio quórum entre quienes tienen voz y voto en ella. La convocatoria, los cambios de fecha y las evidencias se hacen una vez para todas.",
            .class("form-text"))
    }
}

/// Brings more alliances into an event.
struct ExtendEventPage: Page {
    let event: JointEvent
    let alliances: [Alliance]
    let form: FormState

    var title: String { "Agregar alianzas a «\(event.title)»" }
    var lead: String? { "A cada una le queda la reunión como está programada en las demás." }
    var trail: [Crumb] { event.trail }
    var help: HelpTopic { "eventos" }

    func body(_ html: inout HTML) {
        guard !alliances.isEmpty else {
            html.emptyState(
                EmptyState("Todas las alianzas ya lo tienen.", next: "Volver al evento", to: .event(event.id))
            )
            return
        }
        html.form(to: .extendEvent(event.id), form) { form in
            form.field(EventForm(alliances, []).alliances)
            form.submit("Agregar las alianzas", orBackTo: .event(event.id))
        }
    }
}

/// Calls an event in all its alliances at once.
struct CallEventPage: Page {
    let answer: ReadEvent.Answer
    /// Who calls, where nobody said it before.
    let caller: String
    /// Whether this server sends mail.
    let sendsMail: Bool
    let form: FormState

    /// Whether the notices go out by mail as soon as they are issued.
    static let mails = Field.checkbox(
        "mails", "Enviarla enseguida por correo a quienes tienen correo, en cada alianza")

    private var event: JointEvent { answer.event }

    var title: String { "Convocar «\(event.title)» en todas sus alianzas" }
    var lead: String? {
        "Se emite en \(SpanishFormat.count(answer.planned.count, "alianza", "alianzas")), a cada una con su nombre y su orden del día. La que ya la tiene igual queda como está."
    }
    var trail: [Crumb] { event.trail }
    var help: HelpTopic { "eventos" }

    func body(_ html: inout HTML) {
        let fields = NoticeForm()
        let state =
            form.isTyped ? form : form.filling(fields.caller, with: caller).filling(Self.mails, with: true)
        html.form(to: .callEvent(event.id), state) { form in
            form.field(fields.caller)
            form.field(fields.contact)
            form.field(fields.shortNoticeReason)
            if sendsMail { form.field(Self.mails) }
            form.submit("Emitir la convocatoria en todas", orBackTo: .event(event.id))
        }
    }
}

/// Moves an event everywhere, or calls it off.
struct ChangeEventPage: Page {
    let answer: ReadEvent.Answer
    let isCancelled: Bool
    let form: FormState

    private var event: JointEvent { answer.event }

    var title: String { isCancelled ? "Cancelar «\(event.title)»" : "Reprogramar «\(event.title)»" }
    var lead: String? {
        let count = SpanishFormat.count(
            answer.planned.count, "alianza que aún no lo ha", "alianzas que aún no lo han")
        return "Cambia en \(count) realizado. A cada una le queda el motivo en su reunión."
    }
    var trail: [Crumb] { event.trail }
    var help: HelpTopic { "eventos" }

    func body(_ html: inout HTML) {
        let fields = MoveForm()
        let meeting = answer.planned.first?.summary.meeting
        let state =
            form.isTyped
            ? form
            : form.filling(fields.day, with: meeting?.day).filling(fields.startsAt, with: meeting?.startsAt)
                .filling(fields.endsAt, with: meeting?.endsAt)
        html.form(to: isCancelled ? .cancelEvent(event.id) : .moveEvent(event.id), state) { form in
            if !isCancelled {
                form.div(.class("form-row")) { row in
                    row.field(fields.day)
                    row.field(fields.startsAt)
                    row.field(fields.endsAt)
                }
            }
            form.field(fields.reason)
            form.submit(
                isCancelled ? "Cancelar el evento" : "Reprogramar", isCancelled ? .danger : .primary,
                orBackTo: .event(event.id), back: "Volver al evento")
        }
    }
}

extension JointEvent {
    /// The way to a page of the event.
    var trail: [Crumb] {
        [Crumb("Inicio", .home()), Crumb("Eventos conjuntos", .events()), Crumb(title, .event(id))]
    }
}
