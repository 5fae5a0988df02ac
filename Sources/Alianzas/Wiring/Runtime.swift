import Elections
import Foundation
import Kernel
import Membership
import Postgres
import Reporting
import Tenancy

/// What a command of the terminal works with: the configuration and a database that is up.
struct Runtime: Sendable {
    /// What the environment says.
    let configuration: Configuration
    /// The database, for every role.
    let database: Database
    /// Our own cluster, unless the database is in somebody else's server.
    let cluster: PrivateCluster?
    /// The time: the real one, except in a demonstration whose clock was put forward.
    let clock: DemoClock

    private init(configuration: Configuration, database: Database, cluster: PrivateCluster?) {
        self.configuration = configuration
        self.database = database
        self.cluster = cluster
        clock = DemoClock(configuration)
    }

    /// Runs commands and queries for a command of the terminal.
    var runner: CommandRunner { CommandRunner(database: database, now: clock.now) }

    /// Whether the schema has to be what this program expects.
    enum Schema {
        /// It is refused where it is behind.
        case current
        /// It may be anything: the command is about to change it.
        case any
    }

    /// Opens the database for the length of the closure, starting our own cluster where it is not up.
    ///
    /// - Throws: ``ConfigurationError``, ``ClusterError``, ``RuntimeError``, or what the closure throws.
    static func with<Result>(
        _ purpose: PrivateCluster.Purpose = .visiting, schema: Schema = .current,
        program: String = "alianzas",
        _ body: (Runtime) async throws -> Result
    ) async throws -> Result {
        let runtime = try await open(Configuration.current(), for: purpose, program: program)
        do {
            if case .current = schema { try await runtime.requireCurrentSchema() }
            let result = try await body(runtime)
            await runtime.close()
            return result
        } catch {
            await runtime.close()
            throw error
        }
    }

    private static func open(
        _ configuration: Configuration, for purpose: PrivateCluster.Purpose, program: String
    ) async throws -> Runtime {
        switch configuration.storage {
        case .server(let url):
            let settings = try settings(reading: url)
            return Runtime(configuration: configuration, database: Database(settings), cluster: nil)
        case .privateCluster:
            let cluster = try await PrivateCluster.open(
                at: configuration.dataFolder, for: purpose, contents: .product(of: configuration),
                program: program)
            return Runtime(
                configuration: configuration, database: Database(cluster.settings), cluster: cluster)
        }
    }

    /// Reads the connection string of a server.
    static func settings(reading url: String) throws(ConfigurationError) -> PgSettings {
        do {
            return try PgSettings(url)
        } catch {
            throw .unreadableDatabaseURL(
                error.description.trimmingCharacters(
                    in: .whitespacesAndNewlines.union(.init(charactersIn: "."))))
        }
    }

    /// Closes the connections and leaves the cluster.
    private func close() async {
        database.close()
        await cluster?.stop()
    }

    // MARK: Schema

    /// Applies the migrations that are missing, and brings the catalogues of the country up to date.
    func migrate(progress: @escaping @Sendable (Migrations.File) -> Void) async throws -> [Migrations.File] {
        let applied = try await Migrations(directory: configuration.migrations)
            .apply(to: database, as: .owner, progress: progress)
        try await Catalogue(folder: configuration.catalogues).load(into: database)
        try await ElectoralTermCatalogue(folder: configuration.catalogues).load(into: database)
        try await RequirementCatalogue(folder: configuration.catalogues).load(into: database)
        try await ObligationCatalogue(folder: configuration.catalogues).load(into: database)
        return applied
    }

    /// Refuses a schema that is behind. Only in our own cluster, where we are the owner too: elsewhere the
    /// owner's role is let in from the machine that migrates.
    private func requireCurrentSchema() async throws {
        guard cluster != nil else { return }
        let pending = try await Migrations(directory: configuration.migrations)
            .pending(in: database, as: .owner)
        guard pending.isEmpty else { throw RuntimeError.schemaIsBehind(pending.count) }
    }
}

extension PrivateCluster.Contents {
    /// What the product keeps in a cluster of its own.
    static func product(of configuration: Configuration) -> Self {
        Self(
            database: "alianzas", roles: [.owner, .app, .identity, .control, .published, .staging],
            bootstrap: configuration.bootstrap.path(percentEncoded: false))
    }
}

/// Why a command cannot begin.
enum RuntimeError: UserFacingError, Hashable {
    case schemaIsBehind(Int)

    var code: String { "runtime.schema_is_behind" }
    var kind: ErrorKind { .unavailable }
    var message: String {
        switch self {
        case .schemaIsBehind(let count):
            "A la base de datos le faltan \(count) migraciones. Ejecute primero «alianzas migrate»."
        }
    }
}
