import Kernel

/// What has to be known of all ballots of a box while they are read as a stream: 32 bytes of each, for the test that none
/// comes twice, and where the last one of each voter stands.
struct BallotLedger {
    private var trackers: Set<SIMD4<UInt64>> = []
    /// The last ballot of each credential, by its index.
    private var last: [Int: CheckedBallot] = [:]
    /// Where the ballots stand that a later one has replaced.
    private(set) var replaced: [Range<Int>] = []

    /// How many ballots there are.
    var count: Int { trackers.count }
    /// How many credentials have a ballot.
    var voters: Int { last.count }
    /// The indices of those credentials.
    var voterIndices: some Collection<Int> { last.keys }

    /// Notes a ballot by its hash.
    ///
    /// Returns false where it stands in the box already.
    mutating func note(_ tracker: HashDigest) -> Bool {
        trackers.insert(tracker.words).inserted
    }

    /// Whether a text with this hash is a ballot of the box.
    func contains(_ tracker: HashDigest) -> Bool { trackers.contains(tracker.words) }

    /// Notes a valid ballot. They may come in any order: of each voter the one of the greatest height counts.
    mutating func note(_ ballot: CheckedBallot) {
        guard let other = last[ballot.voter] else {
            last[ballot.voter] = ballot
            return
        }
        let isLater = other.height < ballot.height
        last[ballot.voter] = isLater ? ballot : other
        replaced.append(isLater ? other.place : ballot.place)
    }
}

extension HashDigest {
    /// The 32 bytes without a place of their own in memory, so that a set of them has no overhead.
    var words: SIMD4<UInt64> {
        var words = SIMD4<UInt64>()
        for index in 0..<4 {
            words[index] = bytes[8 * index..<8 * index + 8].reduce(0) { $0 << 8 | UInt64($1) }
        }
        return words
    }
}
