import Kernel
import Membership
import Tenancy

extension Application.Channel: PathValue {}

/// The requests to join an alliance.
struct ApplicationsPage: ListPage {
    enum Sort: String, SortKey {
        case requested = "llegada"
        static let initial = Self.requested
    }

    /// The states of a request, as addresses name them.
    enum StateChoice: String, PathValue, CaseIterable {
        case pending = "por-decidir"
        case accepted = "aceptadas"
        case refused = "negadas"
        case withdrawn = "retiradas"

        /// The state of the domain.
        var state: Application.State {
            switch self {
            case .pending: .pending
            case .accepted: .accepted
            case .refused: .refused
            case .withdrawn: .withdrawn
            }
        }
    }

    /// A row, with where it leads.
    struct Row: Sendable {
        let request: ApplicationSummary
        let alliance: AllianceSlug
    }

    static let state = Field.choice(
        "estado", "Estado", StateChoice.allCases,
        title: { $0.rawValue.replacing("-", with: " ").capitalizedFirst },
        style: .menu, prompt: "Todas"
    ).optional()

    static let columns: [Column<Row, Sort>] = [
        .text("Nombre", to: { .application($0.alliance, $0.request.application.id) }) { $0.request.name },
        .text("Documento") { $0.request.document.formatted },
        .text("Municipio") { $0.request.municipality },
        .date("Llegó") { $0.request.application.requestedOn },
        .text("Cómo") { $0.request.application.channel.title },
        .status("Estado") { $0.request.application.state.status },
        .date("Decidida") { $0.request.decidedOn },
        .text("Motivo") { $0.request.reason },
    ]

    let heading: AllianceHeading
    let query: ListQuery<Sort>
    let found: Found<Row>
    let maySubmit: Bool
    /// How many came by the public page from people whom the register does not show.
    let unidentified: Int

    var title: String { "Solicitudes de inscripción" }
    var lead: String? { "Quién pide entrar a \(heading.alliance.name). La inscripción está abierta siempre." }
    var trail: [Crumb] { heading.trail(from: .members) }
    var help: HelpTopic { "asociados" }

    func actions(_ html: inout HTML) {
        if maySubmit {
            html.action(
                "Registrar una solicitud", to: .submitApplication(heading.slug), .primary, icon: .plus)
        }
    }

    func body(_ html: inout HTML) {
        if unidentified > 0 {
            html.note(
                .warning,
                unidentified == 1
                    ? "Una solicitud de la página espera que alguien reconozca a la persona"
                    : "\(unidentified) solicitudes de la página esperan que alguien reconozca a la persona"
            ) { note in
                note.p("El padrón no tiene su documento, o lo tiene con otra fecha de nacimiento.")
                note.action("Reconocerlas", to: .joinRequests(heading.slug))
            }
        }
        html.list(
            self, filters: { $0.field(Self.state) },
            empty: maySubmit
                ? EmptyState(
                    "Aún no hay solicitudes.", next: "Registrar la primera",
                    to: .submitApplication(heading.slug))
                : EmptyState("Aún no hay solicitudes."))
    }
}

extension Application.State {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .pending: Status(title, .due)
        case .accepted: Status(title, .met)
        case .refused: Status(title, .overdue)
        case .withdrawn: Status(title, .exempt)
        }
    }
}

/// The questions of a request to join.
struct ApplicationForm {
    let document = Field.text(
        "documents", "Documento", max: 40,
        hint: "Con su tipo: «CC 12345678». La persona tiene que estar en el padrón de la entidad.")
    let day = Field.date("day", "Día de la solicitud")
    let channel = Field.choice("channel", "¿Cómo llegó?", Application.Channel.allCases, title: \.title)
}

/// Notes that a person asks to join.
struct SubmitApplicationPage: Page {
    let heading: AllianceHeading
    let form: FormState
    let today: CalendarDate

    var title: String { "Registrar una solicitud" }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb("Solicitudes", .applications(heading.slug))]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        let fields = ApplicationForm()
        html.form(
            to: .submitApplication(heading.slug),
            form.isRefused ? form : form.filling(fields.day, with: today)
        ) { form in
            form.field(fields.document)
            form.field(fields.day)
            form.field(fields.channel)
            form.submit("Registrar la solicitud", orBackTo: .applications(heading.slug))
        }
    }
}

/// The questions of a decision.
struct ApplicationDecisionForm {
    /// What is decided.
    enum Verdict: String, PathValue, CaseIterable {
        case accept = "aceptar"
        case refuse = "negar"
        case withdraw = "retirar"
    }

    let verdict = Field.choice(
        "verdict", "Decisión",
        [
            Option(
                Verdict.accept, "Aceptar",
                hint: "Queda inscrita desde hoy, con el texto de autorización en uso."),
            Option(Verdict.refuse, "Negar", hint: "Con el motivo: la persona tiene derecho a saberlo."),
            Option(Verdict.withdraw, "La persona retiró su solicitud"),
        ])
    /// Not asked of whoever authorised on the page by themselves.
    let channel = Field.choice(
        "channel", "Si acepta: ¿cómo dio la autorización de datos?", ConsentChannel.allCases, title: \.title,
        style: .menu
    ).optional()
    let reason = Field.paragraphs("reason", "Si niega: ¿por qué?", max: 500, rows: 3).optional()
}

/// A request to join, and its decision.
struct ApplicationPage: Page {
    let heading: AllianceHeading
    let request: ApplicationSummary
    let mayDecide: Bool
    /// Whether the person who looks may open the file of who asks.
    let maySeePerson: Bool
    /// What keeps who asks from joining, for who decides.
    let obstacles: [String]?
    /// What the person typed on the public page, and the texts that they agreed to there.
    let own: (request: JoinRequest, texts: [ConsentText])?
    /// Whether the person who looks may know how who asks is reached.
    let showsContact: Bool
    let form: FormState

    var title: String { "Solicitud de \(request.name)" }
    var trail: [Crumb] {
        heading.trail(from: .members) + [Crumb("Solicitudes", .applications(heading.slug))]
    }
    var help: HelpTopic { "asociados" }

    func body(_ html: inout HTML) {
        let application = request.application
        html.facts(
            Fact("Documento", request.document.formatted), Fact("Municipio", request.municipality),
            Fact(
                "Llegó",
                "\(SpanishFormat.longDate(application.requestedOn)), \(application.channel.title.lowercased())"
            ),
            Fact("Estado", application.state.status),
            Fact("Decidida", request.decidedOn.map(SpanishFormat.longDate)), Fact("Motivo", request.reason))
        if maySeePerson {
            html.p { $0.a("Ver sus requisitos", .href(.personFile(heading.slug, application.person))) }
        } else if let obstacles {
            html.p(
                obstacles.isEmpty
                    ? "Nada de lo que se sabe le impide inscribirse."
                    : "Hoy no podría inscribirse: no cumple \(SpanishFormat.list(obstacles.map { "«\($0)»" }))."
            )
        }
        if let own { write(own.request, own.texts, &html) }
        guard application.state == .pending, mayDecide else { return }
        let fields = ApplicationDecisionForm()
        html.section("Decidir") { part in
            part.form(to: .application(heading.slug, application.id), form) { form in
                form.field(fields.verdict)
                if own == nil { form.field(fields.channel) }
                form.field(fields.reason)
                form.submit("Guardar la decisión", orBackTo: .applications(heading.slug))
            }
        }
    }

    private func write(_ request: JoinRequest, _ texts: [ConsentText], _ html: inout HTML) {
        html.section("Lo que escribió en la página", id: "pagina") { part in
            if let typed = request.typed {
                var facts = [Fact("Nombre", typed.name)]
                if showsContact {
                    facts += [Fact("Teléfono", typed.phone), Fact("Correo", typed.email)]
                }
                part.facts(facts)
            } else {
                part.p("La persona pidió borrarlo.")
            }
            part.p("Autorizó el \(SpanishFormat.longDate(request.requestedOn)), por la página:")
            part.write(texts)
        }
    }
}
