import Governance
import Kernel
import Tenancy

/// The questions of a point of an agenda.
struct AgendaItemForm {
    let title = Field.text("title", "Punto", max: 300)
    let kind = Field.choice("kind", "Clase", AgendaItem.Kind.allCases, title: \.title, style: .menu)
    let minutes = Field.integer("minutes", "Minutos", in: 1...600).optional()
    let presenter = Field.text(
        "presenter", "Quién lo presenta", max: 160, hint: "Un cargo o una oficina."
    ).optional()

    func write(_ form: inout HTML) {
        form.field(title)
        form.div(.class("form-row")) { row in
            row.field(kind)
            row.field(minutes)
            row.field(presenter)
        }
    }

    func read(_ form: Submission) throws -> EditAgenda.Draft {
        let (title, kind, minutes, presenter) = try form.read(title, kind, minutes, presenter)
        return EditAgenda.Draft(kind: kind, title: title, minutes: minutes, presenter: presenter)
    }
}

/// The questions with which an agenda is filled at once.
struct FillAgendaForm {
    let model: Field<AgendaChoice?>
    let points = Field.paragraphs(
        "points", "Puntos", max: 8000, rows: 6, hint: "Un punto por línea; se pueden pegar todos a la vez."
    ).optional()

    init(_ choices: MeetingChoices, after earlierDay: CalendarDate?) {
        let earlier = earlierDay.map {
            Option(AgendaChoice.earlier, "El de la reunión anterior (\(SpanishFormat.date($0)))")
        }
        model = Field.choice(
            "model", "Empezar con", [earlier].compactMap(\.self) + choices.agendas, style: .menu,
            prompt: "Sin modelo", hint: "Se agrega lo que no esté todavía."
        ).optional()
    }

    func read(_ form: Submission, _ choices: MeetingChoices) throws -> EditAgenda.Change {
        let (model, lines) = try form.read(model, points)
        let points = try AgendaItem.points(lines?.lines ?? [])
        if model == .earlier { return .repeatEarlier(and: points) }
        return .fill(from: try choices.points(of: model), and: points)
    }
}

/// What a button of the agenda does.
enum AgendaAct: String, PathValue, CaseIterable {
    case up = "subir"
    case down = "bajar"
    case remove = "quitar"
    case carry = "traer"
}

/// The agenda of a meeting, point by point, with what was left open.
struct MeetingAgendaPage: Page {
    let heading: AllianceHeading
    let answer: ReadAgenda.Answer
    let mayPlan: Bool
    /// What it may be filled with; `nil` for who may not plan.
    let choices: MeetingChoices?
    /// What was refused of a point.
    let form: FormState
    /// What was refused of filling it.
    var filling = FormState()

    private var meeting: Meeting { answer.meeting }
    private var isOpen: Bool { mayPlan && [.planned, .inSession].contains(meeting.state) }

    var title: String { "Orden del día" }
    var lead: String? { "De «\(meeting.title)», \(SpanishFormat.longDate(meeting.day))." }
    var trail: [Crumb] { heading.trail(to: meeting) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        if !answer.isNoticeUpToDate, meeting.state == .planned {
            html.outdatedNotice(heading, meeting, mayPlan)
        }
        writeMissing(&html)
        if answer.agenda.isEmpty {
            html.emptyState(EmptyState("Todavía no hay puntos."))
        } else {
            html.p(summary, .class("form-text"))
            html.ol(.class("dossier")) { list in
                for item in answer.agenda { list.li(.id("punto-\(item.id)")) { write(item, &$0) } }
            }
        }
        guard isOpen else { return }
        if answer.agenda.isEmpty { writeFilling(&html) }
        html.section("Agregar un punto", id: "agregar") { part in
            let fields = AgendaItemForm()
            part.form(
                to: .meetingAgenda(heading.slug, meeting.id),
                form.isTyped ? form : form.filling(fields.kind, with: .topic)
            ) { form in
                fields.write(&form)
                form.submit("Agregar el punto", .secondary)
            }
        }
        if !answer.agenda.isEmpty { writeFilling(&html) }
    }

    private func writeFilling(_ html: inout HTML) {
        guard let choices else { return }
        let fields = FillAgendaForm(choices, after: answer.earlierDay)
        html.section("Poner varios puntos a la vez", id: "llenar") { part in
            part.form(to: .fillAgenda(heading.slug, meeting.id), filling) { form in
                form.field(fields.model)
                form.field(fields.points)
                form.submit("Ponerlos en el orden del día", answer.agenda.isEmpty ? .primary : .secondary)
            }
        }
    }

    /// How long the points take, and whether that fits.
    private var summary: String {
        let planned = answer.agenda.compactMap(\.minutesPlanned).reduce(0, +)
        let points = SpanishFormat.count(answer.agenda.count, "punto", "puntos")
        guard planned > 0 else { return "\(points), sin tiempos." }
        let time = "\(points); \(SpanishFormat.count(planned, "minuto previsto", "minutos previstos"))"
        guard let start = meeting.startsAt, let end = meeting.endsAt else { return "\(time)." }
        let length = end.minutesSinceMidnight - start.minutesSinceMidnight
        return planned <= length
            ? "\(time) de \(length)." : "\(time), y la reunión dura \(length): no alcanza el tiempo."
    }

    private func writeMissing(_ html: inout HTML) {
        let missing = answer.missing
        guard isOpen, !missing.isEmpty else { return }
        html.note(.info, "Quedó pendiente y no está en este orden del día") { note in
            note.ul { list in
                for point in missing.open {
                    list.li("\(point.title) (de la reunión del \(SpanishFormat.date(point.day)))")
                }
                if missing.minutes > 0 {
                    list.li(
                        "\(SpanishFormat.count(missing.minutes, "acta espera", "actas esperan")) aprobación")
                }
                if missing.commitments > 0 {
                    list.li(
                        SpanishFormat.count(missing.commitments, "compromiso abierto", "compromisos abiertos")
                    )
                }
            }
            note.act("Traer lo pendiente", .carry, of: nil, at: path)
        }
    }

    private var path: Path { .arrangeAgenda(heading.slug, meeting.id) }

    private func write(_ item: AgendaItem, _ line: inout HTML) {
        line.div(.class("dossier-head")) { head in
            head.h2("\(item.position). \(item.title)")
            if meeting.state != .planned {
                head.status(
                    Status(
                        item.state.title,
                        item.state == .treated ? .met : item.state == .postponed ? .due : .plain))
            }
        }
        let facts = [
            item.kind.title == item.title ? nil : item.kind.title,
            item.minutesPlanned.map { SpanishFormat.count($0, "minuto", "minutos") },
            item.presenter.map { "presenta \($0)" },
        ].compactMap(\.self)
        if !facts.isEmpty { line.p(facts.joined(separator: " · ")) }
        if item.origin == .carried { line.p(origin(of: item), .class("form-text")) }
        guard isOpen else { return }
        line.div(.class("row-actions")) { actions in
            if item.position > 1 { actions.act("Subir", .up, of: item, at: path) }
            if item.position < answer.agenda.count { actions.act("Bajar", .down, of: item, at: path) }
            if item.state == .pending {
                actions.a(
                    "Editar", .class("btn btn-outline-primary btn-sm"),
                    .href(.editAgendaItem(heading.slug, meeting.id, item.id)),
                    .aria("label", "Editar «\(item.title)»"))
                actions.act("Quitar", .remove, of: item, at: path)
            }
        }
    }

    private func origin(of item: AgendaItem) -> String {
        if let from = item.carriedFrom, let day = answer.origins[from] {
            return "Quedó pendiente en la reunión del \(SpanishFormat.date(day))."
        }
        return item.kind == .commitments
            ? "Se agregó solo: hay compromisos abiertos."
            : "Se agregó solo: hay un acta que espera aprobación."
    }
}

extension HTML {
    /// Writes a button that rearranges an agenda.
    fileprivate mutating func act(_ words: String, _ act: AgendaAct, of item: AgendaItem?, at path: Path) {
        form(to: path) { form in
            form.input(.type("hidden"), .name("act"), .value(act.rawValue))
            if let item { form.input(.type("hidden"), .name("item"), .value(item.id.description)) }
            form.button(
                words, .type("submit"), .class("btn btn-outline-primary btn-sm"),
                .aria("label", item.map { "\(words) «\($0.title)»" }))
        }
    }

    /// Writes that a meeting is another than its notice says.
    mutating func outdatedNotice(_ heading: AllianceHeading, _ meeting: Meeting, _ mayPlan: Bool) {
        note(.warning, "La convocatoria ya no coincide") { note in
            note.p(
                "La reunión cambió después de convocarla. Quienes fueron convocados tienen otros datos: emita otra convocatoria y avise de nuevo."
            )
            if mayPlan {
                note.p { $0.action("Emitir otra convocatoria", to: .notice(heading.slug, meeting.id)) }
            }
        }
    }
}

/// Changes a point of an agenda.
struct EditAgendaItemPage: Page {
    let heading: AllianceHeading
    let meeting: Meeting
    let item: AgendaItem
    let form: FormState

    var title: String { "Editar el punto \(item.position)" }
    var trail: [Crumb] {
        heading.trail(to: meeting) + [Crumb("Orden del día", .meetingAgenda(heading.slug, meeting.id))]
    }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = AgendaItemForm()
        let state =
            form.isTyped
            ? form
            : form.filling(fields.title, with: item.title).filling(fields.kind, with: item.kind)
                .filling(fields.minutes, with: item.minutesPlanned)
                .filling(fields.presenter, with: item.presenter)
        html.form(to: .editAgendaItem(heading.slug, meeting.id, item.id), state) { form in
            fields.write(&form)
            form.submit("Guardar el punto", orBackTo: .meetingAgenda(heading.slug, meeting.id))
        }
    }
}

/// The agenda of meetings.
struct AgendaRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.meetingAgenda, show: { try await agenda($0, $2, $3, adding: $1) }, act: addPoint)
        tenant.form(Path.fillAgenda, show: { try await agenda($0, $2, $3, filling: $1) }, act: fill)
        tenant.form(Path.editAgendaItem, show: point, act: edit)
        tenant.post(Path.arrangeAgenda) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            guard let act = form.entries.first("act").flatMap(AgendaAct.init(rawValue:)) else {
                throw AgendaError.notFound
            }
            let item = form.entries.first("item").flatMap { ID<AgendaItem>($0) }
            let change: EditAgenda.Change
            switch (act, item) {
            case (.carry, _): change = .carry
            case (.up, let item?): change = .move(item, by: -1)
            case (.down, let item?): change = .move(item, by: 1)
            case (.remove, let item?): change = .remove(item)
            default: throw AgendaError.notFound
            }
            try await context.run(EditAgenda(id, of: heading.alliance.id, change), form)
            let back = Path.meetingAgenda(slug, id)
            guard act != .remove, let item else {
                return Redirect(
                    to: back,
                    act == .carry ? "Lo pendiente quedó en el orden del día." : "El punto quedó fuera.")
            }
            return Redirect(to: back.at(anchor: "punto-\(item)"), "El punto cambió de lugar.")
        }
    }

    private func agenda(
        _ context: TenantContext, _ slug: AllianceSlug, _ id: ID<Meeting>, adding: FormState = FormState(),
        filling: FormState = FormState()
    ) async throws -> MeetingAgendaPage {
        let heading = try await context.alliance(slug)
        let mayPlan = context.may(.planMeetings, in: heading.stream)
        return MeetingAgendaPage(
            heading: heading, answer: try await context.fetch(ReadAgenda(of: id, of: heading.alliance.id)),
            mayPlan: mayPlan, choices: mayPlan ? try await choices(context, heading) : nil, form: adding,
            filling: filling)
    }

    private func choices(
        _ context: TenantContext, _ heading: AllianceHeading
    ) async throws -> MeetingChoices {
        MeetingChoices(
            answer: try await context.fetch(ReadMeetingChoices(of: heading.alliance.id)),
            models: context.visit.site.agendas, mayReserve: false)
    }

    @Sendable private func fill(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        let choices = try await choices(context, heading)
        let answer = try await context.fetch(ReadAgenda(of: id, of: heading.alliance.id))
        try await context.run(
            EditAgenda(
                id, of: heading.alliance.id,
                try FillAgendaForm(choices, after: answer.earlierDay).read(form, choices)), form)
        return Redirect(to: .meetingAgenda(slug, id), "Los puntos quedaron en el orden del día.")
    }

    @Sendable private func addPoint(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            EditAgenda(id, of: heading.alliance.id, .add(try AgendaItemForm().read(form))), form)
        return Redirect(to: Path.meetingAgenda(slug, id).at(anchor: "agregar"), "El punto quedó al final.")
    }

    @Sendable private func point(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ item: ID<AgendaItem>
    ) async throws -> EditAgendaItemPage {
        let heading = try await context.alliance(slug, toUse: .planMeetings)
        let answer = try await context.fetch(ReadAgenda(of: id, of: heading.alliance.id))
        guard let found = answer.agenda.first(where: { $0.id == item }) else { throw AgendaError.notFound }
        return EditAgendaItemPage(heading: heading, meeting: answer.meeting, item: found, form: state)
    }

    @Sendable private func edit(
        _ context: TenantContext, _ form: Submission, _ slug: AllianceSlug, _ id: ID<Meeting>,
        _ item: ID<AgendaItem>
    ) async throws -> Redirect {
        let heading = try await context.alliance(slug)
        try await context.run(
            EditAgenda(id, of: heading.alliance.id, .edit(item, try AgendaItemForm().read(form))), form)
        return Redirect(
            to: Path.meetingAgenda(slug, id).at(anchor: "punto-\(item)"), "El punto quedó guardado.")
    }
}
