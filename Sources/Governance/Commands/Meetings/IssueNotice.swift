public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Issues the call of a meeting (`emite la convocatoria`): its words are kept as they are from then on.
public struct IssueNotice: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Who calls, by office.
    public let caller: String
    /// How to ask or object.
    public let contact: String
    /// Why it is called with fewer days than are asked for.
    public let shortNoticeReason: String?

    /// Takes what a person filled in.
    ///
    /// - Throws: ``NoticeError``.
    public init(
        of meeting: ID<Meeting>, of alliance: ID<Alliance>, caller: String, contact: String,
        shortNoticeReason: String? = nil
    ) throws(NoticeError) {
        guard let caller = caller.trimmedOrNil else { throw .withoutCaller }
        guard let contact = contact.trimmedOrNil else { throw .withoutContact }
        self.alliance = alliance
        self.meeting = meeting
        self.caller = caller
        self.contact = contact
        self.shortNoticeReason = shortNoticeReason?.trimmedOrNil
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Issues it.
    ///
    /// - Throws: ``MeetingError``, ``NoticeError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        MeetingNotice
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state == .planned else { throw MeetingError.notPlanned }
        let today = ColombianTime.date(at: now)
        guard today <= found.day else { throw MeetingError.calledAfterwards }
        guard found.startsAt != nil else { throw NoticeError.withoutHour }
        guard found.place != nil || found.link != nil else { throw NoticeError.withoutPlace }
        let agenda = try await transaction.agenda(of: meeting)
        guard !agenda.isEmpty else { throw NoticeError.withoutAgenda }
        let invitation = try await transaction.invitation(
            to: found, agenda: agenda, of: alliance, caller: caller, contact: contact)
        let before = try await transaction.notices(of: meeting).last
        if let before, before.isOf(invitation), before.caller == caller, before.contact == contact {
            throw NoticeError.unchanged
        }
        let check = NoticeCheck(
            try await transaction.noticeRequirement(of: found, of: alliance), calledOn: today, for: found.day)
        guard check.isMet || shortNoticeReason != nil else {
            throw NoticeError.shortWithoutReason(check.words)
        }
        let reason = check.isMet ? nil : shortNoticeReason
        let version = (before?.version ?? 0) + 1
        let notice = MeetingNotice(
            id: ID(), version: version, issuedOn: today, caller: caller, contact: contact,
            words: invitation.words(version: version, check: check, shortNotice: reason, on: today),
            check: check, shortNoticeReason: reason, issuedAt: now)
        try await transaction.insert(notice, of: found, in: alliance)
        return Audited(
            notice,
            AuditEvent(
                "governance.notice.issued", subject: meeting,
                details: [
                    "version": String(version), "sha256": notice.digest.description,
                    "given_days": String(check.given),
                    "required_days": check.requirement.map { String($0.days) } ?? "",
                ]))
    }
}

/// The call of a meeting: what is asked, what was issued, and by which channels it went out.
public struct ReadNotice: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let meeting: Meeting
        /// What people are told of it now, with who calls and how to ask as in the notice in force.
        public let invitation: MeetingInvitation
        /// Whether enough days would be given if it were called today, or were given where it was.
        public let check: NoticeCheck
        /// The last day on which it may be called; `nil` where nothing asks for days.
        public let latestDay: CalendarDate?
        /// Its notices, the first first.
        public let notices: [MeetingNotice]
        /// The channels by which it went out.
        public let calls: [MeetingCall]
        /// Where the alliance is reached.
        public let contact: Contact
        /// Where its series stands; `nil` where it is of none.
        public let series: SeriesStanding?
        /// Today.
        public let today: CalendarDate
        /// Whether the meeting is another than its notice says.
        public let isOutdated: Bool
        /// Whether who asks may know where a remote session is entered; the meeting and its invitation are without the
        /// link otherwise.
        public let mayEnter: Bool

        /// The notice in force.
        public var notice: MeetingNotice? { notices.last }
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>

    /// Asks for the call of a meeting.
    public init(of id: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let meeting = try await transaction.meeting(id, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let notices = try await transaction.notices(of: id)
        let today = ColombianTime.date(at: now)
        let requirement = try await transaction.noticeRequirement(of: meeting, of: alliance)
        let agenda = try await transaction.agenda(of: id)
        let invitation = try await transaction.invitation(
            to: meeting, agenda: agenda, of: alliance, caller: notices.last?.caller ?? "",
            contact: notices.last?.contact ?? "")
        let mayEnter = try await transaction.mayEnter(meeting, of: alliance)
        return Answer(
            meeting: mayEnter ? meeting : meeting.withoutLink(),
            invitation: mayEnter ? invitation : invitation.withoutLink(),
            check: notices.last?.check
                ?? NoticeCheck(requirement, calledOn: min(today, meeting.day), for: meeting.day),
            latestDay: requirement?.latestDay(for: meeting.day), notices: notices,
            calls: try await transaction.calls(of: id),
            contact: try await transaction.contact(of: alliance),
            series: try await transaction.standing(ofSeriesOf: meeting, in: alliance), today: today,
            isOutdated: notices.last.map { !$0.isOf(invitation) } ?? false, mayEnter: mayEnter)
    }
}
