import CLibpq
import Foundation

/// Where the database is and how it is spoken to.
public struct PgSettings: Sendable {
    /// Words of a connection string, by their keys: `host`, `port`, `dbname`, `target_session_attrs`…
    private(set) var words: [String: String]

    /// Connections of one role that may be open at once; at least 1.
    public var connectionsPerRole = Self.standardConnections
    /// Connections for bulk work (`copy`, scripts, migrations) that may be open at once, over all roles; at least 1.
    /// Who wants one more waits for as long as it takes: bulk work may take hours.
    public var bulkConnections = 4
    /// How long a transaction waits for a free connection.
    public var waitLimit: Duration = .seconds(5)
    /// How long one statement may run; `nil`, as in the product, leaves it to the role's own setting
    /// (`sql/bootstrap.sql`), over which this one would win.
    public var statementLimit: Duration?
    /// How long a connection may idle before it is tried with an empty round trip when taken.
    public var trialAfter: Duration = .seconds(30)
    /// How long the server may take to answer what costs it nothing, an empty round trip or a rollback, before it is
    /// thought gone.
    public var answerLimit: Duration = .seconds(5)
    /// How long a connection may idle before it is closed.
    public var idleLimit: Duration = .seconds(300)
    /// How old a connection may grow before it is closed, so that a server that came back is used again.
    public var ageLimit: Duration = .seconds(3600)
    /// Whether statements are prepared under a name and kept. A pooler in transaction mode (PgBouncer
    /// before 1.21) gives each transaction another connection, where the name is unknown: turn it off there.
    public var keepsStatements = true

    /// When a server that says nothing any more is given up, where the connection string does not tell: a machine that
    /// lost its power hangs up on nobody, and the kernel would wait for a quarter of an hour. Seconds, but for the last.
    private static let signsOfLife = [
        "connect_timeout": "5", "keepalives_idle": "10", "keepalives_interval": "5", "keepalives_count": "3",
        "tcp_user_timeout": "15000",
    ]

    /// How many connections a process may have open over some roles.
    func mostConnections(of roles: Int) -> Int { roles * connectionsPerRole + bulkConnections }

    /// Twice the cores, from 8 to 16: short statements are answered sooner by few connections, each of which is a
    /// process that the cores change to; the others are there for statements that take long.
    public static let standardConnections = min(16, max(8, 2 * ProcessInfo.processInfo.activeProcessorCount))

    /// Reads a connection string, either form that libpq takes: `postgres://…` or `host=… dbname=…`.
    ///
    /// It may name several hosts, with `target_session_attrs=read-write` to find the one that takes writes.
    /// The role of each connection stands in for its user; passwords come from the string or the password
    /// file.
    ///
    /// - Throws: ``PostgresError`` where the string cannot be read.
    public init(_ connectionString: String) throws(PostgresError) {
        words = [:]
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(connectionString, &message) else {
            defer { PQfreemem(message) }
            throw PostgresError(.usage, message.map { String(cString: $0) } ?? "connection string not read")
        }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { words[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
    }

    /// A server on this machine, reached by the socket in a folder.
    public init(socketDirectory: String, port: Int = 5432, database: String) {
        words = ["host": socketDirectory, "port": String(port), "dbname": database]
    }

    /// The name of the database.
    public var database: String {
        get { words["dbname"] ?? words["user"] ?? "" }
        set { words["dbname"] = newValue }
    }

    /// The same server with another database.
    public func with(database: String) -> Self {
        var settings = self
        settings.database = database
        return settings
    }

    /// The connection string of a role, in the form `host='…' user='…'`.
    public func connectionString(for role: DatabaseRole) -> String {
        words.merging(["user": role.rawValue]) { $1 }
            .sorted { $0.key < $1.key }
            .map { key, value in
                let quoted = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
                return "\(key)='\(String(quoted))'"
            }
            .joined(separator: " ")
    }

    /// What libpq is told when it connects: ``statementLimit`` only where the connection is `limited`.
    func parameters(for role: DatabaseRole, limited: Bool) -> [String: String] {
        var parameters = words
        parameters["user"] = role.rawValue
        parameters["client_encoding"] = "UTF8"
        parameters["fallback_application_name"] = "alianzas"
        parameters.merge(Self.signsOfLife) { said, _ in said }
        // A pooler refuses settings at start; roles have their own there.
        if limited, keepsStatements, let statementLimit {
            let limit = "-c statement_timeout=\(statementLimit.milliseconds)"
            parameters["options"] = parameters["options"].map { "\($0) \(limit)" } ?? limit
        }
        return parameters
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}
