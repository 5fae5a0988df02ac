import Foundation
import Testing

@testable import VerifiableVoting

@Suite struct BallotTests {
    /// Questions of every kind, and for each the votes that it allows.
    private static let kinds: [(question: HomomorphicQuestion, votes: [[Bool]])] = {
        func question(_ answers: Int, blank: Bool, _ range: ClosedRange<Int>) throws -> HomomorphicQuestion {
            try HomomorphicQuestion(
                question: "¿Quién?", answers: (1...answers).map { "Candidato \($0)" }, allowsBlank: blank,
                minimum: range.lowerBound, maximum: range.upperBound)
        }
        func kind(_ answers: Int, blank: Bool, _ range: ClosedRange<Int>) -> (HomomorphicQuestion, [[Bool]])?
        {
            guard let question = try? question(answers, blank: blank, range) else { return nil }
            let all = (0..<1 << answers).map { bits in (0..<answers).map { bits >> $0 & 1 == 1 } }
            let allowed = all.filter { votes in range.contains(votes.count { $0 }) }
            guard blank else { return (question, allowed) }
            return (
                question,
                allowed.map { [false] + $0 } + [[true] + Array(repeating: false, count: answers)]
            )
        }
        return [
            kind(2, blank: false, 1...1), kind(3, blank: false, 0...2), kind(2, blank: true, 1...1),
            kind(3, blank: true, 0...3), kind(1, blank: true, 1...1),
        ].compactMap(\.self).map { (question: $0.0, votes: $0.1) }
    }()

    @Test func `every allowed vote makes a ballot that holds, in both groups`() throws {
        func check<G: VotingGroup>(_: G.Type, every step: Int) throws {
            var generator = SeededGenerator()
            for (question, votes) in Self.kinds {
                let election = try TestElection<G>(questions: [question], with: &generator)
                for vote in stride(from: 0, to: votes.count, by: step).map({ votes[$0] }) {
                    let ballot = election.ballot([vote], with: &generator)
                    let read = try election.checker.check(ballot.text)
                    #expect(read.answers == ballot.answers, "seed \(generator.seed)")
                    #expect(read.tracker.count == 43)
                    // What a box reads of a stranger's text: each ballot whole, and not much more.
                    // Of each number the first digits may be zeros, and the lists have fewer commas.
                    let longest = election.description.longestBallot
                    #expect(election.checker.longestBallot == longest)
                    #expect(ballot.text.count <= longest, "seed \(generator.seed)")
                    #expect(ballot.text.count > longest - longest / 20, "seed \(generator.seed)")
                }
            }
        }
        try check(Belenios2048.self, every: 1)
        try check(Ed25519.self, every: 3)
    }

    @Test func `no vote that is not allowed makes a ballot that holds`() throws {
        var generator = SeededGenerator()
        for (index, (question, votes)) in Self.kinds.enumerated() {
            let election = try TestElection<Belenios2048>(questions: [question], with: &generator)
            for bits in 0..<1 << question.choiceCount {
                let vote = (0..<question.choiceCount).map { bits >> $0 & 1 == 1 }
                guard !votes.contains(vote) else { continue }
                let ballot = election.ballot([vote], with: &generator)
                #expect(throws: BallotFault.self, "kind \(index), \(vote), seed \(generator.seed)") {
                    try election.checker.check(ballot.text)
                }
            }
        }
    }

    @Test(arguments: [Sample.basic, .threshold, .ok])
    func `the ballots of other programs hold`(sample: Sample) throws {
        let steps = try sample.steps()
        let checker = try Self.checker(steps)
        var count = 0
        for step in steps {
            guard case .ballot(let text, _) = step.content else { continue }
            let ballot = try checker.check(text)
            #expect(ballot.electionUUID == checker.electionUUID)
            count += 1
        }
        #expect(count > 4)
    }

    @Test(arguments: [
        (Sample.badProof, BallotFault.proof(.individualProof(0, question: 0))),
        (.badSignature, .proof(.signature)),
    ])
    func `the fault of a forged ballot is named`(sample: Sample, fault: BallotFault) throws {
        let steps = try sample.steps()
        let checker = try Self.checker(steps)
        var faults: [BallotFault] = []
        for step in steps {
            guard case .ballot(let text, _) = step.content else { continue }
            do { _ = try checker.check(text) } catch { faults.append(error) }
        }
        #expect(faults == [fault])
    }

    private static func checker(_ steps: [ArchiveStep]) throws -> BallotChecker<Belenios2048> {
        guard case .setup(let text, _, _) = try #require(steps.first).content else {
            throw NumberFault.malformed
        }
        let election = try ElectionDescription(reading: text)
        let key = try Belenios2048.member(reading: election.publicKey[...])
        return BallotChecker(election: election, key: try #require(ElectionKey(key)))
    }

    @Test func `a proof of another program comes out of the same nonces`() throws {
        let vectors = try Vectors.load()
        func check<G: VotingGroup>(_: G.Type) throws {
            let vector = vectors.group(G.name).proof
            let key = try G.element(vector.y)
            let randomness = G.Scalar(vector.r)
            let ciphertext = Ciphertext<G>(of: G.Scalar(vector.m), randomness: randomness, to: key)
            #expect(G.string(ciphertext.alpha) == vector.ciphertext.alpha)
            #expect(G.string(ciphertext.beta) == vector.ciphertext.beta)
            // The false claim has c and z = w − r·c of the vector; the challenge of the true one is overwritten.
            let falseNonce = G.Scalar(vector.fake[1] + vector.r * vector.fake[0])
            let prover = DisjunctiveProver<G>(
                [
                    .init(randomness: randomness, difference: .one, isProven: .zero),
                    .init(randomness: randomness, difference: .zero, isProven: .one),
                ], key: key, nonces: [falseNonce, G.Scalar(vector.w)],
                challenges: [G.Scalar(vector.fake[0]), G.Scalar(99)])
            let prefix = "prove|\(vector.S)|\(vector.ciphertext.alpha),\(vector.ciphertext.beta)|"
            let proofs = prover.proofs(prefix: Array(prefix.utf8)).map {
                Vectors.EncodedProof(challenge: $0.challenge.decimal, response: $0.response.decimal)
            }
            #expect(proofs == vector.proof)
        }
        try check(Belenios2048.self)
        try check(Ed25519.self)
    }
}

@Suite struct BallotFaultTests {
    /// A ballot of two questions, the first with a blank vote, and what has to be found wrong once a text is replaced.
    private struct Forgery: CustomTestStringConvertible {
        let name: String
        let fault: BallotFault
        let forge: @Sendable (String) -> String

        var testDescription: String { name }
    }

    private static let order = String(
        decoding: DecimalNumber.text(of: Belenios2048Order.words), as: UTF8.self)

    /// Replaces the n-th value of a member, counted from 0.
    private static func value(
        of member: String, _ occurrence: Int, by new: String
    ) -> @Sendable (String) -> String {
        { text in
            var pieces = text.components(separatedBy: "\"\(member)\":\"")
            guard let quote = pieces[occurrence + 1].firstIndex(of: "\"") else { return text }
            pieces[occurrence + 1] = new + pieces[occurrence + 1][quote...]
            return pieces.joined(separator: "\"\(member)\":\"")
        }
    }

    private static let forgeries: [Forgery] = [
        Forgery(name: "trailing byte", fault: .notCanonical(.init(at: 0, expected: ""))) { $0 + " " },
        Forgery(name: "other election", fault: .otherElection, forge: value(of: "election_uuid", 0, by: "x")),
        Forgery(
            name: "other fingerprint", fault: .otherElection, forge: value(of: "election_hash", 0, by: "x")),
        Forgery(
            name: "credential", fault: .element(.credential),
            forge: value(of: "credential", 0, by: String(repeating: "9", count: 618))),
        Forgery(
            name: "number", fault: .number(.individualProof(1, question: 0)),
            forge: value(of: "challenge", 2, by: order)),
        Forgery(
            name: "signature's number", fault: .number(.signature),
            forge: { text in
                let last = text.components(separatedBy: "\"response\":\"").count - 2
                return value(of: "response", last, by: order)(text)
            }),
        Forgery(name: "hash", fault: .hash, forge: value(of: "alpha", 0, by: "4")),
        Forgery(
            name: "signature", fault: .proof(.signature),
            forge: { text in
                let last = text.components(separatedBy: "\"response\":\"").count - 2
                return value(of: "response", last, by: "5")(text)
            }),
    ]

    @Test(arguments: forgeries.indices)
    func `the first fault of a ballot is named`(index: Int) throws {
        let forgery = Self.forgeries[index]
        var generator = SeededGenerator(seed: 7)
        let election = try TestElection<Belenios2048>(questions: Self.questions(), with: &generator)
        let ballot = election.ballot([[false, true, false], [true, false]], with: &generator)
        let text = forgery.forge(String(decoding: ballot.text, as: UTF8.self))
        do {
            _ = try election.checker.check(Array(text.utf8))
            Issue.record("\(forgery.name) passed")
        } catch .notCanonical {
            #expect(forgery.name == "trailing byte")
        } catch {
            #expect(error == forgery.fault, "\(forgery.name)")
        }
        #expect(forgery.fault.message.hasSuffix("."))
    }

    private static func questions() throws -> [HomomorphicQuestion] {
        [
            try HomomorphicQuestion(
                question: "¿Quién?", answers: ["A", "B"], allowsBlank: true, minimum: 1, maximum: 2),
            try HomomorphicQuestion(
                question: "¿Sí?", answers: ["Sí", "No"], allowsBlank: false, minimum: 1, maximum: 1),
        ]
    }

    /// Proofs are signed over, so a false one has to be signed again to be found.
    @Test func `a false proof is named with its question`() throws {
        var generator = SeededGenerator()
        let election = try TestElection<Ed25519>(questions: Self.questions(), with: &generator)
        let answers = election.ballot([[true, false, false], [false, true]], with: &generator).answers
        typealias Answer = Ballot<Ed25519>.Answer
        func wrong(_ proofs: [Proof<Ed25519>], _ index: Int) -> [Proof<Ed25519>] {
            var proofs = proofs
            proofs[index] = Proof(
                challenge: proofs[index].challenge, response: proofs[index].response + .one)
            return proofs
        }
        func changed(_ question: Int, _ change: (Answer) -> Answer) -> [Answer] {
            var changed = answers
            changed[question] = change(answers[question])
            return changed
        }
        let outside = try Ed25519.element(String(repeating: "0", count: 64))
        let cases: [(BallotFault, [Answer])] = [
            (
                .proof(.individualProof(2, question: 0)),
                changed(0) {
                    var proofs = $0.individualProofs
                    proofs[2] = wrong(proofs[2], 1)
                    return Answer(
                        choices: $0.choices, individualProofs: proofs, overallProof: $0.overallProof,
                        blankProof: $0.blankProof)
                }
            ),
            (
                .proof(.blankProof(question: 0)),
                changed(0) {
                    Answer(
                        choices: $0.choices, individualProofs: $0.individualProofs,
                        overallProof: $0.overallProof, blankProof: wrong($0.blankProof ?? [], 1))
                }
            ),
            (
                .proof(.overallProof(question: 1)),
                changed(1) {
                    Answer(
                        choices: $0.choices, individualProofs: $0.individualProofs,
                        overallProof: wrong($0.overallProof, 0), blankProof: nil)
                }
            ),
            (
                .proofCount(question: 1),
                changed(1) {
                    Answer(
                        choices: $0.choices, individualProofs: $0.individualProofs,
                        overallProof: $0.overallProof, blankProof: answers[0].blankProof)
                }
            ),
            (
                .element(.choice(1, question: 1)),
                changed(1) {
                    let moved = Ciphertext<Ed25519>(
                        alpha: $0.choices[1].alpha, beta: Ed25519.product($0.choices[1].beta, outside))
                    return Answer(
                        choices: [$0.choices[0], moved], individualProofs: $0.individualProofs,
                        overallProof: $0.overallProof, blankProof: nil)
                }
            ),
            (.answerCount(1), Array(answers[..<1])),
            (.choiceCount(3, question: 1), [answers[0], answers[0]]),
        ]
        for (fault, answers) in cases {
            let ballot = election.signed(answers, with: &generator)
            #expect(throws: fault, "seed \(generator.seed)") { try election.checker.check(ballot.text) }
        }
    }
}
