public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

/// Opens a session (`instala la jornada`): from then people are let in.
public struct OpenSession: Command {
    /// Who may do it.
    public static let permission = Permission.runVotingDay
    /// The process.
    public let place: ProcessPlace
    /// When check-in ends.
    public let checkInCloses: Date
    /// The hour of the call, from which the second call is reckoned.
    public let firstCall: Date

    /// A session of a process.
    public init(of place: ProcessPlace, checkInCloses: Date, firstCall: Date) {
        self.place = place
        self.checkInCloses = checkInCloses
        self.firstCall = firstCall
    }

    /// The process's chain.
    public var stream: AuditStream { place.stream }

    /// Opens the session and takes the process to its vote.
    ///
    /// - Throws: ``VotingDayError/notVoting`` and ``VotingDayError/sessionOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<VotingSession>> {
        let session = ID<VotingSession>()
        guard checkInCloses > now else { throw VotingDayError.outsideCheckIn }
        try await transaction.moveProcess(
            place, from: ["frozen_roll", "nominations", "voting", "provisional_result"], to: "voting", at: now
        )
        let day = ColombianTime.date(at: now)
        let quorum = Quorum(try await transaction.bylaws(of: place.alliance, on: day))
        try await transaction.open(
            session, of: place, checkInCloses: checkInCloses, firstCall: firstCall,
            secondCall: quorum.secondCallAt(after: firstCall), at: now)
        return Audited(session, AuditEvent("elections.session.opened", subject: session))
    }
}

/// Closes a session; nobody is let in any more, and its votes are closed.
public struct CloseSession: Command {
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

    /// Closes it.
    ///
    /// - Throws: ``VotingDayError/sessionNotOpen``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        try await transaction.close(session, of: place, at: now)
        try await transaction.moveProcess(place, from: ["voting"], to: "count", at: now)
        return Audited(AuditEvent("elections.session.closed", subject: session))
    }
}
