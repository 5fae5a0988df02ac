import Foundation

/// A slate or a person that votes can be for, by the name or number under which it stands on the ballot.
///
/// Two are the same where Unicode holds their names equal (an accent typed in one stroke or in two). They
/// are ordered by the bytes of their names in UTF-8, which any other program can repeat without a table of
/// letters; the order is used to print and to draw, never to decide.
public struct Contender: RawRepresentable, Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
    /// The name or number.
    public let rawValue: String

    /// The contender of a name or number.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The contender of a name or number.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }

    /// Whether the bytes of one name come before those of another.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

extension Contender: CustomStringConvertible {
    /// The name as it stands on the ballot.
    public var description: String { rawValue }
}

extension Contender {
    /// The same name in Unicode's composed form (NFC), in which names are put in order for a draw.
    var composed: Contender { Contender(rawValue: rawValue.precomposedStringWithCanonicalMapping) }
}
