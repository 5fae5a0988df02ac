import Foundation
import Kernel
import Tenancy

extension Path {
    /// The users of an entity.
    static let users = FixedRoute("/o/{tenant}/usuarios")
    /// Invites a user.
    static let inviteUser = FixedRoute("/o/{tenant}/usuarios/invitar")
    /// One user.
    static let user = Route<ID<User>>("/o/{tenant}/usuarios/{user}")
    /// Changes what a user is called, or puts them out of work.
    static let editUser = Route<ID<User>>("/o/{tenant}/usuarios/{user}/editar")
    /// Gives a user a role.
    static let grantRole = Route<ID<User>>("/o/{tenant}/usuarios/{user}/dar-funcion")
    /// Ends a role of a user.
    static let endGrant = Route<ID<User>, ID<Grant>>("/o/{tenant}/usuarios/{user}/funciones/{grant}/terminar")
    /// Ends the sessions of a user in this entity.
    static let endUserSessions = Route<ID<User>>("/o/{tenant}/usuarios/{user}/cerrar-sesiones")
    /// Lets a user in anew who lost the password or the second factor, or never came in.
    static let resetAccess = Route<ID<User>>("/o/{tenant}/usuarios/{user}/restablecer")
}

/// The roles, as addresses and forms name them.
enum RoleChoice: String, PathValue, CaseIterable {
    case officeAdministrator = "administracion"
    case office = "oficina"
    case board = "junta"
    case member = "asociado"
    case electionCommittee = "comite-electoral"
    case juror = "jurado"
    case witness = "testigo"
    case guarantor = "garante"
    case trustee = "custodio"
    case credentialAuthority = "autoridad-de-credenciales"
    case controlBody = "control"
    case `operator` = "operador"

    /// The role of the domain.
    var role: Role {
        switch self {
        case .officeAdministrator: .officeAdministrator
        case .office: .office
        case .board: .board
        case .member: .member
        case .electionCommittee: .electionCommittee
        case .juror: .juror
        case .witness: .witness
        case .guarantor: .guarantor
        case .trustee: .trustee
        case .credentialAuthority: .credentialAuthority
        case .controlBody: .controlBody
        case .operator: .operator
        }
    }

    /// The roles that an entity's administration gives to its users.
    static func given(by kind: Organization.Kind) -> [Self] {
        switch kind {
        case .controlBody: [.officeAdministrator, .controlBody]
        case .insurer, .provider, .publicHospital, .alliance:
            [
                .officeAdministrator, .office, .board, .electionCommittee, .juror, .witness, .guarantor,
                .member,
            ]
        }
    }

    /// What who has the role does here.
    var duty: String {
        switch self {
        case .officeAdministrator: "Invita usuarios, da funciones y cambia los datos de la entidad."
        case .office: "Lleva las alianzas: asociados, reuniones, calendario. No decide en elecciones."
        case .board: "Dirige la alianza: estatutos, actas, plan de trabajo. Vale en una alianza."
        case .member: "Ve su alianza y su expediente. Vale en una alianza."
        case .electionCommittee:
            "Decide censo, candidaturas e impugnaciones. Vale en una alianza y exige segundo paso."
        case .juror: "Cuenta los votos de su mesa. Vale en una alianza."
        case .witness: "Vigila por una plancha. Vale en una alianza."
        case .guarantor: "Observa desde fuera: personería o secretaría. Vale en una alianza."
        case .trustee: "Guarda una parte de la llave de una urna electrónica. Lo nombra el comité electoral."
        case .credentialAuthority:
            "Hace las claves de voto de una urna electrónica. La nombra el comité electoral."
        case .controlBody: "Ve el cumplimiento de los municipios que vigila. Exige segundo paso."
        case .operator: "Opera la plataforma; lo que hace aquí queda en el registro."
        }
    }
}

/// Where a role counts, as forms name it: the whole entity, or one alliance.
enum SpaceChoice: PathValue, Hashable {
    case organization
    case alliance(ID<Alliance>)

    init?(pathText: String) {
        if pathText == "entidad" {
            self = .organization
        } else if let id = ID<Alliance>(pathText) {
            self = .alliance(id)
        } else {
            return nil
        }
    }

    var pathText: String {
        switch self {
        case .organization: "entidad"
        case .alliance(let id): id.description
        }
    }

    /// The space of the domain.
    var space: Grant.Space {
        switch self {
        case .organization: .organization
        case .alliance(let id): .alliance(id)
        }
    }

    /// The choices of an entity.
    static func options(_ alliances: [Alliance]) -> [Option<Self>] {
        [Option(.organization, "Toda la entidad")] + alliances.map { Option(.alliance($0.id), $0.name) }
    }
}

extension UserAccess {
    /// How far the user has come, as a chip.
    func status(at now: Date) -> Status {
        guard user.isActive else { return Status("Inactivo", .sealed) }
        if hasAccount { return Status("Activo", .met) }
        guard let until = invitedUntil, until > now else { return Status("Invitación vencida", .overdue) }
        return Status("Invitado", .open)
    }
}

extension Grant {
    /// Where the grant counts, in words.
    func place(among alliances: [Alliance]) -> String {
        switch space {
        case .organization: "Toda la entidad"
        case .alliance(let id): alliances.first { $0.id == id }?.name ?? "Una alianza"
        case .process(_, let id):
            id.flatMap { id in alliances.first { $0.id == id } }.map { "Elección de \($0.name)" }
                ?? "Elección conjunta"
        }
    }

    /// The last day on which it counts, where an end is set.
    var lastDay: CalendarDate? {
        // An end at midnight is that of the day before.
        endsAt.map { ColombianTime.date(at: max($0.addingTimeInterval(-1), startsAt)) }
    }

    /// Where the grant stands, as a chip.
    func status(at now: Date) -> Status {
        if let endsAt, endsAt <= now { return Status("Terminó", .sealed) }
        if startsAt > now { return Status("Empieza después", .plain) }
        return Status("Vigente", .met)
    }
}
