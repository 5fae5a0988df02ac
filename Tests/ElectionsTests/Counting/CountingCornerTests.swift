import Testing

@testable import Elections

/// What the norms leave open and the doc comments decide, one decision a test.
@Suite struct CountingCornerTests {
    private func count(
        _ votes: KeyValuePairs<Contender, Int>, blank: Int = 0, _ rule: CountingRule, seats: Int,
        threshold: String? = nil, sizes: [Contender: Int] = [:], blankMajority: Bool = false,
        majorityBase: MajorityBase = .validVotes
    ) throws -> CountResult {
        try Tally(votes.map { Tally.Entry($0.key, votes: $0.value) }, blank: blank).counted(
            under: CountingTerms(
                rule, seats: seats, threshold: threshold.flatMap(Fraction.init), sizes: sizes,
                blankMajority: blankMajority, majorityBase: majorityBase))
    }

    // MARK: - Nobody votes, or blank

    @Test(arguments: CountingRule.allCases)
    func `without any valid vote the election is void and every seat vacant`(rule: CountingRule) throws {
        let result = try count(["A": 0, "B": 0], rule, seats: 3, blankMajority: true)
        #expect(result.outcome == .void)
        #expect(result.allocations.isEmpty)
        #expect(result.vacant == 3)
        #expect(result.quotient.description == "0/1")
    }

    @Test(arguments: CountingRule.allCases)
    func `blank votes alone are valid, so the count is not void and elects nobody`(rule: CountingRule) throws
    {
        let result = try count(["A": 0, "B": 0], blank: 10, rule, seats: 3)
        #expect(result.outcome == .nobody)
        #expect(result.certain.isEmpty && result.ties.isEmpty)
        #expect(result.vacant == 3)
    }

    @Test(arguments: CountingRule.allCases)
    func `blank wins with more than half of the valid votes, not with half`(rule: CountingRule) throws {
        #expect(try count(["A": 49], blank: 51, rule, seats: 2, blankMajority: true).outcome == .blankWins)
        #expect(try count(["A": 50], blank: 51, rule, seats: 2, blankMajority: true).outcome == .blankWins)
        #expect(try count(["A": 50], blank: 50, rule, seats: 2, blankMajority: true).outcome != .blankWins)
        #expect(try count(["A": 49], blank: 51, rule, seats: 2).outcome != .blankWins)
        #expect(try count(["A": 49], blank: 51, rule, seats: 2, blankMajority: true).vacant == 2)
    }

    @Test(arguments: CountingRule.allCases)
    func `who has no vote has no seat`(rule: CountingRule) throws {
        let result = try count(["A": 30, "B": 0], blank: 30, rule, seats: 4, majorityBase: .contenderVotes)
        #expect(result.certain.keys.allSatisfy { $0 == "A" })
        #expect(result.ties.isEmpty)
    }

    // MARK: - Quotient

    @Test func `a residue of zero has a seat before a seat stays empty`() throws {
        let result = try count(["A": 30], blank: 30, .quotient, seats: 2)
        #expect(result.certain == ["A": 2])
        let tied = try count(["A": 40, "B": 40], blank: 40, .quotient, seats: 3)
        #expect(tied.certain == ["A": 1, "B": 1])
        #expect(tied.ties.map(\.among) == [["A", "B"]])
    }

    @Test func `each residue has one seat at most, and the rest are vacant`() throws {
        let result = try count(["A": 10, "B": 5], blank: 85, .quotient, seats: 5)
        #expect(result.certain == ["A": 1, "B": 1])
        #expect(result.vacant == 3)
        #expect(result.outcome == .elected)
    }

    @Test func `one seat goes to the plurality, and an equal number of votes ties for it`() throws {
        #expect(try count(["A": 40, "B": 30], blank: 30, .quotient, seats: 1).certain == ["A": 1])
        #expect(try count(["A": 9], .quotient, seats: 1).certain == ["A": 1])
        #expect(try count(["A": 5, "B": 5], .quotient, seats: 1).ties.first?.among == ["A", "B"])
    }

    @Test func `a slate below the threshold has no residue, though its votes count for the quotient`() throws
    {
        // The quotient is 20, half of it 10: B's 9 votes do not reach it, C's 10 do.
        let result = try count(["A": 81, "B": 9, "C": 10], .quotient, seats: 5, threshold: "1/2")
        #expect(result.certain == ["A": 4, "C": 1])
        #expect(result.quotient.description == "20/1")
        // Without a threshold the highest residue is C's; with a higher one, only A is left for two seats.
        let alone = try count(["A": 81, "B": 9, "C": 10], .quotient, seats: 5, threshold: "11/20")
        #expect(alone.certain == ["A": 5])
    }

    @Test(arguments: [CountingRule.quotient, .distributingFigure])
    func `if nobody reaches the threshold everybody stays`(rule: CountingRule) throws {
        let all = try count(["A": 5, "B": 3], blank: 92, rule, seats: 2, threshold: "1/2")
        let free = try count(["A": 5, "B": 3], blank: 92, rule, seats: 2)
        #expect(all.certain == free.certain)
        #expect(all.steps.contains(.thresholdReachedByNone))
    }

    @Test func `a threshold of zero asks for nothing, and one above the quotient is a threshold too`() throws
    {
        #expect(
            try count(["A": 60, "B": 1], .distributingFigure, seats: 61, threshold: "0").certain["B"] == 1)
        // The quotient is 25, one and a half of it 37,5: only A reaches it.
        let high = try count(["A": 45, "B": 30, "C": 25], .quotient, seats: 4, threshold: "3/2")
        #expect(high.certain == ["A": 2])
        #expect(high.vacant == 2)
    }

    // MARK: - Distributing figure

    @Test func `a tie may span several seats`() throws {
        let result = try count(["A": 30, "B": 30, "C": 30], .distributingFigure, seats: 5)
        #expect(result.certain == ["A": 1, "B": 1, "C": 1])
        let tie = try #require(result.ties.first)
        #expect(tie.among == ["A", "B", "C"] && tie.seats == 2 && tie.winners == 2)
    }

    @Test func `equal results share the seats where there are enough`() throws {
        let result = try count(["A": 60, "B": 30, "C": 30], .distributingFigure, seats: 4)
        #expect(result.certain == ["A": 2, "B": 1, "C": 1])
        #expect(result.outcome == .elected)
    }

    // MARK: - Majorities

    @Test func `a simple majority takes every seat`() throws {
        #expect(try count(["A": 33, "B": 2], .simpleMajority, seats: 5).certain == ["A": 5])
        let short = try count(["A": 33], .simpleMajority, seats: 5, sizes: ["A": 4])
        #expect(short.certain == ["A": 4] && short.vacant == 1)
        let tie = try #require(try count(["A": 4, "B": 4], .simpleMajority, seats: 5).ties.first)
        #expect(tie.seats == 5 && tie.share == 5 && tie.winners == 1)
    }

    @Test func `an absolute majority is more than half of an odd number too`() throws {
        #expect(try count(["A": 5, "B": 4], .absoluteMajority, seats: 1).certain == ["A": 1])
        #expect(try count(["A": 5, "B": 5], .absoluteMajority, seats: 1).outcome == .runoff)
    }

    @Test func `blank votes are in the base of an absolute majority unless the bylaws say otherwise`() throws
    {
        #expect(try count(["A": 5, "B": 3], blank: 2, .absoluteMajority, seats: 1).outcome == .runoff)
        let withoutBlank = try count(
            ["A": 5, "B": 3], blank: 2, .absoluteMajority, seats: 1, majorityBase: .contenderVotes)
        #expect(withoutBlank.certain == ["A": 1])
    }

    @Test func `the first two go to the runoff, and a tie for its places goes to the draw`() throws {
        let clear = try count(["A": 40, "B": 35, "C": 25], .absoluteMajority, seats: 1)
        #expect(clear.runoff == ["A", "B"] && clear.ties.isEmpty && clear.vacant == 0)
        let second = try count(["A": 40, "B": 30, "C": 30], .absoluteMajority, seats: 1)
        #expect(second.outcome == .runoff && second.runoff == ["A"])
        #expect(second.ties.map(\.among) == [["B", "C"]] && second.ties.map(\.seats) == [1])
        let first = try count(["A": 30, "B": 30, "C": 30], .absoluteMajority, seats: 4)
        #expect(first.runoff.isEmpty && first.ties.map(\.winners) == [2])
        let settled = try drawn(["C"], in: second)
        #expect(settled.outcome == .runoff && settled.runoff == ["A", "C"] && settled.ties.isEmpty)
    }

    @Test func `who has nobody left to seat is not voted again`() throws {
        let votes: KeyValuePairs<Contender, Int> = ["A": 40, "B": 35, "C": 25]
        let third = try count(votes, .absoluteMajority, seats: 1, sizes: ["B": 0])
        #expect(third.outcome == .runoff && third.runoff == ["A", "C"])
        let nobody = try count(votes, .absoluteMajority, seats: 1, sizes: ["A": 0, "B": 0, "C": 0])
        #expect(nobody.outcome == .nobody && nobody.certain.isEmpty && nobody.vacant == 1)
        // Who has the majority has won, and the seat is vacant: the votes were for nobody else.
        let won = try count(["A": 60, "B": 40], .absoluteMajority, seats: 1, sizes: ["A": 0])
        #expect(won.outcome == .nobody && won.certain.isEmpty && won.vacant == 1)
    }

    @Test func `a single candidate below half stands alone in the runoff`() throws {
        let result = try count(["A": 40, "B": 0], blank: 60, .absoluteMajority, seats: 1)
        #expect(result.outcome == .runoff && result.runoff == ["A"] && result.ties.isEmpty)
        #expect(result.steps.last?.sentence() == "Segunda vuelta con A como única candidatura")
    }

    @Test func `persons with votes fill the seats, and seats beyond them are vacant`() throws {
        let result = try count(["A": 9, "B": 1, "C": 0], .atLarge, seats: 5)
        #expect(result.certain == ["A": 1, "B": 1])
        #expect(result.vacant == 3)
    }

    /// The result after a draw that these won: by the first seed that gives it to them.
    private func drawn(_ winners: [Contender], in result: CountResult) throws -> CountResult {
        for number in 0..<100 {
            let settled = try result.settled(by: DrawSeed(["\(number)"]))
            let won = settled.steps.contains { step in
                if case .drawn(_, let drawn) = step { Set(drawn) == Set(winners) } else { false }
            }
            if won { return settled }
        }
        throw NobodyDrew(winners: winners)
    }

    private struct NobodyDrew: Error {
        let winners: [Contender]
    }

    // MARK: - Short lists

    @Test(arguments: [CountingRule.quotient, .distributingFigure])
    func `seats beyond a list stay vacant and change nothing for the others`(rule: CountingRule) throws {
        let whole = try count(["A": 60, "B": 28, "C": 12], rule, seats: 5)
        let short = try count(["A": 60, "B": 28, "C": 12], rule, seats: 5, sizes: ["A": 2, "B": 1])
        #expect(short.certain["A"] == 2)
        #expect(short.certain["B"] == whole.certain["B"] && short.certain["C"] == whole.certain["C"])
        #expect(short.vacant == whole.certain["A", default: 0] - 2)
        #expect(short.outcome == .elected)
    }

    @Test func `a list without candidates keeps its right to a tie, and its seat stays vacant`() throws {
        let result = try count(
            ["A": 40, "B": 40, "C": 10], .distributingFigure, seats: 3, sizes: ["A": 1, "B": 3])
        let tie = try #require(result.ties.first)
        #expect(tie.among == ["A", "B"] && tie.exhausted == ["A"])
        let won = try drawn(["A"], in: result)
        #expect(won.certain == ["A": 1, "B": 1] && won.vacant == 1 && won.outcome == .elected)
        let lost = try drawn(["B"], in: result)
        #expect(lost.certain == ["A": 1, "B": 2] && lost.vacant == 0)
    }

    @Test func `a tie that no list could use is a vacancy`() throws {
        let result = try count(["A": 40, "B": 40], .distributingFigure, seats: 3, sizes: ["A": 1, "B": 1])
        #expect(result.outcome == .elected && result.ties.isEmpty)
        #expect(result.certain == ["A": 1, "B": 1] && result.vacant == 1)
    }

    @Test func `the winner of a tie for every seat has as many as its list`() throws {
        let result = try count(["A": 4, "B": 4], .simpleMajority, seats: 5, sizes: ["A": 3])
        let settled = try drawn(["A"], in: result)
        #expect(settled.certain == ["A": 3] && settled.vacant == 2)
    }

    // MARK: - Limits

    @Test func `numbers out of range are refused with what they count`() {
        #expect(throws: CountError.votesOutOfRange("A", -1)) { try count(["A": -1], .atLarge, seats: 1) }
        #expect(throws: CountError.votesOutOfRange("A", 1_000_000_000_001)) {
            try count(["A": 1_000_000_000_001], .atLarge, seats: 1)
        }
        #expect(throws: CountError.votesOutOfRange(nil, -1)) {
            try count(["A": 1], blank: -1, .atLarge, seats: 1)
        }
        #expect(throws: CountError.seatsOutOfRange(0)) { try count(["A": 1], .atLarge, seats: 0) }
        #expect(throws: CountError.repeatedContender("A")) {
            try count(["A": 1, "A": 2], .atLarge, seats: 1)
        }
        #expect(throws: CountError.sizeOutOfRange("A", -1)) {
            try count(["A": 1], .quotient, seats: 1, sizes: ["A": -1])
        }
        #expect(throws: CountError.thresholdOutOfRange(Fraction(1_000_000_000_001, over: 1))) {
            try count(["A": 1], .quotient, seats: 1, threshold: "1000000000001")
        }
    }

    @Test func `the largest numbers are shared exactly`() throws {
        let most = Tally.maximumVotes
        for rule in [CountingRule.quotient, .distributingFigure] {
            // Every seat one vote: the shares are whole, and one vote more or less would show.
            let result = try count(["A": most, "B": most - 1, "C": 1], rule, seats: most, threshold: "0")
            #expect(result.certain["C", default: 0] <= 1)
            #expect(result.certain.values.reduce(0, +) + result.ties.reduce(0) { $0 + $1.seats } == most)
            let alone = try count(
                ["A": most], blank: most, rule, seats: most, threshold: "1000000000000/999999999999")
            #expect(alone.certain["A"] == (rule == .quotient ? most / 2 + 1 : most))
        }
    }
}
