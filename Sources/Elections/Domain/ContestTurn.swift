public import Kernel

/// Which round of a contest is due, and why it cannot be voted yet. Whatever asks how far the votes of a contest have
/// come asks here: the day, its sessions, the canvass and the state of the process.
public struct ContestTurn: Sendable, Hashable {
    /// What a round waits for after a canvass that asks for it.
    public enum Obstacle: Sendable, Hashable {
        /// A tie for a place in it is not drawn.
        case draw
        /// A challenge to the round before, which may change who stands, is not decided.
        case challenge(ID<Challenge>, number: Int)
    }

    /// The contest.
    public let contest: ID<Contest>
    /// Its name.
    public let name: String
    /// Whether it is neither ended nor proclaimed.
    public let isOpen: Bool
    /// The last round that was put to the vote or acclaimed; `nil` before the first.
    public let lastRound: Int?
    /// What the last canvass of that round says; `nil` while it has none.
    public let outcome: CountResult.Outcome?
    /// The round that is due, or that was voted last where none is: 1 for the first, 2 for the runoff.
    public let round: Int
    /// Whether that round is still voted or counted.
    public let isDue: Bool
    /// What the round waits for, where it is due and nobody may vote it yet.
    public let obstacle: Obstacle?

    /// Whether the round that is due is a runoff that no table has voted.
    public var isRunoffToBegin: Bool { isDue && outcome == .runoff }
    /// Whether nobody has voted in it so far as to count.
    public var isWithoutVotes: Bool { lastRound == nil || outcome == .void }

    /// Refuses a vote of another round than the one that is due, or that waits for something.
    ///
    /// - Throws: ``VotingDayError``.
    func require(_ round: Int) throws(VotingDayError) {
        guard isDue, round == self.round else { throw .otherRound }
        try requireNoObstacle()
    }

    /// Refuses to go on while the round waits for something.
    ///
    /// - Throws: ``VotingDayError``.
    func requireNoObstacle() throws(VotingDayError) {
        switch obstacle {
        case nil: return
        case .draw: throw .drawMissing(name)
        case .challenge(_, let number): throw .resultChallenged(name, challenge: number)
        }
    }
}

extension [ContestTurn] {
    /// The turn of a contest.
    public subscript(contest: ID<Contest>) -> ContestTurn? { first { $0.contest == contest } }

    /// Whether the round of a vote was put to the vote at some table.
    func hasBegun(_ vote: VoteToTake) -> Bool { self[vote.contest]?.lastRound == vote.round }

    /// Whether a round is still voted or counted in a contest.
    public var areDue: Bool { contains(where: \.isDue) }
}
