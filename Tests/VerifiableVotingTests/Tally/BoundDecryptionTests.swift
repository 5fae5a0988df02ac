import Foundation
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

    @Test mutating func `a false factor whose proof holds in the format is refused`() throws {
        let forged = try PartialDecryption(
            spoiling: tally, with: secret, fingerprint: fingerprint, generator: &generator)
        try forged.check(of: tally, key: key, fingerprint: fingerprint)
        let honest = BoundDecryption(of: tally, with: secret, fingerprint: fingerprint, generator: &generator)
        #expect(forged.factors != honest.part.factors)
        // The proofs of the honest factors are the best that its maker has.
        let text = String(decoding: honest.text, as: UTF8.self)
        let proofs = try #require(text.range(of: #","bound_proofs""#))
        let handedIn = try BoundDecryption<Group>(
            reading: forged.text.dropLast() + Array(text[proofs.lowerBound...].utf8))
        #expect(throws: DecryptionFault.proof(choice: 0, question: 0)) {
            try handedIn.check(of: tally, key: key, fingerprint: fingerprint)
        }
    }

    @Test mutating func `an archive whose sums no longer open is refused before anybody says a result`()
        async throws
    {
        let question = try HomomorphicQuestion(
            question: "¿Quién?", answers: ["A", "B"], allowsBlank: true, minimum: 1, maximum: 1)
        var election = try WholeElection<Group>(
            questions: [question], keys: .pedersen(threshold: 2, size: 3, decrypting: [1, 3]),
            weights: [1, 1, 1], votes: (0..<3).map { .init(voter: $0, votes: [[false, true, false]]) },
            with: &generator)
        election.result = nil
        let open = ArchiveBytes(try election.archive())
        #expect(try await ArchiveVerifier().verify(open).partialDecryptions == 2)
        election.parts[3] = try PartialDecryption(
            spoiling: election.tally, with: #require(election.secrets[3]),
            fingerprint: election.description.fingerprint, generator: &generator)
        let archive = ArchiveBytes(try election.archive())
        let fault = await #expect(throws: VerificationFault.self) {
            try await ArchiveVerifier().verify(archive)
        }
        #expect(fault?.code == "voting.archive.decryption.no_result")
    }
}

extension PartialDecryption {
    /// Factors that are false by a g^t of their own, with proofs that hold: A = g^w and B = α^w·g^t are hashed before the
    /// factor is chosen, and α^x·g^(t/c) satisfies what the format asks of it.
    fileprivate init(
        spoiling tally: EncryptedTally<Group>, with secret: Group.Scalar, fingerprint: String,
        generator: inout some RandomNumberGenerator
    ) throws {
        let key = Group.text(of: Group.secretPower(to: secret))
        let prefix = Array("decrypt|\(fingerprint)|".utf8) + key + [UInt8(ascii: "|")]
        var factors: [[Group.Element]] = []
        var proofs: [[Proof<Group>]] = []
        for sums in tally.sums {
            factors.append([])
            proofs.append([])
            for sum in sums {
                let nonce = Group.Scalar(randomWith: &generator)
                let shift = Group.Scalar(randomWith: &generator)
                let second = Group.product(
                    Group.secretPower(of: sum.alpha, to: nonce), Group.secretPower(to: shift))
                let commitments = Group.texts(of: [Group.secretPower(to: nonce), second])
                let challenge = Group.challenge(prefix, commitments[...])
                factors[factors.count - 1].append(
                    Group.product(
                        Group.secretPower(of: sum.alpha, to: secret),
                        Group.secretPower(to: shift * challenge.inverse)))
                proofs[proofs.count - 1].append(
                    Proof(challenge: challenge, response: nonce - secret * challenge))
            }
        }
        var writer = CanonicalWriter()
        writer.literal(#"{"decryption_factors":"#)
        writer.array(factors) { writer, factors in
            writer.array(Group.texts(of: factors)) { $0.quoted($1) }
        }
        writer.literal(#","decryption_proofs":"#)
        writer.array(proofs) { writer, proofs in writer.array(proofs) { $1.write(to: &$0) } }
        writer.literal("}")
        try self.init(reading: writer.bytes)
    }
}
