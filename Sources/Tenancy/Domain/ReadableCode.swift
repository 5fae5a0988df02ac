public import Crypto
import Foundation

/// A random code that a person can read aloud, copy from paper and type: groups of five characters out of
/// the 31 letters and digits that are not mistaken for one another.
///
/// Two groups carry 49 bits, four carry 99.
public struct ReadableCode: Hashable, Sendable, CustomStringConvertible {
    /// Lower-case letters and digits without `0`, `1`, `i`, `l` and `o`.
    static let alphabet = Array("23456789abcdefghjkmnpqrstuvwxyz")

    /// The groups joined by hyphens.
    public let description: String

    /// Makes a new code.
    public static func random(groups: Int) -> Self {
        var random = SystemRandomNumberGenerator()
        let texts = (0..<groups).map { _ in
            String((0..<5).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)] })
        }
        return Self(description: texts.joined(separator: "-"))
    }

    /// The code that a message always has under a key: as hard to guess as a random one for who does not hold the key.
    public static func derived(from message: String, under key: SymmetricKey, groups: Int) -> Self {
        var letters: [Character] = []
        var round = 0
        while letters.count < groups * 5 {
            let digest = HMAC<SHA256>.authenticationCode(
                for: Array("\(round):\(message)".utf8), using: key)
            // Bytes past the last whole multiple would make some letters likelier.
            letters += digest.filter { Int($0) < 256 / alphabet.count * alphabet.count }
                .map { alphabet[Int($0) % alphabet.count] }
            round += 1
        }
        return Self(typed: String(letters.prefix(groups * 5)))
    }

    private init(description: String) {
        self.description = description
    }

    /// Reads what a person typed: case, spaces and hyphens do not matter.
    public init(typed text: String) {
        let characters = text.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(100)
        var groups: [Substring] = []
        var rest = characters[...]
        while !rest.isEmpty {
            groups.append(Substring(rest.prefix(5)))
            rest = rest.dropFirst(5)
        }
        description = groups.joined(separator: "-")
    }

    /// SHA-256 of the code; enough where the code has 99 random bits.
    public var digest: [UInt8] { Array(SHA256.hash(data: Data(description.utf8))) }
}
