import BigInt

@testable import Elections

/// The same elections reckoned on another principle, slowly.
///
/// Lots are imagined drawn beforehand: every order of the contenders is one world, in which ties fall by that
/// order and nothing is ever tied. What a contender has in every world is certain; who has more in some worlds
/// than in others is tied. Numbers are fractions of big integers, and every result of dividing by 1, 2, 3… is
/// written out and sorted.
struct PossibleWorlds {
    var outcome = CountResult.Outcome.elected
    var certain: [Contender: Int] = [:]
    var tied: Set<Contender> = []
    var tiedSeats = 0
    var runoff: Set<Contender> = []
    var vacant = 0

    init(_ contest: GeneratedContest) {
        let valid = contest.votes.reduce(contest.blank) { $0 + $1.1 }
        guard valid > 0 else {
            outcome = .void
            vacant = contest.seats
            return
        }
        if contest.blankMajority, BigInt(contest.blank) * 2 > BigInt(valid) {
            outcome = .blankWins
            vacant = contest.seats
            return
        }
        let standing = Self.standing(contest, valid: valid)
        if contest.rule == .absoluteMajority, !standing.isEmpty {
            let base = contest.majorityBase == .validVotes ? valid : valid - contest.blank
            if !standing.contains(where: { BigInt($0.votes) * 2 > BigInt(base) }) {
                let finalists = standing.filter { contest.sizes[$0.name] != 0 }
                guard !finalists.isEmpty else {
                    outcome = .nobody
                    vacant = contest.seats
                    return
                }
                outcome = .runoff
                let finals = Self.orders(finalists.map(\.name)).map { lots in
                    Set(Self.ranked(finalists, lots) { Ratio($0.votes, 1) }.prefix(2).map(\.name))
                }
                runoff = finals.dropFirst().reduce(finals[0]) { $0.intersection($1) }
                tied = finals.reduce(Set<Contender>()) { $0.union($1) }.subtracting(runoff)
                tiedSeats = tied.isEmpty ? 0 : min(2, finalists.count) - runoff.count
                return
            }
        }
        let worlds = Self.orders(standing.map(\.name)).map { lots in
            Self.world(contest, standing, valid: valid, lots: lots)
        }
        var most: [Contender: Int] = [:]
        for slate in standing {
            let won = worlds.map { $0[slate.name, default: 0] }
            certain[slate.name] = won.min()
            most[slate.name] = won.max()
        }
        tied = Set(standing.map(\.name).filter { most[$0] != certain[$0] })
        let given = worlds.first?.values.reduce(0, +) ?? 0
        tiedSeats = given - certain.values.reduce(0, +)
        vacant = contest.seats - given
        for (name, size) in contest.sizes {
            let excess = max(0, certain[name, default: 0] - size)
            certain[name, default: 0] -= excess
            vacant += excess
        }
        if tied.allSatisfy({ certain[$0, default: 0] >= contest.sizes[$0] ?? contest.seats }) {
            vacant += tiedSeats
            tied = []
            tiedSeats = 0
        }
        certain = certain.filter { $0.value > 0 }
        outcome = !tied.isEmpty ? .tie : certain.isEmpty ? .nobody : .elected
    }

    typealias Slate = (name: Contender, votes: Int)

    /// A fraction of big integers.
    struct Ratio: Comparable {
        let numerator: BigInt
        let denominator: BigInt

        init(_ numerator: some BinaryInteger, _ denominator: some BinaryInteger) {
            self.numerator = BigInt(numerator)
            self.denominator = BigInt(denominator)
        }

        static func < (left: Self, right: Self) -> Bool {
            left.numerator * right.denominator < right.numerator * left.denominator
        }

        static func == (left: Self, right: Self) -> Bool {
            left.numerator * right.denominator == right.numerator * left.denominator
        }
    }

    private static func standing(_ contest: GeneratedContest, valid: Int) -> [Slate] {
        let slates = contest.votes.filter { $0.1 > 0 }.map { (name: $0.0, votes: $0.1) }
        guard contest.rule == .quotient || contest.rule == .distributingFigure,
            let threshold = contest.threshold
        else { return slates }
        let needed = Ratio(
            BigInt(threshold.numerator) * BigInt(valid), BigInt(threshold.denominator) * BigInt(contest.seats)
        )
        let reaching = slates.filter { Ratio($0.votes, 1) >= needed }
        return reaching.isEmpty ? slates : reaching
    }

    /// What each contender wins if lots fall in the given order.
    private static func world(
        _ contest: GeneratedContest, _ standing: [Slate], valid: Int, lots: [Contender]
    ) -> [Contender: Int] {
        var won: [Contender: Int] = [:]
        switch contest.rule {
        case .simpleMajority, .absoluteMajority:
            if let first = ranked(standing, lots, by: { Ratio($0.votes, 1) }).first {
                won[first.name] = contest.seats
            }
        case .atLarge:
            for slate in ranked(standing, lots, by: { Ratio($0.votes, 1) }).prefix(contest.seats) {
                won[slate.name] = 1
            }
        case .quotient:
            // Subtract the quotient, votes times seats against valid votes, as often as it can be.
            var residues: [Contender: Int] = [:]
            for slate in standing {
                let (whole, residue) = (BigInt(slate.votes) * BigInt(contest.seats))
                    .quotientAndRemainder(dividingBy: BigInt(valid))
                won[slate.name] = Int(whole)
                residues[slate.name] = Int(residue)
            }
            let left = contest.seats - won.values.reduce(0, +)
            for slate in ranked(standing, lots, by: { Ratio(residues[$0.name, default: 0], 1) }).prefix(left)
            {
                won[slate.name, default: 0] += 1
            }
        case .distributingFigure:
            let results = standing.flatMap { slate in
                (1...contest.seats).map { (name: slate.name, value: Ratio(slate.votes, $0)) }
            }
            let ranked = results.sorted {
                $0.value != $1.value
                    ? $0.value > $1.value
                    : lots.firstIndex(of: $0.name) ?? 0 < lots.firstIndex(of: $1.name) ?? 0
            }
            for result in ranked.prefix(contest.seats) { won[result.name, default: 0] += 1 }
        }
        return won
    }

    private static func ranked(_ slates: [Slate], _ lots: [Contender], by key: (Slate) -> Ratio) -> [Slate] {
        lots.compactMap { name in slates.first { $0.name == name } }
            .enumerated()
            .sorted {
                let (left, right) = (key($0.element), key($1.element))
                return left != right ? left > right : $0.offset < $1.offset
            }
            .map(\.element)
    }

    /// Every order of some names; one, the empty one, of none.
    private static func orders(_ names: [Contender]) -> [[Contender]] {
        guard !names.isEmpty else { return [[]] }
        return names.indices.flatMap { index in
            var rest = names
            let first = rest.remove(at: index)
            return orders(rest).map { [first] + $0 }
        }
    }
}
