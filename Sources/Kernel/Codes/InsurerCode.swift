/// The code of an insurer (`EPS`, `EAPB`) in affiliation files: `EPS001`, `ESS207`, `ESSC07`, `EPSIC1`.
///
/// Six signs, three to five capital letters and then digits. An insurer has several, one a regime and one more for
/// members who moved between regimes: ``InsurerCatalogue`` groups them.
public struct InsurerCode: RawRepresentable, Hashable, Sendable, Codable {
    /// Six signs.
    public let rawValue: String

    /// The code in capitals, `nil` for a text of another shape.
    public init?(rawValue: String) {
        let letters = rawValue.utf8.prefix { (0x41...0x5A).contains($0) }
        guard rawValue.utf8.count == 6, (3...5).contains(letters.count),
            rawValue.utf8.dropFirst(letters.count).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    /// Reads a code as people write it: in small letters, with spaces or hyphens (`eps 001`, `ESS-207`).
    public init?(variant: String) {
        self.init(rawValue: variant.filter { !($0.isWhitespace || $0 == "-") }.uppercased())
    }
}

extension InsurerCode: Comparable, CustomStringConvertible {
    /// The six signs.
    public var description: String { rawValue }

    /// Whether one code comes before another.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
