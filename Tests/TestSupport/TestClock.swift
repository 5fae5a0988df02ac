public import Foundation
import Kernel
import Synchronization

/// The server's clock in tests: it stands still until it is moved.
public final class TestClock: Sendable {
    private let moment: Mutex<Date>

    /// A clock that stands at a moment: the morning of Friday, 13 March 2026 in Colombia.
    public init(_ moment: Date = Date(timeIntervalSince1970: 1_773_410_400)) {
        self.moment = Mutex(moment)
    }

    /// The moment at which it stands.
    public var now: Date { moment.withLock { $0 } }

    /// Moves it by so many seconds.
    public func advance(by seconds: TimeInterval) {
        moment.withLock { $0 += seconds }
    }
}
