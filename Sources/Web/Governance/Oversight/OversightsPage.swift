import Governance
import Kernel
import Tenancy

/// The oversight exercises of an alliance, and what they found.
struct OversightsPage: ListPage {
    let query: ListQuery<Order>
    let heading: AllianceHeading
    let oversights: [OversightSummary]
    let today: CalendarDate
    let mayKeep: Bool

    /// An exercise as a row.
    struct Row: Sendable {
        let summary: OversightSummary
        let slug: AllianceSlug
        let today: CalendarDate
    }

    /// The orders of the list.
    enum Order: String, SortKey {
        case start = "inicio"
        case title = "objeto"
        case entity = "entidad"
        case visit = "visita"

        static let initial = Self.start
        static let beginsDescending = true
    }

    /// Which are listed.
    enum Choice: String, PathValue, CaseIterable {
        case open = "en-curso"
        case overdue = "vencidas"
        case closed = "cerradas"

        var title: String {
            switch self {
            case .open: "En curso"
            case .overdue: "Pasó su plazo"
            case .closed: "Cerradas"
            }
        }

        func covers(_ standing: Oversight.Standing) -> Bool {
            switch (self, standing) {
            case (.open, .ahead), (.open, .ongoing), (.open, .overdue), (.overdue, .overdue),
                (.closed, .closed):
                true
            default: false
            }
        }
    }

    static let choice = Field.choice(
        "estado", "Cuáles", Choice.allCases, title: \.title, style: .menu, prompt: "Todas"
    ).optional()
    static let words = Field.text("q", "Objeto, entidad o quien coordina", max: 80).optional()

    static let columns: [Column<Row, Order>] = [
        .text("Qué se vigila", sort: .title, to: { .oversight($0.slug, $0.summary.oversight.id) }) {
            $0.summary.oversight.title
        },
        .text("A quién", sort: .entity) { $0.summary.oversight.entity },
        .status("Estado") { $0.summary.oversight.status(on: $0.today) },
        .text("Coordina") { row in
            row.summary.coordinators.isEmpty ? nil : SpanishFormat.list(row.summary.coordinators)
        },
        .date("Desde", sort: .start) { $0.summary.oversight.startsOn },
        .date("Hasta") { $0.summary.oversight.endsOn },
        .integer("Visitas") { $0.summary.visits },
        .date("Última visita", sort: .visit) { $0.summary.lastVisitOn },
        .integer("Hallazgos") { $0.summary.findings },
        .integer("Corregidos") { $0.summary.corrected },
        .text("Inscripción") { $0.summary.oversight.registration.map { "\($0.number), \($0.authority)" } },
        .date("Cerrada") { $0.summary.oversight.end?.day },
    ]

    /// A page shows what tells exercises apart; the files have all.
    var shownColumns: [Column<Row, Order>] {
        query.format == nil
            ? Self.columns.filter { !["Inscripción", "Hasta", "Cerrada"].contains($0.title) } : Self.columns
    }

    var title: String { "Veedurías" }
    var lead: String? {
        "Lo que la alianza vigila: quiénes van, qué midieron, qué encontraron y qué se corrigió."
    }
    var trail: [Crumb] { heading.trail(from: .between) }
    var help: HelpTopic { "veedurias" }

    func actions(_ html: inout HTML) {
        if mayKeep {
            html.action("Iniciar una veeduría", to: .newOversight(heading.slug), .primary, icon: .plus)
        }
    }

    var found: Found<Row> {
        let (choice, words) = (query[Self.choice], query[Self.words]?.folded)
        var found = oversights.filter { each in
            guard choice?.covers(each.oversight.standing(on: today)) ?? true else { return false }
            guard let words else { return true }
            let text = [each.oversight.title, each.oversight.entity] + each.coordinators
            return text.joined(separator: " ").folded.contains(words)
        }
        switch query.sort {
        case .start: found.sort { $0.oversight.startsOn < $1.oversight.startsOn }
        case .title: found.sort { $0.oversight.title.folded < $1.oversight.title.folded }
        case .entity: found.sort { $0.oversight.entity.folded < $1.oversight.entity.folded }
        case .visit:
            found.sort { ($0.lastVisitOn?.dayNumber ?? .min) < ($1.lastVisitOn?.dayNumber ?? .min) }
        }
        if query.isDescending { found.reverse() }
        return query.page(of: found.map { Row(summary: $0, slug: heading.slug, today: today) })
    }

    func body(_ html: inout HTML) {
        let open = oversights.filter { Choice.open.covers($0.oversight.standing(on: today)) }
        let findings = oversights.reduce(0) { $0 + $1.findings }
        html.figures(
            KeyFigure(
                open.count, "en curso", to: query.unfiltered.with(Self.choice.name, Choice.open.rawValue)),
            KeyFigure(oversights.reduce(0) { $0 + $1.visits }, "visitas realizadas"),
            KeyFigure(findings, findings == 1 ? "hallazgo" : "hallazgos"),
            KeyFigure(oversights.reduce(0) { $0 + $1.corrected }, "corregidos, según el equipo"))
        html.list(
            self,
            filters: { form in
                form.field(Self.words)
                form.field(Self.choice)
            },
            empty: mayKeep
                ? EmptyState(
                    "No hay veedurías.", next: "Iniciar la primera", to: .newOversight(heading.slug))
                : EmptyState("No hay veedurías."))
    }
}
