public import Foundation
public import Governance
public import Kernel
public import Tenancy

/// All that the pages of the voting day show of a process: its tables, the session that is open, what is voted
/// where, and how far each count has come.
public struct DayFile: Sendable {
    /// The process.
    public let process: ElectionProcess
    /// What it elects.
    public let contests: [Contest]
    /// Its tables, by number.
    public let tables: [DayTable]
    /// Its sessions, the last one first.
    public let sessions: [DaySession]
    /// The votes that were opened, by table and contest.
    public let polls: [DayPoll]
    /// The quorum at this moment, while a session is open.
    public let quorum: Quorum.Check?
    /// When the vote was called for; `nil` where the process has no calendar.
    public let voting: Milestone?
    /// The electors of the frozen roll; `nil` while it is not frozen.
    public let electors: Int?
    /// Challenges that wait for their decision.
    public let openChallenges: Int
    /// What happened that was not meant to.
    public let incidents: Int
    /// When each result can be challenged.
    public let terms: ChallengeTerms
    /// Which round of each contest is due.
    public let turns: [ContestTurn]
    /// Votes that no session has opened yet.
    public let votesToTake: [VoteToTake]
    /// Tables that are left out of votes, or that somebody proposes to leave out.
    public let omissions: [TableOmission]
    /// The boxes that take votes, a row for each round of a contest.
    public let boxes: [DayBox]
    /// Contests in which more stand than there are seats.
    public let contested: Set<ID<Contest>>
    /// The proclamation that waits for its second person.
    public let proposal: ProclamationProposal?
    /// The last proclamation that was proposed and taken back.
    public let withdrawnProposal: WithdrawnProposal?
    /// The annulment that waits for its second person.
    public let annulment: OpenAnnulment?
    /// The day of the proclamation.
    public let proclaimedOn: CalendarDate?

    /// The session that is open.
    public var session: DaySession? { sessions.first { $0.isOpen } }

    /// The vote of a contest at a table, in the last round that it reached.
    public func poll(of contest: ID<Contest>, at table: ID<VotingTable>) -> DayPoll? {
        polls.filter { $0.contest == contest && $0.table == table }.max { $0.round < $1.round }
    }

    /// How a contest is voted: by show of hands where more stand than an acclamation could seat, and at all tables where
    /// it was objected to at one.
    public func mode(of contest: Contest) -> Contest.VotingMode {
        guard contest.votingMode == .acclamation else { return contest.votingMode }
        return contested.contains(contest.id) || polls.contains { $0.contest == contest.id }
            ? .showOfHands : .acclamation
    }

    /// The round of a contest that is due, or that was voted last: 2 where the last canvass asked for a runoff.
    public func round(of contest: ID<Contest>) -> Int { turns[contest]?.round ?? 1 }

    /// Why nobody votes at a table in a round; `nil` where people do.
    public func omission(of poll: PollPlace) -> TableOmission? {
        omissions.first { $0.polls.contains(poll) }
    }

    /// The proposal to leave a table out that waits for its second person.
    public func openOmission(of table: ID<VotingTable>) -> TableOmission? {
        omissions.first { $0.table == table && $0.isOpen }
    }

    /// Whether somebody may propose to leave a table out: it did not vote what others voted, and no session is open in which
    /// it could; or so few voted there that their ballots are not opened, and no other urn takes them any more. Not while
    /// people vote, in a session or in a box.
    public func isOmissible(_ table: ID<VotingTable>) -> Bool {
        process.state != .voting && process.state.isBetweenVoteAndProclamation
            && openOmission(of: table) == nil
            && (votesToTake.contains { $0.table == table && turns.hasBegun($0) }
                || polls.contains { $0.table == table && isStranded($0) })
    }

    /// Whether every vote was taken, and none is open any more.
    public var isVoted: Bool {
        !(polls.isEmpty && boxes.isEmpty) && votesToTake.isEmpty
            && polls.allSatisfy { $0.stage != .open } && boxes.allSatisfy(\.isVoted)
    }

    /// Whether every vote was taken and every table and box closed its count: the canvass is next.
    public var isCounted: Bool {
        isVoted && polls.allSatisfy(isSettled) && boxes.allSatisfy { $0.state == .counted }
    }

    /// Whether nobody counts a vote any more: its count is frozen, another table counts its ballots, or it was left out.
    public func isSettled(_ poll: DayPoll) -> Bool {
        poll.isFrozen || poll.mergedInto != nil || omission(of: poll.place) != nil
    }

    /// Whether the few ballots of a vote can no longer go into the urn of another table, since all others have begun to
    /// count and none is to vote: they are not opened.
    public func isStranded(_ poll: DayPoll) -> Bool {
        guard !isSettled(poll), poll.closedAt != nil, let signatures = poll.signatures,
            (1..<Urn.fewestBallots).contains(signatures),
            tables.count > 1 || box(of: poll.contest, round: poll.round) != nil
        else { return false }
        return tables.allSatisfy { table in
            let place = PollPlace(poll.contest, round: poll.round, at: table.id)
            guard table.id != poll.table, omission(of: place) == nil else { return true }
            return polls.first { $0.place == place }.map { !$0.juries.isEmpty || isSettled($0) } ?? false
        }
    }

    /// Tables that have not frozen their count of the round of a contest that is due.
    public func waitingTables(for contest: ID<Contest>) -> Int {
        guard !isVotedInBoxAlone(contest) else { return 0 }
        let round = round(of: contest)
        return tables.filter { table in
            let place = PollPlace(contest, round: round, at: table.id)
            guard omission(of: place) == nil else { return false }
            return polls.first { $0.place == place }.map { !isSettled($0) } ?? true
        }.count
    }
}

/// A voting table with who serves there.
public struct DayTable: Sendable, Hashable {
    /// Identifies the table.
    public let id: ID<VotingTable>
    /// Its number, 1 being the first.
    public let number: Int
    /// The place: «Institución Educativa San Antero».
    public let place: String
    /// The address of the place.
    public let address: String
    /// When it receives votes.
    public let opensAt: Date
    /// When it stops receiving them.
    public let closesAt: Date
    /// Its jurors, by jury.
    public let jurors: [DayJuror]
    /// The electors who vote there; 0 before the session assigns them.
    public let electors: Int
    /// Those of them who are inside.
    public let present: Int
    /// Those of them who came at some time of the last session.
    public let came: Int
}

/// A juror of a table.
public struct DayJuror: Sendable, Hashable {
    /// Which jury: 1 or 2.
    public let jury: Int
    /// The user.
    public let user: ID<User>
    /// The name.
    public let name: String
}

/// A session of a process.
public struct DaySession: Sendable, Hashable {
    /// Identifies the session.
    public let id: ID<VotingSession>
    /// Its number, 1 being the first.
    public let number: Int
    /// When people are let in.
    public let checkIn: ClosedRange<Date>
    /// The hour of the call.
    public let firstCall: Date
    /// The hour of the second call; `nil` where the bylaws know none.
    public let secondCall: Date?
    /// When it was opened.
    public let openedAt: Date?
    /// When it was closed.
    public let closedAt: Date?

    /// Whether it is going on.
    public var isOpen: Bool { openedAt != nil && closedAt == nil }
}

/// The vote of a contest at a table and how far its count has come.
public struct DayPoll: Sendable, Hashable {
    /// The table.
    public let table: ID<VotingTable>
    /// The contest.
    public let contest: ID<Contest>
    /// The round, 1 being the first.
    public let round: Int
    /// Ballots that the table received.
    public let ballots: Int
    /// When it was opened.
    public let openedAt: Date
    /// When it is to close.
    public let closesAt: Date
    /// When it was closed.
    public let closedAt: Date?
    /// The juries that entered their count.
    public let juries: [Int]
    /// Whether what they entered was reconciled.
    public let isReconciled: Bool
    /// Whether the count is frozen.
    public let isFrozen: Bool
    /// The table that counts its few ballots with its own; `nil` where the table counts them.
    public let mergedInto: ID<VotingTable>?
    /// How many signed the list, where they were counted before the urn was opened.
    public let signatures: Int?

    /// How far the vote has come.
    public enum Stage: Sendable, Hashable {
        /// People vote.
        case open
        /// Closed; so many juries have entered their count.
        case counting(juries: Int)
        /// The count is frozen.
        case frozen
        /// Another table counts its ballots.
        case merged(into: ID<VotingTable>)
    }

    /// How far the vote has come.
    public var stage: Stage {
        if isFrozen { return .frozen }
        if let mergedInto { return .merged(into: mergedInto) }
        return closedAt == nil ? .open : .counting(juries: juries.count)
    }

    /// The vote's place.
    public var place: PollPlace { PollPlace(contest, round: round, at: table) }
}

/// The last canvass of a contest in short.
public struct CanvassHeading: Sendable, Hashable {
    /// The contest.
    public let contest: ID<Contest>
    /// The round that was counted.
    public let round: Int
    /// The version, 1 being the first.
    public let version: Int
    /// What it says.
    public let outcome: CountResult.Outcome
    /// When it was made.
    public let madeAt: Date
    /// The last day to challenge it, but for extensions; `nil` where that was not kept with it.
    public let challengesUntil: CalendarDate?
}

/// A proclamation that was proposed and waits for its second person.
public struct ProclamationProposal: Sendable, Hashable {
    /// The act.
    public let act: ID<ElectoralAct>
    /// What was said.
    public let reason: String
    /// Who proposed it, by role.
    public let role: Role
    /// Who proposed it.
    public let user: ID<User>
    /// The name of who proposed it.
    public let name: String
    /// When.
    public let proposedAt: Date
}

/// A proclamation that was proposed and taken back.
public struct WithdrawnProposal: Sendable, Hashable {
    /// When it was proposed.
    public let proposedAt: Date
    /// When it was taken back.
    public let withdrawnAt: Date
    /// Why; `nil` where nobody was asked.
    public let reason: String?
}

/// An elector at the door: who it is, where they vote, and whether they are inside.
public struct Elector: Sendable, Hashable {
    /// The person.
    public let person: ID<Person>
    /// Surnames and names.
    public let name: String
    /// The type of the document.
    public let documentType: String
    /// Its number.
    public let documentNumber: String
    /// The table where they vote.
    public let table: Int?
    /// The place of that table.
    public let place: String?
    /// The last stay in the session, if there was one.
    public let presence: ID<SessionPresence>?
    /// When they came in.
    public let arrivedAt: Date?
    /// When they left.
    public let leftAt: Date?

    /// Whether they are inside.
    public var isPresent: Bool { arrivedAt != nil && leftAt == nil }
}

/// Somebody whom the roll does not have, with why.
public struct Stranger: Sendable, Hashable {
    /// Why the roll does not have somebody.
    public enum Cause: String, Sendable, Hashable {
        /// A requirement is not met.
        case ineligible
        /// A requirement is not proven.
        case unproven
        /// The person met the requirements and was excluded by a claim.
        case eligible
        /// The person is an affiliate and no member of the alliance.
        case noMember = "no_member"
    }

    /// The name.
    public let name: String
    /// Document type and number.
    public let document: String
    /// Why.
    public let cause: Cause
}
