import Crypto
import Foundation

/// The proof in every form that a page of ours was open in the browser that sends it.
///
/// It is a keyed digest of the browser's own cookie (of the session, or of the browser before there is one),
/// so a token works nowhere else and need not be stored. Each page masks it anew, because a secret that
/// repeats in compressed pages can be guessed from their length (BREACH).
enum FormToken {
    private static let length = SHA256.byteCount

    /// The token for the holder of `cookie`.
    static func make(for cookie: String, key: SymmetricKey) -> String {
        let digest = digest(of: cookie, key: key)
        let mask = SymmetricKey(size: .init(bitCount: length * 8)).withUnsafeBytes { [UInt8]($0) }
        return (mask + zip(mask, digest).map { $0 ^ $1 }).base64URL
    }

    /// Whether `token` was made for the holder of `cookie`; the time it takes does not tell how nearly.
    static func isValid(_ token: String, for cookie: String, key: SymmetricKey) -> Bool {
        guard let bytes = [UInt8](base64URL: token), bytes.count == 2 * length else { return false }
        let digest = zip(bytes.prefix(length), bytes.suffix(length)).map { $0 ^ $1 }
        return HMAC<SHA256>.isValidAuthenticationCode(digest, authenticating: message(cookie), using: key)
    }

    private static func digest(of cookie: String, key: SymmetricKey) -> [UInt8] {
        [UInt8](HMAC<SHA256>.authenticationCode(for: message(cookie), using: key))
    }

    private static func message(_ cookie: String) -> [UInt8] { Array("form:\(cookie)".utf8) }
}

/// Something that the next page has to say once, such as that a slate was registered.
///
/// It waits in a signed cookie; what must be read again later belongs on a page.
struct Notice: Sendable, Hashable {
    /// Whether it is good news.
    enum Tone: String, Sendable {
        case done
        case warning
    }

    let text: String
    let tone: Tone

    init(_ text: String, _ tone: Tone = .done) {
        self.text = text
        self.tone = tone
    }

    /// Reads the notice that ``cookie(key:)`` wrote, `nil` for one that somebody else did.
    init?(cookie: String, key: SymmetricKey) {
        let parts = cookie.split(separator: ".")
        guard parts.count == 3, let tone = Tone(rawValue: String(parts[0])),
            let text = [UInt8](base64URL: parts[1]), let code = [UInt8](base64URL: parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.message(tone, text), using: key)
        else { return nil }
        self.init(String(decoding: text, as: UTF8.self), tone)
    }

    /// The value of the cookie that carries the notice.
    func cookie(key: SymmetricKey) -> String {
        let bytes = [UInt8](text.prefix(600).utf8)
        let code = [UInt8](HMAC<SHA256>.authenticationCode(for: Self.message(tone, bytes), using: key))
        return "\(tone.rawValue).\(bytes.base64URL).\(code.base64URL)"
    }

    private static func message(_ tone: Tone, _ text: [UInt8]) -> [UInt8] {
        Array("notice:\(tone.rawValue):".utf8) + text
    }
}

extension [UInt8] {
    /// The bytes in the alphabet of RFC 4648 §5, without padding.
    var base64URL: String {
        Data(self).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
            "=", with: "")
    }

    /// Reads what ``base64URL`` writes.
    init?(base64URL text: some StringProtocol) {
        let plain = String(text).replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: plain + padding) else { return nil }
        self.init(data)
    }

    /// A token of 256 random bits.
    static func randomToken() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { [UInt8]($0) }.base64URL
    }
}
