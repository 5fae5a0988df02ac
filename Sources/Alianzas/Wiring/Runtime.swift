import Elections
import Foundation
import Governance
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
        try await RetentionCatalogue(folder: configuration.catalogues).load(into: database)
        try await ComplaintCatalogue(folder: configuration.catalogues).load(into: database)
        try await OrientationCatalogue(folder: configuration.catalogues).load(into: database)
        try await LetterCatalogue(folder: configuration.catalogues).load(into: database)
        try await ElectoralTermCatalogue(folder: configuration.catalogues).load(into: database)
        try await RequirementCatalogue(folder: configuration.catalogues).load(into: database)
        try await ObligationCatalogue(folder: configuration.catalogues).load(into: database)
        return applied
    }

    /// Refuses a schema that is not this program's, in whosever server it is: the serving role may read what was
    /// migrated, and the owner's, which elsewhere is let in from the machine that migrates, is not needed.
    ///
    /// - Throws: ``RuntimeError/schemaIsBehind(_:)``; `MigrationError.missing` where the database is ahead.
    func requireCurrentSchema() async throws {
        let pending: [Migrations.File]
        do {
            pending = try await Migrations(directory: configuration.migrations).pending(
                in: database, as: .app)
        } catch MigrationError.database(let error) where error.sqlState == "42501" {
            // From before that role was let read it.
            throw RuntimeError.schemaIsBehind(nil)
        } catch MigrationError.database(let error) {
            throw error
        }
        guard pending.isEmpty else { throw RuntimeError.schemaIsBehind(pending.count) }
    }

    // MARK: The server

    /// What whoever starts the program hears of a server that is not its own and was prepared by an earlier version:
    /// `nil` where it cuts statements off as it should.
    func limitWarning() async throws -> String? {
        guard cluster == nil else { return nil }
        for role in [DatabaseRole.app, .identity, .control, .published] {
            if try await !database.limitsStatements(of: role) {
                return """
                    El servidor de la base de datos no le pone límite de tiempo a las consultas de \(role.rawValue). \
                    Quien lo administra debe ejecutar otra vez sql/bootstrap.sql.
                    """
            }
        }
        return nil
    }

    /// How far this machine's clock is from that of the database's, where that is far enough to be told.
    func clockDifference() async throws -> ClockDifference? {
        let before = Date()
        guard cluster == nil, let theirs = try await database.time(as: .app) else { return nil }
        // The answer was made somewhere between asking and hearing it.
        let ours = before.addingTimeInterval(Date().timeIntervalSince(before) / 2)
        return ClockDifference(ours: ours, theirs: theirs)
    }
}

/// Two clocks that do not agree.
struct ClockDifference: Hashable {
    /// How many seconds this machine's is ahead of the database's; negative where it is behind.
    let seconds: Int

    /// Compares the clocks; `nil` where they agree but for what a network takes.
    init?(ours: Date, theirs: Date) {
        let difference = ours.timeIntervalSince(theirs)
        guard abs(difference) >= 2 else { return nil }
        seconds = Int(difference.rounded())
    }

    /// What whoever starts the program hears.
    var words: String {
        let length = SpanishFormat.count(abs(seconds), "segundo", "segundos")
        let direction = seconds > 0 ? "adelantado" : "atrasado"
        return """
            El reloj de este equipo está \(length) \(direction) frente al de la base de datos. Póngalos en hora (NTP): \
            los plazos se cuentan con el de este equipo, y entre varios servidores uno tomaría el trabajo de otro.
            """
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
    /// So many migrations are missing; `nil` where the database does not even tell.
    case schemaIsBehind(Int?)

    var code: String { "runtime.schema_is_behind" }
    var kind: ErrorKind { .unavailable }
    var message: String {
        switch self {
        case .schemaIsBehind(let count):
            if let count {
                "A la base de datos \(count == 1 ? "le falta 1 migración" : "le faltan \(count) migraciones"). Ejecute primero «alianzas migrate»."
            } else {
                "La base de datos es de una versión anterior del programa. Ejecute primero «alianzas migrate»."
            }
        }
    }
}
