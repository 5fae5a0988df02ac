import Governance
import Kernel
import Tenancy

extension Path {
    /// Tells of a session of a body outside.
    static let tellSession = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/representacion/sesion")
    /// Tells of a proposal in a body outside.
    static let tellProposal = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/representacion/propuesta")
    /// Tells what was decided on a proposal.
    static let decideProposal = Route<AllianceSlug, ID<Body>, ID<ServiceProposal>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/representacion/propuestas/{proposal}/decision"
    )
    /// Tells whether a proposal was carried out.
    static let followProposal = Route<AllianceSlug, ID<Body>, ID<ServiceProposal>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/representacion/propuestas/{proposal}/cumplimiento"
    )
    /// Tells of a report to the members.
    static let tellReport = Route<AllianceSlug, ID<Body>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/organismos/{body}/representacion/informe")
}

extension ServiceProposal.Kind: PathValue {}
extension ServiceProposal.Outcome: PathValue {}
extension ServiceProposal.Fulfilment: PathValue {}

extension HTML {
    /// Writes what representatives did in a body outside, with the acts that tell more of it.
    mutating func externalService(
        _ service: BodyService, of heading: AllianceHeading, body: ID<Body>, mayTell: Bool, mayOpen: Bool
    ) {
        let slug = heading.slug
        section("Lo que hacen los representantes", id: "representacion") { part in
            part.figures(
                KeyFigure(
                    "\(service.sessions.count(where: \.attended)) de \(service.sessions.count)",
                    "sesiones con asistencia"),
                KeyFigure(
                    service.proposals.count,
                    service.proposals.count == 1 ? "propuesta" : "propuestas"),
                KeyFigure(service.proposals.count { $0.outcome == .accepted }, "aceptadas"),
                KeyFigure(service.proposals.count { $0.carriedOut == .yes }, "cumplidas"))
            if mayTell {
                part.p(.class("part-actions")) { line in
                    if !service.representatives.isEmpty {
                        line.action("Anotar una sesión", to: .tellSession(slug, body))
                    }
                    line.action("Anotar una propuesta", to: .tellProposal(slug, body))
                    line.action("Anotar un informe a los asociados", to: .tellReport(slug, body))
                }
            }
            part.h3("Propuestas")
            if service.proposals.isEmpty { part.p("No constan propuestas.") }
            part.ul(.class("dossier")) { list in
                for proposal in service.proposals {
                    list.li { item in
                        item.div(.class("dossier-head")) { head in
                            head.h4(proposal.proposal)
                            head.status(proposal.status)
                        }
                        item.p(
                            "\(proposal.kind.title), \(SpanishFormat.date(proposal.proposedOn)).",
                            .class("form-text"))
                        if let decision = proposal.decision, let day = proposal.decidedOn {
                            item.p("Decisión del \(SpanishFormat.date(day)): \(decision)")
                        }
                        if let followUp = proposal.followUp, let day = proposal.followedOn {
                            item.p(
                                "\(proposal.carriedOut.title), al \(SpanishFormat.date(day)): \(followUp)")
                        }
                        guard mayTell, proposal.outcome != .refused else { return }
                        item.p(.class("part-actions")) { line in
                            if proposal.outcome == .pending {
                                line.action(
                                    "Anotar la decisión", to: .decideProposal(slug, body, proposal.id))
                            } else {
                                line.action(
                                    "Anotar si se cumplió", to: .followProposal(slug, body, proposal.id))
                            }
                        }
                    }
                }
            }
            part.h3("Sesiones")
            if service.sessions.isEmpty { part.p("No constan sesiones.") }
            part.ul { list in
                for session in service.sessions {
                    list.li { item in
                        item.strong("\(SpanishFormat.date(session.heldOn)), \(session.representative)")
                        item.text(
                            session.attended
                                ? ". \(session.summary)" : ". No asistió: \(session.excuse ?? "")")
                        if mayOpen, let file = session.file {
                            item.text(" ")
                            item.a("Documento", .href(.file(file)))
                        }
                    }
                }
            }
            part.h3("Informes a los asociados")
            if let days = service.daysSinceReport {
                part.p(
                    days == 0
                        ? "El último informe es de hoy."
                        : "El último informe es de hace \(SpanishFormat.count(days, "día", "días")).")
            } else {
                part.p("No consta ningún informe a los asociados.")
            }
            part.ul { list in
                for report in service.reports {
                    list.li { item in
                        item.strong("\(SpanishFormat.date(report.reportedOn)), \(report.audience)")
                        item.text(". \(report.summary)")
                        if mayOpen, let file = report.file {
                            item.text(" ")
                            item.a("Informe", .href(.file(file)))
                        }
                    }
                }
            }
        }
    }
}

extension ServiceProposal {
    /// Where it stands, as a chip.
    fileprivate var status: Status {
        switch (outcome, carriedOut) {
        case (.pending, _): Status(outcome.title, .open)
        case (.refused, _): Status(outcome.title, .sealed)
        case (.accepted, .unknown): Status(outcome.title, .plain)
        case (.accepted, .yes): Status(carriedOut.title, .met)
        case (.accepted, .partly): Status(carriedOut.title, .due)
        case (.accepted, .no): Status(carriedOut.title, .overdue)
        }
    }
}

/// Where the forms of a body outside lie.
struct ServicePlace {
    let heading: AllianceHeading
    let body: Body
    let service: BodyService

    var back: Path { Path.body(heading.slug, body.id).at(anchor: "representacion") }
    var trail: [Crumb] {
        heading.trail(from: .governance) + [Crumb(body.name, .body(heading.slug, body.id))]
    }
}

/// A form of what representatives did, with the questions of one act.
struct ServiceFormPage: Page {
    let title: String
    let place: ServicePlace
    let path: Path
    let verb: String
    let hasFiles: Bool
    let form: FormState
    var lead: String?
    let questions: @Sendable (inout HTML) -> Void

    var trail: [Crumb] { place.trail }
    var help: HelpTopic { "representantes" }

    func body(_ html: inout HTML) {
        html.form(to: path, form, hasFiles: hasFiles) { form in
            questions(&form)
            form.submit(verb, orBackTo: place.back)
        }
    }
}

/// The questions of a session.
struct TellSessionForm {
    let mandate: Field<ID<Mandate>>
    let day = Field.date("day", "Día de la sesión")
    let absent = Field.checkbox("absent", "No asistió")
    let summary = Field.paragraphs(
        "summary", "Qué se trató, o por qué no asistió", max: 2000, rows: 4)
    let paper = Field.paper("paper", "El acta u otro documento").optional()

    init(_ representatives: [MandateSummary]) {
        mandate = Field.choice(
            "mandate", "Quién representó", representatives.map { Option($0.id, $0.holderName) }, style: .list)
    }
}

/// The questions of a proposal.
struct TellProposalForm {
    let kind = Field.choice("kind", "Tema", ServiceProposal.Kind.allCases, title: \.title)
    let proposal = Field.paragraphs("proposal", "Qué se propuso", max: 1000, rows: 3)
    let day = Field.date("day", "Día")
}

/// The questions of a decision on a proposal.
struct DecideProposalForm {
    let outcome = Field.choice(
        "outcome", "¿Qué se decidió?", [ServiceProposal.Outcome.accepted, .refused], title: \.title)
    let decision = Field.paragraphs("decision", "En qué palabras", max: 1000, rows: 3)
    let day = Field.date("day", "Día de la decisión")
}

/// The questions of whether a proposal was carried out.
struct FollowProposalForm {
    let fulfilment = Field.choice(
        "fulfilment", "¿Se cumplió?", [ServiceProposal.Fulfilment.yes, .partly, .no], title: \.title)
    let followUp = Field.paragraphs("follow_up", "Qué se sabe", max: 1000, rows: 3)
    let day = Field.date("day", "A qué día")
}

/// The questions of a report to the members.
struct TellReportForm {
    let day = Field.date("day", "Día")
    let audience = Field.text(
        "audience", "A quiénes y cómo", max: 200,
        hint: "En la asamblea, por el grupo de WhatsApp, en cartelera.")
    let summary = Field.paragraphs("summary", "Qué se les contó", max: 2000, rows: 4)
    let paper = Field.paper("paper", "El informe").optional()
}
