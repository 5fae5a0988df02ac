import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

/// A thousand archives that differ from a good one in one thing, each of which has to be refused.
///
/// What is not tried, since it makes another archive that is as good as this one: a change of the time in all records; a
/// shorter archive that ends after an event; one without a ballot that a later one replaces; ballots of different voters in
/// another order. Against those a voter has the tracker, and everybody an earlier copy or its last hash (`--against`).
@Suite("Mutations")
struct MutationTests {
    private let board: BoardElection
    private let seed: UInt64

    init() throws {
        var generator = SeededGenerator()
        board = try BoardElection(questions: 1, with: &generator)
        seed = generator.seed
    }

    @Test
    func `four hundred archives with other bytes are refused`() async throws {
        var generator = SeededGenerator()
        print("mutated bytes: seed \(generator.seed)")
        for _ in 0..<400 {
            var bytes = board.archive
            let index = bytes.indices.randomElement(using: &generator) ?? 0
            let words: String
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                bytes.remove(at: index)
                words = "without byte \(index)"
            case 1:
                bytes.insert(.random(in: 0...255, using: &generator), at: index)
                words = "with one more byte at \(index)"
            default:
                bytes[index] ^= .random(in: 1...255, using: &generator)
                words = "another byte at \(index)"
            }
            let fault = try await fault(of: bytes)
            #expect(fault != nil, "\(words), seeds \(seed), \(generator.seed)")
        }
    }

    @Test
    func `six hundred archives with another meaning and a chain that holds are refused`() async throws {
        var generator = SeededGenerator()
        print("mutated fields: seed \(generator.seed)")
        let contents = try steps(of: ArchiveBytes(board.archive)).map(\.content)
        #expect(try forgedArchive(of: contents) == board.archive)
        var codes: [String: Int] = [:]
        for _ in 0..<600 {
            var forged = contents
            let index = contents.indices.randomElement(using: &generator) ?? 0
            let (content, words) = try contents[index].mutated(with: &generator)
            forged[index] = content
            let fault = try await fault(of: forgedArchive(of: forged))
            #expect(fault != nil, "event \(index): \(words), seeds \(seed), \(generator.seed)")
            codes[fault?.code ?? "–", default: 0] += 1
            // What is wrong with a ballot shows in the ballot; one that is too long is not read as far as its event.
            if case .ballot(let text, _) = content {
                if text.count > board.election.description.longestBallot {
                    let before = try steps(of: ArchiveBytes(board.archive))[index - 1].event
                    #expect(fault?.place == .after(before), "\(words)")
                    #expect(fault?.code == "voting.archive.record", "\(words)")
                } else {
                    #expect(fault?.event?.height == index, "\(words)")
                }
            }
        }
        print(codes.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", "))
    }
}

extension ArchiveStep.Content {
    /// The same event with one thing changed in its data.
    fileprivate func mutated(with generator: inout SeededGenerator) throws -> (Self, words: String) {
        func change(_ text: [UInt8]) throws -> Mutation { try Mutation(of: text, with: &generator) }
        switch self {
        case .setup(let election, let trustees, let credentials):
            switch Int.random(in: 0..<3, using: &generator) {
            case 0:
                let mutation = try change(election)
                return (
                    .setup(election: mutation.text, trustees: trustees, credentials: credentials),
                    "election: \(mutation.words)"
                )
            case 1:
                let mutation = try change(trustees)
                return (
                    .setup(election: election, trustees: mutation.text, credentials: credentials),
                    "trustees: \(mutation.words)"
                )
            default:
                let mutation = try change(credentials)
                return (
                    .setup(election: election, trustees: trustees, credentials: mutation.text),
                    "credentials: \(mutation.words)"
                )
            }
        case .ballot(let text, let stored):
            let mutation = try change(text)
            return (.ballot(mutation.text, stored), mutation.words)
        case .endBallots:
            // The event has no data: an event of another kind takes its place.
            return (.result(Array(#"{"result":[[1,1,1]]}"#.utf8)), "a result")
        case .encryptedTally(let text, let ballots, let weight):
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: return (.encryptedTally(text, ballots: ballots + 1, weight: weight), "ballots")
            case 1: return (.encryptedTally(text, ballots: ballots, weight: weight - 1), "weight")
            default:
                let mutation = try change(text)
                return (.encryptedTally(mutation.text, ballots: ballots, weight: weight), mutation.words)
            }
        case .partialDecryption(let text, let owner):
            if Bool.random(using: &generator) {
                let other = (1...5).filter { $0 != owner }.randomElement(using: &generator) ?? 9
                return (.partialDecryption(text, owner: other), "owner \(other)")
            }
            let mutation = try change(text)
            return (.partialDecryption(mutation.text, owner: owner), mutation.words)
        case .result(let text):
            let mutation = try change(text)
            return (.result(mutation.text), mutation.words)
        }
    }
}
