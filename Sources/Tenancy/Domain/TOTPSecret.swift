import Crypto
public import Foundation

/// The shared secret of a second factor, and the codes that it makes (TOTP).
///
/// Six digits, steps of 30 seconds, SHA-1: what every authenticator application understands.
///
/// - SeeAlso: RFC 6238; RFC 4226 §5.3 for the truncation; RFC 4648 §6 for Base32.
public struct TOTPSecret: Sendable, Hashable {
    /// How long a code lasts, in seconds.
    public static let stepSeconds = 30
    /// How many steps before and after the current one are taken: clocks differ, people type slowly.
    public static let tolerance = 1

    /// At least 16 octets, 20 in those that we make.
    let octets: [UInt8]

    /// Makes a new secret of 160 bits (RFC 4226 §4, R6).
    public init() {
        var random = SystemRandomNumberGenerator()
        octets = (0..<20).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    init(octets: [UInt8]) {
        self.octets = octets
    }

    /// The number of the step in which a moment lies.
    static func step(at moment: Date) -> Int {
        Int((moment.timeIntervalSince1970 / Double(stepSeconds)).rounded(.down))
    }

    /// The code of a step, of six digits; RFC 6238's test vectors have 8.
    func code(ofStep step: Int, digits: Int = 6) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: Int64(step)).bigEndian) { Array($0) }
        let mac = Array(
            HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: octets)))
        let offset = Int(mac[19] & 0x0F)
        let truncated = mac[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        var modulus = 1
        for _ in 0..<digits { modulus *= 10 }
        let code = String(truncated % modulus)
        return String(repeating: "0", count: digits - code.count) + code
    }

    /// The code at a moment, for whoever plays the part of the telephone: tests, the demo.
    public func code(at moment: Date) -> String {
        code(ofStep: Self.step(at: moment))
    }

    /// The step that a code belongs to, `nil` where it is none of those around `now`, or does not
    /// come after the last step that was accepted: a step counts once.
    public func step(matching code: String, at now: Date, after lastStep: Int?) -> Int? {
        let typed = Array(code.filter { !$0.isWhitespace }.utf8)
        let current = Self.step(at: now)
        var match: Int?
        // All are compared, each in constant time, so that the time tells nothing.
        for step in current - Self.tolerance...current + Self.tolerance where step > lastStep ?? -1 {
            let expected = Array(self.code(ofStep: step).utf8)
            let difference = zip(expected, typed).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) }
            if difference == 0, typed.count == expected.count { match = step }
        }
        return match
    }

    /// The secret in Base32 by groups of four, for those who type it.
    public var typed: String {
        let text = Array(Self.base32(octets))
        return stride(from: 0, to: text.count, by: 4)
            .map { String(text[$0..<min($0 + 4, text.count)]) }.joined(separator: " ")
    }

    /// The address that an authenticator application reads from a QR code. The application shows the account
    /// beside the name of the product: the mail address.
    public func address(for account: String) -> String {
        var components = URLComponents()
        components.scheme = "otpauth"
        components.host = "totp"
        components.path = "/Alianzas:\(account)"
        components.queryItems = [
            URLQueryItem(name: "secret", value: Self.base32(octets)),
            URLQueryItem(name: "issuer", value: "Alianzas"),
        ]
        return components.string ?? ""
    }

    /// Reads a secret as it was typed; `nil` where a sign is none of Base32.
    public init?(typed text: String) {
        var octets: [UInt8] = []
        var buffer = 0
        var bits = 0
        for sign in text.uppercased() where sign != " " {
            guard let value = Self.alphabet.firstIndex(of: sign) else { return nil }
            buffer = (buffer << 5 | value) & 0xFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                octets.append(UInt8(buffer >> bits & 0xFF))
            }
        }
        guard octets.count >= 16 else { return nil }
        self.init(octets: octets)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    static func base32(_ octets: [UInt8]) -> String {
        var text = ""
        var buffer = 0
        var bits = 0
        for octet in octets {
            buffer = (buffer << 8 | Int(octet)) & 0xFFFF
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[buffer >> bits & 0x1F])
            }
        }
        if bits > 0 { text.append(alphabet[buffer << (5 - bits) & 0x1F]) }
        return text
    }
}
