import Foundation
import Kernel
import Tenancy

/// The users of an entity, with their roles and how they come in.
struct UsersPage: ListPage {
    /// A user as a row.
    struct Row: Sendable {
        let access: UserAccess
        /// Their roles in words, each with where it counts.
        let roles: [String]
        let status: Status
        /// How their second factor stands.
        let secondFactor: Status
    }

    enum Sort: String, SortKey {
        case name = "nombre"
        case lastSeen = "ultimo-ingreso"
        case state = "estado"
        static let initial = Self.name
    }

    /// How far users have come, as the filter names it.
    enum StateChoice: String, PathValue, CaseIterable {
        case active = "activo"
        case invited = "invitado"
        case late = "invitacion-vencida"
        case inactive = "inactivo"

        var word: String {
            switch self {
            case .active: "Activo"
            case .invited: "Invitado"
            case .late: "Invitación vencida"
            case .inactive: "Inactivo"
            }
        }
    }

    static let columns: [Column<Row, Sort>] = [
        .text("Nombre", sort: .name, to: { .user($0.access.id) }) { $0.access.user.name },
        .text("Cargo") { $0.access.user.officeTitle },
        .text("Correo") { $0.access.user.email },
        .text("Funciones") { $0.roles.isEmpty ? "Ninguna" : $0.roles.joined(separator: "; ") },
        .status("Estado", sort: .state) { $0.status },
        .status("Segundo paso") { $0.secondFactor },
        .instant("Último ingreso", sort: .lastSeen) { $0.access.lastSeenAt },
    ]

    struct Filters {
        let words = Field.text("q", "Nombre, correo o cargo", max: 80).optional()
        let role = Field.choice(
            "funcion", "Función", RoleChoice.allCases, title: \.role.title, style: .menu, prompt: "Todas"
        ).optional()
        let state = Field.choice(
            "estado", "Estado", StateChoice.allCases, title: \.word, style: .menu, prompt: "Todos"
        ).optional()
    }
    static let filters = Filters()

    let query: ListQuery<Sort>
    let found: Found<Row>
    let mayInvite: Bool

    init(_ directory: UserDirectory, query: ListQuery<Sort>, mayInvite: Bool, now: Date) {
        self.query = query
        self.mayInvite = mayInvite
        let words = query[Self.filters.words]?.folded
        let role = query[Self.filters.role]?.role
        let state = query[Self.filters.state]?.word
        var rows = directory.lines.filter { line in
            role == nil || line.grants.contains { $0.grant.role == role }
        }.map { Row($0, among: directory.alliances, now: now) }
        rows.removeAll { row in
            state != nil && row.status.word != state
                || words != nil
                    && ![row.access.user.name, row.access.user.email ?? "", row.access.user.officeTitle]
                        .contains { $0.folded.contains(words ?? "") }
        }
        rows.sort { left, right in
            switch query.sort {
            case .name: left.access.user.name.folded < right.access.user.name.folded
            case .lastSeen:
                left.access.lastSeenAt ?? .distantPast < right.access.lastSeenAt ?? .distantPast
            case .state: left.status.word < right.status.word
            }
        }
        if query.isDescending { rows.reverse() }
        found = query.page(of: rows)
    }

    var title: String { "Usuarios" }
    var lead: String? { "Quién trabaja aquí, con qué función, dónde y hasta cuándo." }
    var trail: [Crumb] { [Crumb("Inicio", .home())] }
    var help: HelpTopic { "usuarios" }

    func actions(_ html: inout HTML) {
        if mayInvite { html.action("Invitar a una persona", to: .inviteUser(), .primary, icon: .plus) }
    }

    func body(_ html: inout HTML) {
        html.list(
            self,
            filters: { form in
                form.field(Self.filters.words)
                form.field(Self.filters.role)
                form.field(Self.filters.state)
            },
            empty: mayInvite
                ? EmptyState("Aún no hay usuarios.", next: "Invitar a la primera persona", to: .inviteUser())
                : EmptyState("Aún no hay usuarios."))
    }
}

extension UsersPage.Row {
    fileprivate init(_ line: UserDirectory.Line, among alliances: [Alliance], now: Date) {
        access = line.access
        roles = line.grants.map { record in
            let grant = record.grant
            let place = grant.space == .organization ? "" : " (\(grant.place(among: alliances)))"
            return grant.role.title + place
        }
        status = line.access.status(at: now)
        let isNeeded = line.grants.contains { $0.grant.role.needsSecondFactor }
        secondFactor =
            line.access.hasSecondFactor
            ? Status("Sí", .met) : isNeeded ? Status("Falta", .due) : Status("No", .exempt)
    }
}
