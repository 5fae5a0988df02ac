import Foundation
import Kernel
import Testing

@testable import VerifiableVoting

@Suite("Archive")
struct ArchiveTests {
    @Test(arguments: [Sample.basic, .threshold, .ok, .badProof, .badSignature])
    func `our writer makes the bytes of the tool again`(sample: Sample) throws {
        let bytes = try sample.bytes()
        let timestamp = try EventReader(ArchiveBytes(bytes)).timestamp
        #expect(try archive(of: sample.steps(), timestamp: timestamp) == bytes)
    }

    @Test
    func `a file and its bytes in memory are the same archive`() throws {
        let sample = Sample.basic
        let inMemory = try steps(of: ArchiveBytes(sample.bytes())).map(\.event)
        #expect(try sample.steps().map(\.event) == inMemory)
        #expect(
            inMemory.map(\.type.rawValue).suffix(3) == ["PartialDecryption", "PartialDecryption", "Result"])
    }

    @Test
    func `an archive that ends after any event is whole so far`() throws {
        let all = try Sample.basic.steps()
        for count in 0...all.count {
            let bytes = try archive(of: Array(all.prefix(count)))
            #expect(try steps(of: ArchiveBytes(bytes)).count == count)
        }
    }

    @Test
    func `an archive cut anywhere else is refused, and says so`() throws {
        let bytes = try Sample.ok.bytes()
        var ends: Set<Int> = []
        var reader = try EventReader(ArchiveBytes(bytes))
        ends.insert(reader.position)
        while try reader.next() != nil { ends.insert(reader.position) }
        for end in stride(from: 0, to: bytes.count, by: 128) where !ends.contains(end) {
            #expect(throws: (any Error).self, "cut at \(end)") {
                try steps(of: ArchiveBytes(Array(bytes[..<end])))
            }
        }
        #expect(throws: RecordFault(at: 0, .truncated(missing: 12))) {
            try steps(of: ArchiveBytes(Array(bytes[..<500])))
        }
    }

    @Test
    func `any changed byte is refused`() throws {
        let bytes = try Sample.ok.bytes()
        var random = SeededGenerator()
        for _ in 0..<1_000 {
            var changed = bytes
            let index = Int.random(in: 0..<bytes.count, using: &random)
            changed[index] ^= UInt8.random(in: 1...255, using: &random)
            #expect(throws: (any Error).self, "seed \(random.seed), byte \(index)") {
                try steps(of: ArchiveBytes(changed))
            }
        }
    }

    @Test
    func `what is behind the last record is refused`() throws {
        let bytes = try Sample.ok.bytes()
        let zeros = [UInt8](repeating: 0, count: 1024)
        #expect(throws: RecordFault(at: bytes.count, .header)) {
            try steps(of: ArchiveBytes(bytes + zeros))
        }
        #expect(throws: RecordFault(at: bytes.count, .truncated(missing: 511))) {
            try steps(of: ArchiveBytes(bytes + [0]))
        }
    }

    @Test
    func `a size that is a lie takes no memory`() throws {
        let opening = ArchiveWriter(timestamp: 0).opening
        func header(size: Int) -> [UInt8] {
            let name = HashDigest(of: "").description + ".data.json"
            return RecordHeader.block(name: Array(name.utf8), size: size, time: 0)
        }
        #expect(throws: RecordFault(at: 1024, .tooLarge(size: 1 << 32, limit: 4 << 20))) {
            try steps(of: ArchiveBytes(opening + header(size: 1 << 32)))
        }
        #expect(throws: RecordFault(at: 1024, .truncated(missing: 1 << 20))) {
            try steps(of: ArchiveBytes(opening + header(size: 1 << 20)))
        }
    }

    // MARK: Order

    @Test(arguments: ArchiveStage.allCases, EventType.allCases)
    func `an event out of its order is refused`(stage: ArchiveStage, type: EventType) throws {
        let all = try Sample.basic.steps()
        let before = try #require(
            [
                .empty: 0, .voting: 3, .closed: 7, .tallied: 8, .decrypting: 10, .finished: all.count,
            ][stage])
        guard let content = all.first(where: { $0.event.type == type })?.content else { return }
        var writer = ArchiveWriter(timestamp: 1)
        var bytes = try all.prefix(before).reduce(into: writer.opening) {
            $0 += try writer.append($1.content)
        }
        #expect(writer.stage == stage)
        let isAllowed = stage.after(type) != nil
        let allowed: [EventType: [ArchiveStage]] = [
            .setup: [.empty], .ballot: [.voting], .endBallots: [.voting], .encryptedTally: [.closed],
            .partialDecryption: [.tallied, .decrypting], .result: [.decrypting],
        ]
        #expect(isAllowed == allowed[type]?.contains(stage))
        if !isAllowed {
            #expect(throws: OrderFault.outOfOrder(type, stage)) { try writer.append(content) }
        }
        let wanted = try #require(ArchiveStage.allCases.first { $0.after(type) != nil })
        var forger = writer.pretending(wanted)
        bytes += try forger.append(content)
        if isAllowed {
            #expect(try steps(of: ArchiveBytes(bytes)).count == before + 1)
        } else {
            #expect(throws: (any Error).self) { try steps(of: ArchiveBytes(bytes)) }
        }
    }

    @Test
    func `ballots behind a closing, or two closings, are refused by name`() throws {
        var reader = try EventReader(ArchiveFile(path: Sample.splitBallots.path))
        #expect(throws: OrderFault.outOfOrder(.ballot, .closed)) { while try reader.next() != nil {} }
        #expect(reader.current?.type == .ballot && reader.last?.type == .endBallots)
    }

    @Test
    func `data that are missing, in excess, swapped or left over are refused`() throws {
        let data = Array("[]".utf8)
        let opening = ArchiveWriter(timestamp: 0).opening
        func record(_ content: [UInt8], _ suffix: String) -> [UInt8] {
            let name = HashDigest(of: content).description + suffix
            return RecordHeader.block(name: Array(name.utf8), size: content.count, time: 0) + content
                + [UInt8](repeating: 0, count: RecordHeader.padding(after: content.count))
        }
        func setup(_ payload: HashDigest) -> [UInt8] {
            record(ArchiveEvent(parent: nil, height: 0, type: .setup, payload: payload).text, ".event.json")
        }
        let other = Array("{}".utf8)
        let binding = ArchiveData.Setup(
            election: HashDigest(of: data), trustees: HashDigest(of: other), credentials: HashDigest(of: data)
        ).text
        let records = [data, other, data, binding].map { record($0, ".data.json") }
        let event = setup(HashDigest(of: binding))
        func read(_ pieces: [[UInt8]]) throws -> [ArchiveStep] {
            try steps(of: ArchiveBytes(opening + pieces.flatMap(\.self)))
        }
        #expect(try read(records + [event]).count == 1)
        #expect(throws: OrderFault.missingData(found: 3, needed: 4)) { try read(records[1...] + [event]) }
        #expect(throws: OrderFault.unusedData) { try read(records) }
        #expect(throws: OrderFault.unusedData) { try read(records + [event, records[0]]) }
        #expect(throws: OrderFault.otherData) {
            try read([records[1], records[0], records[2], records[3], event])
        }
        #expect(throws: OrderFault.payload) { try read(records + [setup(HashDigest(of: data))]) }
        #expect(throws: (any Error).self) { try read(records + [records[0], event]) }
        #expect(throws: (any Error).self) { try read([event]) }
    }

    @Test
    func `a chain that is broken is refused`() throws {
        let all = try Sample.ok.steps()
        var writer = ArchiveWriter(timestamp: 0)
        let beginning = try writer.opening + writer.append(all[0].content)
        for wrong in [
            ArchiveWriter(timestamp: 0, stage: .voting, head: nil, height: 1),
            ArchiveWriter(timestamp: 0, stage: .voting, head: HashDigest(of: "x"), height: 1),
            ArchiveWriter(timestamp: 0, stage: .voting, head: writer.head, height: 2),
            ArchiveWriter(timestamp: 1, stage: .voting, head: writer.head, height: 1),
        ] {
            var wrong = wrong
            let bytes = try beginning + wrong.append(all[1].content)
            #expect(throws: (any Error).self) { try steps(of: ArchiveBytes(bytes)) }
        }
    }

    @Test
    func `Base64 is that of the format`() {
        #expect(HashDigest(of: "").base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")
        #expect(HashDigest(base64: "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU") == HashDigest(of: ""))
        // Too short, with its end, and with bits that the last letter has to spare.
        let letters = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF"
        for other in ["47DE", letters + "U=", letters + "V", ""] {
            #expect(HashDigest(base64: other) == nil, "\(other)")
        }
    }
}
