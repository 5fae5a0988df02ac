import Glibc

/// How the server of a private cluster is set up.
///
/// What it has to have for the product to work is here; an administrator's own changes go through
/// `alter system`, which wins.
struct ClusterSettings: Sendable {
    /// What becomes of committed work when the machine loses power.
    let durability: PrivateCluster.Durability
    /// The memory of the machine, in megabytes.
    let memory: Int
    let socketFolder: String
    /// How many connections its users may have open together.
    let connections: Int

    /// The text of `postgresql.conf`.
    var text: String {
        """
        # Written by alianzas at each start: changes here are lost. Use «alter system» instead.
        listen_addresses = ''
        unix_socket_directories = \(quoted("\"\(socketFolder.replacing("\"", with: "\"\""))\""))
        unix_socket_permissions = 0700
        max_connections = \(max(100, connections))

        # Memory of a machine that the server shares with the program.
        shared_buffers = '\(sharedBuffers)MB'
        effective_cache_size = '\(max(256, memory / 2))MB'
        maintenance_work_mem = '\(min(1024, max(64, memory / 16)))MB'
        work_mem = '16MB'

        # Short statements on solid-state disks: compiling them costs more than it saves.
        jit = off
        random_page_cost = 1.1

        timezone = 'UTC'
        log_timezone = 'America/Bogota'
        default_text_search_config = 'pg_catalog.spanish'
        idle_in_transaction_session_timeout = '5min'

        # Details and statements may quote what people typed: the log holds no personal data.
        lc_messages = 'C'
        log_line_prefix = '%m [%p] %u@%d %e '
        log_error_verbosity = terse
        log_min_error_statement = panic

        \(durabilityText)

        """
    }

    private var durabilityText: String {
        switch durability {
        case .durable:
            """
            wal_compression = on
            max_wal_size = '2GB'
            checkpoint_timeout = '15min'
            """
        case .throwaway:
            """
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            wal_level = minimal
            max_wal_senders = 0
            autovacuum = off
            """
        }
    }

    private var sharedBuffers: Int {
        switch durability {
        case .durable: min(8192, max(128, memory / 4))
        case .throwaway: 128
        }
    }

    /// The memory that this process may use, in megabytes: the machine's, or its control group's if less.
    static func availableMemory() -> Int {
        let machine = sysconf(CInt(_SC_PHYS_PAGES)) / 1024 * sysconf(CInt(_SC_PAGESIZE)) / 1024
        let group = firstLine(of: "/sys/fs/cgroup/memory.max").flatMap(Int.init).map { $0 >> 20 }
        return min(machine, group ?? machine)
    }

    private static func firstLine(of path: String) -> String? {
        guard let file = fopen(path, "re") else { return nil }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, 64, file) != nil else { return nil }
        return String(decoding: line.prefix { $0 != 0 && $0 != 10 }.map(UInt8.init), as: UTF8.self)
    }

    /// A text between the single quotes of PostgreSQL's configuration files.
    private func quoted(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "''"))'"
    }
}

/// Who may come in by the socket, and as whom: the operating system vouches for each (`peer`), so there is no
/// password to keep.
struct ClusterAccess: Sendable {
    /// The user that the server runs as; the only one that may be its superuser.
    let server: SystemUser
    /// Those who run the program.
    let visitors: Set<SystemUser>
    /// The roles that the program uses.
    let roles: [DatabaseRole]

    /// The text of `pg_hba.conf`.
    var authentication: String {
        """
        # Written by alianzas at each start.
        local all all peer map=alianzas

        """
    }

    /// The text of `pg_ident.conf`.
    var map: String {
        let people = visitors.union([server]).map(\.name).sorted()
        let lines =
            [(server.name, PrivateCluster.superuser)]
            + people.flatMap { name in roles.map { (name, $0) } }
        return "# Written by alianzas at each start.\n"
            + lines.map { "alianzas \(quoted($0)) \(quoted($1.rawValue))\n" }.joined()
    }

    private func quoted(_ name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }
}
