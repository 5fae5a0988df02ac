public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// What was said against an acclamation, so that there is a vote.
public struct Objection: Sendable, Hashable {
    /// How many objected, at least one.
    public let people: Int
    /// How it happened.
    public let account: String

    /// An objection as it happened; `nil` where nobody objected.
    public init?(of people: Int, account: String) {
        guard people > 0 else { return nil }
        self.people = people
        self.account = account.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

/// Opens a vote at a table after its urn was shown empty, if there is a quorum at that moment.
public struct OpenPoll: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// The vote at its table.
    public let poll: PollPlace
    /// Ballots that the table received.
    public let ballots: Int
    /// What was said against an acclamation, where that is why there is a vote; the acta tells it.
    public let objection: Objection?

    /// A vote that is to be opened.
    public init(
        _ poll: PollPlace, in session: ID<VotingSession>, of place: ProcessPlace, ballots: Int,
        after objection: Objection? = nil
    ) {
        self.place = place
        self.session = session
        self.poll = poll
        self.ballots = ballots
        self.objection = objection
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the quorum as it was found and opens the vote.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        _ = try await transaction.processGoingOn(place)
        guard let quorum = try await transaction.quorum(now: now, in: session, of: place) else {
            throw VotingDayError.sessionNotOpen
        }
        guard quorum.isMet else { throw VotingDayError.noQuorum(quorum.sentence) }
        try await transaction.announce(poll.contest, round: poll.round, in: session, of: place, at: now)
        try await transaction.insertQuorum(
            quorum, of: poll.contest, round: poll.round, in: session, of: place, at: now)
        try await transaction.open(poll, in: session, of: place, ballots: ballots, at: now)
        if let objection {
            guard !objection.account.isEmpty else { throw VotingDayError.reasonMissing }
            let name = try await transaction.contests(of: place.process).first { $0.id == poll.contest }?.name
            try await transaction.insertIncident(
                .other,
                "No hubo aclamación en \(name ?? ""): se \(objection.people == 1 ? "opuso" : "opusieron") \(SpanishFormat.count(objection.people, "persona", "personas")) y se votó. \(objection.account)",
                at: poll.table, of: place, now: now)
        }
        return Audited(
            AuditEvent(
                "elections.poll.opened", subject: poll.contest,
                details: ["table": poll.table.description, "present": "\(quorum.present)"]))
    }
}

/// Closes a vote at a table.
public struct ClosePoll: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The vote at its table.
    public let poll: PollPlace

    /// A vote that is to be closed.
    public init(_ poll: PollPlace, of place: ProcessPlace) {
        self.place = place
        self.poll = poll
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Closes it, unless a box that asks the same has too few votes: its voters have only this way left.
    ///
    /// - Throws: ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.requireSettledBoxes(of: place, asking: poll.contest)
        try await transaction.close(poll, in: place, at: now)
        return Audited(
            AuditEvent(
                "elections.poll.closed", subject: poll.contest, details: ["table": poll.table.description]))
    }
}
