// Electoral quotient with largest remainder.

extension Reckoning {
    /// Shares the seats by the electoral quotient (`cuociente electoral`) and the highest residues.
    ///
    /// Quotient and residues are never rounded: a slate's votes times the seats, divided by the valid votes,
    /// give its whole quotients, and the remainder of that division is its residue times the seats, so that
    /// residues are compared as whole numbers.
    ///
    /// What art. 197 leaves open, and why it is decided so:
    ///
    /// - *A residue of zero* is a residue, the lowest one, if the slate has votes. It only matters where blank
    ///   votes or slates below the threshold made the quotient high; left out, blank votes would decide that
    ///   a seat stays empty, and they "count for the quotient only". A slate without votes has no residue.
    /// - *One residue, one seat.* Seats still left when every residue has its own are vacant; the norm knows
    ///   no second round over residues.
    /// - *A slate below the threshold* has no residue either, though its votes count for the quotient.
    /// - *One seat* is given by the highest residue, which is the plurality, or by a whole quotient, which is
    ///   unanimity; no special rule is needed.
    ///
    /// - SeeAlso: Código de Comercio, art. 197.
    mutating func giveByQuotient() {
        let slates = slatesPastThreshold()
        guard !slates.isEmpty else {
            steps.append(.votesSpent(seats: terms.seats))
            return
        }
        let valid = UInt64(tally.valid)
        var left = terms.seats
        var remainders: [Int: UInt64] = [:]
        remainders.reserveCapacity(slates.count)
        for index in slates {
            // A slate's votes are at most the valid ones, so the quotient is at most the seats and fits.
            let product = UInt64(votes(index)).multipliedFullWidth(by: UInt64(terms.seats))
            let (whole, remainder) = valid.dividingFullWidth(product)
            seats[index] = Int(whole)
            left -= seats[index]
            remainders[index] = remainder
            steps.append(
                .wholeQuotients(
                    contender(index), votes: votes(index), quotient: quotient, seats: seats[index],
                    residue: residue(remainder)))
        }
        guard left > 0 else { return }
        steps.append(.seatsLeft(left))
        let (certain, tied) = highest(left, of: slates) { remainders[$0, default: 0] }
        for (position, index) in certain.enumerated() {
            seats[index] += 1
            steps.append(
                .seatByResidue(
                    contender(index), residue: residue(remainders[index, default: 0]), place: position + 1))
        }
        if let equal = tied.first {
            tie = OpenTie(
                among: tied, seats: left - certain.count, share: 1,
                level: .residue(residue(remainders[equal, default: 0])))
        } else if certain.count < left {
            steps.append(.residuesSpent(seats: left - certain.count))
        }
    }

    /// The votes that a remainder stands for.
    private func residue(_ remainder: UInt64) -> Fraction {
        Fraction(UInt128(remainder), over: UInt128(terms.seats))
    }

    /// The slates that have votes and reach the threshold; all that have votes, if none reaches it.
    ///
    /// The highest votes first, as the norm scrutinises them; it changes no result.
    mutating func slatesPastThreshold() -> [Int] {
        if terms.rule == .quotient || terms.threshold != nil {
            steps.append(.quotient(valid: tally.valid, seats: terms.seats))
        }
        let slates = withVotes.sorted {
            votes($0) != votes($1) ? votes($0) > votes($1) : contender($0) < contender($1)
        }
        guard let threshold = terms.threshold, !slates.isEmpty else { return slates }
        let needed = Fraction(
            threshold.numerator * UInt128(tally.valid), over: threshold.denominator * UInt128(terms.seats))
        steps.append(.threshold(share: threshold, quotient: quotient, votes: needed))
        // Both sides stay below 10³⁶.
        func reaches(_ index: Int) -> Bool { UInt128(votes(index)) * needed.denominator >= needed.numerator }
        let staying = slates.filter(reaches)
        guard !staying.isEmpty else {
            steps.append(.thresholdReachedByNone)
            return slates
        }
        for index in slates where !reaches(index) {
            steps.append(.thresholdMissed(contender(index), votes: votes(index)))
        }
        return staying
    }
}
