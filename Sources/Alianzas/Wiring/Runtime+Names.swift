import Kernel
import Postgres
import Tenancy

extension Runtime {
    /// The entity that a code or slug names.
    ///
    /// - Throws: `OrganizationError.notFound`.
    func organization(named code: String) async throws -> Organization {
        let found = try await database.read(PublicScope()) { transaction in
            try await transaction.organization(code: code)
        }
        guard let found else { throw OrganizationError.notFound(code) }
        return found
    }

    /// The alliance that a slug names; `entity/alliance` where several entities have one of that name.
    ///
    /// - Throws: ``PlaceError``, `OrganizationError.notFound`.
    func alliance(named place: String) async throws -> (Organization, Alliance) {
        let parts = place.split(separator: "/", maxSplits: 1).map(String.init)
        let slug = parts.last ?? place
        let organizations =
            parts.count == 2
            ? [try await organization(named: parts[0])]
            : try await database.read(PublicScope()) { try await $0.organizations() }
        var found: [(Organization, Alliance)] = []
        for organization in organizations {
            let alliance = try await database.read(TenantScope(.terminal(in: organization.id))) {
                transaction in
                try await transaction.alliance(slug: slug)
            }
            if let alliance { found.append((organization, alliance)) }
        }
        guard let first = found.first else { throw PlaceError.noSuchAlliance(place) }
        guard found.count == 1 else {
            throw PlaceError.severalAlliances(slug, found.map { "\($0.0.slug)/\(slug)" })
        }
        return first
    }
}

/// Why a name of the terminal leads nowhere.
enum PlaceError: UserFacingError, Hashable {
    case noSuchAlliance(String)
    case severalAlliances(String, [String])

    var code: String {
        switch self {
        case .noSuchAlliance: "terminal.no_such_alliance"
        case .severalAlliances: "terminal.several_alliances"
        }
    }

    var kind: ErrorKind { .notFound }

    var message: String {
        switch self {
        case .noSuchAlliance(let name):
            "No hay una alianza «\(name)». Escríbala como está en su dirección, por ejemplo alianza-de-usuarios-de-san-antero."
        case .severalAlliances(let name, let choices):
            "Varias entidades tienen una alianza «\(name)». Escriba una de estas: \(choices.joined(separator: ", "))."
        }
    }
}
