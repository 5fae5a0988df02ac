public import Kernel

/// A box that takes the votes of a round of a contest, as the day and the canvass see it: one that stands, and no mock.
public struct DayBox: Sendable, Hashable {
    /// Identifies the box.
    public let id: ID<BallotBox>
    /// Its number in the process.
    public let number: Int
    /// The contest.
    public let contest: ID<Contest>
    /// 1 for the first vote, 2 for the runoff.
    public let round: Int
    /// Where it stands.
    public let state: BallotBox.State
    /// Whether tables take votes on paper beside it.
    public let hasPaper: Bool
    /// How many votes its sums are of.
    public let counted: Int

    /// Whether it was closed with too few votes to be opened, and waits for its annulment.
    public var waitsForAnnulment: Bool { state == .closed && counted < BallotBox.fewest }
    /// Whether it takes no votes any more.
    public var isVoted: Bool { [.closed, .tallied, .counted].contains(state) }
}

extension DayFile {
    /// The box that takes the votes of a round of a contest; by default of the round that is due or was voted last.
    public func box(of contest: ID<Contest>, round: Int? = nil) -> DayBox? {
        let round = round ?? self.round(of: contest)
        return boxes.first { $0.contest == contest && $0.round == round }
    }

    /// Whether a round of a contest is voted in a box and at no table.
    public func isVotedInBoxAlone(_ contest: ID<Contest>) -> Bool { box(of: contest)?.hasPaper == false }

    /// The boxes that were opened and whose sums nobody knows: their ballots can still be left out, a row for each contest.
    public var boxesBeforeCount: [DayBox] { boxes.filter { [.open, .closed].contains($0.state) } }

    /// The box whose sums the canvass of a contest waits for.
    public func waitingBox(for contest: ID<Contest>) -> DayBox? {
        box(of: contest).flatMap { $0.state == .counted ? nil : $0 }
    }
}
