public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Opens a session (`instala la jornada`): from then people are let in. Another one follows while a table has not voted,
/// as where a place was put off, and for a runoff.
public struct OpenSession: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// When check-in ends.
    public let checkInCloses: Date
    /// The hour of the call, from which the second call is reckoned.
    public let firstCall: Date
    /// Why the session is another day than the calendar's; empty where it is that day.
    public let reason: String

    /// A session of a process.
    public init(
        of place: ProcessPlace, checkInCloses: Date, firstCall: Date, onAnotherDayBecause reason: String = ""
    ) {
        self.place = place
        self.checkInCloses = checkInCloses
        self.firstCall = firstCall
        self.reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Gives each elector their table, opens the session and takes the process to its vote.
    ///
    /// A vote on another day than the calendar's is an incident with its reason, which the acta tells.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<VotingSession>> {
        let session = ID<VotingSession>()
        guard checkInCloses > now, checkInCloses > firstCall else { throw VotingDayError.windowTurned }
        let process = try await transaction.processGoingOn(place)
        // While one is open, the constraint tells of it.
        guard process.state == .voting || process.state.successors.contains(.voting) else {
            throw VotingDayError.notVoting
        }
        let undecided = try await transaction.undecidedSlates(of: place.process)
        guard undecided == 0 else { throw VotingDayError.slatesUndecided(undecided) }
        let day = ColombianTime.date(at: now)
        let voting = try await transaction.calendar(of: place.process)?[.voting]
        let votes = try await transaction.votesToTake(of: place.process)
        if let announced = votes.announcedDay(otherThan: day, voting: voting) {
            guard !reason.isEmpty else {
                throw VotingDayError.otherDay(SpanishFormat.longDate(announced))
            }
            try await transaction.insertIncident(
                .other,
                "La votación prevista para el \(SpanishFormat.longDate(announced)) se hizo el \(SpanishFormat.longDate(day)). Motivo: \(reason)",
                of: place, now: now)
        }
        try await transaction.prepareTables(of: place, for: votes)
        let awaitsBox = try await transaction.hasBoxToVoteIn(place.process)
        guard process.state == .voting || !votes.isEmpty || awaitsBox else {
            for turn in try await transaction.turns(of: place.process) { try turn.requireNoObstacle() }
            throw VotingDayError.nothingToVote
        }
        let quorum = Quorum(try await transaction.bylaws(of: place.alliance, on: day))
        try await transaction.open(
            session, of: place, checkInCloses: checkInCloses, firstCall: firstCall,
            secondCall: quorum.secondCallAt(after: firstCall), at: now)
        try await transaction.advance(process, at: now)
        return Audited(session, AuditEvent("elections.session.opened", subject: session))
    }
}

/// Closes a session; nobody is let in any more, and its votes are closed.
public struct CloseSession: ElectionDecision {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// The session.
    public let session: ID<VotingSession>

    /// Names the session.
    public init(_ session: ID<VotingSession>, of place: ProcessPlace) {
        self.place = place
        self.session = session
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Closes it, unless a box has still to be closed or annulled while its voters are here.
    ///
    /// - Throws: ``ProcessError``, ``VotingDayError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let process = try await transaction.processGoingOn(place)
        try await transaction.requireSettledBoxes(of: place)
        try await transaction.close(session, of: place, at: now)
        try await transaction.advance(process, at: now)
        return Audited(AuditEvent("elections.session.closed", subject: session))
    }
}

extension Transaction where Scope == TenantScope {
    /// Refuses to end what is left to those who voted in a box that will not be opened: it is annulled while they are still
    /// here. With a contest, as its table closes; without one, as the session does, which a box of the present never outlasts.
    ///
    /// - Throws: ``VotingDayError/boxOpen(_:)``, ``VotingDayError/boxTooSmall(_:)``.
    func requireSettledBoxes(of place: ProcessPlace, asking contest: ID<Contest>? = nil) async throws {
        for box in try await boxes(of: place.process) where !box.isMock {
            if contest == nil, box.state == .open, box.opensInSession {
                throw VotingDayError.boxOpen(box.number)
            }
            guard box.state == .closed, box.isTooSmall else { continue }
            let asked = try await questions(of: box.id).map(\.contest)
            guard contest.map(asked.contains) ?? true else { continue }
            throw VotingDayError.boxTooSmall(box.number)
        }
    }
}
