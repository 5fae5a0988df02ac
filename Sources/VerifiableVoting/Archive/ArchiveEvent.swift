import Foundation
public import Kernel

/// What an event of an archive says has happened (format, §4.3).
public enum EventType: String, Hashable, Sendable, CaseIterable {
    case setup = "Setup"
    case ballot = "Ballot"
    case endBallots = "EndBallots"
    case encryptedTally = "EncryptedTally"
    case shuffle = "Shuffle"
    case endShuffles = "EndShuffles"
    case partialDecryption = "PartialDecryption"
    case result = "Result"

    /// Whether the event names a record by its hash; the two that only end something do not.
    public var hasPayload: Bool { self != .endBallots && self != .endShuffles }
}

/// A link of the chain of an archive (format, §4.3).
public struct ArchiveEvent: Hashable, Sendable {
    /// The hash of the event before it; `nil` in the first.
    public let parent: HashDigest?
    /// Counted from 0.
    public let height: Int
    /// What has happened.
    public let type: EventType
    /// The hash of the record that says more, for the types that have one.
    public let payload: HashDigest?

    /// An event after another, or the first.
    public init(parent: HashDigest?, height: Int, type: EventType, payload: HashDigest?) {
        self.parent = parent
        self.height = height
        self.type = type
        self.payload = payload
    }

    /// Reads an event in its canonical text.
    public init(canonical bytes: [UInt8]) throws(TextFault) {
        var reader = CanonicalReader(bytes)
        try reader.expect("{")
        var parent: HashDigest?
        if reader.takes(#""parent":"#) {
            parent = try reader.hash()
            try reader.expect(",")
        }
        try reader.expect(#""height":"#)
        let height = try reader.integer(in: 0...Int.max)
        try reader.expect(#","type":"#)
        let start = reader.position
        let name = try reader.plain(maximumBytes: 32)
        guard let type = EventType(rawValue: String(decoding: bytes[name], as: UTF8.self)) else {
            throw TextFault(at: start, expected: "el nombre de un evento del formato")
        }
        var payload: HashDigest?
        if type.hasPayload {
            try reader.expect(#","payload":"#)
            payload = try reader.hash()
        }
        try reader.expect("}")
        try reader.end()
        self.init(parent: parent, height: height, type: type, payload: payload)
    }

    /// The canonical text.
    public var text: [UInt8] {
        var writer = CanonicalWriter(capacity: 256)
        writer.literal("{")
        if let parent {
            writer.literal(#""parent":"#)
            writer.hash(parent)
            writer.literal(",")
        }
        writer.literal(#""height":"#)
        writer.integer(height)
        writer.literal(#","type":"#)
        writer.quoted(type.rawValue.utf8)
        if let payload {
            writer.literal(#","payload":"#)
            writer.hash(payload)
        }
        writer.literal("}")
        return writer.bytes
    }
}

extension CanonicalReader {
    /// Reads a SHA-256 hash: 64 hexadecimal digits in small letters, between quotes.
    mutating func hash() throws(TextFault) -> HashDigest {
        let digits = try hexadecimal(digits: 64)
        guard let digest = HashDigest(String(decoding: bytes[digits], as: UTF8.self)) else {
            throw fault("un SHA-256")
        }
        return digest
    }
}

extension CanonicalWriter {
    /// Writes a SHA-256 hash as 64 hexadecimal digits, between quotes.
    mutating func hash(_ digest: HashDigest) {
        quoted(digest.description.utf8)
    }
}

extension HashDigest {
    /// The hash as the format writes it where people read it, such as the tracker of a ballot: standard Base64 without
    /// its final `=`, 43 characters (format, §4.1).
    public var base64: String {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(44)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = (0..<3).reduce(0) {
                $0 << 8 | (start + $1 < bytes.count ? Int(bytes[start + $1]) : 0)
            }
            for shift in [18, 12, 6, 0] { text.append(letters[three >> shift & 63]) }
        }
        return String(decoding: text.prefix((bytes.count * 4 + 2) / 3), as: UTF8.self)
    }

    /// Reads what ``base64`` writes; `nil` for any other text.
    public init?(base64 text: String) {
        guard let bytes = Data(base64Encoded: text + "=") else { return nil }
        self.init(bytes: Array(bytes))
        guard base64 == text else { return nil }
    }
}
