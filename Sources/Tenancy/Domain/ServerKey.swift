public import Crypto
import Foundation

/// The secret of one installation: what logins are hashed with and secrets are sealed with.
///
/// It lies in a file beside the database and never in it, so that a copy of the database alone tells neither
/// who signs in nor the secret of anybody's second factor. Each use has a key of its own, derived by HKDF.
public struct ServerKey: Sendable {
    private let logins: SymmetricKey
    private let seals: SymmetricKey
    private let codes: SymmetricKey
    private let attempts: SymmetricKey
    /// What the tokens of forms are signed with.
    public let forms: SymmetricKey
    /// Sixteen octets that tell one key from another and say nothing of it.
    public let fingerprint: [UInt8]

    /// Derives the keys of each use.
    ///
    /// - Parameter secret: 32 random octets.
    public init(secret: [UInt8]) {
        let root = SymmetricKey(data: secret)
        func derive(_ use: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: root, info: Data("alianzas/\(use)/1".utf8), outputByteCount: 32)
        }
        logins = derive("logins")
        seals = derive("seals")
        codes = derive("codes")
        attempts = derive("attempts")
        forms = derive("forms")
        fingerprint = derive("fingerprint").withUnsafeBytes { Array($0.prefix(16)) }
    }

    /// A new secret of 32 octets.
    public static func randomSecret() -> [UInt8] {
        SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    }

    /// The hash by which a login is found.
    func hash(_ login: Login) -> [UInt8] {
        mac("\(login.kind.rawValue):\(login.normalForm)", with: logins)
    }

    /// The hash by which a recovery code of an account is found.
    func hash(_ code: ReadableCode, of account: UUID) -> [UInt8] {
        mac("\(account.uuidString.lowercased()):\(code.description)", with: codes)
    }

    /// The hash under which attempts at a thing, or from an address, are counted.
    func attemptHash(_ text: String) -> [UInt8] {
        mac(text, with: attempts)
    }

    /// Encrypts a secret of an account; it opens for that account alone.
    func seal(_ octets: [UInt8], for account: UUID) throws -> [UInt8] {
        let box = try ChaChaPoly.seal(
            octets, using: seals, authenticating: Data(account.uuidString.lowercased().utf8))
        return Array(box.combined)
    }

    /// Decrypts what ``seal(_:for:)`` encrypted.
    ///
    /// - Throws: An error of swift-crypto where the key or the account is another, or an octet was changed.
    func open(_ octets: [UInt8], for account: UUID) throws -> [UInt8] {
        let box = try ChaChaPoly.SealedBox(combined: octets)
        return Array(
            try ChaChaPoly.open(box, using: seals, authenticating: Data(account.uuidString.lowercased().utf8))
        )
    }

    private func mac(_ text: String, with key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: key))
    }
}

/// What a person writes to say who they are: a mail address or the number of a document.
public struct Login: Sendable, Hashable {
    /// What sort of login it is.
    public enum Kind: String, Sendable, Hashable {
        /// A mail address.
        case email
        /// The number of an identity document, without its type: nobody remembers to write it.
        case document
    }

    /// What sort of login it is.
    public let kind: Kind
    /// The form that is hashed.
    let normalForm: String

    /// Reads what a person typed: whatever has an `@` is a mail address.
    public init(typed text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if trimmed.contains("@") { self.init(email: trimmed) } else { self.init(document: trimmed) }
    }

    /// A mail address; case does not matter.
    public init(email: String) {
        kind = .email
        normalForm = email.trimmingCharacters(in: .whitespacesAndNewlines)
            .precomposedStringWithCompatibilityMapping.lowercased()
    }

    /// The number of a document; dots, spaces and case do not matter.
    public init(document number: String) {
        kind = .document
        normalForm = number.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
