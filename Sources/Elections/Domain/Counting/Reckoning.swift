extension Tally {
    /// Returns who is elected under the given terms.
    ///
    /// What every rule has in common:
    ///
    /// - The order of the contenders never decides anything.
    /// - Who has no vote has no seat, by residue, by rank or by lot: to be elected somebody must have elected
    ///   you. Seats for which nobody with votes is left are vacant.
    /// - Blank votes are valid. They count for the quotient and for the base of an absolute majority, and
    ///   otherwise have an effect only where ``CountingTerms/blankMajority`` adopts it. If all are blank and
    ///   it is not adopted, the count is not void: it elects nobody and every seat is vacant.
    /// - Seats beyond a slate's candidates are vacant (``CountingTerms/sizes``). The allocation is made first
    ///   and cut to the lists afterwards, so a short list changes nothing for the others.
    /// - Those tied at the last seat stay tied, also when one of them has no candidate left
    ///   (``Tie/exhausted``). If none of them has, the draw could change nothing: the seats are vacant and
    ///   there is no tie.
    ///
    /// - Complexity: O(n log n) in the contenders, whatever the seats.
    public func counted(under terms: CountingTerms) -> CountResult {
        var reckoning = Reckoning(self, terms)
        return reckoning.result()
    }
}

/// A count under way: each rule adds its seats and its steps.
struct Reckoning {
    let tally: Tally
    let terms: CountingTerms
    /// Valid votes divided by seats.
    let quotient: Fraction
    /// The seats won so far by each entry of the tally, before they are cut to its list.
    var seats: [Int]
    var tie: OpenTie?
    var steps: [CountStep] = []

    /// A tie by the positions of its contenders in the tally.
    struct OpenTie {
        let among: [Int]
        let seats: Int
        let share: Int
        let level: Tie.Level
    }

    init(_ tally: Tally, _ terms: CountingTerms) {
        self.tally = tally
        self.terms = terms
        quotient = Fraction(UInt128(tally.valid), over: UInt128(terms.seats))
        seats = Array(repeating: 0, count: tally.entries.count)
    }

    mutating func result() -> CountResult {
        steps.append(.validVotes(contenders: tally.contenderVotes, blank: tally.blank))
        guard tally.valid > 0 else {
            steps.append(.noValidVotes)
            return withoutSeats(.void, vacant: terms.seats)
        }
        if terms.blankMajority {
            // A blank ballot is one person's vote, against all the marks of another's.
            steps.append(.blankMajority(blank: tally.blank, valid: tally.validBallots))
            if tally.blank > tally.validBallots / 2 { return withoutSeats(.blankWins, vacant: terms.seats) }
        }
        let withoutVotes = tally.entries.filter { $0.votes == 0 }.map(\.contender)
        if !withoutVotes.isEmpty { steps.append(.withoutVotes(withoutVotes)) }

        switch terms.rule {
        case .simpleMajority: giveAllToTheFirst()
        case .absoluteMajority:
            if let runoff = giveAllToTheMajority() { return runoff }
        case .atLarge: giveByRank()
        case .quotient: giveByQuotient()
        case .distributingFigure: giveByFigure()
        }
        return cutToLists()
    }

    /// The positions of the contenders that have votes, which are those that can have seats.
    var withVotes: [Int] { tally.entries.indices.filter { tally.entries[$0].votes > 0 } }

    func contender(_ index: Int) -> Contender { tally.entries[index].contender }

    func votes(_ index: Int) -> Int { tally.entries[index].votes }

    // MARK: - Who is highest

    /// The highest of `candidates`, `places` of them: those that are certain, highest first, and those that
    /// are equal for the places left, none where there is no doubt.
    func highest(
        _ places: Int, of candidates: [Int], by key: (Int) -> UInt64
    ) -> (certain: [Int], tied: [Int]) {
        let ordered = candidates.map { (index: $0, key: key($0)) }
            .sorted { $0.key != $1.key ? $0.key > $1.key : contender($0.index) < contender($1.index) }
        guard places < ordered.count else { return (ordered.map(\.index), []) }
        guard places > 0 else { return ([], []) }
        let last = ordered[places - 1].key
        guard ordered[places].key == last else { return (ordered.prefix(places).map(\.index), []) }
        return (
            ordered.prefix { $0.key > last }.map(\.index), ordered.filter { $0.key == last }.map(\.index)
        )
    }

    // MARK: - Results

    private func withoutSeats(_ outcome: CountResult.Outcome, vacant: Int) -> CountResult {
        CountResult(
            tally: tally, terms: terms, outcome: outcome, allocations: [], ties: [], runoff: [],
            vacant: vacant, quotient: quotient, steps: steps)
    }

    /// The result of a first vote that has to be followed by a second.
    func secondVote(between certain: [Int], tie: Tie?) -> CountResult {
        var result = withoutSeats(.runoff, vacant: 0)
        result.runoff = certain.map(contender)
        if let tie { result.ties = [tie] }
        return result
    }

    /// Takes from each slate the seats for which it has no candidate, and closes the count.
    private mutating func cutToLists() -> CountResult {
        var vacant = terms.seats - seats.reduce(tie?.seats ?? 0, +)
        for index in seats.indices {
            guard let size = terms.sizes[contender(index)], seats[index] > size else { continue }
            steps.append(.listExhausted(contender(index), won: seats[index], candidates: size))
            vacant += seats[index] - size
            seats[index] = size
        }
        var ties: [Tie] = []
        if let tie = closed(tie) {
            if tie.exhausted.count < tie.among.count {
                ties = [tie]
                steps.append(.tie(tie))
            } else {
                vacant += tie.seats
                steps.append(.tieWithoutCandidates(tie))
            }
        }
        let outcome: CountResult.Outcome =
            !ties.isEmpty ? .tie : seats.contains { $0 > 0 } ? .elected : .nobody
        var result = withoutSeats(outcome, vacant: vacant)
        result.ties = ties
        result.allocations = tally.entries.indices.map { .init(contender: contender($0), seats: seats[$0]) }
        return result
    }

    /// A tie by the names of its contenders, once the seats are cut to the lists.
    private func closed(_ tie: OpenTie?) -> Tie? {
        guard let tie else { return nil }
        let among = tie.among.sorted { contender($0) < contender($1) }
        return Tie(
            among: among.map(contender), seats: tie.seats, share: tie.share, level: tie.level,
            exhausted: among.filter { seats[$0] >= terms.sizes[contender($0)] ?? terms.seats }.map(contender))
    }
}
