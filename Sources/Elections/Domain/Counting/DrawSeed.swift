import Crypto
import Foundation
public import Kernel

/// What a draw is made from: public texts that nobody could choose knowing what they lead to.
///
/// For a contest they are its id, the SHA-256 of the canvass record, a number that is read aloud after that hash has
/// been announced, and a secret whose own hash was announced with it. Whoever says the number does not know the
/// secret, and the secret cannot be changed any more, so that neither can try out several.
///
/// ## The canonical text
///
/// The line `alianzas draw 1`, then each part on a line of its own, each line ended by one line feed (U+000A),
/// in UTF-8. Parts are in Unicode's composed form (NFC), without blanks at either end, not empty, and without
/// control characters, so that no part can pass for two. The seed's ``digest`` is the SHA-256 of that text.
public struct DrawSeed: Hashable, Sendable {
    /// The parts in their canonical form, at least one.
    public let parts: [String]

    /// - Throws: ``DrawError/noSeed`` without parts, ``DrawError/partUnreadable(_:)`` for an empty part or one
    ///   with a control character.
    public init(_ parts: [String]) throws(DrawError) {
        guard !parts.isEmpty else { throw .noSeed }
        var canonical: [String] = []
        for part in parts {
            let text = part.precomposedStringWithCanonicalMapping
                .trimmingCharacters(in: CharacterSet(charactersIn: " "))
            let isReadable = !text.isEmpty && text.unicodeScalars.allSatisfy { !$0.isControl }
            guard isReadable else { throw .partUnreadable(part) }
            canonical.append(text)
        }
        self.parts = canonical
    }

    /// The seed of a contest's draw.
    ///
    /// - Parameters:
    ///   - contest: Printed as PostgreSQL prints it, in lower case.
    ///   - canvassRecord: The 32 bytes of the SHA-256 of the canvass record, printed in lower-case hexadecimal.
    ///   - number: What was read aloud, as it was read.
    ///   - further: Anything else that was fixed before the draw, in its order, such as the secret.
    /// - Throws: As ``init(_:)`` does.
    public init<Contest>(
        contest: ID<Contest>, canvassRecord: [UInt8], number: String, further: [String] = []
    ) throws(DrawError) {
        try self.init([contest.description, Self.hexadecimal(canvassRecord), number] + further)
    }

    /// The text that is hashed.
    public var canonicalText: String {
        (["alianzas draw 1"] + parts).map { $0 + "\n" }.joined()
    }

    /// The SHA-256 of ``canonicalText``: 32 bytes.
    public var digest: [UInt8] { Array(SHA256.hash(data: Data(canonicalText.utf8))) }

    /// ``digest`` in lower-case hexadecimal, as it is printed.
    public var digestText: String { Self.hexadecimal(digest) }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef")
        return String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

/// The numbers that a seed leads to: SHA-256 in counter mode.
///
/// Block *i*, from 0, is the SHA-256 of the seed's digest followed by *i* as eight bytes, the highest first. Its
/// 32 bytes are four numbers of 64 bits, the highest byte first, used in order.
struct DrawNumbers {
    private let key: [UInt8]
    private var block: UInt64 = 0
    private var words: ArraySlice<UInt64> = []

    init(_ seed: DrawSeed) {
        key = seed.digest
    }

    mutating func next() -> UInt64 {
        if let word = words.popFirst() { return word }
        var input = key
        withUnsafeBytes(of: block.bigEndian) { input.append(contentsOf: $0) }
        block += 1
        let bytes = Array(SHA256.hash(data: input))
        let fresh = stride(from: 0, to: bytes.count, by: 8).map { start in
            bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        words = fresh.dropFirst()
        return fresh[0]
    }
}
