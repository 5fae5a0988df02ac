import Testing

@testable import VerifiableVoting

@Suite struct BoundDecryptionTests {
    private typealias Group = Ed25519
    private let fingerprint = "huella"
    private let secret: Group.Scalar
    private let tally: EncryptedTally<Group>
    private var generator = SeededGenerator()

    init() {
        secret = Group.Scalar(randomWith: &generator)
        tally = EncryptedTally(trial: Group.Scalar(randomWith: &generator))
    }

    private var key: Group.Element { Group.secretPower(to: secret) }

    @Test mutating func `what a trustee hands in is checked and read again as it was`() throws {
        let made = BoundDecryption(of: tally, with: secret, fingerprint: fingerprint, generator: &generator)
        try made.check(of: tally, key: key, fingerprint: fingerprint)
        #expect(try BoundDecryption(reading: made.text) == made)
        #expect(throws: DecryptionFault.self) { try BoundDecryption<Group>(reading: made.part.text) }
        #expect(throws: DecryptionFault.self) { try PartialDecryption<Group>(reading: made.text) }
        for (key, fingerprint) in [(Group.generator, fingerprint), (key, "otra")] {
            #expect(throws: DecryptionFault.proof(choice: 0, question: 0)) {
                try made.check(of: tally, key: key, fingerprint: fingerprint)
            }
        }
    }

    /// A = g^w and B = α^w·g^t are hashed before the factor is chosen: α^x·g^(t/c) satisfies what the format asks.
    @Test mutating func `a false factor whose proof holds in the format is refused`() throws {
        let (nonce, shift) = (Group.Scalar(randomWith: &generator), Group.Scalar(randomWith: &generator))
        let alpha = try #require(tally.sums.first?.first).alpha
        let honest = BoundDecryption(of: tally, with: secret, fingerprint: fingerprint, generator: &generator)
        let challenge = Group.challenge(
            Array("decrypt|\(fingerprint)|".utf8) + Group.text(of: key) + [UInt8(ascii: "|")],
            Group.texts(of: [
                Group.secretPower(to: nonce),
                Group.product(Group.secretPower(of: alpha, to: nonce), Group.secretPower(to: shift)),
            ])[...])
        let factor = Group.product(
            Group.secretPower(of: alpha, to: secret), Group.secretPower(to: shift * challenge.inverse))
        let proof = Proof<Group>(challenge: challenge, response: nonce - secret * challenge)
        let element = String(decoding: Group.text(of: factor), as: UTF8.self)
        let text = #"{"decryption_factors":[["\#(element)"]],"decryption_proofs":[[\#(Self.text(of: proof))]]"#
        let forged = try PartialDecryption<Group>(reading: Array("\(text)}".utf8))
        try forged.check(of: tally, key: key, fingerprint: fingerprint)
        #expect(forged.factors != honest.part.factors)

        let bound = try #require(honest.proofs.first?.first)
        let handedIn = try BoundDecryption<Group>(
            reading: Array(#"\#(text),"bound_proofs":[[\#(Self.text(of: bound))]]}"#.utf8))
        #expect(throws: DecryptionFault.proof(choice: 0, question: 0)) {
            try handedIn.check(of: tally, key: key, fingerprint: fingerprint)
        }
    }

    private static func text(of proof: Proof<Group>) -> String {
        var writer = CanonicalWriter()
        proof.write(to: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
