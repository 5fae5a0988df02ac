/// What the bylaws and the call of a contest say about its count.
public struct CountingTerms: Hashable, Sendable {
    /// How votes become seats.
    public let rule: CountingRule
    /// Seats to fill (`puestos por proveer`), from 1 to 10¹².
    public let seats: Int
    /// The share of the quotient that a slate must reach to have seats (`umbral`), under the two proportional
    /// rules; the others have no use for it. Reaching is having at least that many votes. Where no slate
    /// reaches it all stay (Constitución Política, art. 263, says so of its own threshold). 0 asks for
    /// nothing; above 1 is allowed, since bylaws may ask for more than a whole quotient.
    public let threshold: Fraction?
    /// How many candidates each slate has; one that is not named has enough for every seat.
    ///
    /// What a slate wins beyond its candidates stays vacant and goes to nobody else: the votes were for that
    /// slate, and no norm hands its seats to those for whom they were not. 0 is allowed, for a slate whose
    /// candidates were all disqualified after the ballots were printed.
    public let sizes: [Contender: Int]
    /// Whether blank votes that are more than half of the valid ones win, so that nobody is elected
    /// (Constitución Política, art. 258, and Corte Constitucional, SU-221 de 2015, for public elections;
    /// alliances only where their bylaws adopt it).
    public let blankMajority: Bool
    /// What an absolute majority is more than half of.
    public let majorityBase: MajorityBase

    /// - Throws: The first number that is out of range.
    public init(
        _ rule: CountingRule, seats: Int, threshold: Fraction? = nil, sizes: [Contender: Int] = [:],
        blankMajority: Bool = false, majorityBase: MajorityBase = .validVotes
    ) throws(CountError) {
        guard (1...Tally.maximumVotes).contains(seats) else { throw .seatsOutOfRange(seats) }
        if let threshold {
            let maximum = UInt128(Tally.maximumVotes)
            guard threshold.numerator <= maximum, threshold.denominator <= maximum else {
                throw .thresholdOutOfRange(threshold)
            }
        }
        // The smallest first, so that the same input always gets the same answer.
        let wrong = sizes.filter { !(0...Tally.maximumVotes).contains($0.value) }
        if let (contender, size) = wrong.min(by: { $0.key < $1.key }) {
            throw .sizeOutOfRange(contender, size)
        }
        self.rule = rule
        self.seats = seats
        self.threshold = threshold
        self.sizes = sizes
        self.blankMajority = blankMajority
        self.majorityBase = majorityBase
    }
}
