import Foundation
import Testing

@testable import VerifiableVoting

@Suite struct TrusteesTests {
    @Test(arguments: [Sample.basic, .threshold, .ok])
    func `the trustees of other programs make the election's key`(sample: Sample) throws {
        let steps = try sample.steps()
        guard case .setup(let election, let text, _) = try #require(steps.first).content else { return }
        let trustees = try Trustees<Belenios2048>(reading: text)
        let description = try ElectionDescription(reading: election)
        #expect(Belenios2048.text(of: trustees.publicKey) == description.publicKey)
        #expect(try Trustees(trustees.entries).text == text)
    }

    /// A word of the sample's text that is replaced, and whose fault it has to be.
    @Test(arguments: [
        (#"\"size\":3"#, #"\"size\":4"#, TrusteesFault.certificate(2)),
        (#"\"index\":3"#, #"\"index\":2"#, .certificate(4)),
        (#""threshold":2,"certs""#, #""threshold":1,"certs""#, .size),
    ])
    func `a changed ceremony is refused`(old: String, new: String, fault: TrusteesFault) throws {
        let steps = try Sample.threshold.steps()
        guard case .setup(_, let text, _) = try #require(steps.first).content else { return }
        let whole = String(decoding: text, as: UTF8.self)
        let range = try #require(whole.range(of: old))
        let changed = whole.replacingCharacters(in: range, with: new)
        #expect(throws: fault) { try Trustees<Belenios2048>(reading: Array(changed.utf8)) }
    }

    @Test func `every number of the keys matters`() throws {
        let steps = try Sample.threshold.steps()
        guard case .setup(_, let text, _) = try #require(steps.first).content else { return }
        var generator = SeededGenerator()
        for _ in 0..<60 {
            var changed = text
            let place = Int.random(in: changed.indices, using: &generator)
            let digit = UInt8(ascii: "0") + UInt8.random(in: 0...9, using: &generator)
            guard changed[place].isDigit, changed[place] != digit else { continue }
            changed[place] = digit
            #expect(throws: TrusteesFault.self, "byte \(place), seed \(generator.seed)") {
                try Trustees<Belenios2048>(reading: changed)
            }
        }
    }

    @Test func `shares fit their polynomials, and a lost one is made again from the seed`() throws {
        var generator = SeededGenerator()
        let ceremony = try TestCeremony<Ed25519>(size: 3, threshold: 2, with: &generator)
        let again = CeremonyMember<Ed25519>(index: 2, seed: ceremony.seeds[1])
        let share = try again.share(in: ceremony.certificates, polynomials: ceremony.polynomials)
        #expect(share == ceremony.shares[1])
        #expect(
            try again.polynomial(in: ceremony.certificates, with: &generator).exponents.message
                == ceremony.polynomials[1].exponents.message)
        for (index, polynomial) in ceremony.polynomials.enumerated() {
            #expect(try PolynomialMessage(reading: polynomial.text) == polynomial)
            try polynomial.check(in: ceremony.certificates, from: index + 1)
        }
        for certificate in ceremony.certificates.certificates {
            #expect(try SignedMessage(reading: certificate.text) == certificate)
        }
        let other = CeremonyMember<Ed25519>(index: 1, seed: ceremony.seeds[1])
        #expect(throws: TrusteesFault.certificate(1)) {
            try other.share(in: ceremony.certificates, polynomials: ceremony.polynomials)
        }
    }

    @Test func `a trustee is found by the code, and decrypts with it and what the others sent`() throws {
        var generator = SeededGenerator()
        let ceremony = try TestCeremony<Ed25519>(size: 3, threshold: 2, with: &generator)
        let elsewhere = try TestCeremony<Ed25519>(size: 3, threshold: 2, with: &generator)
        let code = SecretCode(randomWith: &generator)
        let single = TrusteeKey<Ed25519>(
            single: TrusteeKey<Ed25519>.singleSecret(of: code), with: &generator)
        let trustees = try Trustees([.single(single), .pedersen(ceremony.keys)])

        let alone = try #require(ReturningTrustee(code, among: trustees))
        #expect(alone.owner == 1 && !alone.needsPolynomials)
        #expect(try Ed25519.secretPower(to: alone.secret()) == trustees.keys[0].element)
        for (index, seed) in ceremony.seeds.enumerated() {
            let member = try #require(ReturningTrustee(seed, among: trustees))
            #expect(member.owner == index + 2 && member.needsPolynomials)
            let share = try member.secret(polynomials: ceremony.polynomials)
            #expect(Ed25519.secretPower(to: share) == trustees.keys[index + 1].element)
            #expect(throws: TrusteesFault.size) { try member.secret() }
            #expect(throws: TrusteesFault.polynomial(1)) {
                try member.secret(polynomials: elsewhere.polynomials)
            }
        }
        #expect(ReturningTrustee(elsewhere.seeds[0], among: trustees) == nil)
    }

    @Test func `a false message of a ceremony is laid at its sender's door`() throws {
        var generator = SeededGenerator()
        let ceremony = try TestCeremony<Ed25519>(size: 3, threshold: 2, with: &generator)
        let elsewhere = try TestCeremony<Ed25519>(size: 3, threshold: 2, with: &generator)
        let member = CeremonyMember<Ed25519>(index: 1, seed: ceremony.seeds[0])

        var polynomials = ceremony.polynomials
        polynomials[2] = elsewhere.polynomials[2]
        #expect(throws: TrusteesFault.polynomial(3)) {
            try member.share(in: ceremony.certificates, polynomials: polynomials)
        }
        polynomials[2] = PolynomialMessage(
            exponents: ceremony.polynomials[2].exponents, agreement: ceremony.polynomials[1].agreement,
            shares: ceremony.polynomials[2].shares)
        #expect(throws: TrusteesFault.agreement(3)) {
            try member.share(in: ceremony.certificates, polynomials: polynomials)
        }
        // Shares for other members in this one's place.
        let shares = try ceremony.polynomials[1].encryptedShares(in: ceremony.certificates, from: 2)
        let signing = Ed25519.Scalar(hashesOf: ["sk|\(ceremony.seeds[1].characters)"])
        polynomials = ceremony.polynomials
        polynomials[1] = PolynomialMessage(
            exponents: ceremony.polynomials[1].exponents, agreement: ceremony.polynomials[1].agreement,
            shares: SignedMessage(
                PolynomialMessage.sharesText(
                    ceremony: ceremony.certificates.digest, [shares[1], shares[0], shares[2]]),
                by: signing, with: &generator))
        #expect(throws: TrusteesFault.share(2)) {
            try member.share(in: ceremony.certificates, polynomials: polynomials)
        }

        var certificates = ceremony.certificates.certificates
        certificates[1] = elsewhere.certificates.certificates[0]
        #expect(throws: TrusteesFault.certificate(2)) { try Ceremony(certificates) }

        var keys = ceremony.keys.verificationKeys
        keys[0] = member.verificationKey(of: elsewhere.shares[0], with: &generator)
        #expect(throws: TrusteesFault.verificationKey(1)) {
            try PedersenKeys(
                certificates: ceremony.certificates.certificates, polynomials: ceremony.polynomials,
                verificationKeys: keys)
        }
        #expect(TrusteesFault.verificationKey(1).message.hasSuffix("."))
    }

    @Test func `a single key is read only with its proof`() throws {
        var generator = SeededGenerator()
        let seed = SecretCode(randomWith: &generator)
        let secret = TrusteeKey<Ed25519>.singleSecret(of: seed)
        let key = TrusteeKey<Ed25519>(single: secret, name: "Personería", with: &generator)
        #expect(try TrusteeKey(reading: key.text) == key)
        let other = TrusteeKey<Ed25519>(single: secret + .one, name: "Personería", with: &generator)
        let mixed = String(decoding: key.text, as: UTF8.self).replacing(
            Ed25519.string(key.element), with: Ed25519.string(other.element))
        #expect(throws: TrusteesFault.knowledge(1)) { try TrusteeKey<Ed25519>(reading: Array(mixed.utf8)) }
    }
}
