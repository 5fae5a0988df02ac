public import Kernel

/// A ballot of homomorphic questions (§4.7).
public struct Ballot<Group: VotingGroup>: Sendable {
    /// The answer to one question.
    public struct Answer: Equatable, Sendable {
        /// A ciphertext of 0 or 1 for each choice; where a blank vote is possible, its own comes first.
        public let choices: [Ciphertext<Group>]
        /// For each choice that it is 0 or 1.
        public let individualProofs: [[Proof<Group>]]
        /// That as many are chosen as are allowed, or the vote is blank.
        public let overallProof: [Proof<Group>]
        /// That the vote is not blank or chooses nothing else; `nil` where no blank vote is possible.
        public let blankProof: [Proof<Group>]?
    }

    /// The election's identifier.
    public let electionUUID: String
    /// φ: what binds the ballot to all of the election's description.
    public let fingerprint: String
    /// C = g^s, the public half of the voter's credential.
    public let credential: Group.Element
    /// S(C): the credential as it stands in the text.
    public let credentialText: [UInt8]
    /// One answer for each question, in their order.
    public let answers: [Answer]
    /// The hash that is signed, in Base64.
    public let signedHash: String
    /// That who knows *s* made the ballot.
    public let signature: Proof<Group>
    /// The whole text, which is hashed.
    public let text: [UInt8]

    /// What identifies the ballot: the SHA-256 of its text.
    public var digest: HashDigest { HashDigest(of: text) }
    /// The hash in Base64, as it is shown to the voter.
    public var tracker: String { digest.base64 }

    /// Reads a text strictly, without asking for the orders of elements, for proofs or for an election: that is
    /// ``BallotChecker``'s. For ballots that were checked before.
    public init(reading text: [UInt8]) throws(BallotFault) {
        try self.init(BallotText(ballot: text))
    }
}

extension Ballot {
    /// Computes with what was found in a text.
    init(_ text: BallotText) throws(BallotFault) {
        electionUUID = text.electionUUID
        fingerprint = text.fingerprint
        credential = try text.element(text.credential, of: .credential, in: Group.self)
        credentialText = text.text(text.credential)
        var answers: [Answer] = []
        for (question, answer) in text.answers.enumerated() {
            answers.append(try Answer(answer, of: text, question: question))
        }
        self.answers = answers
        signedHash = text.signedHash
        signature = try text.proof(text.signature, of: .signature, in: Group.self)
        self.text = text.bytes
    }
}

extension Ballot.Answer {
    fileprivate init(
        _ answer: BallotText.EncodedAnswer, of text: BallotText, question: Int
    ) throws(BallotFault) {
        var choices: [Ciphertext<Group>] = []
        for (choice, pair) in answer.choices.enumerated() {
            let part = BallotPart.choice(choice, question: question)
            choices.append(
                Ciphertext(
                    alpha: try text.element(pair.first, of: part, in: Group.self),
                    beta: try text.element(pair.second, of: part, in: Group.self)))
        }
        self.choices = choices
        func proofs(
            _ pairs: [BallotText.EncodedPair], _ part: BallotPart
        ) throws(BallotFault) -> [Proof<Group>] {
            var proofs: [Proof<Group>] = []
            for pair in pairs { proofs.append(try text.proof(pair, of: part, in: Group.self)) }
            return proofs
        }
        var individual: [[Proof<Group>]] = []
        for (choice, pairs) in answer.individualProofs.enumerated() {
            individual.append(try proofs(pairs, .individualProof(choice, question: question)))
        }
        individualProofs = individual
        overallProof = try proofs(answer.overallProof, .overallProof(question: question))
        blankProof =
            if let pairs = answer.blankProof { try proofs(pairs, .blankProof(question: question)) } else {
                nil
            }
    }

    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.literal(#"{"choices":"#)
        writer.array(choices) { $1.write(to: &$0) }
        writer.literal(#","individual_proofs":"#)
        writer.array(individualProofs) { writer, proofs in writer.array(proofs) { $1.write(to: &$0) } }
        writer.literal(#","overall_proof":"#)
        writer.array(overallProof) { $1.write(to: &$0) }
        if let blankProof {
            writer.literal(#","blank_proof":"#)
            writer.array(blankProof) { $1.write(to: &$0) }
        }
        writer.literal("}")
    }
}

extension Ballot {
    /// Writes and signs a ballot.
    init(
        electionUUID: String, fingerprint: String, answers: [Answer], credential secret: Group.Scalar,
        with generator: inout some RandomNumberGenerator
    ) {
        self.electionUUID = electionUUID
        self.fingerprint = fingerprint
        self.answers = answers
        credential = Group.secretPower(to: secret)
        credentialText = Group.text(of: credential)
        var writer = CanonicalWriter(capacity: 4096)
        writer.literal(#"{"election_uuid":"#)
        writer.string(electionUUID)
        writer.literal(#","election_hash":"#)
        writer.string(fingerprint)
        writer.literal(#","credential":"#)
        writer.quoted(credentialText)
        writer.literal(#","answers":"#)
        writer.array(answers) { $1.write(to: &$0) }
        signedHash = HashDigest(of: writer.bytes + [UInt8(ascii: "}")]).base64
        signature = Proof(
            ofKnowing: secret, prefix: BallotPrefixes.signature(hash: signedHash), with: &generator)
        writer.literal(#","signature":{"hash":"#)
        writer.string(signedHash)
        writer.literal(#","proof":"#)
        signature.write(to: &writer)
        writer.literal("}}")
        text = writer.bytes
    }
}
