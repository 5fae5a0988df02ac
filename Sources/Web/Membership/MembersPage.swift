import Kernel
import Membership
import Tenancy

/// The members of an alliance.
struct MembersPage: AlliancePage, ListPage {
    enum Sort: String, SortKey {
        case name = "nombre"
        case document = "documento"
        case joined = "ingreso"
        static let initial = Self.name
    }

    /// Whether those who are members are listed, or those who were.
    enum Standing: String, PathValue, CaseIterable {
        case current = "actuales"
        case former = "retirados"

        /// The words on the filter.
        var title: String {
            switch self {
            case .current: "Asociados actuales"
            case .former: "Retirados"
            }
        }
    }

    /// A row, with where it leads.
    struct Row: Sendable {
        let member: MemberSummary
        let alliance: AllianceSlug
    }

    struct Filters {
        let words = Field.text("q", "Nombre o documento", max: 80).optional()
        let standing = Field.choice(
            "quienes", "Quiénes", [Standing.former], title: \.title, style: .menu,
            prompt: Standing.current.title
        ).optional()
    }
    static let filters = Filters()

    static let columns: [Column<Row, Sort>] = [
        .text("Nombre", sort: .name, to: { .personFile($0.alliance, $0.member.person) }) { $0.member.name },
        .text("Documento", sort: .document) { $0.member.document.formatted },
        .text("Municipio") { $0.member.municipality },
        .status("Afiliación") { $0.member.affiliation.status },
        .date("Ingresó", sort: .joined) { $0.member.joinedOn },
        .date("Se retiró") { $0.member.leftOn },
    ]

    let heading: AllianceHeading
    let query: ListQuery<Sort>
    let found: Found<Row>
    let mayEnrol: Bool

    var tab: AllianceTab { .members }
    var help: HelpTopic { "asociados" }

    func actions(_ html: inout HTML) {
        html.action("Requisitos", to: .requirements(heading.slug))
        html.action("Solicitudes", to: .applications(heading.slug))
        if mayEnrol {
            html.action("Inscribir asociados", to: .enrolMembers(heading.slug), .primary, icon: .plus)
        }
    }

    func content(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.standing)
            },
            empty: mayEnrol
                ? EmptyState(
                    "La alianza aún no tiene asociados.", next: "Inscribir los primeros",
                    to: .enrolMembers(heading.slug))
                : EmptyState("La alianza aún no tiene asociados."))
    }
}
