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

    /// Reads a code of ours as somebody typed it from a slip, or as a reader of QR codes typed the slip's address, which
    /// ends in `#` and the code: blanks, hyphens and case do not count, and an I is a 1. `nil` where it is none.
    public init?(typed text: String) {
        let code = text.split(separator: "#", omittingEmptySubsequences: false).last ?? ""
        self.init(
            code.filter { !$0.isWhitespace && !("\u{2010}"..."\u{2015}").contains($0) && $0 != "\u{2212}" }
                .uppercased().replacing("I", with: "1"))
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
