import Governance
import Kernel
import Tenancy

/// An agenda that a meeting may begin with: one of the alliance's standing agendas, by its place, or a model.
struct AgendaChoice: PathValue, Hashable, RawRepresentable {
    let rawValue: String

    init(rawValue: String) { self.rawValue = rawValue }

    /// That of the meeting before.
    static let earlier = Self(rawValue: "anterior")

    fileprivate static func standing(_ index: Int) -> Self { Self(rawValue: "permanente-\(index + 1)") }
}

/// What a meeting may be of, and what its agenda may begin with.
struct MeetingChoices: Sendable {
    let answer: ReadMeetingChoices.Answer
    let models: [AgendaModel]
    /// Whether the person is on the board, which alone has a space of its own.
    let mayReserve: Bool

    var agendas: [Option<AgendaChoice>] {
        answer.agendas.enumerated().map { Option(.standing($0), "\($1.title) (orden del día permanente)") }
            + models.map { Option(AgendaChoice(rawValue: $0.code), $0.title) }
    }

    /// The agenda to begin with, where nothing else is said.
    fileprivate var usual: AgendaChoice? { answer.agendas.isEmpty ? nil : .standing(0) }

    /// The points of a choice.
    func points(of choice: AgendaChoice?) throws -> [AgendaItem] {
        guard let choice else { return [] }
        if let index = answer.agendas.indices.first(where: { AgendaChoice.standing($0) == choice }) {
            return try AgendaItem.points(answer.agendas[index].items, from: .template)
        }
        return try models.first { $0.code == choice.rawValue }?.items() ?? []
    }
}

/// The questions of a meeting.
struct MeetingForm {
    let title = Field.text("title", "Nombre", max: 160)
    let kind = Field.choice("kind", "Clase", Meeting.Kind.allCases, title: \.title, style: .menu)
    let body: Field<ID<Body>?>
    let day = Field.date("day", "Día")
    let lastDay = Field.date("last_day", "Último día").optional()
    let startsAt = Field.time("starts_at", "Empieza").optional()
    let endsAt = Field.time("ends_at", "Termina").optional()
    let mode = Field.choice("mode", "Modo", [Meeting.Mode.inPerson, .virtual, .mixed], title: \.title)
    let place = Field.text("place", "Lugar", max: 200).optional()
    let link = Field.text(
        "link", "Enlace", max: 500,
        hint: "Para quienes participan a distancia. No se muestra en la página pública."
    ).reading({ try Meeting.link(typed: $0) }, printing: { $0 }).optional()
    let isPublic = Field.checkbox(
        "is_public", "Mostrarla en la página pública: su nombre, día, hora y lugar, sin el enlace")
    let isOwnAccountability = Field.checkbox(
        "is_own_accountability", "En ella la alianza rinde cuentas a sus asociados y a la ciudadanía")
    let isReserved = Field.checkbox(
        "is_reserved", "Es del espacio propio de la junta: la entidad no la ve hasta que la junta la comparta"
    )
    let series: Field<ID<MeetingSeries>?>
    let participants = Field.paragraphs("participants", "Quiénes participan", max: 2000, rows: 3).optional()
    let model: Field<AgendaChoice?>
    let agenda = Field.paragraphs(
        "agenda", "Otros puntos del orden del día", max: 8000, rows: 4,
        hint: "Un punto por línea. Después se ordenan y se les pone tiempo y responsable."
    ).optional()

    init(_ choices: MeetingChoices?) {
        body = Field.choice(
            "body", "Quién se reúne",
            choices?.answer.bodies.map { Option($0.id, $0.name) } ?? [], style: .menu,
            prompt: "Los asociados, o quienes se convoquen",
            hint: "Si se reúne un organismo, el quórum se cuenta entre quienes ocupan sus puestos."
        ).optional()
        series = Field.choice(
            "series", "Ciclo de sesiones", choices?.answer.series.map { Option($0.id, $0.title) } ?? [],
            style: .menu, prompt: "Ninguno"
        ).optional()
        model = Field.choice(
            "model", "Orden del día", choices?.agendas ?? [], style: .menu, prompt: "Empezar sin modelo",
            hint: "Lo que la reunión anterior dejó pendiente se agrega solo."
        ).optional()
    }
}

/// What a page knows of a meeting that it leads to the planning of: the address carries it.
struct KnownOfMeeting {
    var series: ID<MeetingSeries>?
    var kind: Meeting.Kind?
    var day: CalendarDate?

    init(series: ID<MeetingSeries>? = nil, kind: Meeting.Kind? = nil, day: CalendarDate? = nil) {
        self.series = series
        self.kind = kind
        self.day = day
    }

    /// Reads what an address carries; what makes no sense is left out.
    init(_ query: [QueryItem], _ fields: MeetingForm) {
        let entries = Entries(query)
        series = (try? fields.series.read(entries)) ?? nil
        kind = try? fields.kind.read(entries)
        day = try? fields.day.read(entries)
    }

    /// The page that plans the meeting.
    func path(in alliance: AllianceSlug) -> Path {
        let fields = MeetingForm(nil)
        return Path.newMeeting(alliance).with(fields.series.name, series?.description)
            .with(fields.kind.name, kind?.pathText).with(fields.day.name, day?.description)
    }
}

/// Puts a meeting on the calendar.
struct NewMeetingPage: Page {
    let heading: AllianceHeading
    let choices: MeetingChoices
    /// What the page that led here knows of the meeting.
    let known: KnownOfMeeting
    let form: FormState

    var title: String { "Programar una reunión" }
    var lead: String? {
        choices.answer.series.first { $0.id == known.series }.map { "Queda en el ciclo «\($0.title)»." }
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = MeetingForm(choices)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.model, with: choices.usual).filling(fields.mode, with: .inPerson)
                .filling(fields.series, with: known.series).filling(fields.kind, with: known.kind)
                .filling(fields.day, with: known.day)
        html.form(to: .newMeeting(heading.slug), state) { form in
            form.field(fields.title)
            form.field(fields.kind)
            if !choices.answer.bodies.isEmpty { form.field(fields.body) }
            form.div(.class("form-row")) { row in
                row.field(fields.day)
                row.field(fields.startsAt)
                row.field(fields.endsAt)
                row.field(fields.lastDay)
            }
            form.field(fields.mode)
            form.field(fields.place)
            form.field(fields.link)
            form.field(fields.model)
            form.field(fields.agenda)
            form.field(fields.participants)
            if !choices.answer.series.isEmpty { form.field(fields.series) }
            form.field(fields.isPublic)
            form.field(fields.isOwnAccountability)
            if choices.mayReserve { form.field(fields.isReserved) }
            form.submit("Programar la reunión", orBackTo: .meetings(heading.slug))
        }
    }
}

/// Changes what a planned meeting is.
struct EditMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let choices: MeetingChoices
    let hasNotice: Bool
    let form: FormState

    var title: String { "Editar «\(meeting.title)»" }
    var lead: String? { "El día y las horas se cambian en «Reprogramar», con el motivo." }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = MeetingForm(choices)
        let state =
            form.isTyped
            ? form
            : form.filling(fields.title, with: meeting.title).filling(fields.mode, with: meeting.mode)
                .filling(fields.place, with: meeting.place).filling(fields.link, with: meeting.link)
                .filling(fields.body, with: meeting.body).filling(fields.series, with: meeting.series)
                .filling(fields.participants, with: meeting.participants.joined(separator: "\n"))
        if hasNotice {
            html.note(
                .warning,
                "Esta reunión ya está convocada. Si cambia el nombre, quién se reúne, el modo, el lugar o el enlace, habrá que emitir otra convocatoria."
            )
        }
        html.form(to: .editMeeting(heading.slug, meeting.id), state) { form in
            form.field(fields.title)
            if !choices.answer.bodies.isEmpty { form.field(fields.body) }
            form.field(fields.mode)
            form.field(fields.place)
            form.field(fields.link)
            form.field(fields.participants)
            if !choices.answer.series.isEmpty { form.field(fields.series) }
            form.submit("Guardar", orBackTo: .meeting(heading.slug, meeting.id))
        }
    }
}

/// Shares a meeting of the board's own space with the entity.
struct ShareMeetingPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let form: FormState

    var title: String { "Compartir «\(meeting.title)»" }
    var lead: String? {
        "La entidad verá la reunión con todo lo que tiene: orden del día, convocatorias, decisiones, preguntas, compromisos y actas. Desde entonces cuenta para el cumplimiento, que también ven los organismos de control. No se puede deshacer."
    }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        html.note(
            .info,
            "Compartir no publica: el acta no sale en la página pública de la alianza hasta que la junta la publique, en otro paso. Puede no hacerlo nunca."
        )
        html.form(to: .shareMeeting(heading.slug, meeting.id), form) { form in
            form.submit("Compartir con la entidad", orBackTo: .meeting(heading.slug, meeting.id))
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
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "reuniones" }

    func body(_ html: inout HTML) {
        let fields = MeetingForm(nil)
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

extension AllianceHeading {
    /// The way to a page of a meeting.
    func trail(to meeting: Meeting) -> [Crumb] {
        trail(from: .meetings) + [Crumb(meeting.title, .meeting(slug, meeting.id))]
    }
}
