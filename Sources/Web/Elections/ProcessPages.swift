import Elections
import Governance
import Kernel
import Tenancy

extension Path {
    /// Drafts a process.
    static let newProcess = Route<AllianceSlug>("/o/{tenant}/alianzas/{alliance}/elecciones/nueva")
    /// A process.
    static let process = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}")
}

/// The electoral processes of an alliance.
struct ProcessesPage: AlliancePage {
    let heading: AllianceHeading
    let processes: [ElectionProcess]
    let mayDraft: Bool

    var tab: AllianceTab { .elections }
    var help: HelpTopic { "elecciones" }

    func actions(_ html: inout HTML) {
        if mayDraft {
            html.action("Preparar una elección", to: .newProcess(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        guard !processes.isEmpty else {
            html.emptyState(
                mayDraft
                    ? EmptyState(
                        "Esta alianza aún no ha tenido elecciones aquí.", next: "Preparar la primera",
                        to: .newProcess(heading.slug))
                    : EmptyState("Esta alianza aún no ha tenido elecciones aquí."))
            return
        }
        html.ul(.class("cards")) { list in
            for process in processes {
                list.li { card in
                    card.h3 { $0.a(process.name, .href(.process(heading.slug, process.id))) }
                    card.p { $0.status(process.state.status) }
                }
            }
        }
    }
}

extension ProcessState {
    /// The state as a chip.
    var status: Status {
        switch self {
        case .draft: Status(title, .plain)
        case .proclaimed: Status(title, .sealed)
        case .suspended: Status(title, .due)
        case .void, .annulled: Status(title, .overdue)
        default: Status(title, .open)
        }
    }
}

/// The questions of a new process.
struct ProcessForm {
    let name = Field.text(
        "name", "Nombre", max: 200, hint: "Por ejemplo: «Elección del comité organizador 2026–2028».")
    let bodies: Field<[ID<Body>]>

    init(_ bodies: [Body]) {
        self.bodies = Field.choices(
            "bodies", "¿Qué se elige?", bodies.map { Option($0.id, $0.name, hint: $0.kind.title) })
    }
}

/// Drafts a process.
struct NewProcessPage: Page {
    let heading: AllianceHeading
    let bodies: [Body]
    let form: FormState

    var title: String { "Preparar una elección" }
    var lead: String? {
        "Puestos, regla de conteo y forma de votar salen de los estatutos; todo se puede cambiar hasta publicar la convocatoria."
    }
    var trail: [Crumb] { heading.trail(from: .elections) }
    var help: HelpTopic { "elecciones" }

    func body(_ html: inout HTML) {
        guard !bodies.isEmpty else {
            html.emptyState(
                EmptyState(
                    "Primero hacen falta los organismos y sus puestos.", next: "Ir a Gobierno",
                    to: .governance(heading.slug)))
            return
        }
        let fields = ProcessForm(bodies)
        html.form(to: .newProcess(heading.slug), form) { form in
            form.field(fields.name)
            form.field(fields.bodies)
            form.submit("Preparar la elección", orBackTo: .processes(heading.slug))
        }
    }
}

/// One process: what is elected, by which rules, and where it stands.
struct ProcessPage: Page {
    let heading: AllianceHeading
    let process: ElectionProcess
    let contests: [Contest]

    var title: String { process.name }
    var trail: [Crumb] { heading.trail(from: .elections) }
    var help: HelpTopic { "elecciones" }

    func body(_ html: inout HTML) {
        html.p { line in
            line.status(process.state.status)
            if let reason = process.stateReason { line.text(" \(reason)") }
        }
        html.section("Qué se elige") { part in
            part.ul(.class("dossier")) { list in
                for contest in contests { list.li { write(contest, &$0) } }
            }
        }
    }

    private func write(_ contest: Contest, _ item: inout HTML) {
        item.div(.class("dossier-head")) { head in
            head.h3("\(contest.position). \(contest.name)")
            head.span(SpanishFormat.count(contest.seats.count, "puesto", "puestos"))
        }
        item.p("\(contest.candidature.title). \(contest.votingMode.title). \(contest.rule.title).")
        item.p(
            "\(contest.rulesSource)\(contest.rulesAreConfirmed ? "" : " (sin confirmar)")",
            .class("form-text"))
    }
}

extension CountingRule {
    /// The rule in words.
    var title: String {
        switch self {
        case .simpleMajority: "Mayoría simple"
        case .absoluteMajority: "Mayoría absoluta, con segunda vuelta"
        case .atLarge: "Los más votados (plurinominal)"
        case .quotient: "Cuociente electoral y mayor residuo"
        case .distributingFigure: "Cifra repartidora"
        }
    }
}
