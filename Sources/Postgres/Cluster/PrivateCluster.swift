import CLibpq
import Glibc
import Synchronization

/// The product's own PostgreSQL, which lives in a data folder and needs no administrator.
///
/// One process *hosts* the cluster: it runs the server as its child, as an unprivileged user, on a unix socket
/// alone, and the server ends when that process does, however it does. Others that open the same folder
/// meanwhile are its *guests*.
public final class PrivateCluster: Sendable {
    /// What becomes of committed work when the machine loses power.
    public enum Durability: Sendable {
        /// It is kept.
        case durable
        /// It may be lost, and so may the cluster: for tests, which are quicker for it.
        case throwaway
    }

    /// What a process opens the cluster for.
    public enum Purpose: Sendable {
        /// To serve for as long as it is not told to stop: it has to be the host, and does not wait for guests.
        case serving
        /// To do one thing: it is a guest where there is a host. As the host, it waits for its guests.
        case visiting
    }

    /// What the program expects to find in its cluster.
    public struct Contents: Sendable {
        /// The name of the database.
        public let database: String
        /// The roles that the program connects as.
        public let roles: [DatabaseRole]
        /// The path of the script that makes both, written for `psql` and repeatable.
        public let bootstrap: String

        /// Describes what the program expects to find.
        public init(database: String, roles: [DatabaseRole], bootstrap: String) {
            self.database = database
            self.roles = roles
            self.bootstrap = bootstrap
        }
    }

    /// The superuser that the cluster is made with; only the server's own operating-system user may be it.
    public static let superuser = DatabaseRole(rawValue: "postgres")

    /// The folder of the programs of the server that new clusters are made with, `psql` and `pgbench` among them.
    ///
    /// - Throws: ``ClusterError/postgresMissing``.
    public static func programs() async throws -> String {
        try await PostgresInstallation.find(major: nil).programs
    }

    /// Where its database is.
    public let settings: PgSettings
    /// The number of the server's process, where this process is the host.
    public var serverProcess: Int32? { resources.withLock { $0?.server?.id } }

    private struct Resources {
        /// The lock that this process holds: the host's or a guest's.
        let lock: FileLock
        /// The server, where this process is the host.
        let server: ChildProcess?
    }

    private let folder: ClusterFolder
    private let purpose: Purpose
    private let resources: Mutex<Resources?>

    private init(
        folder: ClusterFolder, settings: PgSettings, purpose: Purpose, lock: FileLock, server: ChildProcess?
    ) {
        self.folder = folder
        self.settings = settings
        self.purpose = purpose
        resources = Mutex(Resources(lock: lock, server: server))
    }

    /// Opens the cluster of a data folder, making it and starting its server as needed.
    ///
    /// - Parameters:
    ///   - path: The data folder; it and what is above it are made where they are missing.
    ///   - purpose: Whether this process has to be the host.
    ///   - contents: What the cluster has to hold when this returns.
    ///   - durability: How much a new server may lose.
    ///   - program: What this process calls itself towards others that find the folder in use.
    /// - Returns: The cluster, answering, with its roles and its database.
    /// - Throws: ``ClusterError``, or `CancellationError`.
    public static func open(
        at path: String, for purpose: Purpose, contents: Contents, durability: Durability = .durable,
        program: String = "alianzas"
    ) async throws -> PrivateCluster {
        let folder = ClusterFolder(path: path)
        let user = try folder.serverUser()
        try await folder.prepare(for: user)
        let launch = ClusterLaunch(
            folder: folder, contents: contents, durability: durability, user: user,
            settings: try folder.settings(database: contents.database))
        while true {
            try Task.checkCancellation()
            if let lock = try FileLock.acquire(.exclusive, at: folder.hostLock) {
                lock.write("\(program) (proceso \(getpid()))")
                // Nobody comes in before the roles and the database are there.
                let closed = try await closeToGuests(folder)
                defer { withExtendedLifetime(closed) {} }
                do {
                    return PrivateCluster(
                        folder: folder, settings: launch.settings, purpose: purpose, lock: lock,
                        server: try await launch.start())
                } catch {
                    folder.removeDistantSocketFolder()
                    throw error
                }
            }
            if case .serving = purpose {
                throw ClusterError.alreadyServed(folder: folder.path, process: folder.host())
            }
            if let cluster = try guest(of: folder, settings: launch.settings) { return cluster }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Joins the cluster of a data folder as a guest, where it is up; otherwise returns `nil`.
    ///
    /// - Throws: ``ClusterError`` where the folder is not this user's.
    public static func running(at path: String, contents: Contents) throws -> PrivateCluster? {
        let folder = ClusterFolder(path: path)
        guard ClusterFolder.status(of: folder.guestsLock) != nil else { return nil }
        return try guest(of: folder, settings: folder.settings(database: contents.database))
    }

    /// Keeps guests out of a cluster that is about to start.
    ///
    /// Whoever only looks whether there is a server holds the lock for a moment, and is waited for. The guests of a host
    /// that was killed may keep it for longer: nothing is left of what they use, and they are not waited for for ever.
    private static func closeToGuests(_ folder: ClusterFolder) async throws -> FileLock? {
        for _ in 0..<1000 {
            if let lock = try FileLock.acquire(.exclusive, at: folder.guestsLock) { return lock }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    private static func guest(of folder: ClusterFolder, settings: PgSettings) throws -> PrivateCluster? {
        // Asked before the lock is touched, so that those who wait for a start are not in its way; and again with it,
        // since a server that answered may have been one that was ending.
        guard settings.answer() == PQPING_OK,
            let lock = try FileLock.acquire(.shared, at: folder.guestsLock), settings.answer() == PQPING_OK
        else { return nil }
        return PrivateCluster(folder: folder, settings: settings, purpose: .visiting, lock: lock, server: nil)
    }

    /// Returns never, unless the server of this host ends without having been told to.
    ///
    /// - Throws: ``ClusterError/ended(log:lastLines:)`` when it does, `CancellationError` when cancelled.
    public func watch() async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            if resources.withLock({ $0?.server?.hasExited ?? false }) {
                throw ClusterError.ended(log: folder.log, lastLines: folder.lastLogLines())
            }
        }
    }

    /// Leaves the cluster; as the host, ends its server, breaking off whatever it is doing.
    ///
    /// A host that was only visiting waits first until its guests have left.
    public func stop() async {
        guard let held = resources.withLock({ $0.take() }) else { return }
        guard let server = held.server else { return }
        var closed = try? FileLock.acquire(.exclusive, at: folder.guestsLock)
        if case .visiting = purpose {
            while closed == nil, !server.hasExited {
                guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { break }
                closed = try? FileLock.acquire(.exclusive, at: folder.guestsLock)
            }
        }
        server.signal(SIGINT)
        let patience = Task {
            try await Task.sleep(for: .seconds(60))
            server.signal(SIGQUIT)
        }
        _ = await server.exit()
        patience.cancel()
        folder.removeDistantSocketFolder()
        withExtendedLifetime((held.lock, closed)) {}
    }
}
