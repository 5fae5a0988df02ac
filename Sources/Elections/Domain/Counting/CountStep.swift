/// One step of the arithmetic of a count, as values.
///
/// The acta, the page and the JSON are all written from these; ``sentence(naming:)`` says each in Spanish.
public enum CountStep: Hashable, Sendable {
    // What was counted
    /// Votes for contenders and blank votes, whose sum are the valid votes.
    case validVotes(contenders: Int, blank: Int)
    /// There is none.
    case noValidVotes
    /// Whether blank votes are more than half of the valid ones, asked only where that has an effect.
    case blankMajority(blank: Int, valid: Int)
    /// Contenders for whom nobody voted, who therefore can have no seat.
    case withoutVotes([Contender])

    // Quotient and threshold
    /// Valid votes divided by seats.
    case quotient(valid: Int, seats: Int)
    /// The votes that a slate must reach: a share of the quotient.
    case threshold(share: Fraction, quotient: Fraction, votes: Fraction)
    /// A slate below the threshold.
    case thresholdMissed(Contender, votes: Int)
    /// Every slate is below it, so all stay.
    case thresholdReachedByNone

    // Largest remainder
    /// How often the quotient fits into the votes of a slate, and what is left of them.
    case wholeQuotients(Contender, votes: Int, quotient: Fraction, seats: Int, residue: Fraction)
    /// The seats that the quotient left over.
    case seatsLeft(Int)
    /// A residue high enough for a seat, and its place among the residues, from 1.
    case seatByResidue(Contender, residue: Fraction, place: Int)
    /// Every residue has its seat and these seats are left.
    case residuesSpent(seats: Int)

    // Distributing figure
    /// The highest results of dividing votes by 1, 2, 3…, left out where there are more than
    /// ``rankedResultsLimit``.
    case rankedResults([RankedResult])
    /// The result in the place of the last seat.
    case distributingFigure(Fraction, place: Int)
    /// How often the figure fits into the votes of a slate, and whether the last time is in a tie.
    case seatsByFigure(Contender, votes: Int, figure: Fraction, times: Int, lastIsTied: Bool)

    // Majorities and plurality at large
    /// A contender's place by votes, from 1.
    case placed(Contender, votes: Int, place: Int)
    /// The votes that are more than half of a base.
    case absoluteMajority(base: MajorityBase, votes: Int, needed: Int)
    /// Who has most votes and takes every seat.
    case majorityReached(Contender, votes: Int, seats: Int)
    /// Nobody reached the absolute majority.
    case majorityMissed(needed: Int)
    /// Who stands in the second vote.
    case runoff([Contender])
    /// Who is certain to stand in the second vote, and who is tied for its other places.
    case runoffTie(certain: [Contender], Tie)
    /// Those who have a seat each, most votes first.
    case electedByRank([Contender])

    // What is left
    /// Contenders with equal rights to what is left.
    case tie(Tie)
    /// As ``tie(_:)``, but no list has a candidate left, so that a draw could change nothing.
    case tieWithoutCandidates(Tie)
    /// A slate that won more seats than it has candidates; the others of its seats are vacant.
    case listExhausted(Contender, won: Int, candidates: Int)
    /// Nobody else has votes, and these seats are left.
    case votesSpent(seats: Int)
    /// A step of the draw.
    case draw(DrawStep)
    /// Who was drawn from a tie.
    case drawn(Tie, winners: [Contender])

    /// The most results that ``rankedResults(_:)`` lists. Beyond it the figure proves itself: anybody can
    /// divide each slate's votes by it and add up.
    public static let rankedResultsLimit = 60
}

/// A result of dividing the votes of a slate.
public struct RankedResult: Hashable, Sendable {
    /// The slate.
    public let contender: Contender
    /// The slate's votes.
    public let votes: Int
    /// What they are divided by, from 1.
    public let divisor: Int

    /// Votes divided by the divisor.
    public var value: Fraction { Fraction(UInt128(votes), over: UInt128(divisor)) }
}
