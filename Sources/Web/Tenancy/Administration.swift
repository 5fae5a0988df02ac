import Kernel
import Tenancy

/// What the administration of an entity has beside its alliances, each place for who may enter it.
enum AdministrationPlace: CaseIterable {
    case users, settings, log, jobs

    /// The name of the place.
    var title: String {
        switch self {
        case .users: "Usuarios y funciones"
        case .settings: "Datos de la entidad"
        case .log: "Registro de actuaciones"
        case .jobs: "Tareas"
        }
    }

    /// What is done there.
    var purpose: String {
        switch self {
        case .users: "Invitar, dar y terminar funciones, cerrar sesiones."
        case .settings: "Nombres, NIT, códigos, logo y contacto."
        case .log: "Quién hizo qué y cuándo, y si concuerda."
        case .jobs: "Importaciones y otros trabajos largos."
        }
    }

    /// Its address.
    var path: Path {
        switch self {
        case .users: .users()
        case .settings: .settings()
        case .log: .log()
        case .jobs: .jobs()
        }
    }

    private var permission: Permission {
        switch self {
        case .users: .seeUsers
        case .settings: .seeSettings
        case .log: .seeAudit
        case .jobs: .seeJobs
        }
    }

    /// The places that a person may enter.
    static func open(to principal: Principal) -> [Self] {
        allCases.filter { place in
            // A board or a committee sees the log and the work of its own alliance.
            principal.holds(place.permission, in: .office)
                || principal.grants.contains { principal.holds(place.permission, in: $0.space.stream) }
        }
    }
}
