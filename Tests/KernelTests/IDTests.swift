import Foundation
import Kernel
import Testing

private enum Thing {}

@Suite struct IDTests {
    @Test func `identifiers sort as they were made, also within a millisecond`() {
        let made = (0..<10_000).map { _ in ID<Thing>() }
        #expect(made.map(\.description) == made.map(\.description).sorted())
        #expect(Set(made).count == made.count)
    }

    @Test func `identifiers made by many tasks at once are all different and each task's in order`() async {
        let series = await withTaskGroup(of: [ID<Thing>].self) { group in
            for _ in 0..<8 { group.addTask { (0..<2_000).map { _ in ID<Thing>() } } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for made in series { #expect(made.map(\.description) == made.map(\.description).sorted()) }
        // The tick, without the random half, is each time another.
        #expect(Set(series.joined().map { $0.description.prefix(18) }).count == 16_000)
    }

    @Test func `identifiers are of version 7 and tell the time`() throws {
        let before = Date()
        let text = ID<Thing>().description
        let after = Date()
        #expect(
            text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        let digits = text.replacing("-", with: "").prefix(12)
        let milliseconds = try #require(UInt64(digits, radix: 16))
        #expect(Double(milliseconds) >= before.timeIntervalSince1970 * 1000 - 1)
        // Ticks go ahead of the clock while more are made than pass.
        #expect(Double(milliseconds) <= after.timeIntervalSince1970 * 1000 + 1000)
    }

    @Test func `random identifiers tell nothing of the time`() {
        let text = ID<Thing>.random().description
        #expect(text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}/) != nil)
    }
}
