import Governance
import Kernel
import Tenancy

/// What became of improvement opportunities in a year: the page and the document say the same.
struct ImprovementYearPage: Page {
    let heading: AllianceHeading
    let year: ImprovementYear
    let today: CalendarDate

    var title: String { "Oportunidades de mejora en \(year.year)" }
    var lead: String? { "Informe anual: lo que se identificó, lo que se aprobó y lo que se hizo." }
    var trail: [Crumb] {
        heading.trail(from: .complaints) + [Crumb("Oportunidades de mejora", .improvements(heading.slug))]
    }
    var help: HelpTopic { "mejoras" }

    private enum Order: String, SortKey {
        case found = "fecha"
        static let initial = Self.found
    }

    func actions(_ html: inout HTML) {
        if year.year > 2000 {
            html.action("\(year.year - 1)", to: .improvementYear(heading.slug, year.year - 1))
        }
        if !year.lines.isEmpty {
            html.action(
                "Informe en PDF", to: .improvementReport(heading.slug, year.year), .primary, icon: .document)
        }
    }

    func body(_ html: inout HTML) {
        guard !year.lines.isEmpty else {
            return html.emptyState(EmptyState("En \(year.year) no hubo oportunidades de mejora anotadas."))
        }
        html.figures(
            KeyFigure(year.lines.count, "identificadas o abiertas"),
            KeyFigure(year.count(.approved), "en ejecución"), KeyFigure(year.count(.done), "ejecutadas"),
            KeyFigure(year.count(.rejected), "no aprobadas"))
        let today = today
        let slug = heading.slug
        let columns: [Column<ImprovementYear.Line, Order>] = [
            .text("Qué se puede mejorar", to: { .improvement(slug, $0.improvement.id) }) {
                $0.improvement.title
            },
            .text("Unidad") { $0.improvement.unit },
            .status("Estado") { $0.improvement.status(on: today) },
            .text("Aprobó") { $0.improvement.approvedBy },
            .text("Lo último") {
                $0.last.map {
                    "\(SpanishFormat.shortDate($0.happenedOn)): \($0.note.isEmpty ? $0.kind.title : $0.note)"
                }
            },
        ]
        html.table("Oportunidades de mejora del año", columns, year.lines)
    }
}

/// The yearly report of improvement opportunities (`informe anual`).
struct ImprovementReport: PrintedDocument {
    /// The kind under which it is issued, about the alliance and year.
    static let kind = "informe-de-oportunidades-de-mejora"

    let year: ImprovementYear
    let alliance: String
    let entity: Organization
    let today: CalendarDate

    var title: String { "Oportunidades de mejora en \(year.year)" }
    var control: ControlHeader {
        ControlHeader(
            issuer: alliance, code: "Informe anual \(year.year)",
            version: "Según el registro", date: today)
    }

    func body(_ html: inout HTML) {
        html.letterhead(of: entity, alliance)
        html.p(
            "Identificadas o en seguimiento: \(year.lines.count). Ejecutadas: \(year.count(.done)). En ejecución: \(year.count(.approved)). Por analizar o aprobar: \(year.count(.analysed) + year.count(.found)). No aprobadas: \(year.count(.rejected))."
        )
        html.table { table in
            table.thead { head in
                head.tr { row in
                    for title in ["Qué se puede mejorar", "Unidad", "Aprobó", "Estado", "Qué se hizo"] {
                        row.th(title, .scope("col"))
                    }
                }
            }
            table.tbody { rows in
                for line in year.lines { rows.tr { write(line, &$0) } }
            }
        }
        html.signatures([(nil, "Por la alianza"), (nil, "Gerencia o direccionamiento")])
    }

    private func write(_ line: ImprovementYear.Line, _ row: inout HTML) {
        let improvement = line.improvement
        row.th(improvement.title, .scope("row"))
        row.td(improvement.unit ?? "")
        row.td(
            [improvement.approvedBy, improvement.approvedOn.map(SpanishFormat.shortDate)].compactMap(\.self)
                .joined(separator: ", "))
        row.td(improvement.state.title)
        row.td(
            line.last.map {
                "\(SpanishFormat.shortDate($0.happenedOn)). \($0.note.isEmpty ? $0.kind.title : $0.note)"
            } ?? "")
    }
}
