import Foundation
import Synchronization

/// Threads for calls that wait in the kernel: opening a connection, delivering a cancel, bulk work. Tasks
/// never wait on them; they are told.
///
/// A thread is started for each call for which none is free, and ends when it has had nothing to do for a
/// while. The pools that make such calls bound their number.
final class BlockingThreads: Sendable {
    static let shared = BlockingThreads()

    private let crew = Mutex(Crew())
    private let condition = NSCondition()

    private struct Crew {
        var calls: [@Sendable () -> Void] = []
        var idle = 0
    }

    /// Runs a call on a thread that may wait.
    func run(_ call: @escaping @Sendable () -> Void) {
        condition.lock()
        let needsThread = crew.withLock { crew in
            crew.calls.append(call)
            return crew.idle < crew.calls.count
        }
        condition.signal()
        condition.unlock()
        guard needsThread else { return }
        let thread = Thread { self.work() }
        thread.name = "postgres-blocking"
        thread.stackSize = 1 << 20
        thread.start()
    }

    /// Runs a call on a thread that may wait, and waits for it as a task does.
    func perform<Value: Sendable>(
        _ call: @escaping @Sendable () throws(PostgresError) -> Value
    ) async throws(PostgresError) -> Value {
        let result = await withUnsafeContinuation {
            (continuation: UnsafeContinuation<Result<Value, PostgresError>, Never>) in
            run { continuation.resume(returning: Result { () throws(PostgresError) in try call() }) }
        }
        return try result.get()
    }

    private func work() {
        while let call = nextCall() { call() }
    }

    private func nextCall() -> (@Sendable () -> Void)? {
        condition.lock()
        defer { condition.unlock() }
        crew.withLock { $0.idle += 1 }
        defer { crew.withLock { $0.idle -= 1 } }
        let deadline = Date(timeIntervalSinceNow: 10)
        while true {
            if let call = crew.withLock({ $0.calls.isEmpty ? nil : $0.calls.removeFirst() }) { return call }
            guard condition.wait(until: deadline) else {
                return crew.withLock { $0.calls.isEmpty ? nil : $0.calls.removeFirst() }
            }
        }
    }
}
