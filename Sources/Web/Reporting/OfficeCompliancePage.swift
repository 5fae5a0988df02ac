import Kernel
import Reporting
import Tenancy

/// Where the alliances of an entity stand, one row each.
struct OfficeCompliancePage: ListPage {
    static let columns: [Column<ComplianceRow, ComplianceSort>] =
        [
            .text("Alianza", sort: .alliance, to: { $0.page }) { $0.allianceName },
            .text("Municipio", sort: .municipality) { $0.municipality },
        ] + Obligation.Code.marks + [.date("Próxima fecha", sort: .dueOn) { $0.dueOn }]

    static let filters = ComplianceFilters()

    let query: ListQuery<ComplianceSort>
    let found: Found<ComplianceRow>
    let all: [ComplianceRow]

    var title: String { "Cumplimiento de las alianzas" }
    var lead: String? { "Cada alianza con el estado de sus obligaciones. Lo que pide atención va primero." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "cumplimiento" }

    func actions(_ html: inout HTML) {
        html.action("Compromisos y su antigüedad", to: .officeCommitments())
        html.action("Quejas en cifras", to: .officeComplaints())
    }

    func body(_ html: inout HTML) {
        html.complianceTotals(of: all, at: query.unfiltered)
        html.obligationLegend()
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.state)
                form.field(Self.filters.code)
            },
            empty: EmptyState(
                "Aún no hay alianzas en esta entidad.", next: "Ver las alianzas", to: .alliances()))
    }
}

extension ComplianceRow {
    /// The page of the alliance within its own entity.
    fileprivate var page: Path? {
        guard case .alliance(_, _, let slug, _) = information else { return nil }
        return AllianceSlug(rawValue: slug).map { .compliance($0) }
    }
}

extension Obligation.Code {
    /// One narrow column for each obligation.
    static var marks: [Column<ComplianceRow, ComplianceSort>] {
        allCases.map { code in .mark(code.shortTitle) { $0.states[code]?.status } }
    }
}

extension HTML {
    /// Writes how many alliances there are, and how many have something in each state; each opens its list.
    mutating func complianceTotals(of rows: [ComplianceRow], at path: Path, without: Bool = false) {
        func key(_ choice: ComplianceChoice, _ words: String) -> KeyFigure {
            KeyFigure(
                rows.count { $0.count(choice.state) > 0 }, words, to: path.with("estado", choice.rawValue))
        }
        let alliances = rows.count { $0.alliance != nil }
        let unknown = rows.count - alliances
        if without {
            figures(
                KeyFigure(
                    alliances, alliances == 1 ? "alianza" : "alianzas",
                    to: path.with("informacion", InformationChoice.alliance.rawValue)),
                key(.overdue, "con algo vencido"), key(.due, "con algo por vencer"),
                key(.unproven, "con algo sin probar"), key(.partial, "con algo parcial"),
                KeyFigure(
                    unknown, "entidades sin alianza o sin información",
                    to: path.with("informacion", InformationChoice.none.rawValue)))
        } else {
            figures(
                KeyFigure(alliances, alliances == 1 ? "alianza" : "alianzas"),
                key(.overdue, "con algo vencido"), key(.due, "con algo por vencer"),
                key(.unproven, "con algo sin probar"), key(.partial, "con algo parcial"))
        }
    }

    /// Writes what the marks and the short names of a matrix mean.
    mutating func obligationLegend() {
        legend(of: ObligationState.allCases.map(\.status))
        details(.class("obligation-norm")) { more in
            more.summary("Qué es cada columna")
            more.dl(.class("facts")) { list in
                for code in Obligation.Code.allCases {
                    list.div { line in
                        line.dt(code.shortTitle)
                        line.dd(code.question)
                    }
                }
            }
        }
    }
}

extension Obligation.Code {
    /// What a column of the matrix tells.
    fileprivate var question: String {
        switch self {
        case .convening: "¿La entidad convocó a sus usuarios a constituir la alianza?"
        case .constitution: "¿Está el acta de constitución, firmada?"
        case .registration: "¿La alianza está registrada ante la autoridad?"
        case .bylaws: "¿Tiene estatutos o reglamento?"
        case .terms: "¿Los puestos están ocupados y con período vigente?"
        case .election: "¿Los representantes fueron elegidos por y entre los asociados?"
        case .accountability: "¿Rindió cuentas a asociados y ciudadanía?"
        case .planFollowUp: "¿Hace seguimiento a su plan de trabajo?"
        case .meetings: "¿Se reúne con la frecuencia del procedimiento de la IPS?"
        case .managementReport: "¿El SIAU informó a la gerencia?"
        }
    }
}
