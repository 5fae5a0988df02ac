import ArgumentParser
import Kernel
import Postgres
import Tenancy

/// `alianzas database url`: the connection string, for `psql` and for backups.
struct DatabaseURL: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "url", abstract: "Muestra la dirección de la base de datos en marcha.",
        discussion: """
            Para consultar: psql "$(alianzas database url)". Para una copia de respaldo: \
            pg_dump --format=custom --file=copia.dump "$(alianzas database url --role owner)".
            """)

    /// The roles that a person may ask for.
    enum Role: String, ExpressibleByArgument, CaseIterable {
        case app, identity, control, `public`, `import`, owner, superuser

        var database: DatabaseRole {
            switch self {
            case .app: .app
            case .identity: .identity
            case .control: .control
            case .public: .published
            case .import: .staging
            case .owner: .owner
            case .superuser: PrivateCluster.superuser
            }
        }
    }

    @Option(
        help: ArgumentHelp(
            "Con qué rol: app atiende, owner es dueño y ve todo; superuser solo entra con el usuario del servidor.",
            valueName: "rol"))
    var role = Role.app

    @Flag(help: "Responde en JSON.")
    var json = false

    private struct Answer: Encodable {
        let role: String
        let url: String
    }

    func run() async throws {
        let url = try settings(of: try .current()).url(for: role.database)
        if json {
            try Terminal.print(json: Answer(role: role.rawValue, url: url))
        } else {
            Terminal.print(url)
        }
    }

    private func settings(of configuration: Configuration) throws -> PgSettings {
        switch configuration.storage {
        case .server(let url):
            return try Runtime.settings(reading: url)
        case .privateCluster:
            let contents = PrivateCluster.Contents.product(of: configuration)
            guard let cluster = try PrivateCluster.running(at: configuration.dataFolder, contents: contents)
            else {
                throw DatabaseURLError.notRunning(folder: configuration.dataFolder)
            }
            return cluster.settings
        }
    }
}

/// Why there is no connection string to show.
enum DatabaseURLError: UserFacingError, Hashable {
    case notRunning(folder: String)

    var code: String { "database.not_running" }
    var kind: ErrorKind { .unavailable }
    var message: String {
        switch self {
        case .notRunning(let folder):
            "No hay un servidor en marcha con los datos de «\(folder)». Inícielo con «alianzas serve»."
        }
    }
}
