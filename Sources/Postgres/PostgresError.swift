import CLibpq

/// What PostgreSQL refused, or what kept a statement from reaching it.
public struct PostgresError: Error, Sendable {
    /// Where the error comes from.
    public enum Origin: Hashable, Sendable {
        /// The server refused a statement.
        case server
        /// The connection could not be made, or was lost. Whether a `commit` that was under way took
        /// effect is not known.
        case connection
        /// The task was cancelled.
        case cancellation
        /// No connection became free within the time limit.
        case exhaustion
        /// The statement was not of a form that can be sent.
        case usage
    }

    /// Where the error comes from.
    public var origin: Origin
    /// The five characters of SQLSTATE, such as `23505`; empty where the server did not answer.
    public var sqlState: String = ""
    /// What the server or the driver says, in English: for the log, not for people.
    public var message: String
    /// More about it. It may quote values of the row: never show it, and think before logging it.
    public var detail: String?
    /// What the server proposes.
    public var hint: String?
    /// The schema of ``table``.
    public var schema: String?
    /// The table that the error is about.
    public var table: String?
    /// The column that the error is about.
    public var column: String?
    /// The constraint that refused.
    public var constraint: String?
    /// Where in the statement the error is, in characters from 1.
    public var position: Int?
    /// The text of the statement, without the values.
    public var statement: String?
    /// Whether the server hung up before it ran the first statement that it was sent, and so ran none.
    var ranNothing = false

    init(_ origin: Origin, _ message: String) {
        self.origin = origin
        self.message = message
    }
}

extension PostgresError {
    /// Whether two transactions got in each other's way and a repetition may succeed (40001, 40P01).
    public var isSerializationFailure: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// Whether the task was cancelled.
    public var isCancellation: Bool { origin == .cancellation }

    /// Whether the database is out of reach: the connection lost or refused, none free, or the server
    /// stopping, starting, full (classes 08, 53 and 57P) or a standby (25006).
    public var isUnavailability: Bool {
        switch origin {
        case .connection, .exhaustion: true
        case .server: breaksConnection || sqlState.hasPrefix("53")
        case .cancellation, .usage: false
        }
    }

    /// Whether a migration changed what a prepared statement gives back. It can be prepared anew, but the
    /// transaction is lost.
    var isStalePlan: Bool {
        sqlState == "0A000" && message.contains("cached plan") || sqlState == "26000"
    }

    /// Whether the connection is of no further use after it.
    var breaksConnection: Bool {
        origin == .connection || sqlState.hasPrefix("08") || sqlState.hasPrefix("57P") || sqlState == "25006"
    }
}

extension PostgresError: CustomStringConvertible {
    /// SQLSTATE, message, what it is about, and the statement. Details are left out: they quote values.
    public var description: String {
        var text = sqlState.isEmpty ? message : "\(sqlState) \(message)"
        if let hint { text += " (\(hint))" }
        if let statement { text += " in: \(statement)" }
        return text
    }
}

extension PostgresError {
    /// What a failed result says.
    init(result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            PQresultErrorField(result, Int32(code.asciiValue ?? 0)).map { String(cString: $0) }
        }
        // The codes of `postgres_ext.h`, which are macros of C characters.
        self.init(.server, field("M") ?? String(cString: PQresultErrorMessage(result)))
        sqlState = field("C") ?? ""
        detail = field("D")
        hint = field("H")
        schema = field("s")
        table = field("t")
        column = field("c")
        constraint = field("n")
        position = field("P").flatMap { Int($0) }
    }

    /// What a connection says of its last failure.
    init(connection: OpaquePointer) {
        self.init(
            .connection,
            String(cString: PQerrorMessage(connection)).split(separator: "\n").joined(separator: " "))
    }

    static var cancelled: Self { Self(.cancellation, "the task was cancelled") }
}
