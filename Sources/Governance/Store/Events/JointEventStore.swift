import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The joint events of the tenant, the latest first.
    public func jointEvents() async throws -> [JointEventSummary] {
        try await rows(
            """
            select events.event_id, events.title, events.kind,
                coalesce(
                    min(meetings.day) filter (where meetings.state <> 'cancelled'), min(meetings.day)) as day,
                count(*) as alliances,
                count(*) filter (where meetings.state = 'held') as held,
                count(*) filter (where meetings.state = 'cancelled') as cancelled,
                sum((\(fragment: presentInMeeting)))::integer as present
            from governance.joint_events as events
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.event_id = events.event_id
            where events.organization_id = \(organization)
            group by events.event_id, events.title, events.kind
            order by day desc, events.title, events.event_id
            """)
    }

    /// An event of the tenant.
    public func jointEvent(_ id: ID<JointEvent>) async throws -> JointEvent? {
        try await row(
            """
            select event_id, title, kind from governance.joint_events
            where organization_id = \(organization) and event_id = \(id)
            """)
    }

    /// The meetings of an event, each with its alliance.
    func meetings(of event: ID<JointEvent>) async throws -> [JointMeeting] {
        let held = try await rows(
            """
            select meetings.meeting_id, meetings.alliance_id, (\(fragment: presentInMeeting)) as present,
                (
                    select count(*) from governance.meeting_evidence as evidence
                    where evidence.organization_id = \(organization)
                        and evidence.meeting_id = meetings.meeting_id
                ) as evidence
            from governance.meetings
            where meetings.organization_id = \(organization) and meetings.event_id = \(event)
            """, as: HeldRow.self)
        let figures = Dictionary(held.map { ($0.meeting, $0) }) { first, _ in first }
        return try await meetingSummaries(of: event).compactMap { summary in
            figures[summary.meeting.id].map {
                JointMeeting(
                    alliance: $0.alliance, summary: summary, present: $0.present, evidence: $0.evidence)
            }
        }
    }

    /// Adds an event.
    func insert(_ event: JointEvent, at now: Date) async throws {
        try await execute(
            """
            insert into governance.joint_events (
                organization_id, event_id, title, kind, recorded_at, recorded_by)
            values (
                \(organization), \(event.id), \(event.title), \(event.kind), \(now),
                \(scope.principal.user))
            """)
    }

    /// How many people came to a meeting, each once.
    private var presentInMeeting: SQL {
        """
        select count(distinct coalesce(came.person_id::text, came.name))
        from governance.attendances as came
        where came.organization_id = \(organization) and came.meeting_id = meetings.meeting_id
            and came.undone_at is null and came.capacity in ('entitled', 'user')
        """
    }
}

// MARK: - Rows

private struct HeldRow: RowDecodable {
    let meeting: ID<Meeting>
    let alliance: ID<Alliance>
    let present: Int
    let evidence: Int

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        alliance = try row["alliance_id"]
        present = try row["present"]
        evidence = try row["evidence"]
    }
}

extension JointEvent: RowDecodable {
    /// Reads a row of the table.
    public init(row: Row) throws(RowError) {
        id = try row["event_id"]
        title = try row["title"]
        kind = try row["kind"]
    }
}

extension JointEventSummary: RowDecodable {
    /// Reads a row of the list.
    public init(row: Row) throws(RowError) {
        event = try JointEvent(row: row)
        day = try row["day"]
        alliances = try row["alliances"]
        held = try row["held"]
        cancelled = try row["cancelled"]
        present = try row["present"]
    }
}
