import Foundation
import Kernel
import Testing

@testable import Elections

@Suite struct DrawTests {
    // MARK: - Anyone can repeat it

    @Test func `the canonical text and its digest are what the documentation says`() throws {
        let seed = try DrawSeed(["0195", " 4821 "])
        #expect(seed.canonicalText == "alianzas draw 1\n0195\n4821\n")
        // printf 'alianzas draw 1\n0195\n4821\n' | sha256sum
        #expect(seed.digestText == "25ced1eab18c84868e48646bb88b40441c8385b858abd1dfd0524dc2fa2c3495")
    }

    @Test func `a contest's seed is its id, the hash of its record and the number read aloud`() throws {
        struct Contest {}
        let id = try #require(ID<Contest>("0195C3F0-0000-7000-8000-00000000000A"))
        let seed = try DrawSeed(
            contest: id, canvassRecord: [0x00, 0x9F, 0xFF], number: "4821", further: ["testigo"])
        #expect(seed.parts == ["0195c3f0-0000-7000-8000-00000000000a", "009fff", "4821", "testigo"])
    }

    @Test func `a program in another language draws the same order`() throws {
        var (seed, random) = Seeded.printingSeed("draw.py")
        let names: [Contender] = [
            "Plancha 1", "Plancha 10", "Plancha 2", "Ángela", "A\u{301}lvaro", "ángela", "Ñ", "Zoé", "\"x\"",
            "😀", "￿",
        ]
        var draws: [Draw] = []
        var lines: [String] = []
        for number in 0..<1500 {
            let among = Array(names.shuffled(using: &random).prefix(Int.random(in: 1...11, using: &random)))
            let parts = ["\(seed)", "jose\u{301}", "\(number)"]
            draws.append(try Draw(among: among, places: 1, seed: DrawSeed(parts)))
            let input: [String: [String]] = ["seed": parts, "among": among.map(\.rawValue)]
            lines.append(String(decoding: try JSONEncoder().encode(input), as: UTF8.self))
        }
        let expected = try python("draw.py", lines: lines)
        try #require(expected.count == draws.count)
        for (draw, expected) in zip(draws, expected) {
            let order = try JSONDecoder().decode([String].self, from: Data(expected.utf8))
            #expect(draw.order == order.map { Contender(rawValue: $0) }, "seed \(seed): \(draw.seed.parts)")
        }
    }

    @Test func `the order in which those tied are named changes nothing`() throws {
        let seed = try DrawSeed(["1"])
        let first = try Draw(among: ["A", "B", "C", "D"], places: 2, seed: seed)
        let second = try Draw(among: ["C", "A", "D", "B"], places: 2, seed: seed)
        #expect(first == second)
        #expect(Set(first.order) == ["A", "B", "C", "D"])
        #expect(first.winners == Array(first.order.prefix(2)))
    }

    @Test(arguments: [["1", "2"], ["12"], ["2", "1"], ["1", "2", "3"], ["1 2"]])
    func `seeds that read alike are different`(parts: [String]) throws {
        let digests = try [["1", "2"], ["12"], ["2", "1"], ["1", "2", "3"], ["1 2"]]
            .filter { $0 != parts }.map { try DrawSeed($0).digest }
        #expect(!digests.contains(try DrawSeed(parts).digest))
    }

    @Test func `accents typed in one stroke or in two are one seed and one contender`() throws {
        let composed = try Draw(among: ["\u{C1}", "B"], places: 1, seed: DrawSeed(["\u{E9}"]))
        let decomposed = try Draw(among: ["A\u{301}", "B"], places: 1, seed: DrawSeed(["e\u{301}"]))
        #expect(composed.order == decomposed.order)
        #expect(composed.seed == decomposed.seed)
    }

    // MARK: - It is fair

    @Test func `every order comes up as often as chance has it`() throws {
        let names: [Contender] = ["A", "B", "C", "D"]
        let draws = 12_000
        var counts: [[Contender]: Int] = [:]
        for number in 0..<draws {
            counts[
                try Draw(among: names, places: 1, seed: DrawSeed(["uniformity", "\(number)"])).order,
                default: 0] += 1
        }
        #expect(counts.count == 24)
        let expected = Double(draws) / 24
        let chiSquare = counts.values.reduce(0) {
            $0 + (Double($1) - expected) * (Double($1) - expected) / expected
        }
        // 23 degrees of freedom: above 49,7 once in a thousand seeds, and these are always the same.
        #expect(chiSquare < 49.7, "\(chiSquare)")
    }

    @Test func `each of many has the first place as often as chance has it`() throws {
        let names = (0..<50).map { Contender(rawValue: "\($0)") }
        let draws = 5000
        var firsts: [Contender: Int] = [:]
        for number in 0..<draws {
            firsts[
                try Draw(among: names, places: 1, seed: DrawSeed(["first", "\(number)"])).order[0], default: 0
            ] += 1
        }
        let expected = Double(draws) / 50
        let chiSquare = names.reduce(0) { sum, name in
            let difference = Double(firsts[name, default: 0]) - expected
            return sum + difference * difference / expected
        }
        // 49 degrees of freedom: above 85,4 once in a thousand seeds.
        #expect(chiSquare < 85.4, "\(chiSquare)")
    }

    @Test
    func `the steps of a draw are known by their sentences, and those of a count are not taken for them`()
        throws
    {
        let contender: Contender = "Extracción"
        let steps: [DrawStep] = [
            .seed(try DrawSeed(["uno", "dos"])), .numbered([contender]), .dropped(number: 7, left: 2),
            .taken(contender, place: 1, number: 3, left: 2),
        ]
        for step in steps { #expect(DrawStep.isSentence(step.sentence())) }
        #expect(!DrawStep.isSentence(CountStep.withoutVotes([contender]).sentence()))
        #expect(!DrawStep.isSentence(CountStep.seatsLeft(1).sentence()))
    }

    @Test func `numbers above the last full multiple are dropped`() {
        // 2⁶⁴ − 1 is a multiple of 3, so that of three only the highest number is one too many.
        var numbers = [UInt64.max, UInt64.max - 1, UInt64.max, UInt64.max].makeIterator()
        var left: [Contender] = ["A", "B", "C"]
        var steps: [DrawStep] = []
        let order = Draw.takeOut(&left, by: { numbers.next() ?? 0 }, steps: &steps)
        #expect(
            steps == [
                .dropped(number: .max, left: 3), .taken("C", place: 1, number: .max - 1, left: 3),
                .taken("B", place: 2, number: .max, left: 2), .taken("A", place: 3, number: .max, left: 1),
            ])
        #expect(order == ["C", "B", "A"])
        #expect(
            steps[0].sentence()
                == "18.446.744.073.709.551.615 se descarta: no reparte por igual entre 3")
    }

    // MARK: - What is no draw

    @Test func `a draw needs contenders, places and a seed that can be read out`() throws {
        let seed = try DrawSeed(["1"])
        #expect(throws: DrawError.contenders(0)) { try Draw(among: [], places: 1, seed: seed) }
        #expect(throws: DrawError.contenders(10_001)) {
            try Draw(among: (0...10_000).map { Contender(rawValue: "\($0)") }, places: 1, seed: seed)
        }
        #expect(throws: DrawError.places(0, among: 2)) { try Draw(among: ["A", "B"], places: 0, seed: seed) }
        #expect(throws: DrawError.places(3, among: 2)) { try Draw(among: ["A", "B"], places: 3, seed: seed) }
        #expect(throws: DrawError.repeatedContender("A")) {
            try Draw(among: ["A", "B", "A"], places: 1, seed: seed)
        }
        #expect(throws: DrawError.noSeed) { try DrawSeed([]) }
        for part in ["", "  ", "1\n2", "1\u{0}", "1\u{85}2", "1\u{2028}2", "\t"] {
            #expect(throws: DrawError.partUnreadable(part)) { try DrawSeed(["1", part]) }
        }
    }

    // MARK: - What it settles

    @Test func `a tie is settled by the draw, with its arithmetic behind that of the count`() throws {
        let tally = try Tally(
            [.init("A", votes: 40), .init("B", votes: 40), .init("C", votes: 10)], blank: 0)
        let tied = try tally.counted(under: CountingTerms(.quotient, seats: 3))
        let seed = try DrawSeed(["0195", "4821"])
        let winner = try Draw(among: ["C", "B", "A"], places: 1, seed: seed).winners[0]
        let settled = try tied.settled(by: seed)
        #expect(settled.outcome == .elected && settled.ties.isEmpty && settled.vacant == 0)
        var expected: [Contender: Int] = ["A": 1, "B": 1]
        expected[winner, default: 0] += 1
        #expect(settled.certain == expected)
        #expect(Array(settled.steps.prefix(tied.steps.count)) == tied.steps)
        #expect(settled.steps.last?.sentence() == "Sorteo entre A, B y C: sale \(winner)")
        #expect(try settled.settled(by: seed) == settled)
    }

    @Test func `settling any tie fills what was open and leaves what was certain`() throws {
        var (seed, random) = Seeded.printingSeed("settling")
        var settledTies = 0
        while settledTies < 400 {
            let contest = GeneratedContest(contenders: 2...8, seats: 1...9, using: &random)
            let open = try contest.result
            guard let tie = open.ties.first else { continue }
            settledTies += 1
            let settled = try open.settled(by: DrawSeed(["\(settledTies)"]))
            let name: Comment = "seed \(seed): \(contest)"
            #expect(settled.ties.isEmpty, name)
            if open.outcome == .runoff {
                #expect(settled.runoff.count == 2 && Set(settled.runoff).isSuperset(of: open.runoff), name)
                continue
            }
            // A seat that is drawn for a list without candidates stays vacant, and it may be the only one.
            let isAnybodyElected = settled.allocations.contains { $0.seats > 0 }
            #expect(settled.outcome == (isAnybodyElected ? .elected : .nobody), name)
            #expect(settled.allocations.reduce(0) { $0 + $1.seats } + settled.vacant == contest.seats, name)
            for (before, after) in zip(open.allocations, settled.allocations) {
                let gain = after.seats - before.seats
                #expect(gain >= 0 && (gain == 0 || tie.among.contains(after.contender)), name)
                #expect(after.seats <= contest.sizes[after.contender] ?? contest.seats, name)
            }
        }
    }

    @Test func `the JSON of a draw gives all that is needed to repeat it`() throws {
        let draw = try Draw(among: ["B", "A"], places: 1, seed: DrawSeed(["0195", "4821"]))
        let decoded = try #require(
            try JSONSerialization.jsonObject(with: Data(draw.json.utf8)) as? [String: Any])
        #expect(decoded["among"] as? [String] == ["A", "B"])
        #expect(decoded["order"] as? [String] == draw.order.map(\.rawValue))
        #expect(decoded["winners"] as? [String] == [draw.order[0].rawValue])
        let seed = try #require(decoded["seed"] as? [String: Any])
        #expect(seed["text"] as? String == "alianzas draw 1\n0195\n4821\n")
        let steps = try #require(decoded["steps"] as? [[String: Any]])
        #expect(
            steps.map { $0["kind"] as? String } == ["draw_seed", "draw_numbered", "draw_taken", "draw_taken"])
        let number = try #require((steps[2]["number"] as? String).flatMap(UInt64.init))
        #expect(steps[2]["index"] as? Int == Int(number % 2))
    }
}
