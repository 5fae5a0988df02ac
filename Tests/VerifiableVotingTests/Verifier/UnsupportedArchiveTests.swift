import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

/// What the format knows and this program does not verify: it is refused by its name, and never passed over.
@Suite("Archives that are not supported")
struct UnsupportedArchiveTests {
    private static let homomorphic = #"{"answers":["Sí","No"],"min":1,"max":1,"question":"¿Aprueba?"}"#
    private static let schulze =
        #"{"type":"NonHomomorphic","value":{"answers":["A","B"],"question":"¿Orden?"},"extra":{"type":"PreferentialVoting","method":"Schulze","blank":false}}"#
    private static let lists =
        #"{"type":"Lists","value":{"answers":[["Lista 1","Ana"],["Lista 2","Luis"]],"question":"¿Lista?"}}"#

    @Test(arguments: [
        ("RFC-3526-2048", homomorphic, "group", "RFC-3526-2048"),
        ("Ed448", homomorphic, "group", "Ed448"),
        ("BELENIOS-2048", "\(homomorphic),\(schulze)", "election", "NonHomomorphic"),
        ("RFC-3526-2048", schulze, "election", "NonHomomorphic"),
        ("Ed25519", "\(homomorphic),\(lists)", "election", "Lists"),
    ])
    func `of another group or sort of question are refused by name`(
        group: String, questions: String, code: String, name: String
    ) async throws {
        let election =
            #"{"version":1,"description":"","name":"Junta","group":"\#(group)","public_key":"4","questions":[\#(questions)],"uuid":"9KSp5bvLTQyQkW"}"#
        var writer = ArchiveWriter(timestamp: 1_795_216_420)
        let archive =
            try writer.opening
            + writer.setup(
                election: Array(election.utf8), trustees: Array("[]".utf8), credentials: Array("[]".utf8))
        let fault = try #require(try await fault(of: archive))
        #expect(fault.code == "voting.archive.\(code)" && fault.event?.height == 0, "\(fault.message)")
        #expect(fault.message.contains("«\(name)»"))
    }

    /// A shuffle has no place behind questions that are added up, whoever wrote it there.
    @Test(arguments: [EventType.shuffle, .endShuffles])
    func `with a shuffle are refused by the event`(type: EventType) async throws {
        var generator = SeededGenerator()
        let board = try BoardElection(with: &generator)
        let events = try steps(of: ArchiveBytes(board.archive))
        let tally = try #require(
            events.firstIndex { if case .encryptedTally = $0.content { true } else { false } })
        var archive = try forgedArchive(of: events[...tally].map(\.content))
        let text = Array(#"{"ciphertexts":[],"proofs":[]}"#.utf8)
        let owned = Array(#"{"owner":1,"payload":"\#(HashDigest(of: text))"}"#.utf8)
        let data = type == .shuffle ? [text, owned] : []
        let event = ArchiveEvent(
            parent: events[tally].event.digest, height: tally + 1, type: type,
            payload: data.last.map { HashDigest(of: $0) })
        for (content, suffix) in data.map({ ($0, "data") }) + [(event.text, "event")] {
            let name = Array("\(HashDigest(of: content)).\(suffix).json".utf8)
            archive +=
                RecordHeader.block(name: name, size: content.count, time: 1_795_216_420) + content
                + [UInt8](repeating: 0, count: RecordHeader.padding(after: content.count))
        }
        let fault = try #require(try await fault(of: archive), "seed \(generator.seed)")
        #expect(fault.code == "voting.archive.order" && fault.event?.height == tally + 1)
        #expect(fault.message.contains(type.rawValue), "\(fault.message)")
    }
}
