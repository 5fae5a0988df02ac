public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Moves a planned meeting, or calls it off, with the reason; where the authority has to be told first, with the filing
/// number of that.
public struct ChangeMeeting: Command {
    /// What becomes of it.
    public enum Change: Sendable, Hashable {
        /// It is held on another day, at other hours.
        case move(to: CalendarDate, from: TimeOfDay?, until: TimeOfDay?)
        /// It is not held.
        case cancel
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>
    /// What becomes of it.
    public let change: Change
    /// Why, and with whom it was agreed.
    public let reason: String
    /// The filing number of the notice to the authority, with its day.
    public let notice: AuthorityNotice?
    /// Its copy.
    public let paper: StoredFile?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MeetingError``.
    public init(
        _ id: ID<Meeting>, of alliance: ID<Alliance>, to change: Change, because reason: String,
        notice: AuthorityNotice? = nil, paper: StoredFile? = nil
    ) throws(MeetingError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.alliance = alliance
        self.id = id
        self.change = change
        self.reason = reason
        self.notice = notice
        self.paper = paper
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``MeetingError``; ``MeetingError/entityAlone`` and ``MeetingError/authorityNotTold(_:)`` where its rule
    ///   was not kept.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(id, of: alliance) else {
            throw MeetingError.notFound
        }
        try require(found.moveRule, of: found, by: transaction.scope.principal, at: now)
        var file: ID<StoredFile>?
        if let paper {
            file = try await transaction.store(
                paper, as: .letters, in: stream, isReserved: found.isReserved, at: now)
        }
        try await transaction.update(found.changed(change))
        let kept = try notice.map { notice throws(MeetingError) in
            try AuthorityNotice(number: notice.number, filedOn: notice.filedOn, file: file)
        }
        try await transaction.insert(
            MeetingChange(
                dayBefore: found.day, startedAt: found.startsAt, dayAfter: change.day, reason: reason,
                notice: kept),
            of: id, at: now)
        return Audited(
            AuditEvent(
                change == .cancel ? "governance.meeting.cancelled" : "governance.meeting.moved", subject: id,
                details: [
                    "day_before": found.day.description, "day_after": change.day?.description ?? "",
                ], words: ["reason": reason, "notice": notice?.number ?? ""],
                isReserved: found.isReserved))
    }

    private func require(
        _ rule: MoveRule?, of meeting: Meeting, by principal: Principal, at now: Date
    ) throws {
        guard let rule else { return }
        if rule.isEntityOnly, !principal.holds(.moveHearings, in: stream) { throw MeetingError.entityAlone }
        if let authority = rule.authority {
            // Told before the day that is given up, and not on a day to come.
            guard let notice, notice.filedOn < meeting.day, notice.filedOn <= ColombianTime.date(at: now)
            else {
                throw MeetingError.authorityNotTold(authority)
            }
        }
    }
}

extension ChangeMeeting.Change {
    /// The day that the meeting is moved to.
    fileprivate var day: CalendarDate? { if case .move(let day, _, _) = self { day } else { nil } }
}

extension Meeting {
    fileprivate func changed(_ change: ChangeMeeting.Change) throws(MeetingError) -> Meeting {
        switch change {
        case .cancel: with(state: .cancelled)
        case .move(let day, let from, let until): try moved(to: day, from: from, until: until)
        }
    }
}
