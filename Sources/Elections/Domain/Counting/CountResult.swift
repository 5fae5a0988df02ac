/// What a count says, with the arithmetic that says it.
///
/// It holds what it was counted from, so that it can be settled, printed and counted again by itself.
public struct CountResult: Hashable, Sendable {
    /// How a count ends.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Nothing is left to settle: the seats are those of ``allocations``, the others are vacant.
        case elected
        /// Some seats wait for a draw.
        case tie
        /// Nobody has an absolute majority: those of ``runoff`` are voted again.
        case runoff
        /// Blank votes won, and the bylaws give that an effect: nobody is elected (`gana el voto en blanco`).
        case blankWins = "blank_wins"
        /// There are valid votes, and they elect nobody: all are blank, or those who won have no candidate. Every seat is
        /// vacant.
        case nobody
        /// There is no valid vote, not even a blank one (`elección desierta`).
        case void

        /// Whether the contest ends with it, and nobody in its seats.
        public var electsNobody: Bool {
            switch self {
            case .blankWins, .nobody, .void: true
            case .elected, .tie, .runoff: false
            }
        }
    }

    /// A contender and the seats that are certainly its own.
    public struct Allocation: Hashable, Sendable {
        /// Whose seats they are.
        public let contender: Contender
        /// Certain seats.
        public internal(set) var seats: Int
    }

    /// The votes that were counted.
    public let tally: Tally
    /// The terms under which they were counted.
    public let terms: CountingTerms
    /// How the count ends.
    public internal(set) var outcome: Outcome
    /// Every contender in the order of the tally, with the seats that no draw can take from it; empty where
    /// the count gave no seats to anybody, as in a runoff.
    public internal(set) var allocations: [Allocation]
    /// What a draw has to settle; none or one. In a runoff it is for a place in the second vote, otherwise for
    /// seats.
    public internal(set) var ties: [Tie]
    /// Who is certain to stand in the second vote (`segunda vuelta`): two, fewer where a tie is for the other
    /// places or nobody else has votes.
    public internal(set) var runoff: [Contender]
    /// Seats that nobody has (`puestos vacantes`). Together with those of ``allocations`` and ``ties`` they
    /// are the seats of the contest, except in a runoff, where all wait for the second vote and none is
    /// vacant.
    public internal(set) var vacant: Int
    /// Valid votes, blank ones included, divided by seats: the electoral quotient (`cuociente electoral`).
    public let quotient: Fraction
    /// The arithmetic in the order in which it is done by hand.
    public internal(set) var steps: [CountStep]
}

/// Contenders with equal rights to fewer places than they are.
public struct Tie: Hashable, Sendable {
    /// What they are equal in.
    public enum Level: Hashable, Sendable {
        /// Votes, under the majority rules and at large.
        case votes(Int)
        /// Residues, in votes.
        case residue(Fraction)
        /// Results of dividing votes by 1, 2, 3…
        case result(Fraction)
    }

    /// Those tied, at least two, in the order of their names.
    public let among: [Contender]
    /// The seats that the draw gives, or in a runoff the places.
    public let seats: Int
    /// The seats that each one who is drawn has: 1, or all where a majority takes them all.
    public let share: Int
    /// What they are equal in, and how much of it they have.
    public let level: Level
    /// Those of ``among`` whose list has no candidate left. They stay in the draw, because their votes give
    /// them the same right as the others; if one is drawn, its seat stays vacant as if it had won it outright.
    public let exhausted: [Contender]

    /// How many of ``among`` have to be drawn.
    public var winners: Int { seats / share }
}

extension CountResult {
    /// Returns the result after a draw, with the steps of the draw behind its own.
    ///
    /// The same seed gives the same result on any machine. A result without ties comes back as it is.
    public func settled(by seed: DrawSeed) throws(DrawError) -> CountResult {
        guard let tie = ties.first else { return self }
        let draw = try Draw(among: tie.among, places: tie.winners, seed: seed)
        var result = self
        result.steps += draw.steps.map(CountStep.draw)
        result.settle(tie, for: draw.winners)
        return result
    }

    private mutating func settle(_ tie: Tie, for winners: [Contender]) {
        ties.removeFirst()
        steps.append(.drawn(tie, winners: winners))
        if outcome == .runoff {
            runoff += winners
            steps.append(.runoff(runoff))
            return
        }
        for index in allocations.indices where winners.contains(allocations[index].contender) {
            let allocation = allocations[index]
            let size = terms.sizes[allocation.contender] ?? terms.seats
            let gained = min(tie.share, max(0, size - allocation.seats))
            allocations[index].seats += gained
            if gained < tie.share {
                vacant += tie.share - gained
                steps.append(
                    .listExhausted(
                        allocation.contender, won: allocation.seats + tie.share, candidates: size))
            }
        }
        outcome = allocations.contains { $0.seats > 0 } ? .elected : .nobody
    }
}
