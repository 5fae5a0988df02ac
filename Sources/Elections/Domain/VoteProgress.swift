/// How far the vote of a process has come. From its first session on, its state follows from this: from its sessions,
/// contests and challenges, never from who acted last.
public struct VoteProgress: Sendable, Hashable {
    /// Whether a session is open, or an electronic box takes ballots.
    public let isSessionOpen: Bool
    /// Contests that are neither ended nor proclaimed.
    public let openContests: Int
    /// Those of them whose last vote has no canvass.
    public let uncountedContests: Int
    /// Challenges that wait for their decision.
    public let openChallenges: Int
    /// Contests that ended, but for being annulled: void, or won by blank votes.
    public let endedContests: Int

    /// Makes the progress of a process.
    public init(
        isSessionOpen: Bool, openContests: Int, uncountedContests: Int, openChallenges: Int,
        endedContests: Int = 0
    ) {
        self.isSessionOpen = isSessionOpen
        self.openContests = openContests
        self.uncountedContests = uncountedContests
        self.openChallenges = openChallenges
        self.endedContests = endedContests
    }

    /// The state of a process that has come so far: it votes while a session is open, is counted until the last open
    /// contest has its canvass, and then has its result, challenged or not. Without an open contest it is over.
    public var state: ProcessState {
        guard openContests > 0 else { return endedContests > 0 ? .void : .annulled }
        if isSessionOpen { return .voting }
        if uncountedContests > 0 { return .count }
        return openChallenges > 0 ? .challenges : .provisionalResult
    }
}
