import Synchronization

/// Whether a socket has something to read, and who waits for it.
///
/// One word holds all: 0 quiet, 1 signalled, otherwise the continuation of the one task that waits. The
/// executor signals, the holder of the connection's lease waits; each step is one exchange, so that no
/// signal can fall between looking and sleeping. A signal too many does no harm, since whoever wakes looks
/// at the connection before anything else; therefore a readiness may be used again for another socket
/// although an event of the former one is still on its way.
final class Readiness: Sendable {
    private static let quiet: UInt = 0
    private static let signalled: UInt = 1

    private let word = Atomic<UInt>(quiet)

    /// Notes that there is something to read, and wakes who waits for it.
    func signal() {
        var current = word.load(ordering: .acquiring)
        while true {
            let next = current > Self.signalled ? Self.quiet : Self.signalled
            let (exchanged, original) = word.compareExchange(
                expected: current, desired: next, ordering: .acquiringAndReleasing)
            if exchanged { break }
            current = original
        }
        guard current > Self.signalled else { return }
        // The bits are those that `wait` stored, and the exchange above took them out: resumed once.
        unsafeBitCast(current, to: UnsafeContinuation<Void, Never>.self).resume()
    }

    /// Takes a signal that came while nobody waited.
    func take() -> Bool {
        word.compareExchange(
            expected: Self.signalled, desired: Self.quiet, ordering: .acquiringAndReleasing
        ).exchanged
    }

    /// Waits for a signal, or takes the one that came already. One task at a time.
    nonisolated(nonsending) func wait() async {
        if take() { return }
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let bits = unsafeBitCast(continuation, to: UInt.self)
            let (parked, _) = word.compareExchange(
                expected: Self.quiet, desired: bits, ordering: .acquiringAndReleasing)
            guard !parked else { return }
            word.store(Self.quiet, ordering: .releasing)
            continuation.resume()
        }
    }
}
