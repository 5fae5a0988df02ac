import BigInt
import Testing

@testable import Elections

@Suite struct CountingPropertyTests {
    @Test func `thousands of contests agree with every world in which lots could fall`() throws {
        var (seed, random) = Seeded.printingSeed("possible worlds")
        var outcomes: [CountResult.Outcome: Int] = [:]
        for number in 0..<4000 {
            let contest = GeneratedContest(contenders: 1...4, seats: 1...6, using: &random)
            let result = try contest.result
            let worlds = PossibleWorlds(contest)
            let name: Comment = "seed \(seed), contest \(number): \(contest)"
            try #require(result.outcome == worlds.outcome, name)
            try #require(result.certain == worlds.certain, name)
            try #require(Set(result.ties.flatMap(\.among)) == worlds.tied, name)
            try #require(result.ties.reduce(0) { $0 + $1.seats } == worlds.tiedSeats, name)
            try #require(Set(result.runoff) == worlds.runoff, name)
            try #require(result.vacant == worlds.vacant, name)
            outcomes[result.outcome, default: 0] += 1
        }
        // Contests that never end in one way would prove nothing about it.
        for outcome in CountResult.Outcome.allCases {
            #expect(outcomes[outcome, default: 0] > 10, "seed \(seed): \(outcome)")
        }
    }

    @Test func `seats, ties and vacancies add up to the seats, and to nothing in a runoff`() throws {
        var (seed, random) = Seeded.printingSeed("totals")
        for number in 0..<4000 {
            let contest = GeneratedContest(contenders: 0...8, seats: 1...1000, using: &random)
            let result = try contest.result
            let name: Comment = "seed \(seed), contest \(number): \(contest)"
            let total =
                result.allocations.reduce(0) { $0 + $1.seats } + result.ties.reduce(0) { $0 + $1.seats }
                + result.vacant
            if result.outcome == .runoff {
                #expect(result.allocations.isEmpty && result.vacant == 0, name)
                #expect(result.runoff.count + result.ties.reduce(0) { $0 + $1.seats } <= 2, name)
            } else {
                #expect(total == contest.seats, name)
            }
            #expect((result.outcome == .tie) == (!result.ties.isEmpty && result.outcome != .runoff), name)
            for tie in result.ties {
                #expect(tie.winners < tie.among.count && tie.winners >= 1, name)
                #expect(tie.exhausted.count < tie.among.count, name)
            }
        }
    }

    @Test func `the order in which contenders arrive changes nothing`() throws {
        var (seed, random) = Seeded.printingSeed("order")
        for number in 0..<1500 {
            let contest = GeneratedContest(contenders: 2...8, seats: 1...40, using: &random)
            var shuffled = contest
            shuffled.votes.shuffle(using: &random)
            let (first, second) = (try contest.result, try shuffled.result)
            let name: Comment = "seed \(seed), contest \(number): \(contest)"
            #expect(first.certain == second.certain, name)
            #expect(first.ties == second.ties && first.runoff == second.runoff, name)
            #expect(first.outcome == second.outcome && first.vacant == second.vacant, name)
        }
    }

    @Test func `as many times the votes give the same seats`() throws {
        var (seed, random) = Seeded.printingSeed("scale")
        for number in 0..<1500 {
            let contest = GeneratedContest(contenders: 1...8, seats: 1...40, using: &random)
            let most = contest.votes.map(\.1).max().map { max($0, contest.blank, 1) } ?? 1
            let factor = Int.random(in: 1...max(1, Tally.maximumVotes / most), using: &random)
            var scaled = contest
            scaled.votes = contest.votes.map { ($0.0, $0.1 * factor) }
            scaled.blank *= factor
            let (first, second) = (try contest.result, try scaled.result)
            let name: Comment = "seed \(seed), contest \(number), times \(factor): \(contest)"
            #expect(first.certain == second.certain && first.runoff == second.runoff, name)
            #expect(first.ties.map(\.among) == second.ties.map(\.among), name)
            #expect(first.outcome == second.outcome && first.vacant == second.vacant, name)
        }
    }

    @Test func `one seat more takes none away under the distributing figure`() throws {
        var (seed, random) = Seeded.printingSeed("house monotonicity")
        for number in 0..<120 {
            var contest = GeneratedContest(contenders: 2...8, seats: 1...3, using: &random)
            contest.rule = .distributingFigure
            // A threshold is a share of a quotient that falls as seats grow, and is not part of the property.
            contest.threshold = nil
            contest.blankMajority = false
            contest.sizes = [:]
            var previous: [Contender: Int] = [:]
            for seats in 1...25 {
                contest.seats = seats
                let now = try contest.result.certain
                for (contender, had) in previous {
                    #expect(
                        now[contender, default: 0] >= had,
                        "seed \(seed), contest \(number), \(seats) seats: \(contest)")
                }
                previous = now
            }
        }
    }

    @Test func `more seats than can be written out are shared as the definitions say`() throws {
        var (seed, random) = Seeded.printingSeed("many seats")
        for number in 0..<600 {
            var contest = GeneratedContest(
                contenders: 1...8, seats: 1...Tally.maximumVotes, using: &random)
            contest.rule = random.pick([.quotient, .distributingFigure])
            contest.threshold = nil
            contest.blankMajority = false
            contest.sizes = [:]
            let result = try contest.result
            let name: Comment = "seed \(seed), contest \(number): \(contest)"
            let valid = BigInt(contest.blank) + contest.votes.reduce(BigInt(0)) { $0 + BigInt($1.1) }
            guard valid > BigInt(contest.blank) else { continue }
            let given = result.certain.values.reduce(0, +) + result.ties.reduce(0) { $0 + $1.seats }
            #expect(given + result.vacant == contest.seats, name)
            let standing = contest.votes.filter { $0.1 > 0 }
            if contest.rule == .quotient {
                for (contender, votes) in standing {
                    // Its whole quotients, and at most one seat by residue.
                    let seats = BigInt(result.certain[contender, default: 0])
                    let share = BigInt(votes) * BigInt(contest.seats)
                    #expect(seats * valid <= share + valid && share < (seats + 1) * valid, name)
                }
                continue
            }
            #expect(result.vacant == 0, name)
            let next = standing.map {
                (contender: $0.0, votes: BigInt($0.1), divisor: BigInt(result.certain[$0.0, default: 0] + 1))
            }
            for one in next {
                for other in next {
                    // What has no seat is below what has one, and all that is tied is equal and above the rest.
                    if other.divisor > 1 {
                        #expect(one.votes * (other.divisor - 1) < other.votes * one.divisor, name)
                    }
                    guard let tie = result.ties.first, tie.among.contains(other.contender) else { continue }
                    let (left, right) = (one.votes * other.divisor, other.votes * one.divisor)
                    #expect(tie.among.contains(one.contender) ? left == right : left < right, name)
                }
            }
        }
    }

    @Test func `votes moved to a contender never cost it a seat under the quotient of a fixed total`() throws
    {
        var (seed, random) = Seeded.printingSeed("quota")
        for number in 0..<1500 {
            var contest = GeneratedContest(contenders: 2...6, seats: 1...12, using: &random)
            contest.rule = .quotient
            contest.threshold = nil
            contest.sizes = [:]
            contest.blankMajority = false
            guard contest.votes[1].1 > 0, contest.votes[0].1 < Tally.maximumVotes else { continue }
            let before = try contest.result
            let first = contest.votes[0].0
            contest.votes[0].1 += 1
            contest.votes[1].1 -= 1
            let after = try contest.result
            #expect(
                after.certain[first, default: 0] + (after.ties.contains { $0.among.contains(first) } ? 1 : 0)
                    >= before.certain[first, default: 0],
                "seed \(seed), contest \(number): \(contest)")
        }
    }
}
