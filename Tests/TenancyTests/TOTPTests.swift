import Foundation
import Testing

@testable import Tenancy

@Suite struct TOTPTests {
    /// RFC 6238, appendix B, the rows of SHA-1.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `codes are those of the RFC`(seconds: Int, code: String) {
        let secret = TOTPSecret(octets: Array("12345678901234567890".utf8))
        let step = TOTPSecret.step(at: Date(timeIntervalSince1970: Double(seconds)))
        #expect(secret.code(ofStep: step, digits: 8) == code)
        #expect(secret.code(ofStep: step) == code.suffix(6))
    }

    /// RFC 4648, §10, without padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `secrets are written as applications read them`(text: String, base32: String) {
        #expect(TOTPSecret.base32(Array(text.utf8)) == base32)
    }

    @Test func `a code counts one step before and after its own, and once`() throws {
        let secret = TOTPSecret()
        let now = Date(timeIntervalSince1970: 1_800_000_015)
        let current = TOTPSecret.step(at: now)
        for step in current - 1...current + 1 {
            #expect(secret.step(matching: secret.code(ofStep: step), at: now, after: nil) == step)
            #expect(secret.step(matching: secret.code(ofStep: step), at: now, after: step) == nil)
        }
        for step in [current - 2, current + 2] {
            let code = secret.code(ofStep: step)
            let near = (current - 1...current + 1).map { secret.code(ofStep: $0) }
            if !near.contains(code) { #expect(secret.step(matching: code, at: now, after: nil) == nil) }
        }
        let code = secret.code(ofStep: current)
        #expect(
            secret.step(matching: " \(code.prefix(3)) \(code.suffix(3)) ", at: now, after: nil) == current)
        #expect(secret.step(matching: String(code.prefix(5)), at: now, after: nil) == nil)
        #expect(secret.step(matching: "", at: now, after: nil) == nil)
    }

    @Test func `the address names product and account`() {
        let address = TOTPSecret(octets: Array("foobar".utf8)).address(for: "ana+x@ejemplo.invalid")
        #expect(address == "otpauth://totp/Alianzas:ana+x@ejemplo.invalid?secret=MZXW6YTBOI&issuer=Alianzas")
    }
}
