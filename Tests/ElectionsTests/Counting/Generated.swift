@testable import Elections

/// A generator that gives the same numbers for the same seed (SplitMix64, Steele, Lea and Flood 2014).
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    /// A generator of a fresh seed, which is printed so that a failure can be repeated with it.
    static func printingSeed(_ what: String) -> (seed: UInt64, generator: Seeded) {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        print("\(what): seed \(seed)")
        return (seed, Seeded(seed))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Whether something that happens `count` times of `total` happens now.
    mutating func chance(_ count: Int, of total: Int) -> Bool {
        Int.random(in: 0..<total, using: &self) < count
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: elements.indices, using: &self)]
    }
}

/// A contest made at random: small numbers, so that ties and exact quotients are common, and now and then
/// numbers at the limit.
struct GeneratedContest: CustomStringConvertible {
    var votes: [(Contender, Int)]
    var blank: Int
    var rule: CountingRule
    var seats: Int
    var threshold: Fraction?
    var sizes: [Contender: Int]
    var blankMajority: Bool
    var majorityBase: MajorityBase

    init(contenders: ClosedRange<Int>, seats: ClosedRange<Int>, using random: inout Seeded) {
        let names: [Contender] = ["A", "B", "C", "D", "E", "F", "G", "H"]
        let isLarge = random.chance(1, of: 6)
        let most = isLarge ? Tally.maximumVotes : random.pick([2, 4, 9, 30, 500])
        func votes() -> Int {
            if isLarge, random.chance(1, of: 2) {
                return random.pick([most, most - 1, most / 2, most / 3, 1])
            }
            return Int.random(in: 0...most, using: &random)
        }
        self.votes = names.prefix(Int.random(in: contenders, using: &random)).map { ($0, votes()) }
        blank = random.chance(1, of: 2) ? 0 : votes()
        rule = random.pick(CountingRule.allCases)
        self.seats = Int.random(in: seats, using: &random)
        threshold =
            random.chance(1, of: 3)
            ? random.pick(
                ["0", "1/10", "1/2", "1", "3/2", "999999999999/1000000000000"].compactMap(Fraction.init))
            : nil
        sizes = [:]
        if random.chance(1, of: 3) {
            for (name, _) in self.votes where random.chance(2, of: 3) {
                sizes[name] = Int.random(in: 0...3, using: &random)
            }
        }
        blankMajority = random.chance(1, of: 4)
        majorityBase = random.pick(MajorityBase.allCases)
    }

    var tally: Tally {
        get throws { try Tally(votes.map { Tally.Entry($0.0, votes: $0.1) }, blank: blank) }
    }

    var terms: CountingTerms {
        get throws {
            try CountingTerms(
                rule, seats: seats, threshold: threshold, sizes: sizes, blankMajority: blankMajority,
                majorityBase: majorityBase)
        }
    }

    var result: CountResult {
        get throws { try tally.counted(under: terms) }
    }

    var description: String {
        """
        \(rule.rawValue), \(seats) seats, votes \(votes.map { "\($0.0) \($0.1)" }), blank \(blank), threshold \
        \(threshold?.description ?? "none"), sizes \(sizes), blank majority \(blankMajority), \(majorityBase)
        """
    }
}

extension CountResult {
    /// The seats that are certain, by contender, without those that have none.
    var certain: [Contender: Int] {
        Dictionary(uniqueKeysWithValues: allocations.map { ($0.contender, $0.seats) }).filter { $0.value > 0 }
    }
}
