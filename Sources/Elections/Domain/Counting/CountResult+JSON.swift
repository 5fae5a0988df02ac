extension CountResult {
    /// The result as one JSON object, as `alianzas election count` prints it and the canvass keeps it.
    ///
    /// `outcome`; `seats`, every contender with the seats that are certainly its own, or `{}` where the count
    /// gave none to anybody; `ties`, each with those tied in the order of their names and the seats (in a
    /// runoff: places) for the draw; `runoff` only in a runoff, those certain to stand in it; `vacant`;
    /// `quotient` as `p/q` in lowest terms; and `steps`, each with its `kind`, its figures and its Spanish
    /// `text`. Whole numbers are JSON numbers, fractions strings.
    public var json: String {
        var writer = JSONWriter()
        writer.object { write(to: &$0) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Writes the members of the object of ``json``.
    func write(to writer: inout JSONWriter) {
        writer.member("outcome", outcome.rawValue)
        writer.key("seats")
        writer.object { writer in
            for allocation in allocations {
                writer.key(escaping: allocation.contender.rawValue)
                writer.number(allocation.seats)
            }
        }
        writer.key("ties")
        writer.array(ties) { writer, tie in
            writer.object {
                $0.member("among", tie.among)
                $0.member("seats", tie.seats)
            }
        }
        if outcome == .runoff { writer.member("runoff", runoff) }
        writer.member("vacant", vacant)
        writer.member("quotient", quotient)
        writer.key("steps")
        writer.array(steps) { writer, step in writer.object { step.write(to: &$0) } }
    }
}

extension CountStep {
    /// A stable name of what the step does.
    var kind: String {
        switch self {
        case .validVotes: "valid_votes"
        case .noValidVotes: "no_valid_votes"
        case .blankMajority: "blank_majority"
        case .withoutVotes: "without_votes"
        case .quotient: "quotient"
        case .threshold: "threshold"
        case .thresholdMissed: "threshold_missed"
        case .thresholdReachedByNone: "threshold_reached_by_none"
        case .wholeQuotients: "whole_quotients"
        case .seatsLeft: "seats_left"
        case .seatByResidue: "seat_by_residue"
        case .residuesSpent: "residues_spent"
        case .rankedResults: "ranked_results"
        case .distributingFigure: "distributing_figure"
        case .seatsByFigure: "seats_by_figure"
        case .placed: "placed"
        case .absoluteMajority: "absolute_majority"
        case .majorityReached: "majority_reached"
        case .majorityMissed: "majority_missed"
        case .runoff: "runoff"
        case .runoffTie: "runoff_tie"
        case .electedByRank: "elected_by_rank"
        case .tie: "tie"
        case .tieWithoutCandidates: "tie_without_candidates"
        case .listExhausted: "list_exhausted"
        case .votesSpent: "votes_spent"
        case .draw(let step): step.kind
        case .drawn: "drawn"
        }
    }

    func write(to writer: inout JSONWriter) {
        writer.member("kind", kind)
        writeFigures(to: &writer)
        writer.member("text", sentence())
    }

    private func writeFigures(to writer: inout JSONWriter) {
        switch self {
        case .validVotes(let contenders, let blank):
            writer.member("contenders", contenders)
            writer.member("blank", blank)
            writer.member("valid", contenders + blank)
        case .noValidVotes, .thresholdReachedByNone: break
        case .blankMajority(let blank, let valid):
            writer.member("blank", blank)
            writer.member("valid", valid)
            writer.member("needed", valid / 2 + 1)
        case .withoutVotes(let contenders), .runoff(let contenders), .electedByRank(let contenders):
            writer.member("contenders", contenders)
        case .quotient(let valid, let seats):
            writer.member("valid", valid)
            writer.member("seats", seats)
            writer.member("quotient", Fraction(UInt128(valid), over: UInt128(seats)))
        case .threshold(let share, let quotient, let votes):
            writer.member("share", share)
            writer.member("quotient", quotient)
            writer.member("votes", votes)
        case .thresholdMissed(let contender, let votes):
            writer.member("contender", contender)
            writer.member("votes", votes)
        case .wholeQuotients(let contender, let votes, let quotient, let seats, let residue):
            writer.member("contender", contender)
            writer.member("votes", votes)
            writer.member("quotient", quotient)
            writer.member("seats", seats)
            writer.member("residue", residue)
        case .seatsLeft(let seats), .residuesSpent(let seats), .votesSpent(let seats):
            writer.member("seats", seats)
        case .seatByResidue(let contender, let residue, let place):
            writer.member("contender", contender)
            writer.member("residue", residue)
            writer.member("place", place)
        case .rankedResults(let results):
            writer.key("results")
            writer.array(results) { writer, result in
                writer.object {
                    $0.member("contender", result.contender)
                    $0.member("votes", result.votes)
                    $0.member("divisor", result.divisor)
                    $0.member("value", result.value)
                }
            }
        case .distributingFigure(let figure, let place):
            writer.member("figure", figure)
            writer.member("place", place)
        case .seatsByFigure(let contender, let votes, let figure, let times, let lastIsTied):
            writer.member("contender", contender)
            writer.member("votes", votes)
            writer.member("figure", figure)
            writer.member("times", times)
            writer.member("last_is_tied", lastIsTied)
        case .placed(let contender, let votes, let place):
            writer.member("contender", contender)
            writer.member("votes", votes)
            writer.member("place", place)
        case .absoluteMajority(let base, let votes, let needed):
            writer.member("of", base.rawValue)
            writer.member("votes", votes)
            writer.member("needed", needed)
        case .majorityReached(let contender, let votes, let seats):
            writer.member("contender", contender)
            writer.member("votes", votes)
            writer.member("seats", seats)
        case .majorityMissed(let needed):
            writer.member("needed", needed)
        case .runoffTie(let certain, let tie):
            writer.member("certain", certain)
            tie.write(to: &writer)
        case .tie(let tie), .tieWithoutCandidates(let tie):
            tie.write(to: &writer)
        case .listExhausted(let contender, let won, let candidates):
            writer.member("contender", contender)
            writer.member("won", won)
            writer.member("candidates", candidates)
        case .draw(let step):
            step.writeFigures(to: &writer)
        case .drawn(let tie, let winners):
            tie.write(to: &writer)
            writer.member("winners", winners)
        }
    }
}

extension Tie {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("among", among)
        writer.member("seats", seats)
        switch level {
        case .votes(let votes): writer.member("votes", votes)
        case .residue(let residue): writer.member("residue", residue)
        case .result(let result): writer.member("result", result)
        }
        writer.member("exhausted", exhausted)
    }
}

extension Draw {
    /// The draw as one JSON object, as `alianzas election draw --json` prints it.
    ///
    /// `seed` with its `parts`, the `text` that is hashed and its `sha256`; `among` in the order in which they
    /// are numbered, `order` as drawn, `winners`, and `steps` as in a count. Numbers of the seed are strings,
    /// because they pass what most readers of JSON keep exactly.
    public var json: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("seed")
            writer.object { writer in
                writer.key("parts")
                writer.array(seed.parts) { $0.string($1) }
                writer.member("text", seed.canonicalText)
                writer.member("sha256", seed.digestText)
            }
            writer.member("among", among)
            writer.member("order", order)
            writer.member("winners", winners)
            writer.key("steps")
            writer.array(steps) { writer, step in writer.object { CountStep.draw(step).write(to: &$0) } }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

extension DrawStep {
    fileprivate var kind: String {
        switch self {
        case .seed: "draw_seed"
        case .numbered: "draw_numbered"
        case .dropped: "draw_dropped"
        case .taken: "draw_taken"
        }
    }

    fileprivate func writeFigures(to writer: inout JSONWriter) {
        switch self {
        case .seed(let seed):
            writer.key("parts")
            writer.array(seed.parts) { $0.string($1) }
            writer.member("sha256", seed.digestText)
        case .numbered(let contenders):
            writer.member("contenders", contenders)
        case .dropped(let number, let left):
            writer.member("number", String(number))
            writer.member("left", left)
        case .taken(let contender, let place, let number, let left):
            writer.member("contender", contender)
            writer.member("place", place)
            writer.member("number", String(number))
            writer.member("left", left)
            writer.member("index", Int(number % UInt64(left)))
        }
    }
}
