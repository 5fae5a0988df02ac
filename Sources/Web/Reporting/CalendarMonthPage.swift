import Kernel
import Reporting
import Tenancy

extension Path {
    /// The calendar of all alliances of the tenant.
    static let calendar = FixedRoute("/o/{tenant}/calendario")
    /// A year of all alliances, side by side.
    static let calendarYear = Route<Int>("/o/{tenant}/calendario/ano/{year}")
    /// The same as a list to filter and take along.
    static let calendarList = Route<Int>("/o/{tenant}/calendario/lista/{year}")
}

/// The ways in which a calendar is looked at.
enum CalendarView: CaseIterable {
    case month, year, list

    fileprivate var title: String {
        switch self {
        case .month: "Mes"
        case .year: "Año"
        case .list: "Lista"
        }
    }

    fileprivate func path(in year: Int) -> Path {
        switch self {
        case .month: .calendar()
        case .year: .calendarYear(year)
        case .list: .calendarList(year)
        }
    }
}

extension HTML {
    /// Writes the ways to look at a calendar, the present one marked.
    mutating func calendarViews(_ current: CalendarView?, in year: Int) {
        tabs(
            "Formas de ver el calendario",
            CalendarView.allCases.map { Tab($0.title, $0.path(in: year), isCurrent: $0 == current) })
    }
}

/// A month of all alliances, as a grid and as a list.
struct CalendarMonthPage: Page {
    /// A month as addresses name it, `2026-03`.
    struct Month: PathValue {
        let first: CalendarDate

        init(_ day: CalendarDate) { first = day.calendarMonth.lowerBound }

        init?(pathText: String) {
            guard pathText.utf8.count == 7, let first = CalendarDate("\(pathText)-01") else { return nil }
            self.first = first
        }

        var pathText: String { String("\(first)".prefix(7)) }
        var days: ClosedRange<CalendarDate> { first.calendarMonth }
        var title: String {
            let (year, month, _) = first.components
            return "\(SpanishFormat.monthName(month) ?? "") de \(year)"
        }

        func moved(by months: Int) -> Self { Self(first.addingMonths(months)) }
    }

    let month: Month
    /// What alone is shown; `nil` for all.
    let sort: CalendarSort?
    let today: CalendarDate
    let agenda: Agenda

    var title: String { "Calendario" }
    var lead: String? { month.title.capitalizedFirst }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "ano" }

    func actions(_ html: inout HTML) {
        html.action("Llevarlo a su teléfono", to: .followCalendar())
    }

    func body(_ html: inout HTML) {
        html.calendarViews(.month, in: month.first.components.year)
        html.nav(.class("month-nav"), .aria("label", "Meses")) { nav in
            nav.action("Mes anterior", to: path(month.moved(by: -1)))
            nav.action("Hoy", to: path(nil))
            nav.action("Mes siguiente", to: path(month.moved(by: 1)))
        }
        filters(&html)
        html.calendar(of: agenda, days: month.days, today: today)
        html.section("Lista del mes") { part in
            part.agenda(
                agenda, today: today,
                empty: EmptyState(
                    sort.map { "En \(month.title) no hay \($0.plural.lowercased())." }
                        ?? "En \(month.title) no hay nada con fecha."))
        }
    }

    private func filters(_ html: inout HTML) {
        let chosen = FormState(sort.map { [QueryItem(name: "que", value: $0.pathText)] } ?? [])
        html.queryForm(at: .calendar(), chosen, .class("filters"), .role("search")) { form in
            form.input(.type("hidden"), .name("mes"), .value(month.pathText))
            form.field(CalendarSort.filter)
            form.div(.class("filters-end")) { end in
                end.button(.type("submit"), .class("btn btn-outline-primary")) { button in
                    button.icon(.filter)
                    button.span("Filtrar")
                }
                if sort != nil { end.a("Quitar filtros", .href(Self.path(month, nil))) }
            }
        }
    }

    private func path(_ month: Month?) -> Path { Self.path(month, sort) }

    private static func path(_ month: Month?, _ sort: CalendarSort?) -> Path {
        Path.calendar().with("mes", month?.pathText).with("que", sort?.pathText)
    }
}
