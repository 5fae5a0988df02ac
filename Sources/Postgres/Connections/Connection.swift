import CLibpq
import Glibc
import Synchronization

/// One connection in libpq's pipeline mode, never blocking.
///
/// All traffic is round trips: statements are queued, then ``roundTrip()`` sends them in one message, waits,
/// and reads every answer up to the end of the pipeline, so that between two round trips nothing is owed by
/// either side.
///
/// - Important: The one confinement argument of this module. A connection belongs to whoever holds its
///   lease; the pool gives out one lease at a time and takes it back under its lock. Therefore it may pass
///   from thread to thread although libpq's connection may not be used by two at once. Only
///   ``Cancellation`` is touched by others, and has a lock of its own.
final class Connection: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let executor: SocketExecutor
    private let socket: Int32
    private let readiness: Readiness
    private let keepsStatements: Bool
    private let answerLimit: Duration
    let cancellation: Cancellation

    /// What the server still has to answer, in order.
    private var expected: [Expectation] = []
    private var prepared = PreparedStatements()

    /// Whether nothing was taken in since the last message was sent.
    private var hasJustSent = false
    /// Whether something went wrong after which the connection is of no use.
    private(set) var isBroken = false
    /// Whether a round trip has come back: it is no connection just made.
    private(set) var hasServed = false
    /// When the connection was made, and when it was last given back.
    let openedAt = ContinuousClock.now
    var idleSince = ContinuousClock.now

    private enum Expectation {
        /// A statement is prepared under a name.
        case preparation(Statement)
        /// A statement runs and its result is of no interest.
        case completion(Statement)
        /// A statement runs and its result is what the round trip gives back.
        case result(Statement)

        var statement: Statement {
            switch self {
            case .preparation(let statement), .completion(let statement), .result(let statement): statement
            }
        }
    }

    /// Takes over a connection just made.
    init(
        owning pointer: OpaquePointer, executor: SocketExecutor, settings: PgSettings
    ) throws(PostgresError) {
        guard PQsetnonblocking(pointer, 1) == 0, PQenterPipelineMode(pointer) == 1,
            let cancellation = Cancellation(of: pointer)
        else {
            defer { PQfinish(pointer) }
            throw PostgresError(connection: pointer)
        }
        self.pointer = pointer
        self.executor = executor
        keepsStatements = settings.keepsStatements
        answerLimit = settings.answerLimit
        self.cancellation = cancellation
        socket = PQsocket(pointer)
        readiness = executor.watch(socket)
    }

    deinit {
        PQfinish(pointer)
        executor.forget(readiness)
    }

    /// Whether the server is in no transaction, in one, or in a failed one.
    var transactionStatus: PGTransactionStatusType { PQtransactionStatus(pointer) }

    /// Whether nothing is under way.
    var isIdle: Bool { !isBroken && expected.isEmpty && transactionStatus == PQTRANS_IDLE }

    /// The process that serves the connection.
    var backend: Int32 { PQbackendPID(pointer) }

    /// Whether the server said something although nothing was asked: mostly that it is gone.
    ///
    /// An idle connection costs no call to find this out: its socket is watched all the while.
    func isStillSound() -> Bool {
        guard readiness.take() else { return !isBroken }
        // A server that goes says so and hangs up: taken in once, libpq would read the word and not the end.
        repeat {
            if PQconsumeInput(pointer) == 0 || PQstatus(pointer) != CONNECTION_OK { isBroken = true }
        } while !isBroken && !isDrained()
        return !isBroken
    }

    // MARK: Queuing

    /// Queues a statement for the next round trip, whose result it may be.
    func queue(_ sql: SQL, wantsResult: Bool = false) throws(PostgresError) {
        let statement = sql.statement
        guard sql.arguments.count <= Int(UInt16.max) else {
            throw PostgresError(.usage, "\(sql.arguments.count) parameters; PostgreSQL takes 65535")
        }
        let sent: Int32
        if keepsStatements {
            let name: String
            if let known = prepared.name(of: statement) {
                name = known
            } else {
                name = prepared.add(statement)
                expected.append(.preparation(statement))
                let types = statement.parameterTypes.map(\.rawValue)
                guard PQsendPrepare(pointer, name, statement.text, Int32(types.count), types) == 1 else {
                    throw failure(of: statement)
                }
            }
            sent = sql.arguments.withPointers { count, values, lengths, formats in
                PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1)
            }
        } else {
            let types = statement.parameterTypes.map(\.rawValue)
            sent = sql.arguments.withPointers { count, values, lengths, formats in
                PQsendQueryParams(pointer, statement.text, count, types, values, lengths, formats, 1)
            }
        }
        guard sent == 1 else { throw failure(of: statement) }
        expected.append(wantsResult ? .result(statement) : .completion(statement))
    }

    // MARK: The round trip

    /// Sends what was queued, waits, and reads all answers.
    ///
    /// - Returns: The result of the last statement that was queued wanting one.
    /// - Throws: The first statement's error; what followed it was not run.
    nonisolated(nonsending) func roundTrip() async throws(PostgresError) -> ResultSet? {
        hasJustSent = true
        guard PQpipelineSync(pointer) == 1 else { throw failure(of: nil) }
        if PQflush(pointer) != 0 { try await flush() }

        var result: ResultSet?
        var failure: PostgresError?
        for (index, expectation) in expected.enumerated() {
            // Each answer is its result and then none.
            while true {
                if PQisBusy(pointer) == 1 { try await waitForAnswer() }
                guard let answer = PQgetResult(pointer) else { break }
                switch PQresultStatus(answer) {
                case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                    if case .result = expectation {
                        result = ResultSet(owning: answer)
                    } else {
                        PQclear(answer)
                    }
                case PGRES_PIPELINE_ABORTED:
                    if case .preparation(let statement) = expectation { prepared.forget(statement) }
                    PQclear(answer)
                default:
                    if case .preparation(let statement) = expectation { prepared.forget(statement) }
                    var error = PostgresError(result: answer)
                    error.statement = expectation.statement.text
                    PQclear(answer)
                    // The server hangs up after these: there is no end of the pipeline to read up to.
                    if error.breaksConnection {
                        isBroken = true
                        // Answers come in order, and this one came in place of the first.
                        error.ranNothing = index == 0 && error.sqlState.hasPrefix("57P")
                        throw failure ?? error
                    }
                    failure = failure ?? error
                }
            }
        }
        expected.removeAll(keepingCapacity: true)
        // The end of the pipeline; no null follows it. It is the word of a server that goes, too, where
        // nothing was queued.
        if PQisBusy(pointer) == 1 { try await waitForAnswer() }
        if let end = PQgetResult(pointer) {
            defer { PQclear(end) }
            guard PQresultStatus(end) == PGRES_PIPELINE_SYNC else {
                isBroken = true
                throw failure ?? PostgresError(result: end)
            }
        }
        hasServed = true

        if let failure {
            if failure.isStalePlan { prepared.forgetAll() }
            throw failure
        }
        return result
    }

    /// Sends what costs the server nothing and waits for its end, for as long as a server that is there may take:
    /// past that the connection is hung up.
    nonisolated(nonsending) func shortRoundTrip() async throws(PostgresError) {
        let line = Line(socket)
        let limit = answerLimit
        let alarm = Task {
            try await Task.sleep(for: limit)
            line.hangUp()
        }
        defer {
            line.keep()
            alarm.cancel()
        }
        _ = try await roundTrip()
    }

    /// Waits until the next result is there, or the end of those of one statement.
    private nonisolated(nonsending) func waitForAnswer() async throws(PostgresError) {
        while PQisBusy(pointer) == 1 {
            // What TLS holds decrypted does not show on the socket.
            if !hasJustSent, PQsslInUse(pointer) == 1 {
                try takeIn()
                if PQisBusy(pointer) == 0 { break }
            }
            try await receive()
        }
    }

    /// Waits until the server has sent something more and takes it in.
    private nonisolated(nonsending) func receive() async throws(PostgresError) {
        // The socket is watched edge-triggered, while libpq does not always read all that there is, and a server that
        // vanished with its last answer made one edge of both: only an empty socket may be slept on, also when the
        // answer to what was just sent would make an edge of its own.
        if isDrained() { await readiness.wait() }
        try takeIn()
    }

    private func takeIn() throws(PostgresError) {
        hasJustSent = false
        guard PQconsumeInput(pointer) == 1 else { throw failure(of: nil) }
    }

    /// Whether the socket has nothing to read just now.
    private func isDrained() -> Bool {
        var byte: UInt8 = 0
        return recv(socket, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0
            && errno == EAGAIN
    }

    /// Sends all that is queued, taking in what the server sends meanwhile: it may not read on before that.
    private nonisolated(nonsending) func flush() async throws(PostgresError) {
        var isBlocked = false
        while true {
            switch PQflush(pointer) {
            case 0:
                if isBlocked { executor.watch(socket, readiness, forSpace: false) }
                return
            case 1:
                // Modifying the watch signals once more what holds already, so that nothing is missed.
                if !isBlocked { executor.watch(socket, readiness, forSpace: true) }
                isBlocked = true
                await readiness.wait()
                try takeIn()
            default:
                throw failure(of: nil)
            }
        }
    }

    /// The connection's own failure, after which it is of no use.
    private func failure(of statement: Statement?) -> PostgresError {
        isBroken = true
        var error = PostgresError(connection: pointer)
        error.statement = statement?.text
        return error
    }
}

/// A socket that somebody else may shut down until it is kept: libpq then finds its end.
private final class Line: Sendable {
    private let socket: Mutex<Int32?>

    init(_ socket: Int32) {
        self.socket = Mutex(socket)
    }

    func hangUp() {
        // Under the lock: the number may be another socket's once the connection is closed.
        socket.withLock { socket in
            if let socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
        }
    }

    func keep() {
        socket.withLock { $0 = nil }
    }
}

/// The statements that a connection has prepared, by the names that it knows them by.
private struct PreparedStatements {
    private var names: [Statement: String] = [:]
    private var counter = 0

    func name(of statement: Statement) -> String? { names[statement] }

    mutating func add(_ statement: Statement) -> String {
        counter += 1
        let name = "s\(counter)"
        names[statement] = name
        return name
    }

    mutating func forget(_ statement: Statement) {
        names[statement] = nil
    }

    /// Forgets all, after a migration. The server keeps the former ones until the connection closes.
    mutating func forgetAll() {
        names.removeAll()
    }
}

extension Arguments {
    /// Lends the values in the form that libpq takes them.
    fileprivate func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        let count = count
        guard count > 0 else { return body(0, nil, nil, nil) }
        return encoder.bytes.withUnsafeBufferPointer { bytes in
            // An empty value is not null: any address does, since no byte of it is read.
            let empty = UnsafeRawPointer(StaticString("").utf8Start).assumingMemoryBound(to: CChar.self)
            return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { numbers in
                    for (index, range) in ranges.enumerated() {
                        values[index] = range.map { range in
                            guard !range.isEmpty, let base = bytes.baseAddress else { return empty }
                            return UnsafeRawPointer(base + range.lowerBound).assumingMemoryBound(
                                to: CChar.self)
                        }
                        numbers[index] = Int32(range?.count ?? 0)
                        numbers[count + index] = 1
                    }
                    return body(
                        Int32(count), values.baseAddress, numbers.baseAddress,
                        numbers.baseAddress.map { UnsafePointer($0 + count) })
                }
            }
        }
    }
}
