/// The valid votes of a contest: how many each contender has, and how many are blank.
///
/// Null and unmarked ballots are no valid votes; they stand on the ``CountSheet`` and never come here.
public struct Tally: Hashable, Sendable {
    /// One contender and its votes.
    public struct Entry: Hashable, Sendable {
        /// Whom the votes are for.
        public let contender: Contender
        /// From 0 to ``Tally/maximumVotes``.
        public let votes: Int

        /// A contender with its votes, whose range the tally checks.
        public init(_ contender: Contender, votes: Int) {
            self.contender = contender
            self.votes = votes
        }
    }

    /// The contenders in the order in which they were given, which is that of printing; each stands once.
    public let entries: [Entry]
    /// Blank votes (`votos en blanco`), from 0 to ``maximumVotes``.
    public let blank: Int
    /// The votes for contenders, added.
    public let contenderVotes: Int
    /// Ballots that bear the votes for contenders: as many as these, fewer where a ballot may bear several marks.
    public let markedBallots: Int

    /// Votes for contenders and blank votes (`votos válidos`).
    public var valid: Int { contenderVotes + blank }
    /// Ballots with a valid vote, which are the people who cast one.
    public var validBallots: Int { markedBallots + blank }

    /// The most votes that one contender can have, and the most seats that a contest can have: 10¹².
    public static let maximumVotes = 1_000_000_000_000
    /// The most contenders of one contest. Together with ``maximumVotes`` it keeps every sum within 64 bits.
    public static let maximumContenders = 1_000_000

    /// Takes the votes of a contest.
    ///
    /// - Parameters:
    ///   - entries: The contenders with their votes.
    ///   - blank: Blank votes.
    ///   - markedBallots: Ballots that bear the votes for contenders; `nil` where each bears one vote.
    /// - Throws: The first entry that is out of range or names a contender twice.
    public init(_ entries: [Entry], blank: Int, markedBallots: Int? = nil) throws(CountError) {
        guard entries.count <= Self.maximumContenders else {
            throw .tooManyContenders(entries.count)
        }
        guard (0...Self.maximumVotes).contains(blank) else { throw .votesOutOfRange(nil, blank) }
        var seen = Set<Contender>(minimumCapacity: entries.count)
        var sum = 0
        for entry in entries {
            guard (0...Self.maximumVotes).contains(entry.votes) else {
                throw .votesOutOfRange(entry.contender, entry.votes)
            }
            guard seen.insert(entry.contender).inserted else { throw .repeatedContender(entry.contender) }
            sum += entry.votes
        }
        self.entries = entries
        self.blank = blank
        contenderVotes = sum
        self.markedBallots = markedBallots ?? sum
        guard (0...sum).contains(self.markedBallots) else {
            throw .markedBallotsOutOfRange(self.markedBallots, votes: sum)
        }
    }
}
