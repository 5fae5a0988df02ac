import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

/// The archives in `Samples`: `basic` was written by belenios-tool 2.0, `threshold` by 3.0, the others by 2.0 and by a
/// prototype that tampers with them.
enum Sample: String, CaseIterable {
    case basic, threshold, ok
    case badProof = "bad-proof"
    case badSignature = "bad-signature"
    case splitBallots = "split-ballots"

    /// Where the file is.
    var path: String {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/\(rawValue).bel").path
    }

    /// The whole file.
    func bytes() throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

    /// All of its events.
    func steps() throws -> [ArchiveStep] { try VerifiableVotingTests.steps(of: ArchiveFile(path: path)) }
}

/// All events of an archive.
func steps(of source: any ArchiveSource) throws -> [ArchiveStep] {
    var reader = try EventReader(source)
    var steps: [ArchiveStep] = []
    while let step = try reader.next() { steps.append(step) }
    return steps
}

/// Writes events as an archive, each hash made anew; in whatever order they come.
func archive(of steps: [ArchiveStep], timestamp: Int = 1_795_216_420) throws -> [UInt8] {
    var writer = ArchiveWriter(timestamp: timestamp)
    return try steps.reduce(into: writer.opening) { $0 += try writer.append($1.content) }
}

extension ArchiveWriter {
    /// Writes what an event says.
    mutating func append(_ content: ArchiveStep.Content) throws -> [UInt8] {
        switch content {
        case .setup(let election, let trustees, let credentials):
            try setup(election: election, trustees: trustees, credentials: credentials)
        case .ballot(let text, _): try ballot(text)
        case .endBallots: try endBallots()
        case .encryptedTally(let text, let ballots, let weight):
            try encryptedTally(text, ballots: ballots, weight: weight)
        case .partialDecryption(let text, let owner): try partialDecryption(text, owner: owner)
        case .result(let text): try result(text)
        }
    }

    /// A writer that goes on at another stage, to write what may not follow.
    func pretending(_ stage: ArchiveStage) -> ArchiveWriter {
        ArchiveWriter(timestamp: timestamp, stage: stage, head: head, height: height)
    }
}
