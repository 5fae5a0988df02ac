public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Makes the sheet of calls of a meeting, or adds to it whoever came since.
public struct MakeCallSheet: Undertaking {
    /// Who may do it.
    public static let permission = Permission.callPeople
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names a meeting.
    public init(for meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Makes it.
    ///
    /// - Returns: How many lines were added.
    /// - Throws: ``MeetingError/notFound``, ``OutreachError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Int
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state == .planned else { throw OutreachError.meetingIsOver }
        let called = try await transaction.calledPeople(to: found, of: alliance)
        let added = try await transaction.fillCallSheet(of: found, with: called)
        let whole = try await transaction.callSheetCount(of: meeting)
        guard whole.lines > 0 else { throw OutreachError.nobodyToCall }
        return Audited(
            added,
            AuditEvent(
                "governance.call_sheet.made", subject: meeting,
                details: ["added": String(added), "lines": String(whole.lines)]))
    }
}

/// Notes what came of a call.
public struct NoteCall: Command {
    /// Who may do it.
    public static let permission = Permission.callPeople
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The line.
    public let line: ID<CallSheetLine>
    /// What came of it.
    public let outcome: CallSheetLine.Outcome

    /// Takes what came of a call.
    public init(
        _ line: ID<CallSheetLine>, as outcome: CallSheetLine.Outcome, for meeting: ID<Meeting>,
        of alliance: ID<Alliance>
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.line = line
        self.outcome = outcome
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Notes it; whoever asks not to be called is on no sheet that is made later.
    ///
    /// - Throws: ``MeetingError/notFound``, ``OutreachError/lineNotFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.meeting(meeting, of: alliance) != nil else { throw MeetingError.notFound }
        try await transaction.note(outcome, of: line, for: meeting, at: now)
        return Audited(
            AuditEvent("governance.call_sheet.called", subject: line, details: ["outcome": outcome.rawValue]))
    }
}

/// Takes back what was noted last of a call, which a wrong tap notes: the person is to be called again.
public struct UndoCall: Command {
    /// Who may do it.
    public static let permission = Permission.callPeople
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The line.
    public let line: ID<CallSheetLine>

    /// Takes a line of a sheet.
    public init(_ line: ID<CallSheetLine>, for meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.line = line
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Takes it back.
    ///
    /// - Throws: ``MeetingError/notFound``, ``OutreachError/lineNotFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.meeting(meeting, of: alliance) != nil else { throw MeetingError.notFound }
        try await transaction.takeBackCall(of: line, for: meeting)
        return Audited(AuditEvent("governance.call_sheet.undone", subject: line))
    }
}

/// Counts the calls of a sheet among the channels by which a meeting was called.
public struct CloseCallSheet: Command {
    /// Who may do it.
    public static let permission = Permission.callPeople
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names a meeting.
    public init(for meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Counts them, on the day of the first call: how many heard of the meeting is what the channel reached.
    ///
    /// - Throws: ``MeetingError/notFound``, ``MeetingError/notPlanned``, ``OutreachError/nobodyToCall``,
    ///   ``OutreachError/alreadyCounted``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(meeting, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state != .cancelled else { throw MeetingError.notPlanned }
        guard try await !transaction.calls(of: meeting).contains(where: \.isOfSheet) else {
            throw OutreachError.alreadyCounted
        }
        let count = try await transaction.callSheetCount(of: meeting)
        guard let first = try await transaction.firstCall(of: meeting), count.called > 0 else {
            throw OutreachError.nobodyToCall
        }
        let sentOn = min(ColombianTime.date(at: first), found.day)
        let notice = try await transaction.notices(of: meeting).last { $0.issuedOn <= sentOn }
        try await transaction.insert(
            MeetingCall(
                sentOn: sentOn, channel: MeetingCall.Kind.phone.title, kind: .phone, reached: count.reached,
                note:
                    "\(SpanishFormat.count(count.called, "llamada", "llamadas")), \(SpanishFormat.count(count.outcomes[.coming] ?? 0, "persona confirmó", "personas confirmaron"))",
                notice: notice?.id, isOfSheet: true), of: meeting, at: now)
        return Audited(
            AuditEvent(
                "governance.meeting.called", subject: meeting,
                details: [
                    "sent_on": sentOn.description, "channel": MeetingCall.Kind.phone.title, "kind": "phone",
                    "reached": String(count.reached),
                ]))
    }
}

/// The sheet of calls of a meeting.
public struct ReadCallSheet: Query {
    /// Which lines are wanted.
    public enum Standing: Sendable, Hashable {
        /// Those who are to be called.
        case left
        /// All.
        case all
        /// Those whose last call came to this.
        case outcome(CallSheetLine.Outcome)
        /// Those without a telephone.
        case withoutPhone
        /// One of them.
        case line(ID<CallSheetLine>)
    }

    /// What is read.
    public struct Answer: Sendable {
        /// The meeting.
        public let meeting: Meeting
        /// The lines asked for, in their order.
        public let lines: [CallSheetLine]
        /// How many there are in all of those asked for.
        public let total: Int
        /// How the calls went.
        public let count: CallSheetCount
        /// The day until which is called, by the rule for notice; `nil` where there is none.
        public let callBy: CalendarDate?
        /// Whether the calls were counted among the channels.
        public let isCounted: Bool
        /// Today.
        public let today: CalendarDate
    }

    /// Who may do it.
    public static let permission = Permission.callPeople
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>
    /// Which lines are wanted.
    public let standing: Standing
    /// How many at once.
    public let limit: Int
    /// How many to pass over.
    public let offset: Int

    /// Asks for a part of a sheet.
    public init(
        of id: ID<Meeting>, of alliance: ID<Alliance>, _ standing: Standing = .all, limit: Int = 25,
        offset: Int = 0
    ) {
        self.alliance = alliance
        self.id = id
        self.standing = standing
        self.limit = limit
        self.offset = offset
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Names and telephones are shown.
    public var disclosure: Disclosure? { Disclosure(of: id, details: ["fields": "name phone"]) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let meeting = try await transaction.meeting(id, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let (lines, total) = try await transaction.callSheet(
            of: id, standing, limit: limit, offset: offset)
        return Answer(
            meeting: meeting, lines: lines, total: total,
            count: try await transaction.callSheetCount(of: id),
            callBy: try await transaction.noticeRequirement(of: meeting, of: alliance)?
                .latestDay(for: meeting.day),
            isCounted: try await transaction.calls(of: id).contains(where: \.isOfSheet),
            today: ColombianTime.date(at: now))
    }
}
