import Testing

@testable import Elections

/// The vectors that were computed by hand when the domain was studied; the fourth is a published example of
/// art. 197 of the Código de Comercio.
@Suite struct CountingVectorTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let votes: [Tally.Entry]
        let seats: Int
        let blank: Int
        let byQuotient: [Int]
        let tiedByQuotient: [Contender]
        let byFigure: [Int]
        let tiedByFigure: [Contender]

        init(
            _ votes: KeyValuePairs<Contender, Int>, seats: Int, blank: Int = 0, byQuotient: [Int],
            tiedByQuotient: [Contender] = [], byFigure: [Int], tiedByFigure: [Contender] = []
        ) {
            self.votes = votes.map { Tally.Entry($0.key, votes: $0.value) }
            self.seats = seats
            self.blank = blank
            self.byQuotient = byQuotient
            self.tiedByQuotient = tiedByQuotient
            self.byFigure = byFigure
            self.tiedByFigure = tiedByFigure
        }

        var testDescription: String {
            votes.map { "\($0.contender)\($0.votes)" }.joined(separator: " ")
                + ", \(seats) seats, \(blank) blank"
        }
    }

    static let vectors = [
        Vector(["A": 60, "B": 28, "C": 12], seats: 5, byQuotient: [3, 1, 1], byFigure: [4, 1, 0]),
        Vector(
            ["A": 50, "B": 30, "C": 16], seats: 3, blank: 24, byQuotient: [1, 1, 1], byFigure: [2, 1, 0]),
        Vector(["A": 50, "B": 30, "C": 16], seats: 3, byQuotient: [2, 1, 0], byFigure: [2, 1, 0]),
        Vector(["L1": 250, "L2": 270, "L3": 280], seats: 5, byQuotient: [1, 2, 2], byFigure: [1, 2, 2]),
        Vector(
            ["A": 40, "B": 40, "C": 10], seats: 3, byQuotient: [1, 1, 0], tiedByQuotient: ["A", "B", "C"],
            byFigure: [1, 1, 0], tiedByFigure: ["A", "B"]),
    ]

    @Test(arguments: vectors)
    func `the quotient gives what was computed by hand`(vector: Vector) throws {
        let result = try Tally(vector.votes, blank: vector.blank)
            .counted(under: CountingTerms(.quotient, seats: vector.seats))
        #expect(result.allocations.map(\.seats) == vector.byQuotient)
        #expect(result.ties.flatMap(\.among) == vector.tiedByQuotient)
        #expect(result.ties.allSatisfy { $0.seats == 1 })
        #expect(result.outcome == (vector.tiedByQuotient.isEmpty ? .elected : .tie))
        #expect(result.vacant == 0)
    }

    @Test(arguments: vectors)
    func `the distributing figure gives what was computed by hand`(vector: Vector) throws {
        let result = try Tally(vector.votes, blank: vector.blank)
            .counted(under: CountingTerms(.distributingFigure, seats: vector.seats))
        #expect(result.allocations.map(\.seats) == vector.byFigure)
        #expect(result.ties.flatMap(\.among) == vector.tiedByFigure)
        #expect(result.ties.allSatisfy { $0.seats == 1 })
        #expect(result.outcome == (vector.tiedByFigure.isEmpty ? .elected : .tie))
        #expect(result.vacant == 0)
    }
}
