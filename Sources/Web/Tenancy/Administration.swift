import Kernel
import Tenancy

/// What the administration of an entity has beside its alliances, each place for who may enter it.
enum AdministrationPlace: CaseIterable {
    case users, settings

    /// The name of the place.
    var title: String {
        switch self {
        case .users: "Usuarios y funciones"
        case .settings: "Datos de la entidad"
        }
    }

    /// What is done there.
    var purpose: String {
        switch self {
        case .users: "Invitar, dar y terminar funciones, cerrar sesiones."
        case .settings: "Nombres, NIT, códigos, logo y contacto."
        }
    }

    /// Its address.
    var path: Path {
        switch self {
        case .users: .users()
        case .settings: .settings()
        }
    }

    private var permission: Permission {
        switch self {
        case .users: .seeUsers
        case .settings: .seeSettings
        }
    }

    /// The places that a person may enter.
    static func open(to principal: Principal) -> [Self] {
        allCases.filter { principal.holds($0.permission, in: .office) }
    }
}
