/// A code of 22 characters that somebody keeps on paper: a voter's private credential (§4.6) or a trustee's seed.
public struct SecretCode: Sendable {
    /// The characters, without hyphens.
    public let characters: String

    /// The letters and digits of codes.
    static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)
    /// What new codes are drawn from: digits and capitals alone, so that they are read aloud and typed in either case.
    /// 33^22 are 2^110 codes.
    private static let drawn = alphabet[..<33]
    private static let groups = [5, 6, 5, 6]
    private static let length = 22

    /// Draws a new code, each character evenly; `generator` is the system's.
    public init(randomWith generator: inout some RandomNumberGenerator) {
        let drawn = (0..<Self.length).map { _ in
            Self.drawn[Int.random(in: Self.drawn.indices, using: &generator)]
        }
        characters = String(decoding: drawn, as: UTF8.self)
    }

    /// Reads a code with its hyphens or without, `nil` where it is none.
    public init?(_ text: String) {
        characters = text.filter { $0 != "-" }
        guard characters.utf8.count == Self.length, characters.utf8.allSatisfy(Self.alphabet.contains) else {
            return nil
        }
    }

    /// The code as it is printed: `XXXXX-XXXXXX-XXXXX-XXXXXX`.
    public var grouped: String {
        var rest = Substring(characters)
        return Self.groups.map { length in
            defer { rest = rest.dropFirst(length) }
            return String(rest.prefix(length))
        }.joined(separator: "-")
    }
}
