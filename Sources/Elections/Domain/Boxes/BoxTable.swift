public import Kernel
public import Tenancy

/// A table as its jurors work with an electronic box there: its booths, and whom they look for.
public struct BoxTable: Sendable {
    /// The box.
    public let box: BallotBox
    /// The table.
    public let id: ID<VotingTable>
    /// Its number.
    public let number: Int
    /// Its booths, the oldest first, those that are closed as well.
    public let kiosks: [Kiosk]
    /// How many voted at it in which way.
    public let participation: [VotingPass.Way: Int]
    /// Those of the roll whom the words that were asked for name.
    public let electors: [BoxElector]
}

/// An elector beside a box: what a juror has to know before they are handed papers, a slip or the way to the booth.
public struct BoxElector: Sendable, Hashable {
    /// Who.
    public let person: ID<Person>
    /// The name on the roll.
    public let name: String
    /// The type of the document.
    public let documentType: String
    /// Its number.
    public let documentNumber: String
    /// The number of the table where they vote; `nil` where they have none.
    public let table: Int?
    /// Whether they are checked in and inside, at that table.
    public let isPresent: Bool
    /// Whether there is a slip that they may vote with.
    public let hasSlip: Bool
    /// What stands on the outside of it; `nil` where it bears their name.
    public let serial: String?
    /// How they voted, on paper or in the box; `nil` while they have not.
    public let way: VotingPass.Way?
    /// The number of the table where they voted; `nil` where they have not, or from afar.
    public let votedAt: Int?
    /// Whether a contradiction of their marks is listed.
    public let hasConflict: Bool
}

/// A box as the page of the day leads to it.
public struct RunningBox: Sendable, Hashable {
    /// The box.
    public let box: BallotBox
    /// Contradictions that nobody has decided yet.
    public let openConflicts: Int
}
