public import Foundation
import Synchronization

/// A UUID that belongs to one kind of thing.
///
/// New ones are of version 7 (RFC 9562): they begin with the time, so that rows that are made together lie
/// together in an index, and each that a process makes is higher than the one before, so that rows sort as
/// they were made. What must not tell when it was made (ballots, participation marks) uses ``random()``.
public struct ID<Subject>: Hashable, Sendable, RawRepresentable {
    /// The UUID itself.
    public let rawValue: UUID

    /// The identifier of a UUID that is known to belong to this kind of thing.
    public init(rawValue: UUID) {
        self.rawValue = rawValue
    }

    /// Makes a new identifier of version 7.
    public init() {
        var random = SystemRandomNumberGenerator()
        let tick = Ticks.shared.next()
        let high = (tick >> 12) << 16 | 0x7000 | tick & 0x0FFF
        let low = 0x8000_0000_0000_0000 | random.next() & 0x3FFF_FFFF_FFFF_FFFF
        self.init(rawValue: UUID(high: high, low: low))
    }

    /// Reads an identifier from its text, `nil` where the text is no UUID.
    public init?(_ text: some StringProtocol) {
        guard let uuid = UUID(uuidString: String(text)) else { return nil }
        self.init(rawValue: uuid)
    }

    /// Makes a new identifier of version 4, which tells nothing of when it was made.
    public static func random() -> Self {
        Self(rawValue: UUID())
    }
}

/// The time in 4096ths of a millisecond, no two alike (RFC 9562, 6.2, method 3): where the clock stands still
/// or is set back, ticks go on one by one.
private final class Ticks: Sendable {
    static let shared = Ticks()

    private let last = Atomic<UInt64>(0)

    func next() -> UInt64 {
        let now = UInt64(max(0, Date().timeIntervalSince1970 * 4_096_000))
        var previous = last.load(ordering: .relaxed)
        while true {
            let tick = max(now, previous + 1)
            let (exchanged, original) = last.compareExchange(
                expected: previous, desired: tick, ordering: .relaxed)
            if exchanged { return tick }
            previous = original
        }
    }
}

extension ID: CustomStringConvertible {
    /// The UUID in lower case, as PostgreSQL prints it.
    public var description: String { rawValue.uuidString.lowercased() }
}

extension ID: Codable {
    /// Reads the UUID from its text.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(UUID.self))
    }

    /// Writes the UUID as text in lower case.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension UUID {
    /// The UUID of two halves, the first byte being the highest of `high`.
    init(high: UInt64, low: UInt64) {
        self = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { bytes in
            UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
        }
    }
}
