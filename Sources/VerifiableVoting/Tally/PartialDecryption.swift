public import Kernel

/// Why a partial decryption is refused.
public enum DecryptionFault: Error, Hashable, Sendable {
    /// The text is not in the canonical shape, or holds what is no element or number of the group.
    case text(TextFault)
    /// It has not one factor and one proof for each sum.
    case shape
    /// A proof does not hold.
    case proof(choice: Int, question: Int)
    /// Nobody has this number among the trustees.
    case unknownOwner(Int)
    /// A trustee is missing, or fewer members than the threshold have decrypted.
    case notEnough
    /// What was taken off the sums leaves no numbers of votes: a factor is false, though its proof holds in the format
    /// (``BoundDecryption``).
    case noResult
}

extension DecryptionFault: UserFacingError {
    /// One code for each sort of fault.
    public var code: String {
        switch self {
        case .text: "voting.decryption.text"
        case .shape: "voting.decryption.shape"
        case .proof: "voting.decryption.proof"
        case .unknownOwner: "voting.decryption.unknown_owner"
        case .notEnough: "voting.decryption.not_enough"
        case .noResult: "voting.decryption.no_result"
        }
    }

    /// What somebody sent is wrong.
    public var kind: ErrorKind { .invalid }

    /// What is wrong, as a sentence.
    public var message: String {
        switch self {
        case .text(let fault): "El descifrado parcial no tiene la forma debida: \(fault.phrase)."
        case .shape: "El descifrado parcial no corresponde a las sumas de la elección."
        case .proof(let choice, let question):
            "No es válida la prueba del descifrado de la opción \(choice + 1) de la pregunta \(question + 1)."
        case .unknownOwner(let owner): "La elección no tiene un custodio número \(owner)."
        case .notEnough: "Faltan descifrados parciales: no se alcanza el número de custodios que se necesita."
        case .noResult: "Los descifrados no dan un resultado: uno de ellos es falso."
        }
    }
}

/// What one trustee takes off each sum, with the proof that it was done with the trustee's key (§4.10).
public struct PartialDecryption<Group: VotingGroup>: Equatable, Sendable {
    /// α^x of each sum.
    public let factors: [[Group.Element]]
    /// That the exponent is the one of the trustee's public key.
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
        let prefix = Self.prefix(fingerprint, Group.secretPower(to: secret))
        factors = tally.sums.map { $0.map { Group.secretPower(of: $0.alpha, to: secret) } }
        var proofs: [[Proof<Group>]] = []
        for sums in tally.sums {
            var list: [Proof<Group>] = []
            for sum in sums {
                list.append(Proof(ofSameExponent: secret, base: sum.alpha, prefix: prefix, with: &generator))
            }
            proofs.append(list)
        }
        self.proofs = proofs
    }

    private static func prefix(_ fingerprint: String, _ key: Group.Element) -> [UInt8] {
        Array("decrypt|\(fingerprint)|".utf8) + Group.text(of: key) + [UInt8(ascii: "|")]
    }

    /// Checks it against the sums and the public key of its owner.
    ///
    /// - Throws: The first proof that does not hold.
    public func check(
        of tally: EncryptedTally<Group>, key: Group.Element, fingerprint: String
    ) throws(DecryptionFault) {
        guard factors.map(\.count) == tally.sums.map(\.count), proofs.map(\.count) == factors.map(\.count)
        else { throw .shape }
        let prefix = Self.prefix(fingerprint, key)
        for (question, sums) in tally.sums.enumerated() {
            for (choice, sum) in sums.enumerated() {
                let holds = proofs[question][choice].provesSameExponent(
                    of: key, base: sum.alpha, power: factors[question][choice], prefix: prefix)
                guard holds else { throw .proof(choice: choice, question: question) }
            }
        }
    }

    /// The canonical text, which is hashed.
    public var text: [UInt8] {
        var writer = CanonicalWriter()
        writeMembers(to: &writer)
        writer.literal("}")
        return writer.bytes
    }

    /// Writes the text without its closing brace.
    func writeMembers(to writer: inout CanonicalWriter) {
        writer.literal(#"{"decryption_factors":"#)
        writer.array(factors) { writer, factors in
            writer.array(Group.texts(of: factors)) { $0.quoted($1) }
        }
        writer.literal(#","decryption_proofs":"#)
        writer.array(proofs) { writer, proofs in writer.array(proofs) { $1.write(to: &$0) } }
    }

    /// Reads one, and tests the orders of its factors.
    public init(reading text: [UInt8]) throws(DecryptionFault) {
        var reader = CanonicalReader(text)
        do {
            try self.init(readingMembers: &reader)
            try reader.expect("}")
            try reader.end()
        } catch { throw .text(error) }
    }

    /// Reads the text without its closing brace.
    init(readingMembers reader: inout CanonicalReader) throws(TextFault) {
        try reader.expect(#"{"decryption_factors":"#)
        factors = try reader.questionLists { reader throws(TextFault) in
            try reader.member(of: Group.self)
        }
        try reader.expect(#","decryption_proofs":"#)
        proofs = try reader.questionLists { reader throws(TextFault) in
            try reader.proof(in: Group.self)
        }
    }
}
