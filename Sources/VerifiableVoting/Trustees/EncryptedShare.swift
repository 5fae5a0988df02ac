import Crypto
import Foundation
import Kernel

/// Between whom a share travels.
struct ShareContext {
    /// The hash of all certificates.
    let ceremony: String
    let from: Int
    let to: Int
}

/// A value of a polynomial on its way to one member. The format leaves its encryption open; ours needs nothing that a
/// browser lacks on a page without TLS (`share.js` is its other half):
///
///     r random, alpha = g^r, K = ek^r, where ek is the recipient's encryption key
///     k  = SHA-256("share|" ‖ ceremony ‖ "|" ‖ from ‖ "|" ‖ to ‖ "|" ‖ S(alpha) ‖ "|" ‖ S(K))
///     data = the value as 32 bytes, xor HMAC(k, "encrypt")
///     mac  = HMAC(HMAC(k, "authenticate"), data)
///
/// Each key serves one message, so its one block of stream is used once.
struct EncryptedShare<Group: VotingGroup> {
    private let alpha: Group.Element
    private let data: [UInt8]
    private let code: [UInt8]

    /// Encrypts a value below 2^256. Constant time.
    init(
        _ value: Group.Scalar, to recipient: Group.Element, context: ShareContext,
        with generator: inout some RandomNumberGenerator
    ) {
        let randomness = Group.Scalar(randomWith: &generator)
        alpha = Group.secretPower(to: randomness)
        let key = Self.key(Group.secretPower(of: recipient, to: randomness), alpha: alpha, context)
        data = Self.withStream(key, Self.bytes(of: value))
        code = Array(Self.authenticator(key, data))
    }

    /// The value, `nil` where the message was not made for this key and context. Constant time.
    func value(decryptedWith secret: Group.Scalar, context: ShareContext) -> Group.Scalar? {
        let key = Self.key(Group.secretPower(of: alpha, to: secret), alpha: alpha, context)
        guard Self.isAuthentic(code, key, data) else { return nil }
        let bytes = Self.withStream(key, data)
        let value = Group.Scalar(reducingBigEndian: bytes)
        return Self.bytes(of: value) == bytes ? value : nil
    }

    private static func key(
        _ shared: Group.Element, alpha: Group.Element, _ context: ShareContext
    ) -> SymmetricKey {
        let texts = Group.texts(of: [alpha, shared]).map { String(decoding: $0, as: UTF8.self) }
        let text = "share|\(context.ceremony)|\(context.from)|\(context.to)|\(texts[0])|\(texts[1])"
        return SymmetricKey(data: HashDigest(of: text).bytes)
    }

    /// Both groups have orders below 2^256: 32 bytes, the most significant first.
    private static func bytes(of value: Group.Scalar) -> [UInt8] {
        value.words.reversed().flatMap { word in
            stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
        }
    }

    private static func withStream(_ key: SymmetricKey, _ bytes: [UInt8]) -> [UInt8] {
        zip(bytes, HMAC<SHA256>.authenticationCode(for: Data("encrypt".utf8), using: key)).map { $0 ^ $1 }
    }

    private static func authenticator(_ key: SymmetricKey, _ data: [UInt8]) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: data, using: authenticationKey(key))
    }

    private static func isAuthentic(_ code: [UInt8], _ key: SymmetricKey, _ data: [UInt8]) -> Bool {
        HMAC<SHA256>.isValidAuthenticationCode(
            code, authenticating: data, using: authenticationKey(key))
    }

    private static func authenticationKey(_ key: SymmetricKey) -> SymmetricKey {
        SymmetricKey(
            data: Data(HMAC<SHA256>.authenticationCode(for: Data("authenticate".utf8), using: key)))
    }

    func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"alpha":"#)
        writer.quoted(Group.text(of: alpha))
        writer.literal(#","data":"#)
        writer.quoted(Hex.encode(data).utf8)
        writer.literal(#","mac":"#)
        writer.quoted(Hex.encode(code).utf8)
        writer.literal("}")
    }

    fileprivate init(alpha: Group.Element, data: [UInt8], code: [UInt8]) {
        self.alpha = alpha
        self.data = data
        self.code = code
    }
}

extension CanonicalReader {
    /// Reads `{"alpha":G,"data":hex,"mac":hex}`.
    mutating func encryptedShare<Group: VotingGroup>(
        in group: Group.Type
    ) throws(TextFault) -> EncryptedShare<Group> {
        try expect(#"{"alpha":"#)
        // An element outside of the group would tell a part of the key.
        let alpha = try member(of: group)
        try expect(#","data":"#)
        let data = try bytes32()
        try expect(#","mac":"#)
        let code = try bytes32()
        try expect("}")
        return EncryptedShare(alpha: alpha, data: data, code: code)
    }

    private mutating func bytes32() throws(TextFault) -> [UInt8] {
        let range = try hexadecimal(digits: 64)
        return Hex.decode(String(decoding: bytes[range], as: UTF8.self)) ?? []
    }
}
