import Governance
import Kernel
import Tenancy

/// The states of alliances, as addresses and forms name them.
enum AllianceStateChoice: String, PathValue, CaseIterable {
    case draft = "en-preparacion"
    case convened = "convocada"
    case enrolling = "en-inscripcion"
    case constituted = "constituida"
    case registered = "registrada"
    case active = "activa"
    case renewalDue = "por-renovar"
    case expired = "vencida"
    case dissolved = "disuelta"

    /// The state of the domain.
    var state: Alliance.State {
        switch self {
        case .draft: .draft
        case .convened: .convened
        case .enrolling: .enrolling
        case .constituted: .constituted
        case .registered: .registered
        case .active: .active
        case .renewalDue: .renewalDue
        case .expired: .expired
        case .dissolved: .dissolved
        }
    }

    /// The choice of a state.
    init(_ state: Alliance.State) {
        self = Self.allCases.first { $0.state == state } ?? .draft
    }
}

/// The alliances of a tenant, each with how it does and what it asks for.
struct AlliancesPage: ListPage {
    enum Sort: String, SortKey {
        case name = "nombre"
        case municipality = "municipio"
        case members = "asociados"
        case state = "estado"
        case periodEnd = "periodo"
        case meeting = "reunion"
        case pending = "pendientes"
        static let initial = Self.name
    }

    static let columns: [Column<AllianceRow, Sort>] = [
        .text("Alianza", sort: .name, to: { .alliance($0.heading.slug) }) { $0.alliance.name },
        .text("Municipio", sort: .municipality) { $0.place },
        .text("Sede") { $0.alliance.siteName },
        .status("Estado", sort: .state) { $0.alliance.state.status },
        .integer("Asociados", sort: .members, to: { $0.heading.path(to: .members) }) { $0.members },
        .date("Fin del período", sort: .periodEnd) { $0.outlook?.period?.endsOn },
        .text("Próxima reunión", sort: .meeting, to: { $0.meetingPath }) { $0.meetingWords },
        .integer("Pendientes", sort: .pending, to: { $0.need.count > 0 ? $0.pendingPath : nil }) {
            $0.need.count
        },
        .mark("Urgencia") { $0.need.status },
    ]

    struct Filters {
        let words = Field.text("q", "Nombre o municipio", max: 80).optional()
        let state = Field.choice(
            "estado", "Estado", AllianceStateChoice.allCases, title: \.state.title, style: .menu,
            prompt: "Todos"
        ).optional()
        let need = Field.choice(
            "necesita", "Qué necesita", AllianceNeedChoice.allCases, title: \.title, style: .menu,
            prompt: "Cualquier cosa"
        ).optional()
    }
    static let filters = Filters()

    let query: ListQuery<Sort>
    let found: Found<AllianceRow>
    /// Whether some alliance is of a site.
    let hasSites: Bool
    let mayCreate: Bool

    var title: String { "Alianzas" }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "alianzas" }
    var shownColumns: [Column<AllianceRow, Sort>] {
        hasSites ? Self.columns : Self.columns.filter { $0.title != "Sede" }
    }

    /// Takes the alliances that the person sees, filtered and in order as the address asks.
    init(_ rows: [AllianceRow], _ query: ListQuery<Sort>, mayCreate: Bool, on today: CalendarDate) {
        var shown = rows
        if let state = query[Self.filters.state] { shown.removeAll { $0.alliance.state != state.state } }
        if let need = query[Self.filters.need] { shown.removeAll { !need.isMet(by: $0, on: today) } }
        if let words = query[Self.filters.words]?.folded {
            shown.removeAll { row in
                !([row.alliance.name] + row.municipalities.map(\.title)).contains {
                    $0.folded.contains(words)
                }
            }
        }
        shown.sort { $0.alliance.name.folded < $1.alliance.name.folded }
        // What has none of what is sorted by comes last, whichever way round.
        switch query.sort {
        case .name: if query.isDescending { shown.reverse() }
        case .municipality: shown.order(by: { $0.place.folded }, descending: query.isDescending)
        case .members: shown.order(by: { $0.members }, descending: query.isDescending)
        case .state: shown.order(by: { $0.alliance.state.order }, descending: query.isDescending)
        case .periodEnd: shown.order(by: { $0.outlook?.period?.endsOn }, descending: query.isDescending)
        case .meeting: shown.order(by: { $0.outlook?.meeting?.day }, descending: query.isDescending)
        case .pending: shown.order(by: { $0.need }, descending: query.isDescending)
        }
        self.query = query
        self.mayCreate = mayCreate
        hasSites = rows.contains { $0.alliance.siteName != nil }
        found = query.page(of: shown)
    }

    func actions(_ html: inout HTML) {
        guard mayCreate else { return }
        html.action("Crear una alianza", to: .newAlliance(), .primary, icon: .plus)
        html.action("Crear varias", to: .newAlliances())
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.state)
                form.field(Self.filters.need)
            },
            empty: mayCreate
                ? EmptyState(
                    "Aún no hay alianzas en esta entidad.", next: "Crear la primera", to: .newAlliance())
                : EmptyState("No hay alianzas a su cargo."))
    }
}

extension Array {
    /// Orders the elements by something that some of them lack; those come last, and equals stay as they are.
    fileprivate mutating func order<Key: Comparable>(by key: (Element) -> Key?, descending: Bool) {
        let keyed = enumerated().map { (key: key($0.element), place: $0.offset, element: $0.element) }
        self = keyed.sorted { left, right in
            switch (left.key, right.key) {
            case (let first?, let second?) where first != second:
                descending ? first > second : first < second
            case (nil, _?): false
            case (_?, nil): true
            default: left.place < right.place
            }
        }.map(\.element)
    }
}

extension Alliance.State {
    /// Its place in the life of an alliance.
    fileprivate var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
