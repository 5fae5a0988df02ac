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
    /// Its agenda.
    public let agenda: [AgendaItem]

    /// Takes a meeting for an alliance.
    public init(_ meeting: Meeting, agenda: [AgendaItem] = [], of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.agenda = agenda
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Puts it there.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Meeting>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        guard meeting.state == .planned else { throw MeetingError.notPlanned }
        try await transaction.requireOwn(meeting, of: alliance)
        try await transaction.insert([meeting], of: alliance, plan: nil, from: nil, at: now)
        // What was left open is put in by itself, whoever wrote the agenda.
        let points = try await transaction.carriedPoints(into: meeting, of: alliance).added(to: agenda)
        try await transaction.insert(points, of: meeting, in: alliance)
        return Audited(
            meeting.id,
            AuditEvent(
                "governance.meeting.planned", subject: meeting.id,
                details: [
                    "kind": meeting.kind.rawValue, "day": meeting.day.description,
                    "points": String(points.count), "reserved": String(meeting.isReserved),
                ], words: ["title": meeting.title], isReserved: meeting.isReserved))
    }
}
