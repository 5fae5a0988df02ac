public import Kernel
public import Tenancy

/// The urn of a table in a secret vote, as far as it tells whether it may be opened.
///
/// What comes out of an urn with very few ballots tells how people voted. So the signatures are counted before it is
/// opened, and where they are few the ballots go, as they are, into the urn of another table, which counts them with its
/// own. An urn that is the whole vote is opened whatever is in it: it is not apart, and there is no other way to count it.
/// Beside an electronic box no urn is the whole vote, and no ballots go from one to the other.
public struct Urn: Sendable, Hashable {
    /// The fewest ballots of a secret vote that are counted apart from others.
    ///
    /// It is the number of boxes (``BallotBox/fewest``): of fewer, the sums alone come so close to the single votes that
    /// those who know each other at a small table read them off.
    public static let fewestBallots = BallotBox.fewest

    /// How far the table has come.
    public enum Stage: Sendable, Hashable {
        /// It has not opened the vote.
        case unopened
        /// People vote.
        case voting
        /// Closed; nobody has entered a count.
        case closed
        /// A jury has entered its count, so that the urn takes no other ballots any more.
        case counting
        /// Its count of so many ballots is frozen.
        case counted(ballots: Int)
        /// It was left out.
        case omitted
        /// Its ballots are in the urn of another table.
        case merged(into: ID<VotingTable>)
    }

    /// How many signed the list, as somebody counted it before the urn was opened.
    public struct Signatures: Sendable, Hashable {
        /// The people who voted.
        public let voters: Int
        /// Who counted, and so does not carry the ballots away alone.
        public let countedBy: ID<User>
        /// Their name.
        public let counter: String
    }

    /// The table.
    public let table: ID<VotingTable>
    /// Its number.
    public let number: Int
    /// Its place.
    public let place: String
    /// How far it has come.
    public let stage: Stage
    /// How many signed its list, once they were counted apart.
    public let signatures: Signatures?
    /// Its electors who were in at some time while it voted, but for those who voted in an electronic box.
    public let checkedIn: Int

    /// The people who voted at the table, as far as is known before its urn is opened.
    public var voters: Int { signatures?.voters ?? checkedIn }

    /// Whether its ballots are counted apart, or still could be.
    fileprivate var isApart: Bool {
        switch stage {
        case .omitted, .merged, .counted(ballots: 0): false
        default: true
        }
    }

    /// Whether its urn was not opened, though somebody votes or voted there.
    fileprivate var isSealed: Bool { stage == .voting || stage == .closed }

    /// Whether it can take the ballots of others, now or after it has voted.
    fileprivate var canReceive: Bool { isSealed || stage == .unopened }
}

/// The urns of one vote, a table each.
public struct VoteUrns: Sendable, Hashable {
    /// Whether an urn may be opened.
    public enum Standing: Sendable, Hashable {
        /// It may.
        case free
        /// The door knows of few: the signatures are counted first.
        case uncounted
        /// Few voted: its ballots go into the urn of another table.
        case few
        /// It waits, since the few of these tables (by number) may have to come into it.
        case waiting([Int])
        /// Its ballots are in the urn of another table, by its number.
        case merged(into: Int)
    }

    /// The urns, by the number of their tables.
    public let all: [Urn]
    /// Whether an electronic box takes votes of the same round, so that each urn is counted apart from it.
    public let areBesideBox: Bool

    /// The urns of a vote; none where no ballots are counted.
    public init(_ all: [Urn] = [], areBesideBox: Bool = false) {
        self.all = all
        self.areBesideBox = areBesideBox
    }

    /// The urn of a table.
    public subscript(table: ID<VotingTable>) -> Urn? { all.first { $0.table == table } }

    /// The urns whose ballots were put into that of a table, also by way of another.
    public func merged(into table: ID<VotingTable>) -> [Urn] {
        all.filter { $0.stage == .merged(into: table) }.flatMap { [$0] + merged(into: $0.table) }
    }

    /// The people whose ballots are in the urn of a table, as far as is known before it is opened.
    public func voters(of table: ID<VotingTable>) -> Int {
        merged(into: table).reduce(self[table]?.voters ?? 0) { $0 + $1.voters }
    }

    /// Whether a box or another table counts ballots of the vote, or still could.
    public func isApart(_ table: ID<VotingTable>) -> Bool {
        areBesideBox || all.contains { $0.table != table && $0.isApart }
    }

    /// Whether so many ballots of a table are too few to be counted apart.
    public func areFew(_ ballots: Int, at table: ID<VotingTable>) -> Bool {
        (1..<Urn.fewestBallots).contains(ballots) && isApart(table)
    }

    /// The tables that can take the ballots of another: closed, and nobody has begun to count. Those are left out whose
    /// urn would be too small still, unless there is no other.
    public func receivers(for table: ID<VotingTable>) -> [Urn] {
        let closed = all.filter { $0.table != table && $0.stage == .closed }
        let own = voters(of: table)
        let large = closed.filter { voters(of: $0.table) + own >= Urn.fewestBallots }
        return large.isEmpty ? closed : large
    }

    /// Whether no table can take the few ballots of one any more: all others have begun to count, and none is to vote.
    public func isStranded(_ table: ID<VotingTable>) -> Bool {
        standing(of: table) == .few && !all.contains { $0.table != table && $0.canReceive }
    }

    /// Whether the urn of a table may be opened.
    public func standing(of table: ID<VotingTable>) -> Standing {
        guard let urn = self[table] else { return .free }
        if case .merged(let into) = urn.stage { return .merged(into: self[into]?.number ?? 0) }
        guard isApart(table), urn.stage == .closed || urn.stage == .counting else { return .free }
        let own = voters(of: table)
        if urn.signatures == nil, own < Urn.fewestBallots { return .uncounted }
        if areFew(own, at: table) { return .few }
        // An empty urn takes nothing from anybody, whichever is counted first.
        guard urn.stage == .closed, own > 0 else { return .free }
        return waiting(besides: table)
    }

    /// Refuses what was counted of an urn that was not to be opened.
    ///
    /// - Throws: ``UrnError``.
    func requireOpen(_ table: ID<VotingTable>) throws(UrnError) {
        switch standing(of: table) {
        case .free: return
        case .uncounted: throw .signaturesMissing
        case .few: throw .few
        case .waiting(let tables): throw .waits(tables)
        case .merged: throw .merged
        }
    }

    /// The last urn that could take others waits for them: whatever is still sealed has to be enough by itself, or empty.
    private func waiting(besides table: ID<VotingTable>) -> Standing {
        let sealed = all.filter { $0.table != table && $0.isSealed }
        let isEnough = sealed.reduce(0) { $0 + voters(of: $1.table) } >= Urn.fewestBallots
        let isEmpty = sealed.allSatisfy { $0.signatures != nil && voters(of: $0.table) == 0 }
        return isEnough || isEmpty ? .free : .waiting(sealed.map(\.number))
    }
}
