import CLibpq

/// A plain connection that blocks the thread it is used on: for what a pipeline cannot carry, scripts of
/// several statements, `copy` and `listen`.
///
/// It is used by one call of ``BlockingThreads`` at a time, one after the other.
final class BulkConnection: @unchecked Sendable {
    let pointer: OpaquePointer
    /// Free again once the connection is closed.
    private let place: Place

    /// Opens a connection. Waits in the kernel.
    init(_ parameters: [String: String], at place: Place) throws(PostgresError) {
        pointer = try RawConnection(parameters).take()
        self.place = place
    }

    deinit {
        PQfinish(pointer)
    }

    /// Runs statements, one after the other, and drops their results. Several that are no transaction of
    /// their own are one. Waits in the kernel.
    func run(_ text: String) throws(PostgresError) {
        guard let result = PQexec(pointer, text) else { throw PostgresError(connection: pointer) }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        case PGRES_FATAL_ERROR where PQstatus(pointer) != CONNECTION_OK:
            throw PostgresError(connection: pointer)
        default: throw PostgresError(result: result)
        }
    }

    /// Runs a statement and gives back its rows as text; a null is an empty text. Waits in the kernel.
    func rows(_ text: String) throws(PostgresError) -> [[String]] {
        guard let result = PQexec(pointer, text) else { throw PostgresError(connection: pointer) }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_TUPLES_OK else { throw PostgresError(result: result) }
        return (0..<PQntuples(result)).map { row in
            (0..<PQnfields(result)).map { String(cString: PQgetvalue(result, row, $0)) }
        }
    }

    /// A text as a literal of SQL.
    func literal(_ text: String) -> String {
        guard let literal = PQescapeLiteral(pointer, text, text.utf8.count) else { return "null" }
        defer { PQfreemem(literal) }
        return String(cString: literal)
    }
}

extension Database {
    /// Runs a script of statements of SQL on a connection of its own, outside of any scope.
    ///
    /// For the owner's and operators' work (creating a database, roles, maintenance); never with text that
    /// anybody typed.
    ///
    /// - Throws: ``PostgresError`` of the first statement that is refused.
    public func script(_ text: String, as role: DatabaseRole) async throws(PostgresError) {
        try await bulk(as: role) { connection throws(PostgresError) in try connection.run(text) }
    }

    /// Opens a connection of its own, once there is a place for it, and uses it on a thread that may wait.
    func bulk<Value: Sendable>(
        as role: DatabaseRole, _ use: @escaping @Sendable (BulkConnection) throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let place = try await bulkPlaces.take()
        let parameters = settings.parameters(for: role, limited: false)
        return try await BlockingThreads.shared.perform { () throws(PostgresError) in
            try use(BulkConnection(parameters, at: place))
        }
    }
}
