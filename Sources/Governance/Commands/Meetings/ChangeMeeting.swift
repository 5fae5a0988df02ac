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
            guard let notice else { throw MeetingError.authorityNotTold(authority) }
            // Told before the day that is given up, and not on a day to come.
            guard notice.filedOn < meeting.day, notice.filedOn <= ColombianTime.date(at: now) else {
                throw MeetingError.noticeOutOfTime(authority)
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

/// What asks for care on a day that meetings would be moved to, and whether people were called to them.
public struct CheckMove: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// What asks for care, each once.
        public let warnings: [String]
        /// Whether a call of one of them went out.
        public let isCalled: Bool
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The meetings, each with its alliance.
    public let meetings: [(alliance: ID<Alliance>, meeting: Meeting)]
    /// The day.
    public let day: CalendarDate

    /// Asks about meetings that would be held on another day.
    public init(_ meetings: [(alliance: ID<Alliance>, meeting: Meeting)], on day: CalendarDate) {
        self.meetings = meetings
        self.day = day
    }

    /// The alliance's chain, or the office's where it is several.
    public var stream: AuditStream { meetings.count == 1 ? .alliance(meetings[0].alliance) : .office }

    /// Reads it. A day that a meeting keeps asks for no care that was not taken before.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        var warnings: [String] = []
        var isCalled = false
        for (alliance, meeting) in meetings {
            if try await !transaction.notices(of: meeting.id).isEmpty { isCalled = true }
            guard meeting.day != day else { continue }
            let moved = try meeting.on(day)
            let check = MeetingDayCheck(
                moved.days, within: try await transaction.noticeRequirement(of: moved, of: alliance),
                on: today)
            warnings += check.warnings.filter { !warnings.contains($0) }
        }
        return Answer(warnings: warnings, isCalled: isCalled)
    }
}
