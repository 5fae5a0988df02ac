public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Changes what a planned meeting is: all but its days and hours, which are moved with a reason. A notice that was
/// issued does not change with it.
public struct EditMeeting: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>
    /// Its name.
    public let title: String
    /// How people take part.
    public let mode: Meeting.Mode
    /// The room.
    public let place: String?
    /// Where those who take part from afar enter.
    public let link: String?
    /// The body that meets.
    public let body: ID<Body>?
    /// The series that it is a session of.
    public let series: ID<MeetingSeries>?
    /// Who is called.
    public let participants: [String]

    /// Takes what a person filled in.
    public init(
        _ id: ID<Meeting>, of alliance: ID<Alliance>, title: String, mode: Meeting.Mode, place: String?,
        link: String?, body: ID<Body>?, series: ID<MeetingSeries>?, participants: [String]
    ) {
        self.alliance = alliance
        self.id = id
        self.title = title
        self.mode = mode
        self.place = place
        self.link = link
        self.body = body
        self.series = series
        self.participants = participants
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Changes it.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(id, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.state == .planned else { throw MeetingError.notPlanned }
        let edited = try found.edited(
            title: title, mode: mode, place: place, link: link, body: body, series: series,
            participants: participants)
        try await transaction.requireOwn(edited, of: alliance)
        try await transaction.update(edited)
        return Audited(
            AuditEvent(
                "governance.meeting.edited", subject: id,
                words: ["title": edited.title, "title_before": found.title], isReserved: found.isReserved))
    }
}

/// Shares a meeting of the board's own space (`espacio propio`) with the entity, with all that hangs on it. It is not
/// taken back: what the entity has seen it has seen.
public struct ShareMeeting: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let id: ID<Meeting>

    /// Names a meeting.
    public init(_ id: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Shares it.
    ///
    /// - Throws: ``MeetingError``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard let found = try await transaction.lockedMeeting(id, of: alliance) else {
            throw MeetingError.notFound
        }
        guard found.isReserved else { throw MeetingError.alreadyShared }
        try await transaction.share(id, at: now)
        return Audited(
            AuditEvent("governance.meeting.shared", subject: id, details: ["day": found.day.description]))
    }
}
