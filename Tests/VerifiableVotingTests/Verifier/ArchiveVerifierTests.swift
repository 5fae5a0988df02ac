import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

@Suite("Verifier")
struct ArchiveVerifierTests {
    @Test(arguments: [Sample.basic, .threshold, .ok])
    func `archives of the tool are verified`(sample: Sample) async throws {
        var verifier = ArchiveVerifier()
        verifier.keepsTrackers = true
        let report = try await verifier.verify(ArchiveFile(path: sample.path))
        #expect(report.stage == .finished && report.ballots == report.trackers.count)
        let results: [Sample: [[Int]]] = [
            .basic: [[1, 2, 1, 1, 2, 0, 0, 1, 0, 1, 1], [3, 2]],
            .threshold: [[1, 2, 1, 1, 2, 0, 0, 1, 0, 1, 1], [3, 2]],
        ]
        if let result = results[sample] {
            let votes = try #require(report.questions).map { ($0.blank.map { [$0] } ?? []) + $0.votes }
            #expect(votes == result)
        }
        let trackers = try sample.steps().compactMap { step -> HashDigest? in
            guard case .ballot(_, let stored) = step.content else { return nil }
            return stored.tracker
        }
        #expect(report.trackers == trackers)
        #expect(report.last == (try sample.steps().last?.event))
    }

    @Test(arguments: [
        (Sample.badProof, EventType.ballot, "ballot.proof"), (.badSignature, .ballot, "ballot.proof"),
        (.splitBallots, .ballot, "order"),
    ])
    func `tampered archives are refused, and the event is named`(
        sample: Sample, type: EventType, code: String
    ) async throws {
        let fault = try #require(
            await #expect(throws: VerificationFault.self) {
                try await ArchiveVerifier().verify(ArchiveFile(path: sample.path))
            })
        #expect(fault.event?.type == type && fault.code == "voting.archive.\(code)", "\(fault.message)")
    }

    @Test
    func `an archive is verified as far as it goes`() async throws {
        let all = try Sample.basic.steps()
        for count in 1...all.count {
            let bytes = try archive(of: Array(all.prefix(count)))
            let report = try await ArchiveVerifier().verify(ArchiveBytes(bytes))
            #expect(report.events == count)
        }
        let fault = await #expect(throws: VerificationFault.self) {
            try await ArchiveVerifier().verify(ArchiveBytes(archive(of: [])))
        }
        #expect(fault?.code == "voting.archive.no_election")
    }
}
