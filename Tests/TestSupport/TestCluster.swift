import Foundation
import Glibc
public import Postgres
import Synchronization
import Tenancy

/// A PostgreSQL server of the test process's own, in memory, that goes when the process goes.
///
/// It listens on a socket in its folder only, lets every role in, and gives durability up for speed.
public struct TestCluster: Sendable {
    /// Where it is.
    public let settings: PgSettings
    /// Its maintenance database.
    let maintenance: Database

    /// The role that the server was made with, which may do anything.
    public static let superuser = DatabaseRole(rawValue: "postgres")

    /// The server of this process, started when first asked for.
    public static var shared: TestCluster {
        get async throws { try await starting.value }
    }

    private static let starting = Task { try await start() }

    private static func start() async throws -> TestCluster {
        try sweep()
        let folder = base.appendingPathComponent(
            "alianzas-test-\(getpid())-\(UInt32.random(in: 0...UInt32.max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try holdLock(of: folder)
        let account = try Account.forServer()
        try account?.take(folder)

        let data = folder.appendingPathComponent("data").path
        try await run(
            account.command(
                try binary("initdb"),
                [
                    "--pgdata", data, "--username", superuser.rawValue, "--auth", "trust", "--no-sync",
                    "--encoding", "UTF8", "--locale", "C.UTF-8",
                ]))
        let options = [
            "listen_addresses=", "unix_socket_directories=\(folder.path)", "max_connections=800",
            "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
            "max_wal_senders=0", "timezone=UTC", "jit=off", "autovacuum=off", "log_min_messages=panic",
            "log_min_error_statement=panic",
        ]
        launch(
            account.command(
                try binary("postgres"), ["-D", data] + options.flatMap { ["-c", $0] }, diesWithUs: true))

        var settings = PgSettings(socketDirectory: folder.path, database: "postgres")
        // Databases are made by scripts, for many tests at once.
        settings.bulkConnections = 64
        let database = Database(settings)
        for attempt in 1... {
            do {
                try await database.script("select 1", as: superuser)
                break
            } catch {
                guard attempt < 600 else { throw error }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
        try await database.script("create role alianzas_owner login", as: superuser)
        for role in [DatabaseRole.app, .identity, .control, .published, .staging] {
            try await database.script("create role \(role.rawValue) login noinherit", as: superuser)
        }
        return TestCluster(settings: settings, maintenance: database)
    }

    // MARK: Folders

    private static var base: URL {
        let memory = URL(fileURLWithPath: "/dev/shm")
        return FileManager.default.isWritableFile(atPath: memory.path)
            ? memory : FileManager.default.temporaryDirectory
    }

    /// Locks the folder for as long as this process lives, so that others can tell it from a dead one's.
    private static func holdLock(of folder: URL) throws {
        let file = open(folder.appendingPathComponent("lock").path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard file >= 0, flock(file, LOCK_EX | LOCK_NB) == 0 else { throw TestClusterError("lock: \(errno)") }
    }

    /// Removes the folders of processes that are gone.
    private static func sweep() throws {
        for folder in try FileManager.default.contentsOfDirectory(at: base, includingPropertiesForKeys: nil)
        where folder.lastPathComponent.hasPrefix("alianzas-test-") {
            let file = open(folder.appendingPathComponent("lock").path, O_RDWR | O_CLOEXEC)
            guard file >= 0 else { continue }
            if flock(file, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(at: folder) }
            close(file)
        }
    }

    // MARK: Processes

    private static func binary(_ name: String) throws -> String {
        let folders = try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")
        let newest = folders?.compactMap { Int($0) }.max()
        let candidates = newest.map { ["/usr/lib/postgresql/\($0)/bin/\(name)"] } ?? []
        for candidate in candidates + ["/usr/bin/\(name)", "/usr/local/bin/\(name)"]
        where FileManager.default.isExecutableFile(atPath: candidate) {
            return candidate
        }
        throw TestClusterError("\(name) not found: install postgresql")
    }

    private static func run(_ command: [String]) async throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardOutput = FileHandle.nullDevice
        let status: Int32 = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        guard status == 0 else { throw TestClusterError("\(command[0]) ended with \(status)") }
    }

    /// Starts a server from a thread that never ends: the kernel stops it when the thread that started it
    /// is gone.
    private static func launch(_ command: [String]) {
        Thread.detachNewThread {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = FileHandle.nullDevice
            try? process.run()
            while true { sleep(3600) }
        }
    }
}

/// Why the server of the tests did not start.
public struct TestClusterError: Error, CustomStringConvertible {
    /// What happened, and what is missing.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// The account that the server runs as where the tests are root's, since PostgreSQL refuses to be.
private struct Account {
    let name: String
    let user: uid_t
    let group: gid_t

    /// The account to change to, `nil` where the tests run unprivileged already.
    static func forServer() throws -> Account? {
        guard geteuid() == 0 else { return nil }
        for name in ["postgres", "nobody"] {
            if let entry = getpwnam(name) {
                return Account(name: name, user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
            }
        }
        throw TestClusterError("no unprivileged account to run PostgreSQL as")
    }

    func take(_ folder: URL) throws {
        guard chown(folder.path, user, group) == 0 else { throw TestClusterError("chown: \(errno)") }
    }
}

extension Account? {
    /// The command line that runs a program as the account.
    fileprivate func command(_ program: String, _ arguments: [String], diesWithUs: Bool = false) -> [String] {
        var command = ["/usr/bin/setpriv"]
        if diesWithUs { command += ["--pdeathsig", "INT"] }
        if let self {
            command += ["--reuid", self.name, "--regid", String(self.group), "--clear-groups"]
        }
        return command + ["--", program] + arguments
    }
}
