import Foundation
import Kernel
import Synchronization
import Testing

@testable import VerifiableVoting

/// A small election with terms of ours: a contest of two slates with blank, and a question of yes or no; four credentials,
/// of which three vote and the first one twice; two of three trustees.
struct BoardElection {
    let election: WholeElection<Belenios2048>
    let archive: [UInt8]

    /// Holds it, with the first question alone or both.
    init(questions count: Int = 2, with generator: inout SeededGenerator) throws {
        let votes = [
            (0, [[false, true, false], [true, false]]), (1, [[true, false, false], [false, true]]),
            (2, [[false, true, false], [true, false]]), (0, [[false, false, true], [true, false]]),
        ]
        election = try WholeElection(
            questions: Array(Self.questions().prefix(count)),
            keys: .pedersen(threshold: 2, size: 3, decrypting: [1, 3]),
            weights: [1, 1, 1, 1],
            votes: votes.map { .init(voter: $0.0, votes: Array($0.1.prefix(count))) },
            terms: { Self.terms(trustees: $0, credentials: $1, questions: count) }, with: &generator)
        archive = try election.archive()
    }

    static func questions() throws -> [HomomorphicQuestion] {
        [
            try HomomorphicQuestion(
                question: "Junta", answers: ["Uno", "Dos"], allowsBlank: true, minimum: 1, maximum: 1),
            try HomomorphicQuestion(
                question: "¿Aprueba?", answers: ["Sí", "No"], allowsBlank: false, minimum: 1, maximum: 1),
        ]
    }

    static func terms(
        trustees: [UInt8], credentials: [UInt8], electors: Int = 9, questions: Int = 2, isMock: Bool = false,
        quorum: Int? = 2, rule: SeatTerms = SeatTerms(rule: "cuociente", seats: 3)
    ) -> ElectionTerms {
        ElectionTerms(
            process: "p", isMock: isMock, rollSeal: HashDigest(of: "roll"), electors: electors,
            trustees: HashDigest(of: trustees), credentials: HashDigest(of: credentials),
            opensAt: Date(timeIntervalSince1970: 1_795_352_400),
            closesAt: Date(timeIntervalSince1970: 1_795_381_200), quorum: quorum,
            contests: Array(
                [
                    ContestTerms(
                        contest: "c1", round: 1,
                        options: [
                            .init(number: 1, slate: "s1", contender: "Uno"),
                            .init(number: 2, slate: "s2", contender: "Dos"),
                        ], count: rule),
                    ContestTerms(
                        contest: "c2", round: 1,
                        options: [
                            .init(number: 1, slate: "yes", contender: "Sí"),
                            .init(number: 2, slate: "no", contender: "No"),
                        ], count: nil),
                ].prefix(questions)))
    }
}

/// Verifies an archive in memory, and returns what is wrong with it.
func fault(of archive: [UInt8]) async throws -> VerificationFault? {
    do {
        _ = try await ArchiveVerifier().verify(ArchiveBytes(archive))
        return nil
    } catch let fault as VerificationFault {
        return fault
    }
}

/// Writes events in whatever order they come, with a chain that holds.
func forgedArchive(of contents: [ArchiveStep.Content], timestamp: Int = 1_795_216_420) throws -> [UInt8] {
    var writer = ArchiveWriter(timestamp: timestamp)
    return try contents.reduce(into: writer.opening) { bytes, content in
        let stage = try #require(ArchiveStage.allCases.first { $0.after(content.type) != nil })
        writer = writer.pretending(stage)
        bytes += try writer.append(content)
    }
}

extension ArchiveStep.Content {
    var type: EventType {
        switch self {
        case .setup: .setup
        case .ballot: .ballot
        case .endBallots: .endBallots
        case .encryptedTally: .encryptedTally
        case .partialDecryption: .partialDecryption
        case .result: .result
        }
    }
}

/// An archive in memory that notes how much of it was asked for at once.
final class MeasuredSource: ArchiveSource {
    private let archive: ArchiveBytes
    private let most = Mutex(0)
    private let all = Mutex(0)

    init(_ bytes: [UInt8]) {
        archive = ArchiveBytes(bytes)
    }

    var count: Int { archive.count }
    /// The longest range that was read, in bytes.
    var largest: Int { most.withLock { $0 } }

    /// The bytes that were read, those that were read again counted again.
    var total: Int { all.withLock { $0 } }

    func bytes(in range: Range<Int>) -> [UInt8] {
        most.withLock { $0 = max($0, range.count) }
        all.withLock { $0 += range.count }
        return archive.bytes(in: range)
    }
}
