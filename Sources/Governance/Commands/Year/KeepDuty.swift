public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Adds something that an alliance does again and again (`tarea periódica`).
public struct AddDuty: Undertaking {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The duty.
    public let duty: RecurringDuty

    /// Takes a duty for an alliance.
    public init(_ duty: RecurringDuty, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.duty = duty
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Adds it.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<RecurringDuty>> {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        try await transaction.insert(duty, of: alliance, at: now)
        return Audited(
            duty.id,
            AuditEvent(
                "governance.duty.added", subject: duty.id,
                details: [
                    "title": duty.title, "months": String(duty.frequency.rawValue),
                    "starts_on": duty.startsOn.description,
                ]))
    }
}

/// Ends a duty: the periods that begin after today are none of it.
public struct EndDuty: Command {
    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The duty.
    public let id: ID<RecurringDuty>

    /// Names a duty of an alliance.
    public init(_ id: ID<RecurringDuty>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.id = id
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Ends it.
    ///
    /// - Throws: ``DutyError/notFound``.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        let today = ColombianTime.date(at: now)
        try await transaction.end(id, of: alliance, on: today, at: now)
        return Audited(
            AuditEvent("governance.duty.ended", subject: id, details: ["ends_on": today.description]))
    }
}

/// Puts the meetings of a whole year on the calendar of an alliance at once.
public struct PlanYear: Undertaking {
    /// A meeting with its agenda.
    public struct Entry: Sendable, Hashable {
        /// The meeting.
        public let meeting: Meeting
        /// Its agenda.
        public let agenda: [AgendaItem]

        /// Takes a meeting.
        public init(_ meeting: Meeting, agenda: [AgendaItem]) {
            self.meeting = meeting
            self.agenda = agenda
        }
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meetings.
    public let entries: [Entry]

    /// Takes the meetings of a year.
    ///
    /// - Throws: ``MeetingError/nothingToPlan``.
    public init(_ entries: [Entry], of alliance: ID<Alliance>) throws(MeetingError) {
        guard !entries.isEmpty else { throw .nothingToPlan }
        self.alliance = alliance
        self.entries = entries
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Puts them there, all or none.
    public func perform(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Audited<
        Void
    > {
        guard try await transaction.alliance(alliance) != nil else { throw AllianceError.notFound }
        try await transaction.insert(entries.map(\.meeting), of: alliance, plan: nil, from: nil, at: now)
        for entry in entries where !entry.agenda.isEmpty {
            try await transaction.insert(entry.agenda, of: entry.meeting, in: alliance)
        }
        let days = entries.map(\.meeting.day)
        return Audited(
            AuditEvent(
                "governance.year.planned", subject: alliance,
                details: [
                    "meetings": String(entries.count), "first": days.min()?.description ?? "",
                    "last": days.max()?.description ?? "",
                ]))
    }
}
