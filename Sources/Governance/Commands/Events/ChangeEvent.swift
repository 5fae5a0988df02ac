public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Moves an event, or calls it off, in all its alliances that have it on the calendar.
public struct ChangeEvent: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The event.
    public let event: ID<JointEvent>
    /// What becomes of it.
    public let change: ChangeMeeting.Change
    /// Why.
    public let reason: String

    /// Takes what a person filled in.
    ///
    /// - Throws: ``MeetingError/reasonMissing``.
    public init(
        _ event: ID<JointEvent>, to change: ChangeMeeting.Change, because reason: String
    ) throws(MeetingError) {
        guard let reason = reason.trimmedOrNil else { throw .reasonMissing }
        self.event = event
        self.change = change
        self.reason = reason
    }

    /// The office's chain; the right is asked in each of the alliances too.
    public var stream: AuditStream { .office }

    /// Changes it everywhere, or nowhere.
    ///
    /// - Throws: ``JointEventError``, ``MeetingError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let meetings = try await transaction.meetings(of: event)
        guard let first = meetings.first?.summary.meeting else { throw JointEventError.notFound }
        let planned = meetings.filter { $0.summary.meeting.state == .planned }
        guard !planned.isEmpty else { throw JointEventError.nothingPlanned }
        let traces = try await planned.map { each throws(MeetingError) in
            try ChangeMeeting(each.summary.meeting.id, of: each.alliance, to: change, because: reason)
        }.perform(in: transaction, at: now).traces
        return Audited(
            (),
            AuditEvent(
                change == .cancel ? "governance.event.cancelled" : "governance.event.moved", subject: event,
                details: [
                    "title": first.title, "reason": reason, "alliances": String(planned.count),
                ]),
            others: traces)
    }
}

/// Keeps a file as evidence of an event, with the meeting of each alliance.
public struct AddEventEvidence: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The event.
    public let event: ID<JointEvent>
    /// What the file shows.
    public let title: String
    /// The file, with its own day.
    public let file: StoredFile

    /// Takes what a person filled in.
    ///
    /// - Throws: ``EvidenceError/untitled``.
    public init(_ file: StoredFile, titled title: String, of event: ID<JointEvent>) throws(EvidenceError) {
        guard let title = title.trimmedOrNil else { throw .untitled }
        self.event = event
        self.title = title
        self.file = file
    }

    /// The office's chain; the right is asked in each of the alliances too.
    public var stream: AuditStream { .office }

    /// Keeps it with each meeting that was not called off.
    ///
    /// - Throws: ``EvidenceError``, ``JointEventError/notFound``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let meetings = try await transaction.meetings(of: event)
        guard let first = meetings.first?.summary.meeting else { throw JointEventError.notFound }
        let kept = meetings.filter { $0.summary.meeting.state != .cancelled }
        guard !kept.isEmpty else { throw EvidenceError.cancelled }
        let traces = try await kept.map { each throws(EvidenceError) in
            try AddEvidence(file.copied(), titled: title, of: each.summary.meeting.id, in: each.alliance)
        }.perform(in: transaction, at: now).traces
        return Audited(
            kept.count,
            AuditEvent(
                "governance.event.evidence_added", subject: event,
                details: ["event": first.title, "title": title, "alliances": String(kept.count)]),
            others: traces)
    }
}
