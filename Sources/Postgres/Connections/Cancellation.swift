import CLibpq
import Glibc
import Synchronization

/// Takes a statement that is running back.
///
/// A cancel is a message to the server on a connection of its own that names the process to interrupt, not
/// the statement. So that a late one cannot hit the next statement, it goes out only while a round trip is
/// under way, and the round trip does not end before the cancel that went out has been delivered.
final class Cancellation: Sendable {
    private enum State {
        /// No round trip is under way.
        case idle
        /// A round trip is under way, and may be cancelled.
        case running
        /// A cancel is on its way.
        case cancelling
        /// A cancel was delivered, and the round trip is still under way.
        case cancelled
        /// A cancel is on its way and the round trip, ended, waits for its delivery.
        case draining(UnsafeContinuation<Void, Never>)
    }

    private let state = Mutex((current: State.idle, roundTrip: 0))
    /// libpq: a cancel object may be used from any thread.
    private let target: Target

    private struct Target: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    init?(of connection: OpaquePointer) {
        guard let pointer = PQgetCancel(connection) else { return nil }
        target = Target(pointer: pointer)
    }

    deinit {
        PQfreeCancel(target.pointer)
    }

    /// A round trip begins.
    func begin() {
        state.withLock { state in
            state.current = .running
            state.roundTrip += 1
        }
    }

    /// The round trip has ended.
    ///
    /// - Returns: Whether a cancel is on its way, whose delivery has to be waited for.
    func end() -> Bool {
        state.withLock { state in
            if case .cancelling = state.current { return true }
            state.current = .idle
            return false
        }
    }

    /// Waits until a cancel that is on its way has been delivered.
    nonisolated(nonsending) func drain() async {
        await withUnsafeContinuation { continuation in
            let isDelivered = state.withLock { state in
                guard case .cancelling = state.current else {
                    state.current = .idle
                    return true
                }
                state.current = .draining(continuation)
                return false
            }
            if isDelivered { continuation.resume() }
        }
    }

    /// Asks the server to stop what is running, if a round trip is under way. Does not wait.
    func cancel() {
        let roundTrip: Int? = state.withLock { state in
            guard case .running = state.current else { return nil }
            state.current = .cancelling
            return state.roundTrip
        }
        // It opens a connection and waits for its end: for a thread of its own.
        if let roundTrip { BlockingThreads.shared.run { self.deliver(to: roundTrip) } }
    }

    /// Delivers cancels until the round trip ends: one that comes before the server has begun to read the
    /// statement is lost.
    private func deliver(to roundTrip: Int) {
        var message = [CChar](repeating: 0, count: 256)
        var isUnderWay = true
        var pause: UInt32 = 10_000
        while isUnderWay {
            _ = PQcancel(target.pointer, &message, Int32(message.count))
            let waiting: UnsafeContinuation<Void, Never>? = state.withLock { state in
                if case .draining(let continuation) = state.current {
                    state.current = .idle
                    return continuation
                }
                state.current = .cancelled
                return nil
            }
            if let waiting { return waiting.resume() }
            usleep(pause)
            pause = min(2 * pause, 1_000_000)
            isUnderWay = state.withLock { state in
                guard state.roundTrip == roundTrip, case .cancelled = state.current else { return false }
                state.current = .cancelling
                return true
            }
        }
    }
}
