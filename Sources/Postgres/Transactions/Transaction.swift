/// A transaction in one scope, for the length of a closure.
///
/// The value cannot be copied, and therefore not be kept. Statements run in the order in which they are
/// awaited. `begin` and the scope's entry travel with the first statement.
public struct Transaction<Scope: TransactionScope>: ~Copyable {
    /// On whose behalf it runs.
    public let scope: Scope
    private let session: Session

    init(_ scope: Scope, session: Session) {
        self.scope = scope
        self.session = session
    }

    /// Reads all rows of a statement.
    ///
    /// - Throws: ``PostgresError`` where the server refuses it, ``RowError`` where a row is not readable as `Item`.
    public borrowing func rows<Item: RowDecodable>(
        _ sql: SQL, as type: Item.Type = Item.self
    ) async throws -> [Item] {
        guard let result = try await session.run(sql) else { return [] }
        var items: [Item] = []
        items.reserveCapacity(result.count)
        for index in 0..<result.count { items.append(try Item(row: result[index])) }
        return items
    }

    /// Reads the row of a statement that gives one back, or none.
    ///
    /// - Throws: ``PostgresError`` where the server refuses it, ``RowError`` where the row is not readable
    ///   as `Item`, or there are several.
    public borrowing func row<Item: RowDecodable>(
        _ sql: SQL, as type: Item.Type = Item.self
    ) async throws -> Item? {
        guard let row = try await onlyRow(sql) else { return nil }
        return try Item(row: row)
    }

    /// Reads the first column of a statement that gives one row back, or none. A null is `nil` as well.
    ///
    /// - Throws: ``PostgresError`` where the server refuses it, ``RowError`` where the column is not
    ///   readable as `Value`, or there are several rows.
    public borrowing func value<Value: SQLCodable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws -> Value? {
        guard let row = try await onlyRow(sql) else { return nil }
        let value: Value? = try row.value(at: 0)
        return value
    }

    /// Reads the first column of all rows of a statement.
    ///
    /// - Throws: ``PostgresError`` where the server refuses it, ``RowError`` where a value is not readable
    ///   as `Value`.
    public borrowing func values<Value: SQLCodable>(
        _ sql: SQL, as type: Value.Type = Value.self
    ) async throws -> [Value] {
        guard let result = try await session.run(sql) else { return [] }
        var values: [Value] = []
        values.reserveCapacity(result.count)
        for index in 0..<result.count { values.append(try result[index].value(at: 0)) }
        return values
    }

    /// Runs a statement and waits for it.
    ///
    /// - Returns: The number of rows that it wrote, or gave back.
    @discardableResult
    public borrowing func execute(_ sql: SQL) async throws(PostgresError) -> Int {
        try await session.run(sql)?.affected ?? 0
    }

    /// Runs statements in one round trip; their results are dropped.
    ///
    /// - Throws: The error of the first that the server refuses. Those after it were not run.
    public borrowing func pipeline(_ statements: [SQL]) async throws(PostgresError) {
        guard let last = statements.last else { return }
        for sql in statements.dropLast() { session.queue(sql) }
        _ = try await session.run(last)
    }

    /// Leaves a statement to travel with the next one, or with the `commit`: no round trip is spent on it.
    ///
    /// Its error, too, comes up there, so that only a statement whose refusal nobody translates should be
    /// left: an event of the audit chain, a message of the outbox, a projection.
    public borrowing func queue(_ sql: SQL) {
        session.queue(sql)
    }

    private borrowing func onlyRow(_ sql: SQL) async throws -> Row? {
        guard let result = try await session.run(sql), result.count > 0 else { return nil }
        guard result.count == 1 else {
            throw RowError(column: result.name(of: 0), problem: .severalRows(result.count))
        }
        return result[0]
    }
}
