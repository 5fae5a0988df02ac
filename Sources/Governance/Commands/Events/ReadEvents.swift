public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The joint events of a tenant.
public struct ReadEvents: Query {
    /// Who may do it.
    public static let permission = Permission.planMeetings

    /// Asks for all.
    public init() {}

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads them, the latest first.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [JointEventSummary] {
        try await transaction.jointEvents()
    }
}

/// An event with what each alliance has of it.
public struct ReadEvent: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The event.
        public let event: JointEvent
        /// The meetings, one of each alliance.
        public let meetings: [JointMeeting]
        /// Today.
        public let today: CalendarDate

        /// The meetings that are on the calendar still.
        public var planned: [JointMeeting] { meetings.filter { $0.summary.meeting.state == .planned } }
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The event.
    public let event: ID<JointEvent>

    /// Asks for an event.
    public init(_ event: ID<JointEvent>) {
        self.event = event
    }

    /// The office's chain.
    public var stream: AuditStream { .office }

    /// Reads it.
    ///
    /// - Throws: ``JointEventError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        guard let found = try await transaction.jointEvent(event) else { throw JointEventError.notFound }
        return Answer(
            event: found, meetings: try await transaction.meetings(of: event),
            today: ColombianTime.date(at: now))
    }
}
