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

/// The alliances of a tenant.
struct AlliancesPage: ListPage {
    enum Sort: String, SortKey {
        case name = "nombre"
        case state = "estado"
        static let initial = Self.name
    }

    static let columns: [Column<Alliance, Sort>] = [
        .text("Alianza", sort: .name, to: { AllianceSlug(rawValue: $0.slug).map { .alliance($0) } }) {
            $0.name
        },
        .text("Sede") { $0.siteName },
        .status("Estado", sort: .state) { $0.state.status },
    ]

    struct Filters {
        let words = Field.text("q", "Nombre", max: 80).optional()
        let state = Field.choice(
            "estado", "Estado", AllianceStateChoice.allCases, title: \.state.title, style: .menu,
            prompt: "Todos"
        ).optional()
    }
    static let filters = Filters()

    let query: ListQuery<Sort>
    let found: Found<Alliance>
    let mayCreate: Bool

    var title: String { "Alianzas" }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }

    func actions(_ html: inout HTML) {
        if mayCreate { html.action("Crear una alianza", to: .newAlliance(), .primary, icon: .plus) }
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.state)
            },
            empty: mayCreate
                ? EmptyState(
                    "Aún no hay alianzas en esta entidad.", next: "Crear la primera", to: .newAlliance())
                : EmptyState("No hay alianzas a su cargo."))
    }
}

/// What an alliance is bound to, as forms name it.
enum AllianceKindChoice: String, PathValue, CaseIterable {
    case territory = "territorio"
    case site = "sede"

    /// The kind of the domain.
    var kind: Alliance.Kind {
        switch self {
        case .territory: .territory
        case .site: .site
        }
    }

    /// The kind in words.
    var title: String {
        switch self {
        case .territory: "A uno o varios municipios (alianza de una EPS)"
        case .site: "A una sede (alianza de una IPS o ESE)"
        }
    }
}

/// The questions of a new alliance.
struct AllianceForm {
    let name = Field.text("name", "Nombre de la alianza", max: 160)
    let kind = Field.choice("kind", "¿A qué pertenece?", AllianceKindChoice.allCases, title: \.title)
    let siteName = Field.text(
        "site_name", "Nombre de la sede", max: 160, hint: "Solo para la alianza de una sede."
    ).optional()
    let municipalities = Field.paragraphs(
        "municipalities", "Municipios", max: 4000, rows: 3,
        hint: "Uno por línea: el nombre con su departamento («San Antero, Córdoba») o el código («23672»).")
}

/// Makes an alliance.
struct NewAlliancePage: Page {
    let form: FormState

    var title: String { "Crear una alianza" }
    var trail: [Crumb] { [Crumb("Inicio", .home()), Crumb("Alianzas", .alliances())] }

    func body(_ html: inout HTML) {
        let fields = AllianceForm()
        html.form(to: .newAlliance(), form) { form in
            form.field(fields.name)
            form.field(fields.kind)
            form.field(fields.siteName)
            form.field(fields.municipalities)
            form.submit("Crear la alianza", orBackTo: .alliances())
        }
    }
}

/// Reads municipalities as people write them.
struct MunicipalityList {
    private let byCode: [String: String]
    private let byTitle: [String: [String]]

    /// Takes the municipalities that there are.
    init(_ municipalities: [Municipality]) {
        byCode = Dictionary(uniqueKeysWithValues: municipalities.map { ($0.code, $0.code) })
        byTitle = Dictionary(
            municipalities.flatMap { [($0.title.folded, [$0.code]), ($0.name.folded, [$0.code])] },
            uniquingKeysWith: +)
    }

    /// The codes of what was written, one municipality a line.
    ///
    /// - Throws: `InvalidInput` with each line that names none, or several.
    func codes(in text: String) throws(InvalidInput) -> Set<String> {
        var codes: Set<String> = []
        var problems: [InvalidInput.Problem] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.trimming(while: \.isWhitespace)
            guard !words.isEmpty else { continue }
            let found = byCode[String(words)].map { [$0] } ?? byTitle[String(words).folded] ?? []
            switch found.count {
            case 1: codes.formUnion(found)
            case 0:
                problems.append(
                    .init(
                        field: "municipalities",
                        message:
                            "No encontramos el municipio «\(words)». Escríbalo con su departamento, o su código."
                    ))
            default:
                problems.append(
                    .init(
                        field: "municipalities",
                        message: "Hay varios municipios llamados «\(words)». Agregue el departamento."))
            }
        }
        guard problems.isEmpty else { throw InvalidInput(problems) }
        return codes
    }
}

extension StringProtocol {
    /// The text without what stands at both ends and meets a condition.
    fileprivate func trimming(while condition: (Character) -> Bool) -> String {
        String(drop(while: condition).reversed().drop(while: condition).reversed())
    }
}
