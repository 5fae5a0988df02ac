import Foundation
import Glibc
import Testing

@testable import Postgres

@Suite
struct `A private cluster` {
    @Test
    func `holds the roles and the database that the program expects`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { cluster in
            for role in PrivateCluster.Contents.tested.roles {
                #expect(try await cluster.psql("select current_user", as: role) == role.rawValue)
            }
            let strong = try await cluster.psql(
                """
                select count(*) from pg_roles
                where rolname like 'alianzas%'
                  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
                """)
            #expect(strong == "0")
            let database = try await cluster.psql(
                """
                select datdba::regrole, pg_encoding_to_char(encoding), datcollate, datctype from pg_database
                where datname = current_database()
                """)
            #expect(database == "alianzas_owner|UTF8|C|C.UTF-8")
            #expect(try await cluster.psql("select lower('ÑÁ')") == "ñá")
            #expect(
                try await cluster.psql(
                    "select string_agg(n, '' order by n collate \"es-CO-x-icu\") from unnest('{o,ñ,n}'::text[]) n"
                )
                    == "nño")
        }
    }

    @Test
    func `lets no role in that the map does not name, and none make anything but the owner`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { cluster in
            #expect(try await cluster.tryPsql("create table t ()", as: .app).status != 0)
            #expect(try await cluster.tryPsql("create schema s", as: .app).status != 0)
            #expect(try await cluster.tryPsql("create schema s", as: .owner).status == 0)
            let superuser = try await cluster.tryPsql("select 1", as: PrivateCluster.superuser)
            // Root is not the server's user, so it is not its superuser either.
            #expect((superuser.status == 0) == (geteuid() != 0), "\(superuser.output)")
        }
    }

    @Test
    func `runs its server as somebody who is not root, and listens on its socket alone`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { cluster in
            let process = try #require(cluster.serverProcess)
            let status = try String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
            let users = try #require(status.split(separator: "\n").first { $0.hasPrefix("Uid:") })
            #expect(!users.split(separator: "\t").dropFirst().contains("0"), "\(users)")
            #expect(try await cluster.psql("show listen_addresses") == "")
        }
    }

    @Test(arguments: [
        "data", "con espacios y ñ", "it's, \"quoted\" \\ %41",
        String(repeating: "carpeta-larga/", count: 14) + "fin",
    ])
    func `lives under any path, and keeps its data from one start to the next`(name: String) async throws {
        let scratch = try ScratchFolder(name)
        try await scratch.with { cluster in
            _ = try await cluster.psql("create table kept as select 42 as value")
            let folder = try ClusterFolder(path: scratch.path).socketFolder()
            #expect(folder.utf8.count <= 93)
        }
        let again = try await scratch.with { try await $0.psql("select value from kept") }
        #expect(again == "42")
    }

    @Test
    func `outlives a server that was killed`() async throws {
        let scratch = try ScratchFolder()
        let cluster = try await scratch.open(durability: .durable)
        _ = try await cluster.psql("create table kept as select 42 as value")
        kill(try #require(cluster.serverProcess), SIGKILL)
        await #expect {
            try await cluster.watch()
        } throws: { error in
            if case .ended = error as? ClusterError { true } else { false }
        }
        await cluster.stop()
        #expect(FileManager.default.fileExists(atPath: ClusterFolder(path: scratch.path).postmasterFile))
        let again = try await scratch.with { try await $0.psql("select value from kept") }
        #expect(again == "42")
    }

    @Test
    func `is not taken in by a stale file that names another process`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { _ in }
        let folder = ClusterFolder(path: scratch.path)
        let owner = try folder.serverUser()
        // Alive, of the server's own user, and no server of this folder.
        let stranger = try await ChildProcess.start(
            Invocation(
                program: "/usr/bin/sleep", arguments: ["60"], user: owner.id == geteuid() ? nil : owner,
                signalOnParentExit: "KILL"))
        try "\(stranger.id)\n\(folder.data)\n".write(
            toFile: folder.postmasterFile, atomically: false, encoding: .utf8)
        try await scratch.requireAnswer()
        #expect(!stranger.hasExited)
        stranger.signal(SIGKILL)
        _ = await stranger.exit()
    }

    @Test
    func `waits for the end of a server that its host left behind`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { _ in }
        let folder = ClusterFolder(path: scratch.path)
        let owner = try folder.serverUser()
        let orphan = try await ChildProcess.start(
            Invocation(
                program: try await PostgresInstallation.find(major: nil).program("postgres"),
                arguments: ["-D", folder.data, "-c", "config_file=\(folder.configuration)/postgresql.conf"],
                user: owner.id == geteuid() ? nil : owner, signalOnParentExit: "KILL"))
        while (try? String(contentsOfFile: folder.postmasterFile, encoding: .utf8))?.contains("ready") != true
        {
            try await Task.sleep(for: .milliseconds(10))
        }
        async let later = scratch.with { try await $0.psql("select 1") }
        try await Task.sleep(for: .milliseconds(300))
        #expect(!orphan.hasExited)
        orphan.signal(SIGINT)
        #expect(try await later == "1")
        #expect(orphan.hasExited)
    }

    @Test
    func `is hosted once, and joined by whoever else has something to do`() async throws {
        let scratch = try ScratchFolder()
        #expect(try PrivateCluster.running(at: scratch.path, contents: .tested) == nil)
        try await scratch.with { host in
            await #expect {
                try await scratch.open(.serving)
            } throws: { error in
                guard case .alreadyServed(_, let process) = error as? ClusterError else { return false }
                return process.contains("\(getpid())")
            }
            try await scratch.with(.visiting) { guest in
                #expect(guest.serverProcess == nil)
                try await guest.requireAnswer()
            }
            #expect(try PrivateCluster.running(at: scratch.path, contents: .tested) != nil)
            try await host.requireAnswer()
        }
        #expect(try PrivateCluster.running(at: scratch.path, contents: .tested) == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func `lets nobody in before its roles are there, although somebody looked in as it began`() async throws {
        let scratch = try ScratchFolder()
        let folder = ClusterFolder(path: scratch.path)
        try #require(mkdir(scratch.path, 0o700) == 0)
        // Another command has just asked whether there is a server, and has not gone yet.
        var looking = try FileLock.acquire(.shared, at: folder.guestsLock)
        try #require(looking != nil)
        let path = scratch.path
        let opening = Task {
            try await PrivateCluster.open(
                at: path, for: .serving, contents: .tested, durability: .throwaway)
        }
        while (try? String(contentsOfFile: folder.hostLock, encoding: .utf8))?.isEmpty != false {
            try await Task.sleep(for: .milliseconds(5))
        }
        try await Task.sleep(for: .milliseconds(50))
        looking = nil
        var guest: PrivateCluster?
        while guest == nil { guest = try PrivateCluster.running(at: scratch.path, contents: .tested) }
        let entry = try await guest?.tryPsql("select 1", as: .app)
        #expect(entry?.status == 0, "\(entry?.output ?? "")")
        await guest?.stop()
        await (try opening.value).stop()
    }

    @Test
    func `is not ended under its guests by a host that only visited`() async throws {
        let scratch = try ScratchFolder()
        let host = try await scratch.open(.visiting)
        let guest = try await scratch.open(.visiting)
        let leaving = Task { await host.stop() }
        try await Task.sleep(for: .milliseconds(300))
        try await guest.requireAnswer()
        await guest.stop()
        await leaving.value
        #expect(try await guest.tryPsql("select 1", as: .app).status != 0)
    }

    @Test
    func `is made whole although making it was broken off before`() async throws {
        let scratch = try ScratchFolder()
        let folder = ClusterFolder(path: scratch.path)
        try FileManager.default.createDirectory(
            atPath: "\(folder.draft)/base", withIntermediateDirectories: true)
        try "15\n".write(toFile: "\(folder.draft)/PG_VERSION", atomically: false, encoding: .utf8)
        try await scratch.requireAnswer()
        #expect(!FileManager.default.fileExists(atPath: folder.draft))
    }

    @Test(arguments: [
        (version: "14\n", error: ClusterError.versionTooOld(major: 14)),
        (version: "9.6\n", error: .versionTooOld(major: 9)),
        (version: "99\n", error: .versionMissing(major: 99)),
    ])
    func `of another version is left alone`(version: String, error: ClusterError) async throws {
        let scratch = try ScratchFolder()
        let folder = ClusterFolder(path: scratch.path)
        try await scratch.with { _ in }
        try version.write(toFile: "\(folder.data)/PG_VERSION", atomically: false, encoding: .utf8)
        await #expect(throws: error) { try await scratch.open() }
    }

    @Test
    func `is not made over a folder that holds something else`() async throws {
        let scratch = try ScratchFolder()
        let folder = ClusterFolder(path: scratch.path)
        try FileManager.default.createDirectory(atPath: folder.data, withIntermediateDirectories: true)
        if geteuid() == 0, let user = SystemUser(named: "postgres") {
            chown(folder.data, user.id, user.group)
        }
        await #expect(throws: ClusterError.notACluster(path: folder.data)) { try await scratch.open() }
    }

    @Test(.enabled("only root becomes somebody else") { geteuid() == 0 })
    func `of root's opens a folder that is root's alone, and refuses one behind a closed door`() async throws
    {
        let scratch = try ScratchFolder("closed/data")
        let closed = URL(filePath: scratch.path).deletingLastPathComponent().path(percentEncoded: false)
        try #require(mkdir(closed, 0o700) == 0)
        await #expect {
            try await scratch.open()
        } throws: { error in
            guard case .unreachable(let path, _) = error as? ClusterError else { return false }
            return path + "/" == closed || path == closed
        }
        chmod(closed, 0o755)
        try #require(mkdir(scratch.path, 0o700) == 0)
        try await scratch.requireAnswer()
        let mode = try #require(ClusterFolder.status(of: scratch.path)).st_mode & 0o777
        #expect(mode == 0o710)
    }

    @Test(.enabled("only root gives a folder to somebody else") { geteuid() == 0 })
    func `makes each folder whole at once, for all that start at the same moment`() async throws {
        let scratch = try ScratchFolder()
        let folder = ClusterFolder(path: scratch.path)
        let owner = try #require(SystemUser(named: "postgres"))
        let root = URL(filePath: scratch.path).deletingLastPathComponent().path(percentEncoded: false)
        for round in 1...200 {
            let path = "\(root)\(round)"
            try await withThrowingTaskGroup { group in
                for _ in 1...4 {
                    group.addTask {
                        try folder.makeFolder(path, mode: 0o750, owner: owner.id, group: owner.group)
                    }
                }
                try await group.waitForAll()
            }
            let status = try #require(ClusterFolder.status(of: path))
            #expect(status.st_uid == owner.id && status.st_mode & 0o777 == 0o750)
        }
        // No draft is left behind.
        #expect(try FileManager.default.contentsOfDirectory(atPath: root).count == 200)
    }

    @Test
    func `runs a changed bootstrap script again`() async throws {
        let scratch = try ScratchFolder()
        try await scratch.with { _ in }
        let script = "\(scratch.path)/more.sql"
        let original = try String(contentsOfFile: PrivateCluster.Contents.tested.bootstrap, encoding: .utf8)
        try (original + "\ncreate role added;\n").write(toFile: script, atomically: true, encoding: .utf8)
        let contents = PrivateCluster.Contents(
            database: "alianzas", roles: PrivateCluster.Contents.tested.roles, bootstrap: script)
        for _ in 1...2 {
            let cluster = try await PrivateCluster.open(
                at: scratch.path, for: .serving, contents: contents, durability: .throwaway)
            #expect(try await cluster.psql("select count(*) from pg_roles where rolname = 'added'") == "1")
            await cluster.stop()
        }
    }

    @Test
    func `tells what the script said where it fails, and leaves no server behind`() async throws {
        let scratch = try ScratchFolder()
        let script = "\(scratch.path)-broken.sql"
        try "select 1 / 0;".write(toFile: script, atomically: true, encoding: .utf8)
        await #expect {
            try await PrivateCluster.open(
                at: scratch.path, for: .serving,
                contents: .init(database: "alianzas", roles: [.app], bootstrap: script),
                durability: .throwaway)
        } throws: { error in
            guard case .notPrepared(let output) = error as? ClusterError else { return false }
            return output.contains("division by zero")
        }
        try await scratch.requireAnswer()
    }
}

@Suite
struct `A child process` {
    @Test
    func `starts with every signal at its default, whatever this process ignores`() async throws {
        signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, SIG_DFL) }
        let exit = try await ChildProcess.run(
            Invocation(program: "/usr/bin/grep", arguments: ["SigIgn", "/proc/self/status"]))
        let ignored = UInt64(exit.output.split(whereSeparator: \.isWhitespace).last ?? "", radix: 16)
        // Beyond signal 31 are those of the threads, which the C library keeps to itself.
        #expect(try #require(ignored) & 0x7FFF_FFFF == 0, "\(exit.output)")
    }

    @Test
    func `is given none of this process's open files`() async throws {
        let leaked = open("/dev/null", O_RDONLY)
        defer { close(leaked) }
        let exit = try await ChildProcess.run(
            Invocation(program: "/usr/bin/find", arguments: ["/proc/self/fd", "-lname", "/dev/null"]))
        #expect(exit.output == "/proc/self/fd/0\n")
    }

    @Test(arguments: [("exit 3", 3), ("kill -9 $$", 137)] as [(String, Int32)])
    func `tells how it ended, to everybody who asks`(script: String, status: Int32) async throws {
        let child = try await ChildProcess.start(
            Invocation(program: "/bin/sh", arguments: ["-c", "echo out; echo err >&2; \(script)"]))
        async let first = child.exit()
        async let second = child.exit()
        let exits = await [first, second, child.exit()]
        #expect(Set(exits) == [.init(status: status, output: "out\nerr\n")])
    }

    @Test
    func `that cannot be started is an error`() async {
        await #expect(throws: ClusterError.self) {
            try await ChildProcess.start(Invocation(program: "/nowhere/program", arguments: []))
        }
    }
}
