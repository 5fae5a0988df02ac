/// Checks ballots of one election, each by itself and from any number of threads (§4.7).
///
/// Everything that a ballot alone can get wrong is found here. That its credential is on the list, that it is the
/// voter's own at casting, and that the same text was not cast before, is for the caller to ask.
public struct BallotChecker<Group: VotingGroup>: Sendable {
    /// The election's identifier.
    public let electionUUID: String
    /// φ.
    public let fingerprint: String
    /// The questions.
    public let questions: [HomomorphicQuestion]
    /// *y*.
    public let key: ElectionKey<Group>
    /// No ballot of the election is longer, in octets.
    public let longestBallot: Int

    /// Prepares for an election, whose public key has been read.
    public init(election: ElectionDescription, key: ElectionKey<Group>) {
        electionUUID = election.uuid
        fingerprint = election.fingerprint
        questions = election.questions
        longestBallot = election.longestBallot
        self.key = key
    }

    /// Reads a ballot and checks it.
    ///
    /// What is cheap comes first: the text, the election, the counts, the numbers, the hash, the signature; then the
    /// proofs, question by question.
    ///
    /// - Throws: The first fault.
    public func check(_ text: [UInt8]) throws(BallotFault) -> Ballot<Group> {
        let encoded = try BallotText(ballot: text)
        guard encoded.electionUUID == electionUUID, encoded.fingerprint == fingerprint else {
            throw .otherElection
        }
        try checkCounts(encoded)
        let ballot = try Ballot<Group>(encoded)
        guard ballot.credential != Group.identity else { throw .everybodysCredential }
        guard encoded.signedHash == encoded.unsignedHash else { throw .hash }
        let isSigned = ballot.signature.provesKnowledge(
            ofTested: ballot.credential, prefix: BallotPrefixes.signature(hash: encoded.signedHash))
        guard let isSigned else { throw .element(.credential) }
        guard isSigned else { throw .proof(.signature) }
        try checkProofs(ballot, encoded)
        return ballot
    }

    private func checkCounts(_ text: BallotText) throws(BallotFault) {
        guard text.answers.count == questions.count else { throw .answerCount(text.answers.count) }
        for (index, (question, answer)) in zip(questions, text.answers).enumerated() {
            guard answer.choices.count == question.choiceCount else {
                throw .choiceCount(answer.choices.count, question: index)
            }
            let overallCount = question.allowedSums.count + (question.allowsBlank ? 1 : 0)
            guard answer.individualProofs.count == question.choiceCount,
                answer.individualProofs.allSatisfy({ $0.count == 2 }),
                answer.overallProof.count == overallCount,
                answer.blankProof?.count == (question.allowsBlank ? 2 : nil)
            else { throw .proofCount(question: index) }
        }
    }

    private func checkProofs(_ ballot: Ballot<Group>, _ text: BallotText) throws(BallotFault) {
        let prefixes = BallotPrefixes(fingerprint: fingerprint, credential: text.text(text.credential))
        var pending: [PendingProof<Group>] = []
        for index in questions.indices {
            let texts = text.answers[index].choices.flatMap { [text.text($0.first), text.text($0.second)] }
            let answer = AnswerChecker(
                question: questions[index], index: index, answer: ballot.answers[index], key: key,
                prefixes: prefixes.answer(texts))
            pending += try answer.pendingProofs()
        }
        let texts = Group.texts(of: pending.flatMap(\.commitments))
        var start = 0
        for proof in pending {
            let end = start + proof.commitments.count
            guard proof.holds(texts[start..<end]) else { throw .proof(proof.part) }
            start = end
        }
    }
}

/// A proof whose commitments are computed, and wait to be written and hashed together with those of the whole ballot,
/// for which one inversion is enough.
struct PendingProof<Group: VotingGroup> {
    let part: BallotPart
    let prefix: [UInt8]
    let commitments: [Group.Element]
    let proofs: [Proof<Group>]

    func holds(_ texts: ArraySlice<[UInt8]>) -> Bool {
        Group.challenge(prefix, texts) == proofs.map(\.challenge).reduce(.zero, +)
    }
}

/// Computes the commitments of one answer.
private struct AnswerChecker<Group: VotingGroup> {
    let question: HomomorphicQuestion
    let index: Int
    let answer: Ballot<Group>.Answer
    let key: ElectionKey<Group>
    let prefixes: AnswerPrefixes

    /// All proofs of the answer, each element's powers computed once for all proofs that speak of it.
    func pendingProofs() throws(BallotFault) -> [PendingProof<Group>] {
        var pending: [PendingProof<Group>] = []
        var ofBlank: [Group.Element] = []
        for choice in answer.choices.indices {
            let claims = claims(about: choice)
            let commitments = answer.choices[choice].commitments(of: claims, key: key)
            guard let commitments else { throw .element(.choice(choice, question: index)) }
            pending.append(
                PendingProof(
                    part: .individualProof(choice, question: index), prefix: prefixes.individual(choice),
                    commitments: Array(commitments[..<4]), proofs: answer.individualProofs[choice]))
            if choice == 0 { ofBlank = Array(commitments[4...]) }
        }
        return pending + (question.allowsBlank ? proofsWithBlank(ofBlank) : [proofWithoutBlank()])
    }

    private func claims(about choice: Int) -> [Claim<Group>] {
        let individual = answer.individualProofs[choice].enumerated().map { Claim(number: $0, proof: $1) }
        guard choice == 0, let blankProof = answer.blankProof else { return individual }
        return individual
            + [Claim(number: 0, proof: blankProof[0]), Claim(number: 1, proof: answer.overallProof[0])]
    }

    private func proofWithoutBlank() -> PendingProof<Group> {
        let sum = answer.choices.product()
        let claims = zip(question.allowedSums, answer.overallProof).map { Claim(number: $0, proof: $1) }
        return PendingProof(
            part: .overallProof(question: index),
            prefix: prefixes.overall(Group.texts(of: [sum.alpha, sum.beta])),
            commitments: sum.commitments(of: claims, key: key, testsOrder: false) ?? [],
            proofs: answer.overallProof)
    }

    /// The blank proof and the overall proof, which both speak of the blank choice and of the sum of the others.
    private func proofsWithBlank(_ ofBlank: [Group.Element]) -> [PendingProof<Group>] {
        let blankProof = answer.blankProof ?? []
        let sum = answer.choices.dropFirst().product()
        let claims =
            [Claim(number: 0, proof: blankProof[1])]
            + zip(question.allowedSums, answer.overallProof.dropFirst()).map { Claim(number: $0, proof: $1) }
        let ofSum = sum.commitments(of: claims, key: key, testsOrder: false) ?? []
        return [
            PendingProof(
                part: .blankProof(question: index), prefix: prefixes.blank,
                commitments: Array(ofBlank[..<2] + ofSum[..<2]), proofs: blankProof),
            PendingProof(
                part: .overallProof(question: index), prefix: prefixes.overallWithBlank,
                commitments: Array(ofBlank[2...] + ofSum[2...]), proofs: answer.overallProof),
        ]
    }
}
