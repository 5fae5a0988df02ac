public import Kernel
import Synchronization

/// Tells a worker which tenants have something to do, so that it need not wait for its next round.
///
/// It is a hint and no more: what is to be done stands in a table, and another process that commits does not
/// signal here. So a worker looks everywhere from time to time, too.
public final class WorkSignal: Sendable {
    private struct State {
        var tenants: Set<ID<Organization>> = []
        var waiter: CheckedContinuation<Void, Never>?
        /// Which wait is under way, so that the alarm of an earlier one wakes nobody.
        var round = 0
        /// Whether the time of this wait is over. The alarm may ring before anybody sleeps.
        var isDue = false
    }

    private let state = Mutex(State())

    /// Makes a signal that nobody has given yet.
    public init() {}

    /// Says that a tenant has something to do.
    public func signal(_ organization: ID<Organization>) {
        let waiter = state.withLock { state in
            state.tenants.insert(organization)
            return state.waiter.take()
        }
        waiter?.resume()
    }

    /// Waits for tenants that have something to do, at most for a time.
    ///
    /// - Returns: The tenants signalled since the last call; none where the time passed, or the task was
    ///   cancelled.
    func wait(atMost limit: Duration) async -> Set<ID<Organization>> {
        let round = state.withLock { state in
            state.round += 1
            state.isDue = limit <= .zero
            return state.round
        }
        let alarm = Task {
            try await Task.sleep(for: limit)
            ring(for: round)
        }
        defer { alarm.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.tenants.isEmpty, !state.isDue, !Task.isCancelled else { return false }
                    state.waiter = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            ring(for: round)
        }
        return state.withLock { state in
            defer { state.tenants = [] }
            return state.tenants
        }
    }

    /// Ends a wait, or keeps it from beginning.
    private func ring(for round: Int) {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.round == round else { return nil }
            state.isDue = true
            return state.waiter.take()
        }
        waiter?.resume()
    }
}
