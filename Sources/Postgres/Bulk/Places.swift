import Synchronization

/// So many places, which are taken in order: those who come when none is free wait.
final class Places: Sendable {
    private struct State {
        var free: Int
        var last: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: UnsafeContinuation<Bool, Never>)] = []
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Takes a place, which is free again once what is returned is gone.
    ///
    /// - Throws: ``PostgresError`` of origin `cancellation`.
    func take() async throws(PostgresError) -> Place {
        let ticket = state.withLock { state in
            state.last += 1
            return state.last
        }
        let isTaken = await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let outcome: Bool? = state.withLock { state in
                    // A cancel that came before has found nobody to wake.
                    if Task.isCancelled { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.ticket == ticket }.map { state.waiting.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
        guard isTaken else { throw .cancelled }
        return Place(of: self)
    }

    fileprivate func giveBack() {
        let next = state.withLock { state -> UnsafeContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}

/// A place that is taken for as long as this lives.
final class Place: Sendable {
    private let places: Places

    fileprivate init(of places: Places) {
        self.places = places
    }

    deinit {
        places.giveBack()
    }
}
