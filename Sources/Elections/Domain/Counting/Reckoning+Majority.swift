// Simple and absolute majority, and plurality at large.

extension Reckoning {
    /// Gives every seat to the contender with most votes.
    mutating func giveAllToTheFirst() {
        let (certain, tied) = highest(1, of: withVotes) { UInt64(votes($0)) }
        place(withVotes)
        if let first = certain.first {
            giveAll(to: first)
        } else if let first = tied.first {
            tie = OpenTie(
                among: tied, seats: terms.seats, share: terms.seats, level: .votes(votes(first)))
        } else {
            steps.append(.votesSpent(seats: terms.seats))
        }
    }

    /// Gives every seat to the contender with more than half of the votes, or returns the runoff.
    ///
    /// The first two by votes go to the second vote. A tie for its places is settled by draw like any other,
    /// because a second vote among three may again end without a majority. A contender who is alone in
    /// having votes, and whom blank votes keep from the majority, stands alone: only the second vote, by
    /// simple majority, can elect, and a count must not turn one rule into the other. Two contenders that
    /// share all the votes in equal halves are voted again too: a second vote comes before lots. Who has nobody left to
    /// seat is not voted again, and the next in votes comes in (so of presidents, Constitución Política, art. 190).
    mutating func giveAllToTheMajority() -> CountResult? {
        let base = terms.majorityBase == .validVotes ? tally.valid : tally.contenderVotes
        let needed = base / 2 + 1
        steps.append(.absoluteMajority(base: terms.majorityBase, votes: base, needed: needed))
        let candidates = withVotes
        guard !candidates.isEmpty else {
            steps.append(.votesSpent(seats: terms.seats))
            return nil
        }
        place(candidates)
        if let first = candidates.first(where: { votes($0) >= needed }) {
            giveAll(to: first)
            return nil
        }
        steps.append(.majorityMissed(needed: needed))
        let standing = candidates.filter { terms.sizes[contender($0)] != 0 }
        guard !standing.isEmpty else {
            steps.append(.votesSpent(seats: terms.seats))
            return nil
        }
        let (certain, tied) = highest(2, of: standing) { UInt64(votes($0)) }
        guard let equal = tied.first else {
            steps.append(.runoff(certain.map(contender)))
            return secondVote(between: certain, tie: nil)
        }
        let tie = Tie(
            among: tied.map(contender).sorted(), seats: 2 - certain.count, share: 1,
            level: .votes(votes(equal)), exhausted: [])
        steps.append(.runoffTie(certain: certain.map(contender), tie))
        return secondVote(between: certain, tie: tie)
    }

    /// Gives a seat each to the contenders with most votes.
    mutating func giveByRank() {
        let candidates = withVotes
        place(candidates)
        let (certain, tied) = highest(terms.seats, of: candidates) { UInt64(votes($0)) }
        for index in certain { seats[index] = 1 }
        if !certain.isEmpty {
            steps.append(.electedByRank(certain.map(contender)))
        }
        if let equal = tied.first {
            tie = OpenTie(
                among: tied, seats: terms.seats - certain.count, share: 1, level: .votes(votes(equal)))
        } else if certain.count < terms.seats {
            steps.append(.votesSpent(seats: terms.seats - certain.count))
        }
    }

    private mutating func giveAll(to index: Int) {
        seats[index] = terms.seats
        steps.append(.majorityReached(contender(index), votes: votes(index), seats: terms.seats))
    }

    /// Adds the order by votes, in which equal votes have equal places.
    private mutating func place(_ candidates: [Int]) {
        let ordered = candidates.sorted {
            votes($0) != votes($1) ? votes($0) > votes($1) : contender($0) < contender($1)
        }
        var place = 1
        for (position, index) in ordered.enumerated() {
            if position > 0, votes(index) != votes(ordered[position - 1]) { place = position + 1 }
            steps.append(.placed(contender(index), votes: votes(index), place: place))
        }
    }
}
