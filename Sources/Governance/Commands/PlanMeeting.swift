public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Puts a meeting on the calendar of an alliance.
public struct PlanMeeting: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: Meeting

    /// Takes a meeting for an alliance.
    public init(_ meeting: Meeting, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Puts it there.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Meeting>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        guard meeting.state == .planned else { throw MeetingError.notPlanned }
        try await transaction.insert([meeting], of: alliance, plan: nil, from: nil, at: now)
        return Audited(
            meeting.id,
            AuditEvent(
                "governance.meeting.planned", subject: meeting.id,
                details: [
                    "kind": meeting.kind.rawValue, "title": meeting.title, "day": meeting.day.description,
                ]))
    }
}

/// Moves a planned meeting, or calls it off, with the reason.
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
    /// Whether who alone may move it did so.
    public let restrictionIsMet: Bool

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MeetingError``.
    public init(
        _ id: ID<Meeting>, of alliance: ID<Alliance>, to change: Change, because reason: String,
        restrictionIsMet: Bool = false
    ) throws(MeetingError) {
        guard let reason = reason.trimmedOrNil else { throw .emptyMinutes }
        self.alliance = alliance
        self.id = id
        self.change = change
        self.reason = reason
        self.restrictionIsMet = restrictionIsMet
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``MeetingError``; ``MeetingError/restricted(_:)`` where the source says who alone may.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.meeting(id, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        if let restriction = found.restriction, !restrictionIsMet {
            throw MeetingError.restricted(restriction)
        }
        try await transaction.update(found.changed(change))
        return Audited(
            AuditEvent(
                change == .cancel ? "governance.meeting.cancelled" : "governance.meeting.moved", subject: id,
                details: ["day_before": found.day.description, "reason": reason]))
    }
}

extension Meeting {
    fileprivate func changed(_ change: ChangeMeeting.Change) throws(MeetingError) -> Meeting {
        switch change {
        case .cancel: try with(state: .cancelled)
        case .move(let day, let from, let until): try with(day: day, hours: (from, until))
        }
    }

    /// The meeting with another state or other times.
    func with(
        state: State? = nil, day: CalendarDate? = nil, hours: (from: TimeOfDay?, until: TimeOfDay?)? = nil
    ) throws(MeetingError) -> Meeting {
        try Meeting(
            id: id, kind: kind, title: title, state: state ?? self.state, day: day ?? self.day,
            startsAt: hours.map(\.from) ?? startsAt, endsAt: hours.map(\.until) ?? endsAt, mode: mode,
            place: place, participants: participants, agenda: agenda, restriction: restriction,
            asWritten: asWritten, isPublic: isPublic, isOwnAccountability: isOwnAccountability)
    }
}

/// Records how a meeting was called, by one channel.
public struct CallMeeting: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The call.
    public let call: MeetingCall

    /// Takes a call of a meeting.
    public init(_ call: MeetingCall, to meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.call = call
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Records it.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        guard call.sentOn <= min(found.day, ColombianTime.date(at: now)) else {
            throw MeetingError.calledAfterwards
        }
        try await transaction.insert(call, of: meeting, at: now)
        return Audited(
            AuditEvent(
                "governance.meeting.called", subject: meeting,
                details: [
                    "sent_on": call.sentOn.description, "channel": call.channel,
                    "reached": call.reached.map(String.init) ?? "",
                ]))
    }
}
