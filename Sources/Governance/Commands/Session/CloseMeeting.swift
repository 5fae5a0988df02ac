public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Closes a session: the meeting counts as held.
public struct CloseMeeting: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What somebody confirmed to be lacking.
    public let confirmed: Set<SessionLack>

    /// A meeting in session.
    public init(
        _ meeting: ID<Meeting>, of alliance: ID<Alliance>, lacking confirmed: Set<SessionLack> = []
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.confirmed = confirmed
    }

    /// Closes it; who has the word has ended. What it left open is put into the next such meeting, where that is planned
    /// already, and what it treated after all is taken out of there.
    ///
    /// - Throws: ``SessionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .inSession else { throw SessionError.notOpen }
        let lacking = try await transaction.session(meeting, of: alliance, at: now).lackingToClose
        guard lacking.isSubset(of: confirmed) else { throw SessionError.unconfirmed(lacking) }
        try await transaction.endSpeech(in: meeting, at: now)
        try await transaction.close(found, at: now)
        try await transaction.note(.closed, lacking: lacking, in: found, of: alliance, at: now)
        try await transaction.takeBackTreated(of: found)
        let next = try await transaction.carryOn(from: found, of: alliance)
        return Audited(
            event(
                "session.closed",
                ["carried_into": next?.description ?? "", "lacking": lacking.codes]))
    }
}

/// Opens a session again that was closed too early (`reabre la sesión`): its closing stays, beside who opened it again and
/// why. Not once its minutes are out, nor after a later session of the same body, which took up what this one left.
public struct ReopenMeeting: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.runSessions
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Why.
    public let reason: String

    /// A meeting that was held.
    ///
    /// - Throws: ``SessionError/reasonUntold``.
    public init(
        _ meeting: ID<Meeting>, of alliance: ID<Alliance>, because reason: String
    ) throws(SessionError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonUntold }
        self.alliance = alliance
        self.meeting = meeting
        self.reason = reason
    }

    /// Opens it again.
    ///
    /// - Throws: ``SessionError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard found.state == .held, found.session?.closedAt != nil else { throw SessionError.notClosed }
        guard try await !transaction.hasStandingMinutes(meeting) else { throw SessionError.minutesStand }
        guard try await !transaction.hasLaterSession(than: found, of: alliance) else {
            throw SessionError.laterOpened
        }
        try await transaction.reopen(found)
        try await transaction.note(
            .reopened, because: reason, in: found, of: alliance, at: now)
        return Audited(event("session.reopened"))
    }
}
