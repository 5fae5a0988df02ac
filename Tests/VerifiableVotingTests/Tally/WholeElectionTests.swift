import Foundation
import Testing

@testable import VerifiableVoting

@Suite struct WholeElectionTests {
    private static func questions() throws -> [HomomorphicQuestion] {
        [
            try HomomorphicQuestion(
                question: "¿Quién?", answers: ["A", "B", "C"], allowsBlank: true, minimum: 1, maximum: 2),
            try HomomorphicQuestion(
                question: "¿Sí?", answers: ["Sí", "No"], allowsBlank: false, minimum: 1, maximum: 1),
        ]
    }

    /// Voter 0 votes twice, and the later ballot counts; voter 3 has no vote in the box.
    private static let votes: [([Bool], [Bool], Int)] = [
        ([false, true, false, false], [true, false], 0), ([false, true, true, false], [true, false], 1),
        ([true, false, false, false], [false, true], 2), ([false, false, false, true], [false, true], 0),
    ]

    private static func election<G: VotingGroup>(
        _: G.Type, _ keys: WholeElection<G>.Keys, weights: [Int], with generator: inout SeededGenerator
    ) throws -> WholeElection<G> {
        try WholeElection(
            questions: questions(), keys: keys, weights: weights,
            votes: votes.map { .init(voter: $0.2, votes: [$0.0, $0.1]) }, with: &generator)
    }

    /// Who holds the keys in the elections below.
    enum Holders: CaseIterable {
        case single, both, twoOfThree, threeOfFive

        func keys<G>() -> WholeElection<G>.Keys {
            switch self {
            case .single: .single
            case .both: .both
            case .twoOfThree: .pedersen(threshold: 2, size: 3, decrypting: [3, 1])
            case .threeOfFive: .pedersen(threshold: 3, size: 5, decrypting: [1, 2, 4, 5])
            }
        }
    }

    @Test(arguments: Holders.allCases, [Belenios2048.name, Ed25519.name])
    func `a whole election counts what was voted, whoever holds the keys`(holders: Holders, group: String)
        throws
    {
        if group == Ed25519.name {
            try check(Ed25519.self, holders)
        } else {
            try check(Belenios2048.self, holders)
        }
    }

    private func check<G: VotingGroup>(_: G.Type, _ holders: Holders) throws {
        var generator = SeededGenerator()
        let election = try Self.election(G.self, holders.keys(), weights: [1, 1, 1, 1], with: &generator)
        let expected = ElectionResult(counts: [[1, 1, 1, 1], [1, 2]])
        #expect(election.result == expected, "seed \(generator.seed)")
        #expect(election.decryption.holds(expected))
        #expect(!election.decryption.holds(ElectionResult(counts: [[1, 1, 1, 1], [2, 1]])))
        let key = try #require(ElectionKey<G>(election.trustees.publicKey))
        let checker = BallotChecker<G>(election: election.description, key: key)
        for ballot in election.ballots { _ = try checker.check(ballot.text) }
        for (owner, part) in election.parts {
            let read = try PartialDecryption<G>(reading: part.text)
            try read.check(
                of: election.tally, key: election.trustees.keys[owner - 1].element,
                fingerprint: election.description.fingerprint)
            #expect(read == part)
        }
    }

    @Test func `weights multiply votes`() throws {
        var generator = SeededGenerator()
        let election = try Self.election(
            Ed25519.self, .single, weights: [10, 300, 0, 7], with: &generator)
        #expect(election.result == ElectionResult(counts: [[0, 300, 300, 10], [300, 10]]))
        #expect(election.countedWeight == 310 && election.countedBallots == 3)
    }

    @Test func `an election without ballots has a result of nothing`() throws {
        var generator = SeededGenerator()
        let election = try WholeElection<Ed25519>(
            questions: Self.questions(), keys: .single, weights: [1], votes: [], with: &generator)
        #expect(election.result == ElectionResult(counts: [[0, 0, 0, 0], [0, 0]]))
    }

    @Test func `a decryption with another key, of another tally or of too few is refused`() throws {
        var generator = SeededGenerator()
        let election = try Self.election(
            Ed25519.self, .pedersen(threshold: 2, size: 3, decrypting: [1, 2]), weights: [1, 1, 1, 1],
            with: &generator)
        let part = try #require(election.parts[1])
        let (keys, fingerprint) = (election.trustees.keys.map(\.element), election.description.fingerprint)
        #expect(throws: DecryptionFault.proof(choice: 0, question: 0)) {
            try part.check(of: election.tally, key: keys[1], fingerprint: fingerprint)
        }
        #expect(throws: DecryptionFault.proof(choice: 0, question: 0)) {
            try part.check(of: election.tally, key: keys[0], fingerprint: "x")
        }
        var factors = part.factors
        factors[1][1] = Ed25519.product(factors[1][1], Ed25519.generator)
        let changed = String(decoding: part.text, as: UTF8.self)
            .replacing(Ed25519.string(part.factors[1][1]), with: Ed25519.string(factors[1][1]))
        #expect(throws: DecryptionFault.proof(choice: 1, question: 1)) {
            try PartialDecryption<Ed25519>(reading: Array(changed.utf8))
                .check(of: election.tally, key: keys[0], fingerprint: fingerprint)
        }
        #expect(throws: DecryptionFault.shape) {
            try part.check(
                of: EncryptedTally(questions: [Self.questions()[1]]), key: keys[0], fingerprint: fingerprint)
        }
        #expect(throws: DecryptionFault.notEnough) {
            try Decryption([1: part], of: election.tally, by: election.trustees)
        }
        #expect(throws: DecryptionFault.unknownOwner(4)) {
            try Decryption([1: part, 4: part], of: election.tally, by: election.trustees)
        }
        #expect(DecryptionFault.notEnough.message.hasSuffix("."))
    }

    @Test(arguments: [Sample.basic, .threshold])
    func `the count of another program comes out again`(sample: Sample) throws {
        var tally: EncryptedTally<Belenios2048>?
        var trustees: Trustees<Belenios2048>?
        var parts: [Int: PartialDecryption<Belenios2048>] = [:]
        var result: ElectionResult?
        var fingerprint = ""
        var weight = 0
        for step in try sample.steps() {
            switch step.content {
            case .setup(let election, let text, _):
                fingerprint = try ElectionDescription(reading: election).fingerprint
                trustees = try Trustees(reading: text)
            case .encryptedTally(let text, _, let total):
                tally = try EncryptedTally(reading: text)
                #expect(tally?.text == text)
                weight = total
            case .partialDecryption(let text, let owner):
                parts[owner] = try PartialDecryption(reading: text)
                #expect(parts[owner]?.text == text)
            case .result(let text):
                result = try ElectionResult(reading: text)
                #expect(result?.text == text)
            case .ballot, .endBallots: break
            }
        }
        let sums = try #require(tally)
        let keys = try #require(trustees)
        for (owner, part) in parts {
            try part.check(of: sums, key: keys.keys[owner - 1].element, fingerprint: fingerprint)
        }
        let decryption = try Decryption(parts, of: sums, by: keys)
        #expect(decryption.result(totalWeight: weight) == result)
        #expect(try decryption.holds(#require(result)))
    }

    @Test func `logarithms are found up to their limit and not beyond`() {
        for limit in [0, 1, 2, 15, 16, 17, 99] {
            let logarithms = SmallLogarithms<Ed25519>(upTo: limit)
            for number in 0...limit {
                let power = Ed25519.publicPower(of: Ed25519.generatorPowers, to: Ed25519.Scalar(number))
                #expect(logarithms.logarithm(of: power) == number)
            }
            let next = Ed25519.publicPower(of: Ed25519.generatorPowers, to: Ed25519.Scalar(limit + 1))
            #expect(logarithms.logarithm(of: next) == nil)
        }
    }
}
