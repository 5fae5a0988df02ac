public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Plans one event for several alliances at once: each gets its own meeting of it, with what it left open put into the
/// agenda.
public struct PlanEvent: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The meeting, as each alliance is to hold it.
    public let meeting: Meeting
    /// Its agenda.
    public let agenda: [AgendaItem]
    /// The alliances.
    public let alliances: [ID<Alliance>]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``JointEventError/nobody``.
    public init(
        _ meeting: Meeting, agenda: [AgendaItem] = [], in alliances: [ID<Alliance>]
    ) throws(JointEventError) {
        guard !alliances.isEmpty else { throw .nobody }
        self.meeting = meeting
        self.agenda = agenda
        self.alliances = alliances
    }

    /// The office's chain; the right is asked in each of the alliances too.
    public var stream: AuditStream { .office }

    /// Plans it everywhere, or nowhere.
    ///
    /// - Throws: ``MeetingError``, ``AllianceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<JointEvent>> {
        let event = JointEvent(title: meeting.title, kind: meeting.kind)
        try await transaction.insert(event, at: now)
        let traces = try await alliances.map { alliance throws(AgendaError) in
            try PlanMeeting(meeting.held(in: event.id), agenda: agenda.copied(), of: alliance)
        }.perform(in: transaction, at: now).traces
        return Audited(
            event.id,
            AuditEvent(
                "governance.event.planned", subject: event.id,
                details: [
                    "title": event.title, "day": meeting.day.description,
                    "alliances": String(alliances.count),
                ]),
            others: traces)
    }
}

/// Brings more alliances into an event that is planned.
public struct ExtendEvent: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The event.
    public let event: ID<JointEvent>
    /// The alliances.
    public let alliances: [ID<Alliance>]

    /// Takes what a person filled in.
    ///
    /// - Throws: ``JointEventError/nobody``.
    public init(_ event: ID<JointEvent>, to alliances: [ID<Alliance>]) throws(JointEventError) {
        guard !alliances.isEmpty else { throw .nobody }
        self.event = event
        self.alliances = alliances
    }

    /// The office's chain; the right is asked in each of the alliances too.
    public var stream: AuditStream { .office }

    /// Plans it there as it is planned elsewhere.
    ///
    /// - Throws: ``JointEventError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let meetings = try await transaction.meetings(of: event)
        guard !meetings.isEmpty else { throw JointEventError.notFound }
        guard let model = meetings.first(where: { $0.summary.meeting.state == .planned })?.summary.meeting
        else { throw JointEventError.nothingPlanned }
        guard !meetings.contains(where: { alliances.contains($0.alliance) }) else {
            throw JointEventError.alreadyTakesPart
        }
        let agenda = try await transaction.agenda(of: model.id)
        let traces = try await alliances.map { alliance throws(AgendaError) in
            try PlanMeeting(model.held(in: event), agenda: agenda.copied(), of: alliance)
        }.perform(in: transaction, at: now).traces
        return Audited(
            (),
            AuditEvent(
                "governance.event.extended", subject: event,
                details: ["title": model.title, "alliances": String(alliances.count)]),
            others: traces)
    }
}
