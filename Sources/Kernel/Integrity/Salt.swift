/// Random bytes that are hashed ahead of a text, so that a short one cannot be guessed from its hash.
public struct Salt: Hashable, Sendable {
    /// From 16 to 64 bytes.
    public let bytes: [UInt8]

    /// The fewest bytes that keep guessing out of reach.
    public static let shortest = 16
    /// The most; more would not help.
    public static let longest = 64

    /// The salt of bytes read from somewhere, `nil` where they are fewer than 16 or more than 64.
    public init?(bytes: [UInt8]) {
        guard (Self.shortest...Self.longest).contains(bytes.count) else { return nil }
        self.bytes = bytes
    }

    /// Makes a new salt of 32 bytes from the system's random numbers.
    public static func random() -> Self {
        Self(validBytes: (0..<32).map { _ in .random(in: .min ... .max) })
    }

    private init(validBytes: [UInt8]) {
        bytes = validBytes
    }

    /// What binds to a text without showing it: the SHA-256 hash of the salt and the text in UTF-8.
    ///
    /// Whoever has salt and text can check it; without the salt, which a purge of personal data deletes, it tells
    /// nothing. Salts that are compared with each other have to be of one length.
    public func commitment(to text: String) -> HashDigest {
        HashDigest(of: bytes + Array(text.utf8))
    }
}
