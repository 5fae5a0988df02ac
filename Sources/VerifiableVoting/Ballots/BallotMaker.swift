/// Makes ballots of one election (§4.7). Constant time: neither the votes nor the credential show in how long it takes
/// or in which memory it reads.
///
/// The voters' browsers make their ballots themselves; this is for trial archives, benches and tests.
public struct BallotMaker<Group: VotingGroup>: Sendable {
    private let electionUUID: String
    private let fingerprint: String
    private let questions: [HomomorphicQuestion]
    private let key: Group.Element

    /// Prepares for an election, whose public key has been read.
    public init(election: ElectionDescription, key: Group.Element) {
        electionUUID = election.uuid
        fingerprint = election.fingerprint
        questions = election.questions
        self.key = key
    }

    /// Encrypts, proves and signs.
    ///
    /// - Parameters:
    ///   - votes: For each question and each of its choices whether it is chosen; where a blank vote is possible, its
    ///     choice comes first. The caller has seen to it that they are as the question allows: a ballot of others
    ///     is made all the same, and does not pass the check.
    ///   - secret: *s*, the private credential.
    ///   - generator: The system's.
    /// - Returns: The ballot, written and signed.
    public func ballot(
        votes: [[Bool]], credential secret: Group.Scalar, with generator: inout some RandomNumberGenerator
    ) -> Ballot<Group> {
        let prefixes = BallotPrefixes(
            fingerprint: fingerprint, credential: Group.text(of: Group.secretPower(to: secret)))
        var answers: [Ballot<Group>.Answer] = []
        for (question, votes) in zip(questions, votes) {
            let choices = votes.map { SecretChoice<Group>($0, key: key, with: &generator) }
            let texts = Group.texts(of: choices.flatMap { [$0.ciphertext.alpha, $0.ciphertext.beta] })
            let maker = AnswerMaker(
                question: question, choices: choices, key: key, prefixes: prefixes.answer(texts))
            answers.append(maker.answer(with: &generator))
        }
        return Ballot(
            electionUUID: electionUUID, fingerprint: fingerprint, answers: answers, credential: secret,
            with: &generator)
    }
}

/// A choice with what its voter alone knows.
private struct SecretChoice<Group: VotingGroup> {
    /// 0 or 1.
    let number: Group.Scalar
    let randomness: Group.Scalar
    let ciphertext: Ciphertext<Group>

    init(_ isChosen: Bool, key: Group.Element, with generator: inout some RandomNumberGenerator) {
        number = Group.Scalar(UInt64(isChosen ? 1 : 0))
        randomness = Group.Scalar(randomWith: &generator)
        ciphertext = Ciphertext(of: number, randomness: randomness, to: key)
    }
}

private struct AnswerMaker<Group: VotingGroup> {
    typealias Part = DisjunctiveProver<Group>.Part

    let question: HomomorphicQuestion
    let choices: [SecretChoice<Group>]
    let key: Group.Element
    let prefixes: AnswerPrefixes

    func answer(with generator: inout some RandomNumberGenerator) -> Ballot<Group>.Answer {
        let individual = choices.indices.map { index in
            prove(individualParts(choices[index]), prefixes.individual(index), with: &generator)
        }
        guard question.allowsBlank else {
            let sum = choices.map(\.ciphertext).product()
            let prefix = prefixes.overall(Group.texts(of: [sum.alpha, sum.beta]))
            return Ballot<Group>.Answer(
                choices: choices.map(\.ciphertext), individualProofs: individual,
                overallProof: prove(sumParts(choices[...]), prefix, with: &generator), blankProof: nil)
        }
        let blank = choices[0]
        let notBlank = Group.Scalar.one - blank.number
        let chosen = choices.dropFirst()
        let (number, randomness) = total(chosen)
        let blankParts = [
            Part(randomness: blank.randomness, difference: blank.number, isProven: notBlank),
            Part(randomness: randomness, difference: number, isProven: blank.number),
        ]
        let overallParts =
            [Part(randomness: blank.randomness, difference: -notBlank, isProven: blank.number)]
            + sumParts(chosen, unless: blank.number)
        return Ballot<Group>.Answer(
            choices: choices.map(\.ciphertext), individualProofs: individual,
            overallProof: prove(overallParts, prefixes.overallWithBlank, with: &generator),
            blankProof: prove(blankParts, prefixes.blank, with: &generator))
    }

    private func prove(
        _ parts: [Part], _ prefix: [UInt8], with generator: inout some RandomNumberGenerator
    ) -> [Proof<Group>] {
        DisjunctiveProver(parts, key: key, with: &generator).proofs(prefix: prefix)
    }

    private func individualParts(_ choice: SecretChoice<Group>) -> [Part] {
        let notChosen = Group.Scalar.one - choice.number
        return [
            Part(randomness: choice.randomness, difference: choice.number, isProven: notChosen),
            Part(randomness: choice.randomness, difference: -notChosen, isProven: choice.number),
        ]
    }

    private func total(_ choices: ArraySlice<SecretChoice<Group>>) -> (Group.Scalar, Group.Scalar) {
        (choices.map(\.number).reduce(.zero, +), choices.map(\.randomness).reduce(.zero, +))
    }

    /// A claim for each number that may be chosen. None of them is the proven one where the vote is blank.
    private func sumParts(
        _ choices: ArraySlice<SecretChoice<Group>>, unless isBlank: Group.Scalar = .zero
    ) -> [Part] {
        let (number, randomness) = total(choices)
        return question.allowedSums.map { allowed in
            let difference = number - Group.Scalar(allowed)
            return Part(
                randomness: randomness, difference: difference,
                isProven: difference.isZero * (Group.Scalar.one - isBlank))
        }
    }
}

extension GroupScalar {
    /// 1 if this is 0, and otherwise 0; in constant time.
    fileprivate var isZero: Self {
        let bits = words.reduce(0, |)
        return Self(((bits | (0 &- bits)) >> 63) ^ 1)
    }
}
