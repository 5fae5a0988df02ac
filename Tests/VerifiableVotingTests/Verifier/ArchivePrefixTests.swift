import Kernel
import Testing

@testable import VerifiableVoting

@Suite("Earlier copies")
struct ArchivePrefixTests {
    private func compare(_ earlier: [UInt8], _ later: [UInt8]) throws -> ArchivePrefix.Comparison {
        try ArchivePrefix.compare(ArchiveBytes(earlier), with: ArchiveBytes(later))
    }

    @Test
    func `an archive grows from each of its beginnings`() throws {
        let steps = try Sample.ok.steps()
        let whole = try archive(of: steps)
        for count in 0...steps.count {
            let earlier = try archive(of: Array(steps.prefix(count)))
            #expect(try compare(earlier, whole) == .grew(last: count == 0 ? nil : steps[count - 1].event))
        }
    }

    @Test
    func `what was there before and is not any more is named`() throws {
        let steps = try Sample.ok.steps()
        let whole = try archive(of: steps)
        let beginning = try archive(of: Array(steps.prefix(3)))
        #expect(
            try compare(whole, beginning) == .differs(event: steps[3].event, offset: beginning.count))
        var contents = steps.map(\.content)
        contents.remove(at: 2)
        let shorter = try archive(of: steps.map(\.content).count > 0 ? Array(steps.prefix(2)) : [])
        let later = try forgedArchive(of: contents)
        guard case .differs(let event, let offset) = try compare(whole, later) else {
            Issue.record("a ballot is missing")
            return
        }
        #expect(event == steps[2].event && offset > shorter.count)
    }

    @Test
    func `archives of different elections differ from the beginning`() throws {
        let comparison = try compare(Sample.basic.bytes(), Sample.ok.bytes())
        guard case .differs(nil, let offset) = comparison else {
            Issue.record("\(comparison)")
            return
        }
        #expect(offset < 1024)
    }

    @Test
    func `a copy that was cut is told from one that differs`() throws {
        let steps = try Sample.ok.steps()
        let whole = try archive(of: steps)
        let ends = try (0...steps.count).map { try archive(of: Array(steps.prefix($0))).count }
        for (count, end) in ends.enumerated() {
            let last = count == 0 ? nil : steps[count - 1].event
            // In the header of the next record, in its content, and behind its data.
            for more in [100, 700] where end + more < whole.count {
                #expect(try compare(Array(whole.prefix(end + more)), whole) == .cut(last: last))
            }
        }
        // Of the first record, of which there is too little for an archive, and of one with another byte before its end.
        #expect(try compare(Array(whole.prefix(300)), whole) == .cut(last: nil))
        var other = Array(whole.prefix(ends[2] + 700))
        other[ends[2] + 600] ^= 1
        #expect(throws: VerificationFault.self) { try compare(other, whole) }
    }

    @Test
    func `a copy that is no archive is told from one`() throws {
        #expect(throws: VerificationFault.self) { try compare([1, 2, 3], Sample.ok.bytes()) }
    }
}
