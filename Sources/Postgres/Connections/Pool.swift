import DequeModule
import Synchronization

/// The connections of one role.
///
/// The one given back last is lent first, so that those not needed age and are closed; who waits is served
/// in order. A connection is opened when all are lent and there may be more.
final class Pool: Sendable {
    private let settings: PgSettings
    private let role: DatabaseRole
    private let executor: SocketExecutor
    private let state = Mutex(State())

    private struct State {
        var idle: [Connection] = []
        var waiters: Deque<Waiter> = []
        /// Connections lent, idle or being opened.
        var open = 0
        var isClosed = false
        var hasClock = false
        var hasSweeper = false
    }

    init(settings: PgSettings, role: DatabaseRole, executor: SocketExecutor) {
        self.settings = settings
        self.role = role
        self.executor = executor
    }

    // MARK: Lending

    /// Lends a connection for as long as the lease lives.
    ///
    /// - Throws: ``PostgresError`` of origin `exhaustion` where none became free in time, or of origin
    ///   `connection` where none could be opened.
    nonisolated(nonsending) func lease() async throws(PostgresError) -> Lease {
        let deadline = ContinuousClock.now + settings.waitLimit
        while true {
            switch claim() {
            case .lend(let connection):
                if isFresh(connection) { return Lease(connection, of: self) }
                if await isSound(connection) { return Lease(connection, of: self) }
                discard(connection)
            case .open:
                return Lease(try await open(), of: self)
            case .wait:
                switch await wait(until: deadline) {
                case .lend(let connection): return Lease(connection, of: self)
                case .tryAgain: continue
                case .fail(let error): throw error
                }
            case .refuse:
                throw PostgresError(.connection, "the database was closed")
            }
        }
    }

    private enum Claim {
        case lend(Connection)
        case open
        case wait
        case refuse
    }

    private func claim() -> Claim {
        state.withLock { state in
            if state.isClosed { return .refuse }
            if let connection = state.idle.popLast() { return .lend(connection) }
            guard state.open < settings.connectionsPerRole else { return .wait }
            state.open += 1
            return .open
        }
    }

    /// Takes a connection back: for who waits longest, or to idle.
    func takeBack(_ connection: Connection) {
        guard connection.isIdle, ContinuousClock.now - connection.openedAt < settings.ageLimit
        else { return discard(connection) }
        while true {
            let waiter: Waiter? = state.withLock { state in
                if let waiter = state.waiters.popFirst() { return waiter }
                connection.idleSince = .now
                if !state.isClosed { state.idle.append(connection) } else { state.open -= 1 }
                return nil
            }
            guard let waiter else { return sweepLater() }
            if waiter.end(.lend(connection)) { return }
        }
    }

    /// Closes a connection; who waits longest may open one in its place.
    private func discard(_ connection: Connection) {
        freePlace()
    }

    private func freePlace() {
        var waiter = state.withLock { state in
            state.open -= 1
            return state.waiters.popFirst()
        }
        while let next = waiter, !next.end(.tryAgain) {
            waiter = state.withLock { $0.waiters.popFirst() }
        }
    }

    /// Whether a connection was of use a moment ago, and nothing says that it is not any more.
    private func isFresh(_ connection: Connection) -> Bool {
        connection.isStillSound() && ContinuousClock.now - connection.idleSince <= settings.trialAfter
    }

    /// Whether a connection that idled for long is still of use.
    private nonisolated(nonsending) func isSound(_ connection: Connection) async -> Bool {
        guard !connection.isBroken else { return false }
        try? await connection.shortRoundTrip()
        return !connection.isBroken
    }

    private nonisolated(nonsending) func open() async throws(PostgresError) -> Connection {
        do throws(PostgresError) {
            return try await connect()
        } catch {
            freePlace()
            throw error
        }
    }

    /// Makes a connection, whose place is the caller's already.
    fileprivate nonisolated(nonsending) func connect() async throws(PostgresError) -> Connection {
        let parameters = settings.parameters(for: role, limited: true)
        let executor = executor
        let settings = settings
        return try await BlockingThreads.shared.perform { () throws(PostgresError) in
            try Connection(
                owning: RawConnection(parameters).take(), executor: executor, settings: settings)
        }
    }

    /// Closes the idle connections, and the others when they come back. Who waits is refused.
    func close() {
        let (idle, waiters) = state.withLock { state in
            state.isClosed = true
            defer {
                state.open -= state.idle.count
                state.idle = []
                state.waiters = []
            }
            return (state.idle, state.waiters)
        }
        for waiter in waiters { _ = waiter.end(.tryAgain) }
        _ = idle
    }

    // MARK: Waiting

    private nonisolated(nonsending) func wait(until deadline: ContinuousClock.Instant) async -> Waiter.Outcome
    {
        let waiter = Waiter(deadline: deadline)
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                guard waiter.begin(continuation) else { return }
                // Things may have changed since the claim.
                let change: Waiter.Outcome? = state.withLock { state in
                    if let connection = state.idle.popLast() { return .lend(connection) }
                    if state.isClosed || state.open < settings.connectionsPerRole { return .tryAgain }
                    state.waiters.append(waiter)
                    return nil
                }
                guard let change else { return startClock() }
                if !waiter.end(change), case .lend(let connection) = change { takeBack(connection) }
            }
        } onCancel: {
            _ = waiter.end(.fail(.cancelled))
        }
    }

    /// Sees to the time limit of waiting while somebody waits.
    private func startClock() {
        let isNeeded = state.withLock { state in
            guard !state.hasClock, !state.waiters.isEmpty else { return false }
            state.hasClock = true
            return true
        }
        guard isNeeded else { return }
        Task { [weak self] in
            while let deadline = self?.nextDeadline() { try? await Task.sleep(until: deadline) }
        }
    }

    /// Ends the waits whose time is over.
    ///
    /// - Returns: When the next one's will be, `nil` where nobody waits.
    private func nextDeadline() -> ContinuousClock.Instant? {
        let now = ContinuousClock.now
        let (late, next): ([Waiter], ContinuousClock.Instant?) = state.withLock { state in
            var late: [Waiter] = []
            while let first = state.waiters.first, first.isOver || first.deadline <= now {
                late.append(state.waiters.removeFirst())
            }
            state.hasClock = !state.waiters.isEmpty
            return (late, state.waiters.first?.deadline)
        }
        let error = PostgresError(
            .exhaustion, "no connection of \(role.rawValue) became free in \(settings.waitLimit)")
        for waiter in late { _ = waiter.end(.fail(error)) }
        return next
    }

    // MARK: Closing what is not needed

    private func sweepLater() {
        let isNeeded = state.withLock { state in
            defer { state.hasSweeper = true }
            return !state.hasSweeper
        }
        guard isNeeded else { return }
        let pause = min(settings.idleLimit, .seconds(30))
        Task { [weak self] in
            repeat { try? await Task.sleep(for: pause) } while self?.sweep() == true
        }
    }

    /// Closes the connections that idled for too long.
    ///
    /// - Returns: Whether any is left to look after.
    private func sweep() -> Bool {
        let now = ContinuousClock.now
        let (stale, isNeeded): ([Connection], Bool) = state.withLock { state in
            // Those given back first lie at the front.
            let fresh =
                state.idle.firstIndex { now - $0.idleSince < settings.idleLimit } ?? state.idle.endIndex
            let stale = Array(state.idle[..<fresh])
            state.idle.removeFirst(fresh)
            state.open -= stale.count
            state.hasSweeper = state.open > 0
            return (stale, state.hasSweeper)
        }
        _ = stale
        return isNeeded
    }
}

/// The use of one connection. It cannot be copied or kept: where it ends, the pool has the connection back.
struct Lease: ~Copyable {
    private(set) var connection: Connection
    private let pool: Pool

    fileprivate init(_ connection: Connection, of pool: Pool) {
        self.connection = connection
        self.pool = pool
    }

    /// Opens a connection in place of one that was lost.
    mutating nonisolated(nonsending) func renew() async throws(PostgresError) {
        connection = try await pool.connect()
    }

    deinit {
        pool.takeBack(connection)
    }
}

/// One who waits for a connection.
private final class Waiter: Sendable {
    enum Outcome: Sendable {
        case lend(Connection)
        case tryAgain
        case fail(PostgresError)
    }

    private enum State {
        case new
        case waiting(UnsafeContinuation<Outcome, Never>)
        case over
    }

    let deadline: ContinuousClock.Instant
    private let state = Mutex(State.new)

    init(deadline: ContinuousClock.Instant) {
        self.deadline = deadline
    }

    var isOver: Bool {
        state.withLock { if case .over = $0 { true } else { false } }
    }

    /// Begins to wait, unless the task was cancelled before.
    func begin(_ continuation: UnsafeContinuation<Outcome, Never>) -> Bool {
        let begins = state.withLock { state in
            guard case .new = state else { return false }
            state = .waiting(continuation)
            return true
        }
        if !begins { continuation.resume(returning: .fail(.cancelled)) }
        return begins
    }

    /// Ends the wait.
    ///
    /// - Returns: Whether it had not ended before; what was to be lent is still the caller's otherwise.
    func end(_ outcome: Outcome) -> Bool {
        let continuation: UnsafeContinuation<Outcome, Never>?? = state.withLock { state in
            switch state {
            case .new:
                state = .over
                return .some(nil)
            case .waiting(let continuation):
                state = .over
                return .some(continuation)
            case .over:
                return nil
            }
        }
        guard let continuation else { return false }
        continuation?.resume(returning: outcome)
        return continuation != nil
    }
}
