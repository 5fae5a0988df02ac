import Elections
import Foundation
import Kernel
import Membership
import Tenancy

extension Path {
    /// Who is on the roll of a process.
    static let roll = Route<AllianceSlug, ID<ElectoralProcess>>(
        "/o/{tenant}/alianzas/{alliance}/elecciones/{process}/censo")
}

/// The order of a roll: that of the names.
enum RollSort: String, SortKey {
    case name = "nombre"

    static let initial = Self.name
}

/// The verdicts of a roll, as addresses name them.
enum RollChoice: String, PathValue, CaseIterable {
    case eligible = "puede-votar"
    case ineligible = "no-cumple"
    case unproven = "sin-probar"

    /// The words on screens.
    var title: String {
        switch self {
        case .eligible: "Puede votar"
        case .ineligible: "No puede votar"
        case .unproven: "Sin probar"
        }
    }

    /// The verdict, as the roll has it.
    var verdict: String {
        switch self {
        case .eligible: "eligible"
        case .ineligible: "ineligible"
        case .unproven: "unproven"
        }
    }

    /// The verdict as a chip.
    static func status(of verdict: String) -> Status {
        switch verdict {
        case "eligible": Status(Self.eligible.title, .met)
        case "ineligible": Status(Self.ineligible.title, .overdue)
        default: Status(Self.unproven.title, .unproven)
        }
    }
}

/// The roll of a process: who may vote, who may not and why.
struct RollPage: ListPage {
    /// A person of the list with what its line needs.
    struct Row: Sendable {
        let line: ListRoll.Line
        let alliance: AllianceSlug
        let missing: String
    }

    /// The questions that the list is filtered by.
    struct Filters {
        let words = Field.text("q", "Apellido o documento", max: 80).optional()
        let verdict = Field.choice(
            "estado", "Puede votar", RollChoice.allCases, title: \.title, style: .menu, prompt: "Todos"
        ).optional()
    }

    static let filters = Filters()
    static var columns: [Column<Row, RollSort>] {
        [
            .text("Nombre", sort: .name, to: { .personFile($0.alliance, $0.line.person) }) { $0.line.name },
            .text("Documento") { IdentityDocument($0.line.document)?.formatted ?? $0.line.document },
            .text("Municipio") { $0.line.municipality },
            .status("Estado") { RollChoice.status(of: $0.line.verdict) },
            .text("Qué falta") { $0.missing },
            .integer("Mesa") { $0.line.table },
        ]
    }

    let heading: AllianceHeading
    let answer: ListRoll.Answer
    let query: ListQuery<RollSort>
    let lines: Found<ListRoll.Line>
    let mayRun: Bool

    private var file: ProcessFile { answer.file }
    private var process: ElectionProcess { file.process }

    var title: String { "Censo" }
    var lead: String? { process.name }
    var trail: [Crumb] { heading.trail(to: process) }
    var help: HelpTopic { "censo-y-reclamaciones" }

    var found: Found<Row> {
        let titles = Dictionary(answer.requirements.map { ($0.id, $0.title) }) { first, _ in first }
        let alliance = heading.slug
        return lines.map { line in
            Row(
                line: line, alliance: alliance,
                missing: line.verdict == "ineligible" && line.obstacles.isEmpty
                    ? "Lo excluye una reclamación decidida"
                    : SpanishFormat.list(line.obstacles.map { titles[$0] ?? $0 }))
        }
    }

    func actions(_ html: inout HTML) {
        guard mayRun else { return }
        switch process.state {
        case .called:
            html.action(
                "Publicar el censo provisional", posting: .publishRoll(heading.slug, process.id), .primary)
        case .provisionalRoll, .claims:
            html.action("Congelar el censo", to: .freezeRoll(heading.slug, process.id), .primary)
        default: break
        }
    }

    func body(_ html: inout HTML) {
        html.processTabs(process, of: heading, at: .roll)
        guard let provisional = file.provisionalRoll else {
            html.emptyState(
                EmptyState(
                    process.state == .draft
                        ? "El censo provisional se publica después de la convocatoria."
                        : "El censo provisional aún no se ha publicado."))
            return
        }
        if let roll = file.roll {
            html.figures(KeyFigure(roll.electors, "electores"))
            html.p(
                "Congelado el \(SpanishFormat.sentence(SpanishFormat.longDateAndTime(roll.frozenAt))) Comienzo de su sello:"
            )
            html.seal(Hex.encode(roll.sha256))
        } else {
            html.figures(
                KeyFigure(provisional.eligible, "pueden votar"),
                KeyFigure(provisional.ineligible, "no cumplen algún requisito"),
                KeyFigure(provisional.unproven, "sin probar"))
        }
        if let tenant = html.surroundings.tenant {
            html.p { line in
                line.a("Ver lo que está publicado", .href(.publicRoll(tenant, heading.slug, process.id)))
                line.text(": los nombres van enmascarados.")
            }
        }
        html.list(
            self,
            filters: { html in
                html.field(Self.filters.words)
                html.field(Self.filters.verdict)
            }, empty: EmptyState("Nadie está en la lista."))
    }
}
