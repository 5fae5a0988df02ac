import Governance
import Kernel
import Tenancy

extension Path {
    /// Makes a body.
    static let newBody = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/organismo-nuevo")
    /// Registers bylaws.
    static let newBylaws = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/gobierno/estatutos-nuevos")
    /// A version of the bylaws.
    static let bylaws = Route<AllianceSlug, Int>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/estatutos/{version}")
    /// Records who holds a seat.
    static let recordMandate = Route<AllianceSlug, ID<Seat>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/puestos/{seat}/periodo")
    /// Ends a mandate.
    static let endMandate = Route<AllianceSlug, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/periodos/{mandate}/fin")
    /// Records an appointment.
    static let recordAppointment = Route<AllianceSlug, ID<Mandate>>(
        "/o/{tenant}/alianzas/{alliance}/gobierno/periodos/{mandate}/posesion")
}

/// How an alliance governs itself: bylaws, bodies, and who sits where until when.
struct GovernancePage: AlliancePage {
    let heading: AllianceHeading
    let records: GovernanceRecords
    let today: CalendarDate
    let mayAdopt: Bool
    let mayCreate: Bool
    let mayRecord: Bool

    var tab: AllianceTab { .governance }
    var help: HelpTopic { "gobierno" }

    func actions(_ html: inout HTML) {
        if mayAdopt { html.action("Registrar estatutos", to: .newBylaws(heading.slug)) }
        if mayCreate { html.action("Crear un organismo", to: .newBody(heading.slug), .primary, icon: .plus) }
    }

    func content(_ html: inout HTML) {
        html.section("Estatutos o reglamento") { writeBylaws(&$0) }
        if records.bodies.isEmpty {
            html.section("Organismos") { part in
                part.emptyState(
                    mayCreate
                        ? EmptyState(
                            "Aún no hay junta, comité ni otros organismos.", next: "Crear el primero",
                            to: .newBody(heading.slug))
                        : EmptyState("Aún no hay junta, comité ni otros organismos."))
            }
        }
        for record in records.bodies { html.section(record.body.name) { write(record, &$0) } }
    }

    private func writeBylaws(_ part: inout HTML) {
        guard let inForce = records.bylaws.first(where: { $0.inForceFrom <= today }) else {
            part.emptyState(
                mayAdopt
                    ? EmptyState(
                        "No hay estatutos registrados: quórum, plazos y regla de conteo salen de ellos.",
                        next: "Registrar los estatutos", to: .newBylaws(heading.slug))
                    : EmptyState("No hay estatutos registrados."))
            return
        }
        part.p { line in
            line.a(inForce.title, .href(.bylaws(heading.slug, inForce.version)))
            line.text(
                ", versión \(inForce.version), en vigor desde el \(SpanishFormat.date(inForce.inForceFrom)).")
        }
        part.parameters(of: inForce)
        let others = records.bylaws.filter { $0.id != inForce.id }
        if !others.isEmpty {
            part.p { line in
                line.text("Otras versiones: ")
                for (index, version) in others.enumerated() {
                    if index > 0 { line.text(", ") }
                    line.a("versión \(version.version)", .href(.bylaws(heading.slug, version.version)))
                }
                line.text(".")
            }
        }
    }

    private func write(_ record: GovernanceRecords.BodyRecord, _ part: inout HTML) {
        let body = record.body
        part.p(
            "\(body.kind.title)\(body.isExternal ? ", fuera de la alianza" : ""). Período de \(SpanishFormat.count(body.term.months, "mes", "meses"))\(body.term.norm.map { " (\($0)\(body.term.isConfirmed ? "" : ", sin confirmar"))" } ?? ""). \(body.formation == .proclamation ? "La proclamación basta." : "Después de la proclamación siguen el acto de nombramiento y la posesión.")",
            .class("form-text"))
        part.ul(.class("dossier")) { list in
            for seat in record.seats { list.li { write(seat, of: record, &$0) } }
        }
    }

    private func write(_ seat: Seat, of record: GovernanceRecords.BodyRecord, _ item: inout HTML) {
        let holder = record.holder(of: seat.id, on: today)
        item.div(.class("dossier-head")) { head in
            head.h3(seat.sector.map { "\(seat.title) (\($0))" } ?? seat.title)
            head.status(holder?.standing.status ?? Status("Vacante", .overdue))
        }
        if let (mandate, standing) = holder {
            item.p(
                "\(mandate.holderName), del \(SpanishFormat.date(mandate.startsOn)) al \(SpanishFormat.date(mandate.endsOn))\(standing.explanation)."
            )
            if mayRecord { item.action("Terminar el período", to: .endMandate(heading.slug, mandate.id)) }
        } else if let pending = record.mandates.first(where: { $0.seat == seat.id && $0.state == .pending }) {
            item.p("\(pending.holderName), por posesionarse.")
            if mayRecord {
                item.action(
                    "Registrar nombramiento y posesión", to: .recordAppointment(heading.slug, pending.id))
            }
        } else if mayRecord {
            item.action("Registrar quién lo ocupa", to: .recordMandate(heading.slug, seat.id))
        }
        let past = record.mandates.filter {
            $0.seat == seat.id && $0.id != holder?.mandate.id && $0.state != .pending
        }
        guard !past.isEmpty else { return }
        item.details { details in
            details.summary("Anteriores (\(past.count))")
            details.ul { list in
                for mandate in past {
                    list.li(
                        "\(mandate.holderName)\(mandate.rank > 0 ? " (suplente \(mandate.rank))" : ""), del \(SpanishFormat.date(mandate.startsOn)) al \(SpanishFormat.date(mandate.endsOn))"
                    )
                }
            }
        }
    }
}

extension MandateStanding {
    /// The standing as a chip.
    var status: Status {
        switch self {
        case .pending: Status("Por posesionarse", .due)
        case .inForce: Status("En período", .met)
        case .ending: Status("Por terminar", .due)
        case .acting: Status("En funciones", .partial)
        case .expired: Status("Vencido", .overdue)
        case .ended: Status("Terminado", .plain)
        }
    }

    fileprivate var explanation: String {
        switch self {
        case .ending(let days, _):
            days == 0
                ? ": termina hoy"
                : ": \(days == 1 ? "falta" : "faltan") \(SpanishFormat.count(days, "día", "días"))"
        case .acting: "; sigue en funciones hasta que lo reemplacen"
        default: ""
        }
    }
}

extension HTML {
    /// Writes what bylaws order in figures, each with its article or norm.
    mutating func parameters(of bylaws: Bylaws) {
        let parameters = BylawParameter.Name.allCases.compactMap { bylaws.parameters[$0] }
        guard !parameters.isEmpty else { return }
        dl(.class("facts")) { list in
            for parameter in parameters {
                list.div { line in
                    line.dt(parameter.name.title)
                    line.dd { value in
                        value.text(parameter.value.words)
                        let origin = [parameter.article.map { "artículo \($0)" }, parameter.norm].compactMap {
                            $0
                        }
                        let note = origin + (parameter.isConfirmed ? [] : ["sin confirmar"])
                        value.span(" (\(note.joined(separator: ", ")))", .class("form-text"))
                    }
                }
            }
        }
    }
}

extension BylawParameter.Value {
    /// The value as people say it.
    var words: String {
        switch self {
        case .integer(let number): SpanishFormat.number(number)
        case .flag(let flag): flag ? "Sí" : "No"
        case .share(let numerator, let denominator): "\(numerator) de \(denominator)"
        case .choice(let word): word.replacing("_", with: " ")
        case .choices(let words): SpanishFormat.list(words.map { $0.replacing("_", with: " ") })
        }
    }
}

/// A version of the bylaws, article by article.
struct BylawsPage: Page {
    let heading: AllianceHeading
    let bylaws: Bylaws
    let articles: [BylawArticle]

    var title: String { bylaws.title }
    var lead: String? {
        "Versión \(bylaws.version), aprobada el \(SpanishFormat.date(bylaws.approvedOn)), en vigor desde el \(SpanishFormat.date(bylaws.inForceFrom))."
    }
    var trail: [Crumb] { heading.trail(from: .governance) }

    func body(_ html: inout HTML) {
        html.section("Lo que obedece la plataforma") { $0.parameters(of: bylaws) }
        html.section("Articulado") { part in
            if articles.isEmpty { part.p("No se registró el texto.") }
            for article in articles {
                part.h3("Artículo \(article.number). \(article.heading)")
                for paragraph in article.body.split(whereSeparator: \.isNewline) { part.p(String(paragraph)) }
            }
        }
    }
}
