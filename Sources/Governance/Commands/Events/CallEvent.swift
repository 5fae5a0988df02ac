public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Calls an event in all its alliances that have it on the calendar: each gets its own notice, in its own name.
public struct CallEvent: Command {
    /// What was done.
    public struct Outcome: Sendable, Hashable {
        /// In how many alliances a notice was issued; where one said the same already, it stands.
        public let called: Int
        /// To how many people a mail is on its way.
        public let mailed: Int
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The event.
    public let event: ID<JointEvent>
    /// Who calls, by office.
    public let caller: String
    /// How to ask or object.
    public let contact: String
    /// Why it is called with fewer days than are asked for, in those alliances where it is.
    public let shortNoticeReason: String?
    /// Whether the notices go out by mail at once.
    public let mails: Bool

    /// Takes what a person filled in.
    public init(
        _ event: ID<JointEvent>, caller: String, contact: String, shortNoticeReason: String? = nil,
        mails: Bool
    ) {
        self.event = event
        self.caller = caller
        self.contact = contact
        self.shortNoticeReason = shortNoticeReason
        self.mails = mails
    }

    /// The office's chain; the right is asked in each of the alliances too.
    public var stream: AuditStream { .office }

    /// Calls it everywhere, or nowhere.
    ///
    /// - Throws: ``JointEventError``, ``MeetingError``, ``NoticeError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Outcome> {
        let meetings = try await transaction.meetings(of: event)
        guard let first = meetings.first?.summary.meeting else { throw JointEventError.notFound }
        let planned = meetings.filter { $0.summary.meeting.state == .planned }
        guard !planned.isEmpty else { throw JointEventError.nothingPlanned }
        var traces: [(stream: AuditStream, event: AuditEvent)] = []
        var (called, mailed) = (0, 0)
        for each in planned {
            let meeting = each.summary.meeting.id
            // Nothing is written before what refuses it is asked, so that one alliance may be left as it is.
            do {
                traces += try await [
                    try IssueNotice(
                        of: meeting, of: each.alliance, caller: caller, contact: contact,
                        shortNoticeReason: shortNoticeReason)
                ].perform(in: transaction, at: now).traces
                called += 1
            } catch NoticeError.unchanged {}
            guard mails else { continue }
            do {
                let sent = try await [MailNotice(of: meeting, of: each.alliance)].perform(
                    in: transaction, at: now)
                traces += sent.traces
                mailed += sent.outputs.reduce(0) { $0 + $1.queued }
            } catch NoticeError.mailedAlready {
            } catch NoticeError.nobodyHasMail {}
        }
        return Audited(
            Outcome(called: called, mailed: mailed),
            AuditEvent(
                "governance.event.called", subject: event,
                details: [
                    "title": first.title, "alliances": String(called), "mailed": String(mailed),
                ]),
            others: traces)
    }
}
