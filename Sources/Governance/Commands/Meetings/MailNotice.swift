public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Sends the notice of a meeting by mail to those who are called and have an address.
public struct MailNotice: Undertaking {
    /// How many it goes to.
    public struct Outcome: Sendable, Hashable {
        /// To how many a mail is on its way.
        public let queued: Int
        /// How many have no address that mail reaches.
        public let unreachable: Int
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names a meeting.
    public init(of meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Leaves a mail for each in the outbox, and counts them as the proof of the channel.
    ///
    /// - Throws: ``MeetingError``, ``NoticeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Outcome> {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state == .planned else { throw MeetingError.notPlanned }
        let today = ColombianTime.date(at: now)
        guard today <= found.day else { throw MeetingError.calledAfterwards }
        guard let notice = try await transaction.notices(of: meeting).last else {
            throw NoticeError.notIssued
        }
        let invitation = try await transaction.invitation(
            to: found, agenda: transaction.agenda(of: meeting), of: alliance)
        guard notice.isOf(invitation) else { throw NoticeError.outdated }
        let calls = try await transaction.calls(of: meeting)
        guard !calls.contains(where: { $0.kind == .mail && $0.notice == notice.id }) else {
            throw NoticeError.mailedAlready
        }
        let called = try await transaction.calledPeople(to: found, of: alliance)
        let reachable = try await transaction.reachable(of: called)
        guard !reachable.isEmpty else { throw NoticeError.nobodyHasMail }
        let text = notice.words + "\nHuella de esta convocatoria (SHA-256): \(notice.digest)\n"
        try transaction.post(
            reachable.map {
                try OutboxMessage(
                    Mailing(to: $0.email, subject: invitation.subject, text: text), about: notice.id)
            }, at: now)
        let outcome = Outcome(queued: reachable.count, unreachable: called.count - reachable.count)
        try await transaction.insert(
            MeetingCall(
                sentOn: today, channel: MeetingCall.Kind.mail.title, kind: .mail, reached: outcome.queued,
                note: outcome.unreachable == 0
                    ? nil : "\(SpanishFormat.count(outcome.unreachable, "persona", "personas")) sin correo",
                notice: notice.id), of: meeting, at: now)
        return Audited(
            outcome,
            AuditEvent(
                "governance.notice.mailed", subject: meeting,
                details: [
                    "version": String(notice.version), "queued": String(outcome.queued),
                    "unreachable": String(outcome.unreachable),
                ]))
    }
}

/// How many of those who are called to a meeting mail reaches, before it is sent.
public struct CountMailed: Query {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names a meeting.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Counts them.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Int {
        guard let found = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        return try await transaction.reachable(of: transaction.calledPeople(to: found, of: alliance)).count
    }
}
