/// A partial decryption as its trustee hands it in: with a second proof for each sum, whose challenge has the sum and its
/// factor in the hash.
///
/// The format's own proof (§4.10) hashes the two commitments alone. Whoever chooses the factor last can therefore make one
/// that is false with a proof that holds: for A = g^w and B = α^w·g^t the factor α^x·g^(t/c) satisfies both equations. No
/// false result comes of it, since a sum of such factors is no small power of *g*, but nothing tells who spoiled it. A
/// challenge over everything that is proven leaves no such choice (Bernhard, Pereira and Warinschi, «How Not to Prove
/// Yourself», ASIACRYPT 2012). The archive keeps the part alone, as the format has it.
public struct BoundDecryption<Group: VotingGroup>: Equatable, Sendable {
    /// What the archive keeps.
    public let part: PartialDecryption<Group>
    /// That each factor is the sum's α to the exponent of the trustee's public key.
    public let proofs: [[Proof<Group>]]

    /// Decrypts in part. Constant time.
    ///
    /// - Parameters:
    ///   - tally: Sums that the trustee has computed from the ballots: a single ballot would be opened in the same
    ///     way.
    ///   - secret: The key of a single trustee, or a member's share.
    ///   - fingerprint: φ of the election.
    ///   - generator: The system's.
    public init(
        of tally: EncryptedTally<Group>, with secret: Group.Scalar, fingerprint: String,
        generator: inout some RandomNumberGenerator
    ) {
        part = PartialDecryption(of: tally, with: secret, fingerprint: fingerprint, generator: &generator)
        let prefix = Self.prefix(fingerprint, Group.secretPower(to: secret))
        var proofs: [[Proof<Group>]] = []
        for (sums, factors) in zip(tally.sums, part.factors) {
            var list: [Proof<Group>] = []
            for (sum, factor) in zip(sums, factors) {
                list.append(
                    Proof(
                        ofSameExponent: secret, base: sum.alpha,
                        prefix: prefix + Self.claim(sum.alpha, factor),
                        with: &generator))
            }
            proofs.append(list)
        }
        self.proofs = proofs
    }

    private static func prefix(_ fingerprint: String, _ key: Group.Element) -> [UInt8] {
        Array("decrypt_bound|\(fingerprint)|".utf8) + Group.text(of: key) + [UInt8(ascii: "|")]
    }

    private static func claim(_ alpha: Group.Element, _ factor: Group.Element) -> [UInt8] {
        Group.texts(of: [alpha, factor]).flatMap { $0 + [UInt8(ascii: "|")] }
    }

    /// Checks both proofs of each factor against the sums and the public key of its owner.
    ///
    /// - Throws: The first proof that does not hold.
    public func check(
        of tally: EncryptedTally<Group>, key: Group.Element, fingerprint: String
    ) throws(DecryptionFault) {
        try part.check(of: tally, key: key, fingerprint: fingerprint)
        guard proofs.map(\.count) == tally.sums.map(\.count) else { throw .shape }
        let prefix = Self.prefix(fingerprint, key)
        for (question, sums) in tally.sums.enumerated() {
            for (choice, sum) in sums.enumerated() {
                let factor = part.factors[question][choice]
                let holds = proofs[question][choice].provesSameExponent(
                    of: key, base: sum.alpha, power: factor, prefix: prefix + Self.claim(sum.alpha, factor))
                guard holds else { throw .proof(choice: choice, question: question) }
            }
        }
    }

    /// The canonical text: that of the part with one member more.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        part.writeMembers(to: &writer)
        writer.literal(#","bound_proofs":"#)
        writer.array(proofs) { writer, proofs in writer.array(proofs) { $1.write(to: &$0) } }
        writer.literal("}")
        return writer.bytes
    }

    /// Reads one, and tests the orders of its factors.
    public init(reading text: [UInt8]) throws(DecryptionFault) {
        var reader = CanonicalReader(text)
        do {
            part = try PartialDecryption(readingMembers: &reader)
            try reader.expect(#","bound_proofs":"#)
            proofs = try reader.questionLists { reader throws(TextFault) in
                try reader.proof(in: Group.self)
            }
            try reader.expect("}")
            try reader.end()
        } catch { throw .text(error) }
    }
}
