import Crypto

/// A SHA-256 hash: the 32 bytes that stand for a text and change with any of its letters.
public struct HashDigest: Hashable, Sendable {
    /// 32 bytes.
    public let bytes: [UInt8]

    /// The hash of 32 bytes read from somewhere, `nil` where they are not 32.
    public init?(bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }

    /// Hashes some bytes.
    public init(of bytes: some Sequence<UInt8>) {
        self.init(SHA256.hash(data: Array(bytes)))
    }

    /// Hashes a text in UTF-8, as it is: two ways of composing an accent give two hashes.
    public init(of text: String) {
        self.init(of: text.utf8)
    }

    init(_ digest: SHA256.Digest) {
        bytes = Array(digest)
    }

    /// The digits in groups of four, as they are copied into minutes.
    public var grouped: String { Self.inGroups(description) }

    /// How many digits are read aloud. They are 128 bits: to make two texts alike in them takes 2⁶⁴ tries.
    public static let spokenDigits = 32

    /// The first digits in groups of four, as people read them to each other.
    public var spoken: String { Self.inGroups(description.prefix(Self.spokenDigits)) }

    private static func inGroups(_ digits: some StringProtocol) -> String {
        let digits = Array(digits.utf8)
        return stride(from: 0, to: digits.count, by: 4)
            .map { String(decoding: digits[$0..<$0 + 4], as: UTF8.self) }
            .joined(separator: " ")
    }
}

/// Hashes what comes piece by piece, such as a file that is larger than memory.
public struct HashDigestBuilder: Sendable {
    private var hasher = SHA256()

    /// Begins with nothing.
    public init() {}

    /// Takes the next bytes.
    public mutating func append(_ bytes: [UInt8]) {
        hasher.update(data: bytes)
    }

    /// The hash of what was taken so far; more may follow.
    public var digest: HashDigest { HashDigest(hasher.finalize()) }
}

extension HashDigest: CustomStringConvertible, LosslessStringConvertible {
    /// 64 hexadecimal digits in small letters.
    public var description: String { Hex.encode(bytes) }

    /// Reads 64 hexadecimal digits, in groups or not, `nil` for any other text.
    public init?(_ description: String) {
        guard let bytes = Hex.decode(description.filter { $0 != " " }) else { return nil }
        self.init(bytes: bytes)
    }
}

extension HashDigest: Codable {
    /// Reads the hash from its hexadecimal digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no SHA-256 hash")
        }
        self = digest
    }

    /// Writes the hash as hexadecimal digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
