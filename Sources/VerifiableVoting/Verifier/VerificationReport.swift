public import Kernel

/// What a verified archive shows.
public struct VerificationReport: Sendable {
    /// A question with its sums.
    public struct Question: Sendable {
        /// What was asked.
        public let question: HomomorphicQuestion
        /// The votes of each answer, in their order.
        public let votes: [Int]
        /// The blank votes; `nil` where nobody could leave it blank.
        public let blank: Int?
        /// The seats that these votes give; `nil` where the question fills none, or nobody counted.
        public let seats: SeatCount?
    }

    /// The sums that trustees decrypt, reckoned again from the ballots, and what they hang on.
    public struct Tally: Sendable {
        /// The event that ended the voting. All ballots hang on its hash, which trustees read to each other.
        public let closing: EventReference
        /// The sums, as ``EncryptedTally`` reads them.
        public let text: [UInt8]
        /// Whether each credential counts once; a heavier one would stand out from the sum.
        public let allWeighOne: Bool
        /// `trustees.json`, which the election's key comes from.
        public let trustees: [UInt8]
    }

    /// What is voted on.
    public let election: ElectionDescription
    /// How far the election has come.
    public let stage: ArchiveStage
    /// Seconds since 1970, as the header of the archive says it; bound by nothing.
    public let timestamp: Int
    /// How many events the archive has.
    public let events: Int
    /// The last event, whose hash stands for the whole archive.
    public let last: EventReference
    /// How many ballots came, those that were replaced included.
    public let ballots: Int
    /// How many credentials have a ballot in the box: the votes that count.
    public let voters: Int
    /// The weights of those votes, added; the same as ``voters`` where all weigh one.
    public let weight: Int
    /// How many public credentials there are.
    public let credentials: Int
    /// How many members hold parts of the key.
    public let trustees: Int
    /// How many partial decryptions there are.
    public let partialDecryptions: Int
    /// What is decrypted; `nil` before the encrypted tally.
    public let tally: Tally?
    /// The questions with their sums; `nil` before the result.
    public let questions: [Question]?
    /// The tracker of each ballot in the order of events, where they were asked for.
    public let trackers: [HashDigest]

    /// The people who voted here, of those on the roll; `nil` for an election without terms of ours.
    public var turnout: (voters: Int, electors: Int)? {
        election.terms.map { (voters, $0.electors) }
    }

    /// Whether as many voted here as have to for the election to be valid; `nil` where none are asked for. An archive that
    /// adds fewer up is refused, so this is false while people vote, or where it ended so.
    public var reachesQuorum: Bool? {
        election.terms?.quorum.map { voters >= $0 }
    }
}
