import Synchronization

/// The database: a pool of connections for each role, and the transactions that run on them.
public final class Database: Sendable {
    /// Where the database is and how it is spoken to.
    public let settings: PgSettings
    private let executor: SocketExecutor
    private let pools = Mutex<[DatabaseRole: Pool]>([:])
    /// The places for bulk work.
    let bulkPlaces: Places

    /// Prepares to speak to a database. Connections are opened when they are needed.
    public init(_ settings: PgSettings, executor: SocketExecutor = .shared) {
        self.settings = settings
        self.executor = executor
        bulkPlaces = Places(settings.bulkConnections)
    }

    /// Closes the connections; those in use are closed when their transactions end.
    public func close() {
        for pool in pools.withLock({ $0.values.map(\.self) }) { pool.close() }
    }

    private func pool(of role: DatabaseRole) -> Pool {
        pools.withLock { pools in
            if let pool = pools[role] { return pool }
            let pool = Pool(settings: settings, role: role, executor: executor)
            pools[role] = pool
            return pool
        }
    }

    // MARK: Transactions

    /// Runs a closure in one transaction that may write, and commits it; where the closure throws, nothing
    /// is kept.
    ///
    /// The closure should leave no trace outside of the database: it runs a second time where a migration
    /// changed what a statement gives back while it was under way.
    ///
    /// - Parameters:
    ///   - scope: On whose behalf it runs.
    ///   - isolation: What it sees of others that run at the same time.
    ///   - body: What to do.
    /// - Returns: What the closure returns.
    /// - Throws: ``PostgresError``, or what the closure throws.
    public func transaction<Scope: TransactionScope, Value>(
        _ scope: Scope, isolation: Isolation = .readCommitted,
        _ body: (borrowing Transaction<Scope>) async throws -> Value
    ) async throws -> Value {
        try await run(scope, mode: .whole(beginning: isolation.beginning), body)
    }

    /// Runs a closure that only reads.
    ///
    /// Each statement sees what was committed before it, as in any transaction of PostgreSQL that does not
    /// ask for more, and makes one round trip in all: `begin`, the scope's entry, the statement and `commit`.
    /// Where several statements must see the same, use ``snapshot(_:_:)``.
    ///
    /// - Throws: ``PostgresError``, ``RowError``, or what the closure throws.
    public func read<Scope: TransactionScope, Value>(
        _ scope: Scope, _ body: (borrowing Transaction<Scope>) async throws -> Value
    ) async throws -> Value {
        try await run(
            scope, mode: .each(beginning: "begin isolation level read committed read only"), body)
    }

    /// Runs a closure that only reads, all of its statements seeing what was committed before the first.
    ///
    /// - Throws: ``PostgresError``, ``RowError``, or what the closure throws.
    public func snapshot<Scope: TransactionScope, Value>(
        _ scope: Scope, _ body: (borrowing Transaction<Scope>) async throws -> Value
    ) async throws -> Value {
        try await run(
            scope, mode: .whole(beginning: "begin isolation level repeatable read read only"), body)
    }

    /// Runs one statement that may write, in a transaction of its own and in one round trip.
    ///
    /// - Returns: The number of rows that it wrote.
    @discardableResult
    public func execute(_ sql: SQL, in scope: some TransactionScope) async throws(PostgresError) -> Int {
        do {
            return try await run(scope, mode: .each(beginning: Isolation.readCommitted.beginning)) {
                try await $0.execute(sql)
            }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw PostgresError(.usage, "\(error)")
        }
    }

    private func run<Scope: TransactionScope, Value>(
        _ scope: Scope, mode: Session.Mode, _ body: (borrowing Transaction<Scope>) async throws -> Value
    ) async throws -> Value {
        var mayRepeat = true
        while true {
            let session = Session(
                try await pool(of: Scope.role).lease(), mode: mode, entry: scope.entry)
            do {
                let value = try await body(Transaction(scope, session: session))
                try await session.commit()
                return value
            } catch {
                await session.rollback()
                guard session.metStalePlan, mayRepeat else { throw error }
                mayRepeat = false
            }
        }
    }
}
