import CLibpq
import Foundation
import Glibc

/// Everything between a data folder whose host this process has become and a server that answers.
struct ClusterLaunch: Sendable {
    let folder: ClusterFolder
    let contents: PrivateCluster.Contents
    let durability: PrivateCluster.Durability
    let user: SystemUser
    let settings: PgSettings

    /// The name under which the bootstrap script that last ran is kept beside the settings.
    private static let bootstrapCopy = "bootstrap.sql"

    func start() async throws -> ChildProcess {
        try await endLeftoverServer()
        // The host before this one may have taken the socket's folder with it after this process had looked at it.
        try folder.makeFolder(try folder.socketFolder(), mode: 0o700, owner: user.id, group: user.group)
        let major = try folder.majorVersion()
        let installation = try await PostgresInstallation.find(major: major)
        if major == nil { try await create(with: installation) }
        try writeConfiguration()
        let server = try await launch(installation)
        do {
            try await bootstrap(with: installation)
            return server
        } catch {
            server.signal(SIGINT)
            _ = await server.exit()
            throw error
        }
    }

    /// The pools of a server, of a command beside it, and some for people who look inside.
    private var mostConnections: Int { 2 * settings.mostConnections(of: contents.roles.count) + 10 }

    /// Whom children have to become; `nil` where this process is that user already.
    private var dropTo: SystemUser? { user.id == geteuid() ? nil : user }

    // MARK: Making

    /// Makes a cluster. Texts sort and compare by code point (`C`), the one order that no update of a system
    /// library can change under an index, and know the letters of Spanish (`C.UTF-8`, which every Debian has).
    /// Lists for people are ordered by `collate "es-CO-x-icu"` in the query.
    private func create(with installation: PostgresInstallation) async throws {
        try? FileManager.default.removeItem(atPath: folder.draft)
        unlink("\(folder.configuration)/\(Self.bootstrapCopy)")
        try folder.makeFolder(folder.draft, mode: 0o700, owner: user.id, group: user.group)
        var arguments = [
            "--pgdata", folder.draft, "--username", PrivateCluster.superuser.rawValue, "--auth", "peer",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--lc-collate", "C", "--data-checksums",
            "--no-instructions",
        ]
        if durability == .throwaway { arguments.append("--no-sync") }
        let made = try await ChildProcess.run(
            Invocation(
                program: installation.program("initdb"), arguments: arguments, user: dropTo,
                signalOnParentExit: "KILL"))
        guard made.status == 0 else {
            throw ClusterError.notPrepared(output: Self.lastLines(of: made.output))
        }
        guard rename(folder.draft, folder.data) == 0 else {
            throw ClusterError.notPermitted(path: folder.data, reason: lastSystemError())
        }
    }

    private func writeConfiguration() throws {
        let tuning = ClusterSettings(
            durability: durability, memory: ClusterSettings.availableMemory(),
            socketFolder: try folder.socketFolder(), connections: mostConnections)
        let visitors = [SystemUser.current, SystemUser(id: 0)].compactMap(\.self)
        let access = ClusterAccess(server: user, visitors: Set(visitors), roles: contents.roles)
        try folder.writeConfiguration("postgresql.conf", tuning.text, for: user)
        try folder.writeConfiguration("pg_hba.conf", access.authentication, for: user)
        try folder.writeConfiguration("pg_ident.conf", access.map, for: user)
    }

    /// Runs the script that makes roles and database, unless this very text has run here already.
    private func bootstrap(with installation: PostgresInstallation) async throws {
        let script: String
        do {
            script = try String(contentsOfFile: contents.bootstrap, encoding: .utf8)
        } catch {
            throw ClusterError.notPermitted(path: contents.bootstrap, reason: error.localizedDescription)
        }
        guard folder.readConfiguration(Self.bootstrapCopy) != script else { return }
        let ran = try await ChildProcess.run(
            Invocation(
                program: installation.program("psql"),
                arguments: [
                    "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--set",
                    "database=\(contents.database)",
                    "--dbname", settings.with(database: "postgres").url(for: PrivateCluster.superuser),
                ],
                user: dropTo, signalOnParentExit: "KILL", input: contents.bootstrap))
        guard ran.status == 0 else { throw ClusterError.notPrepared(output: Self.lastLines(of: ran.output)) }
        try folder.writeConfiguration(Self.bootstrapCopy, script, for: user)
    }

    // MARK: Starting

    /// Starts the server and waits until it answers, for as long as recovery may take.
    private func launch(_ installation: PostgresInstallation) async throws -> ChildProcess {
        folder.rotateLog()
        var patience = 20
        while true {
            let server = try await ChildProcess.start(
                Invocation(
                    program: installation.program("postgres"),
                    arguments: [
                        "-D", folder.data,
                        "-c", "config_file=\(folder.configuration)/postgresql.conf",
                        "-c", "hba_file=\(folder.configuration)/pg_hba.conf",
                        "-c", "ident_file=\(folder.configuration)/pg_ident.conf",
                    ],
                    user: dropTo, signalOnParentExit: "INT", output: .file(folder.log)))
            do {
                if try await isReady(server) { return server }
            } catch {
                server.signal(SIGINT)
                _ = await server.exit()
                throw error
            }
            let lines = folder.lastLogLines()
            patience -= 1
            // Sessions of a server that was killed may outlive it by a moment.
            guard lines.contains("shared memory block"), patience > 0 else {
                throw ClusterError.notStarted(log: folder.log, lastLines: lines)
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Waits until the server answers (`true`) or has ended (`false`).
    private func isReady(_ server: ChildProcess) async throws -> Bool {
        var silence = 0
        while !server.hasExited {
            switch settings.answer() {
            case PQPING_OK: return true
            // It is there and recovers, which takes as long as it takes.
            case PQPING_REJECT: silence = 0
            default: silence += 1
            }
            guard silence < 3000 else {
                throw ClusterError.notStarted(log: folder.log, lastLines: folder.lastLogLines())
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    // MARK: What the last host left

    /// Waits for the end of a server whose host is gone, and ends it where it does not end by itself.
    ///
    /// After a `kill -9` of the host the server has been told to end and needs a moment. A stale file whose
    /// number meanwhile belongs to another process is removed: PostgreSQL would take that process for a server.
    private func endLeftoverServer() async throws {
        guard let text = try? String(contentsOfFile: folder.postmasterFile, encoding: .utf8),
            let id = pid_t(text.prefix { $0 != "\n" }), id > 1
        else { return }
        guard folder.isServer(id) else {
            if kill(id, 0) == 0 { unlink(folder.postmasterFile) }
            return
        }
        for signal in [nil, SIGINT, SIGQUIT] as [CInt?] {
            if let signal {
                // One that an administrator started by hand is left alone.
                guard folder.isOurServer(id) else { break }
                kill(id, signal)
            }
            for _ in 0..<300 {
                guard folder.isServer(id) else { return }
                try await Task.sleep(for: .milliseconds(50))
            }
        }
        throw ClusterError.leftoverServer(process: id)
    }

    private static func lastLines(of output: String) -> String {
        output.split(separator: "\n").suffix(5).joined(separator: " / ")
    }
}

extension PgSettings {
    /// What the server says when it is knocked at. Nobody has to be let in for that.
    func answer() -> PGPing {
        PQping("\(url(for: PrivateCluster.superuser))&connect_timeout=5")
    }
}

extension ClusterFolder {
    /// Where a database of the folder's server is.
    func settings(database: String) throws(ClusterError) -> PgSettings {
        PgSettings(socketDirectory: try socketFolder(), database: database)
    }

    /// Who hosts the cluster, as it wrote into its lock.
    func host() -> String {
        let text = (try? String(contentsOfFile: hostLock, encoding: .utf8)) ?? ""
        return text.isEmpty ? "otro proceso" : text
    }

    /// Whether a process is a server of this folder: a server works in the folder of its data.
    func isServer(_ id: pid_t) -> Bool {
        guard let working = realpath("/proc/\(id)/cwd", nil), let data = realpath(data, nil) else {
            return false
        }
        defer {
            free(working)
            free(data)
        }
        return strcmp(working, data) == 0
    }

    /// Whether a server of this folder was started by this program, with this folder's settings.
    func isOurServer(_ id: pid_t) -> Bool {
        guard let bytes = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else { return false }
        return String(decoding: bytes, as: UTF8.self).contains("config_file=\(configuration)/")
    }

    /// Removes a socket folder that lies outside of the data folder.
    func removeDistantSocketFolder() {
        guard let socketFolder = try? socketFolder(), !socketFolder.hasPrefix("\(path)/") else { return }
        rmdir(socketFolder)
    }
}
