import CLibpq

/// A connection's work for one transaction: what goes in front of the first statement and behind the last.
final class Session {
    /// How statements are put into transactions.
    enum Mode {
        /// One transaction from the first statement to the end of the closure.
        case whole(beginning: SQL)
        /// A transaction of its own for each round trip, which is begun and committed within it. Under
        /// `read committed` statements see the same as in one transaction, no round trip is spent on the end,
        /// and nothing stays open while the closure thinks.
        case each(beginning: SQL)
    }

    private var lease: Lease
    private let mode: Mode
    private let entry: SQL?
    /// Statements that wait for the next round trip.
    private var queued: [SQL] = []
    /// Whether the server has begun the transaction.
    private var isOpen = false
    /// Whether a migration changed what a prepared statement gives back.
    private(set) var metStalePlan = false

    init(_ lease: consuming Lease, mode: Mode, entry: SQL?) {
        self.lease = lease
        self.mode = mode
        self.entry = entry
    }

    /// Leaves a statement for the next round trip.
    func queue(_ sql: SQL) {
        queued.append(sql)
    }

    /// Runs a statement after those queued, in one round trip.
    nonisolated(nonsending) func run(_ sql: SQL, committing: Bool = false) async throws(PostgresError)
        -> ResultSet?
    {
        var ends = committing
        var beginning: SQL?
        switch mode {
        case .whole(let begin):
            if !isOpen { beginning = begin }
        case .each(let begin):
            beginning = begin
            ends = true
        }
        return try await exchange(beginning: beginning, last: sql, ends: ends)
    }

    /// Sends the statements still queued, and commits.
    nonisolated(nonsending) func commit() async throws(PostgresError) {
        guard case .whole(let begin) = mode else {
            if !queued.isEmpty { _ = try await run(queued.removeLast()) }
            return
        }
        guard isOpen || !queued.isEmpty else { return }
        // A closure that swallowed an error would lose its writes without a word.
        if isOpen, lease.connection.transactionStatus == PQTRANS_INERROR {
            var error = PostgresError(.server, "commit of a transaction in which a statement failed")
            error.sqlState = "25P02"
            throw error
        }
        _ = try await exchange(beginning: isOpen ? nil : begin, last: nil, ends: true)
    }

    /// Gives up what was done. Runs to its end even where the task was cancelled.
    nonisolated(nonsending) func rollback() async {
        queued.removeAll()
        let connection = lease.connection
        guard !connection.isBroken, connection.transactionStatus != PQTRANS_IDLE else { return }
        isOpen = false
        do throws(PostgresError) {
            try connection.queue("rollback")
            try await connection.shortRoundTrip()
        } catch {
            // The pool takes no connection back that is left in a transaction.
        }
    }

    /// One round trip: the beginning and the entry, what was queued, the last statement, the commit.
    private nonisolated(nonsending) func exchange(
        beginning: SQL?, last: SQL?, ends: Bool
    ) async throws(PostgresError) -> ResultSet? {
        defer { queued.removeAll(keepingCapacity: true) }
        do throws(PostgresError) {
            return try await send(beginning: beginning, last: last, ends: ends)
        } catch {
            // A connection that idled may have been hung up on a moment ago. Where not even `begin` was run,
            // all that was sent is sent again, on a connection just made.
            guard error.ranNothing, beginning != nil, lease.connection.hasServed else { throw error }
            try await lease.renew()
            return try await send(beginning: beginning, last: last, ends: ends)
        }
    }

    private nonisolated(nonsending) func send(beginning: SQL?, last: SQL?, ends: Bool)
        async throws(PostgresError) -> ResultSet?
    {
        // Nothing of a cancelled task is sent.
        if Task.isCancelled { throw .cancelled }
        let connection = lease.connection
        if let beginning {
            try connection.queue(beginning)
            if let entry { try connection.queue(entry) }
        }
        for sql in queued { try connection.queue(sql) }
        if let last { try connection.queue(last, wantsResult: true) }
        if ends { try connection.queue("commit") }

        let cancellation = connection.cancellation
        cancellation.begin()
        let outcome: Result<ResultSet?, PostgresError> = await withTaskCancellationHandler {
            do throws(PostgresError) {
                return .success(try await connection.roundTrip())
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancellation.cancel()
        }
        if cancellation.end() { await cancellation.drain() }
        isOpen = connection.transactionStatus != PQTRANS_IDLE

        do throws(PostgresError) {
            return try outcome.get()
        } catch {
            if error.isStalePlan { metStalePlan = true }
            var error = error
            if error.sqlState == "57014", Task.isCancelled { error.origin = .cancellation }
            if case .each = mode { await rollback() }
            throw error
        }
    }
}
