import COpenSSL
import Kernel

/// The secret exponent *s* of a voter's private credential in one election (§4.6). Verifiers never see how it was
/// derived.
public enum PrivateCredential {
    /// From a code of 22 characters: two hashes of 256 bits, reduced together. Constant time.
    ///
    /// - Parameters:
    ///   - code: What the voter keeps.
    ///   - uuid: The election's, so that one code gives other keys in other elections.
    ///   - group: The election's.
    /// - Returns: The private credential *s*, of which g^s is published.
    public static func exponent<Group: VotingGroup>(
        of code: SecretCode, election uuid: String, in group: Group.Type
    ) -> Group.Scalar {
        Group.Scalar(hashesOf: (0...1).map { "derive_credential|\(uuid)|\($0)|\(code.grouped)" })
    }

    /// From a code of 14 characters and a check character, `XXX-XXX-XXX-XXX-XXX`, as versions 2.0 to 2.2 of the tool
    /// make them: PBKDF2-HMAC-SHA256 in 1,000 rounds.
    ///
    /// - Parameters:
    ///   - code: The code with its hyphens.
    ///   - uuid: The election's.
    ///   - group: The election's.
    /// - Returns: The private credential, `nil` where the code is none.
    public static func exponent<Group: VotingGroup>(
        ofShort code: String, election uuid: String, in group: Group.Type
    ) -> Group.Scalar? {
        guard isShortCode(code) else { return nil }
        var key = [UInt8](repeating: 0, count: 32)
        let password = code.utf8.map { CChar(bitPattern: $0) }
        let salt = Array(uuid.utf8)
        OpenSSL.succeeded(
            PKCS5_PBKDF2_HMAC(
                password, Int32(password.count), salt, Int32(salt.count), 1000, EVP_sha256(),
                Int32(key.count), &key))
        return Group.Scalar(reducingBigEndian: key)
    }

    /// Whether five groups of three characters stand there and the last character is 53 − v mod 53, with v the number
    /// that the others write in base 58.
    private static func isShortCode(_ code: String) -> Bool {
        let groups = code.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.count == 5, groups.allSatisfy({ $0.utf8.count == 3 }) else { return false }
        let digits = code.utf8.filter { $0 != UInt8(ascii: "-") }.compactMap(SecretCode.alphabet.firstIndex)
        guard digits.count == 15 else { return false }
        return digits[14] == 53 - digits[..<14].reduce(0) { (58 * $0 + $1) % 53 }
    }
}

extension GroupScalar {
    /// SHA-256 of each text, one after the other read as one big-endian integer, modulo *q*.
    init(hashesOf texts: [String]) {
        self.init(reducingBigEndian: texts.flatMap { HashDigest(of: $0).bytes })
    }
}
