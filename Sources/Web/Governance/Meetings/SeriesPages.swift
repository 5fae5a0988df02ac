import Governance
import Kernel
import Tenancy

/// The questions of a series of sessions.
struct SeriesForm {
    let title = Field.text("title", "Nombre", max: 160)
    let purpose = Field.choice(
        "purpose", "Para qué", MeetingSeries.Purpose.allCases, title: \.title, style: .list)
    let sessions = Field.integer(
        "sessions_needed", "Sesiones que se necesitan", in: 1...60,
        hint: "Las que deben realizarse antes de la asamblea o del cierre.")
    let norm = Field.text(
        "norm", "Dónde se ordena", max: 200, hint: "La norma o el procedimiento de la entidad."
    ).optional()
}

/// Begins a series of sessions.
struct NewSeriesPage: Page {
    let heading: AllianceHeading
    let form: FormState

    var title: String { "Nuevo ciclo de sesiones" }
    var lead: String? {
        "Sesiones que van juntas: las que se hacen antes de la asamblea que constituye la alianza, o un curso."
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "convocar" }

    func body(_ html: inout HTML) {
        let fields = SeriesForm()
        html.form(
            to: .newSeries(heading.slug),
            form.isTyped
                ? form : form.filling(fields.purpose, with: .constitution).filling(fields.sessions, with: 3)
        ) { form in
            form.field(fields.title)
            form.field(fields.purpose)
            form.field(fields.sessions)
            form.field(fields.norm)
            form.submit("Crear el ciclo", orBackTo: .meetings(heading.slug))
        }
    }
}

/// A series of sessions: how many were held, and from those who were reached to those who enrolled.
struct SeriesPage: Page {
    /// The order of its sessions.
    private enum Order: String, SortKey {
        case day = "fecha"
        static let initial = Self.day
    }

    let heading: AllianceHeading
    let answer: ReadSeries.Answer
    let mayPlan: Bool
    let form: FormState

    private var standing: SeriesStanding { answer.standing }

    static func meeting(among meetings: [Meeting]) -> Field<ID<Meeting>> {
        Field.choice(
            "meeting", "Reunión",
            meetings.map {
                Option($0.id, "\($0.title), \(SpanishFormat.date($0.day)) (\($0.state.title.lowercased()))")
            },
            style: .menu)
    }

    var title: String { standing.series.title }
    var lead: String? {
        "\(standing.series.purpose.title).\(standing.series.norm.map { " Según \($0)." } ?? "")"
    }
    var trail: [Crumb] { heading.trail(from: .meetings) }
    var help: HelpTopic { "convocar" }

    func actions(_ html: inout HTML) {
        if mayPlan {
            html.action(
                "Programar una sesión",
                to: KnownOfMeeting(series: standing.series.id, kind: standing.series.purpose.usualKind)
                    .path(in: heading.slug), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        html.p(.class("result-sentence")) { line in
            line.status(
                standing.missing == 0 ? Status("Completo", .met) : Status("En curso", .open))
            line.text(" \(standing.words).")
        }
        html.section("De los convocados a los inscritos", id: "embudo") { part in
            part.figures(
                KeyFigure(figure(standing.reached), "fueron alcanzadas por la convocatoria"),
                KeyFigure(figure(standing.came), "asistieron"),
                KeyFigure(
                    figure(standing.enrolledByMinutes), "se inscribieron en las sesiones, según sus actas"),
                KeyFigure(standing.enrolled, "pidieron inscribirse o se inscribieron desde la primera sesión")
            )
            part.p(conversion, .class("form-text"))
        }
        html.section("Sesiones", id: "sesiones") { part in
            guard !standing.sessions.isEmpty else {
                part.emptyState(EmptyState("Todavía no hay sesiones en este ciclo."))
                return
            }
            let slug = heading.slug
            let columns: [Column<SeriesStanding.Session, Order>] = [
                .text("Fecha", to: { .meeting(slug, $0.meeting.id) }) {
                    $0.meeting.days.count == 1
                        ? SpanishFormat.longDate($0.meeting.day) : SpanishFormat.dates($0.meeting.days)
                },
                .text("Reunión") { $0.meeting.title },
                .status("Estado") { $0.meeting.state.status },
                .integer("Alcanzadas") { $0.reached },
                .integer("Asistieron") { $0.came },
                .integer("Inscritas") { $0.enrolled },
            ]
            part.table("Sesiones de \(standing.series.title)", columns, standing.sessions)
        }
        guard mayPlan, !answer.others.isEmpty else { return }
        html.section("Agregar una reunión que ya existe", id: "agregar") { part in
            part.form(to: .series(heading.slug, standing.series.id), form) { form in
                form.field(Self.meeting(among: answer.others))
                form.submit("Agregar al ciclo", .secondary)
            }
        }
    }

    private func figure(_ number: Int?) -> String { number.map { SpanishFormat.number($0) } ?? "Sin dato" }

    private var conversion: String {
        guard let came = standing.came, came > 0, let enrolled = standing.enrolledByMinutes else {
            return
                "Las personas alcanzadas salen de cada medio de la convocatoria; las que asistieron, de la asistencia o del acta."
        }
        return
            "De \(SpanishFormat.count(came, "persona que asistió", "personas que asistieron")) se inscribió el \(SpanishFormat.percentage(enrolled, of: came)), según las actas."
    }
}

extension MeetingSeries.Purpose {
    /// What sessions for it usually are; `nil` where that is not known.
    fileprivate var usualKind: Meeting.Kind? {
        switch self {
        case .constitution, .renewal: .socialization
        case .training: .training
        case .other: nil
        }
    }
}

/// Series of sessions.
struct SeriesRoutes {
    func add(to tenant: TenantRoutes) {
        tenant.form(Path.newSeries) { context, state, slug in
            NewSeriesPage(heading: try await context.alliance(slug, toUse: .planMeetings), form: state)
        } act: { context, form, slug in
            let heading = try await context.alliance(slug)
            let fields = SeriesForm()
            let (title, purpose, sessions, norm) = try form.read(
                fields.title, fields.purpose, fields.sessions, fields.norm)
            let series = try MeetingSeries(
                title: title, purpose: purpose, sessionsNeeded: sessions, norm: norm)
            try await context.run(CreateSeries(series, of: heading.alliance.id), form)
            return Redirect(
                to: .series(slug, series.id), "El ciclo quedó creado. Agregue o programe sus sesiones.")
        }
        tenant.form(Path.series, show: page) { context, form, slug, id in
            let heading = try await context.alliance(slug)
            let answer = try await context.fetch(ReadSeries(id, of: heading.alliance.id))
            let meeting = try form.read(SeriesPage.meeting(among: answer.others))
            try await context.run(AssignToSeries(meeting, to: id, of: heading.alliance.id), form)
            return Redirect(to: .series(slug, id), "La reunión quedó en el ciclo.")
        }
    }

    @Sendable private func page(
        _ context: TenantContext, _ state: FormState, _ slug: AllianceSlug, _ id: ID<MeetingSeries>
    ) async throws -> SeriesPage {
        let heading = try await context.alliance(slug)
        return SeriesPage(
            heading: heading, answer: try await context.fetch(ReadSeries(id, of: heading.alliance.id)),
            mayPlan: context.may(.planMeetings, in: heading.stream), form: state)
    }
}
