public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Elects by acclamation those who stand alone for the seats, where the call says so. With one objection there is a
/// vote.
public struct DeclareAcclamation: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>
    /// The contest.
    public let contest: ID<Contest>
    /// How it happened.
    public let account: String
    /// How many objected.
    public let objections: Int

    /// An acclamation as it happened.
    public init(
        of contest: ID<Contest>, in session: ID<VotingSession>, of place: ProcessPlace, account: String,
        objections: Int
    ) {
        self.place = place
        self.session = session
        self.contest = contest
        self.account = account.trimmingCharacters(in: .whitespacesAndNewlines)
        self.objections = objections
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Keeps the acclamation and its canvass: every seat goes to those who stand.
    ///
    /// - Throws: ``VotingDayError``, ``CanvassError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        guard !account.isEmpty else { throw VotingDayError.reasonMissing }
        guard objections == 0 else { throw VotingDayError.objected }
        let process = try await transaction.processGoingOn(place)
        guard let quorum = try await transaction.quorum(now: now, in: session, of: place) else {
            throw VotingDayError.sessionNotOpen
        }
        guard quorum.isMet else { throw VotingDayError.noQuorum(quorum.sentence) }
        try await transaction.announce(contest, round: 1, in: session, of: place, at: now)
        try await transaction.insertQuorum(quorum, of: contest, round: 1, in: session, of: place, at: now)
        try await transaction.acclaim(self, present: quorum.present, at: now)
        try await transaction.advance(process, at: now)
        try await transaction.publishResults(of: place, at: now)
        return Audited(
            AuditEvent(
                "elections.acclamation.declared", subject: contest,
                details: ["present": "\(quorum.present)"]))
    }
}
