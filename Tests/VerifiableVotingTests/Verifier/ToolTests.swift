import Foundation
import Testing

@testable import VerifiableVoting

/// What a program that we did not write says of archives that we wrote: `belenios-tool` 2.0 of Debian 12.
@Suite("belenios-tool")
struct ToolTests {
    /// An election to be held and verified by both programs.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let keys: WholeElection<Belenios2048>.Keys
        var questionCount = 2
        var votes: [(voter: Int, votes: [[Bool]])] = Case.votes
        var weights = [1, 1, 1, 1]
        var hasTerms = false

        var testDescription: String { name }

        /// The first voter changes their mind, the third leaves the board blank, the fourth does not vote.
        static let votes: [(voter: Int, votes: [[Bool]])] = [
            (0, [[false, true, false], [true, false]]), (1, [[false, true, false], [false, true]]),
            (2, [[true, false, false], [true, false]]), (0, [[false, false, true], [true, false]]),
        ]

        static let twoOfThree = WholeElection<Belenios2048>.Keys.pedersen(
            threshold: 2, size: 3, decrypting: [1, 3])
        static let threeOfFive = WholeElection<Belenios2048>.Keys.pedersen(
            threshold: 3, size: 5, decrypting: [2, 3, 5])
    }

    static let cases = [
        Case(name: "one trustee, one question", keys: .single, questionCount: 1),
        Case(name: "two of three, two questions, our terms", keys: Case.twoOfThree, hasTerms: true),
        Case(name: "three of five, more decrypt than have to", keys: Case.threeOfFive),
        Case(name: "one alone and two of three", keys: .both),
        Case(name: "weights", keys: .single, weights: [1, 20, 300, 1]),
        Case(name: "nobody votes", keys: Case.twoOfThree, votes: [], hasTerms: true),
    ]

    @Test(arguments: cases)
    func `our archives pass the verification of both programs`(_ example: Case) async throws {
        var generator = SeededGenerator()
        let election = try WholeElection<Belenios2048>(
            questions: Array(BoardElection.questions().prefix(example.questionCount)), keys: example.keys,
            weights: example.weights,
            votes: example.votes.map {
                .init(voter: $0.voter, votes: Array($0.votes.prefix(example.questionCount)))
            },
            terms: { trustees, credentials in
                guard example.hasTerms else { return nil }
                return BoardElection.terms(
                    trustees: trustees, credentials: credentials, quorum: example.votes.isEmpty ? nil : 2)
            },
            with: &generator)
        let archive = try election.archive()
        let report = try await ArchiveVerifier().verify(ArchiveBytes(archive))
        #expect(report.stage == .finished && report.ballots == example.votes.count, "seed \(generator.seed)")
        let answer = try verify(archive)
        #expect(answer.status == 0 && answer.text.contains("all checks passed"), "\(answer.text)")
    }

    @Test
    func `the tool refuses what we refuse, so that its yes means something`() async throws {
        var generator = SeededGenerator()
        let board = try BoardElection(with: &generator)
        var contents = try steps(of: ArchiveBytes(board.archive)).map(\.content)
        contents[9] = .result(ElectionResult(counts: [[1, 1, 1], [1, 2]]).text)
        #expect(try verify(forgedArchive(of: contents)).status != 0)
    }

    private func verify(_ archive: [UInt8]) throws -> (status: Int32, text: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "voting-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(archive).write(to: folder.appending(path: "9KSp5bvLTQyQkW.bel"))
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/belenios-tool")
        process.arguments = ["election", "verify", "--dir", folder.path]
        process.environment = ["LWT_ASYNC_METHOD": "none"]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}
