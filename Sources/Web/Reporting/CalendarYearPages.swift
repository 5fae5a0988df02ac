import Kernel
import Reporting
import Tenancy

/// A year of all alliances side by side: in each month how much there is, and how it stands.
struct CalendarYearPage: Page {
    let year: Int
    let headings: [AllianceHeading]
    let agenda: Agenda

    var title: String { "Calendario de \(year)" }
    var lead: String? {
        "Cada casilla dice cuánto hay en el mes y cómo va: lo que se hizo, lo que falta y lo que no se hizo."
    }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "ano" }

    func actions(_ html: inout HTML) {
        html.action("Llevarlo a su teléfono", to: .followCalendar())
    }

    func body(_ html: inout HTML) {
        html.calendarViews(.year, in: year)
        html.nav(.class("month-nav"), .aria("label", "Años")) { nav in
            nav.action(String(year - 1), to: .calendarYear(year - 1))
            nav.action(String(year + 1), to: .calendarYear(year + 1))
        }
        guard !headings.isEmpty else {
            html.emptyState(EmptyState("No hay alianzas a su cargo."))
            return
        }
        html.div(.class("year-grid")) { $0.table("Calendario de \(year)", columns, rows) }
        if agenda.entries.isEmpty {
            html.p("En \(year) no hay nada con fecha.")
        }
    }

    /// An alliance with what it has in each month.
    private struct Row: Sendable {
        let heading: AllianceHeading
        let months: [Int: [Mark]]
    }

    /// How many things of a month stand alike.
    fileprivate struct Mark: Sendable {
        let state: ObligationState
        let count: Int

        var tone: Status.Tone { state.status.tone }
        var words: String {
            switch state {
            case .met: count == 1 ? "cumple" : "cumplen"
            case .partial: count == 1 ? "parcial" : "parciales"
            case .overdue: count == 1 ? "vencido" : "vencidos"
            case .due, .unproven, .notApplicable: state.title.lowercased()
            }
        }
    }

    private enum Order: String, SortKey {
        case alliance = "alianza"
        static let initial = Self.alliance
    }

    private var columns: [Column<Row, Order>] {
        let year = year
        return [
            .text(
                "Alianza",
                to: { row in
                    row.heading.tabs.contains(.meetings) ? .year(row.heading.slug, year) : nil
                }
            ) { $0.heading.alliance.name }
        ]
            + (1...12).map { month in
                let name = (SpanishFormat.monthName(month) ?? "").capitalizedFirst
                return .custom(String(name.prefix(3))) { html, row in
                    html.write(
                        row.months[month] ?? [], name: "\(name) de \(row.heading.alliance.name)",
                        to: Path.calendarList(year).with("mes", String(month))
                            .with("alianza", row.heading.alliance.id.description))
                }
            }
    }

    private var rows: [Row] {
        let entries = Dictionary(grouping: agenda.entries, by: \.alliance)
        return headings.map { heading in
            let months = Dictionary(grouping: entries[heading.alliance.id] ?? []) { $0.day.components.month }
            return Row(
                heading: heading,
                months: months.mapValues { entries in
                    ObligationState.allCases.compactMap { state in
                        let count = entries.count { $0.state == state }
                        return count == 0 ? nil : Mark(state: state, count: count)
                    }
                })
        }
    }
}

extension HTML {
    /// Writes what a month holds, one mark for each way in which things stand.
    fileprivate mutating func write(_ marks: [CalendarYearPage.Mark], name: String, to path: Path) {
        guard !marks.isEmpty else {
            absent()
            return
        }
        a(.class("year-cell"), .href(path), .aria("label", name + ": " + words(of: marks))) { cell in
            for mark in marks {
                cell.span(.class("year-mark status-\(mark.tone.rawValue)")) { line in
                    line.strong(SpanishFormat.number(mark.count))
                    line.text(" " + mark.words)
                }
            }
        }
    }

    private func words(of marks: [CalendarYearPage.Mark]) -> String {
        marks.map { "\(SpanishFormat.number($0.count)) \($0.words)" }.joined(separator: ", ")
    }
}

/// What a year of all alliances holds, as a list.
struct CalendarListPage: ListPage {
    /// An entry as a row.
    struct Row: Sendable {
        let entry: AgendaEntry
        let alliance: String
        let path: Path?
    }

    enum Order: String, SortKey {
        case day = "fecha"
        case alliance = "alianza"
        static let initial = Self.day
    }

    static let columns: [Column<Row, Order>] = [
        .date("Día", sort: .day) { $0.entry.day },
        .text("Hora") { $0.entry.time.map(SpanishFormat.time) },
        .text("Qué", to: { $0.path }) { $0.entry.title },
        .text("Tipo") { $0.entry.sort.title },
        .status("Cómo va") { $0.entry.state.status },
        .text("Dónde, de qué o de quién") { $0.entry.detail },
        .text("Alianza", sort: .alliance) { $0.alliance },
    ]

    /// To who sees one alliance nothing names it.
    var shownColumns: [Column<Row, Order>] {
        hasSeveralAlliances ? Self.columns : Self.columns.dropLast()
    }

    /// The questions to filter by.
    struct Filters {
        static let state = Field.choice(
            "estado", "Cómo va", ObligationState.allCases, title: \.title, style: .menu,
            prompt: "De cualquier modo"
        ).optional()
        static let month = Field.choice(
            "mes", "Mes", (1...12).map { Option($0, (SpanishFormat.monthName($0) ?? "").capitalizedFirst) },
            style: .menu, prompt: "Todo el año"
        ).optional()
        let alliance: Field<ID<Alliance>?>

        init(_ alliances: [AllianceHeading]) {
            alliance = Field.choice(
                "alianza", "Alianza", alliances.map { Option($0.alliance.id, $0.alliance.name) },
                style: .menu, prompt: "Todas"
            ).optional()
        }
    }

    let year: Int
    let query: ListQuery<Order>
    let agenda: Agenda
    let filters: Filters
    let hasSeveralAlliances: Bool

    var title: String { "Calendario de \(year)" }
    var lead: String? { "Todo lo que tiene fecha, para filtrar y descargar." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "ano" }

    var found: Found<Row> {
        var rows = agenda.entries.map {
            Row(entry: $0, alliance: agenda.allianceName(of: $0), path: agenda.path(of: $0))
        }
        if let sort = query[CalendarSort.filter] { rows.removeAll { $0.entry.sort != sort } }
        if let state = query[Filters.state] { rows.removeAll { $0.entry.state != state } }
        if let month = query[Filters.month] { rows.removeAll { $0.entry.day.components.month != month } }
        if let alliance = query[filters.alliance] { rows.removeAll { $0.entry.alliance != alliance } }
        if query.sort == .alliance { rows.sort { $0.alliance.folded < $1.alliance.folded } }
        if query.isDescending { rows.reverse() }
        return query.page(of: rows)
    }

    func body(_ html: inout HTML) {
        html.calendarViews(.list, in: year)
        html.nav(.class("month-nav"), .aria("label", "Años")) { nav in
            nav.action(String(year - 1), to: .calendarList(year - 1))
            nav.action(String(year + 1), to: .calendarList(year + 1))
        }
        html.list(
            self,
            filters: { form in
                form.field(Filters.month)
                form.field(CalendarSort.filter)
                form.field(Filters.state)
                if hasSeveralAlliances { form.field(filters.alliance) }
            },
            empty: EmptyState("En \(year) no hay nada con fecha."))
    }
}
