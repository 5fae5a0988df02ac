import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// How a session was opened, closed and opened again, in that order.
    public func sessionSteps(of meeting: ID<Meeting>) async throws -> [SessionStep] {
        try await rows(
            """
            select kind, lacking, reason, happened_at
            from governance.session_steps
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position
            """)
    }

    /// Notes a step of a session that is held fast.
    func note(
        _ kind: SessionStep.Kind, lacking: Set<SessionLack> = [], because reason: String? = nil,
        in meeting: Meeting, of alliance: ID<Alliance>, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.session_steps (
                organization_id, meeting_id, position, alliance_id, is_reserved, kind, lacking, reason,
                happened_at, recorded_by)
            select \(organization), \(meeting.id), coalesce(max(position), 0) + 1, \(alliance),
                \(meeting.isReserved), \(kind), \(lacking.map(\.rawValue).sorted()), \(reason), \(now),
                \(scope.principal.user)
            from governance.session_steps
            where organization_id = \(organization) and meeting_id = \(meeting.id)
            """)
    }

    /// What a planned meeting lacks to be opened as it should be.
    func lacking(toOpen meeting: Meeting, of alliance: ID<Alliance>) async throws -> Set<SessionLack> {
        var lacking: Set<SessionLack> = []
        if try await attendees(of: meeting.id) == 0 { lacking.insert(.people) }
        if try await noticeRequirement(of: meeting, of: alliance) != nil,
            try await !wasCalled(meeting.id)
        {
            lacking.insert(.call)
        }
        return lacking
    }

    /// Whether there is anything that shows that people were called to a meeting.
    private func wasCalled(_ meeting: ID<Meeting>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.meeting_notices
                where organization_id = \(organization) and meeting_id = \(meeting))
            or exists (
                select from governance.meeting_calls
                where organization_id = \(organization) and meeting_id = \(meeting))
            """) ?? false
    }

    /// Whether minutes of a meeting are out, or were recorded from paper.
    func hasStandingMinutes(_ meeting: ID<Meeting>) async throws -> Bool {
        guard try await !minutesAreOut(of: meeting) else { return true }
        return try await value(
            """
            select exists (
                select from governance.minutes
                where organization_id = \(organization) and meeting_id = \(meeting))
            """) ?? false
    }

    /// Whether a session of the same body, or where it is of none, of the same kind, was opened after one began.
    func hasLaterSession(than meeting: Meeting, of alliance: ID<Alliance>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.meetings
                where organization_id = \(organization) and alliance_id = \(alliance)
                    and meeting_id <> \(meeting.id) and opened_at > \(meeting.session?.openedAt)
                    and case when \(meeting.body) is null
                        then body_id is null and kind = \(meeting.kind)
                        else body_id = \(meeting.body) end)
            """) ?? false
    }

    /// Opens a closed session again: what its closing did to the points is undone.
    func reopen(_ meeting: Meeting) async throws {
        try await execute(
            """
            update governance.agenda_items as items
            set state = case when items.state = 'postponed' then 'pending' else 'open' end, closed_at = null
            from governance.meetings
            where items.organization_id = \(organization) and items.meeting_id = \(meeting.id)
                and meetings.organization_id = \(organization) and meetings.meeting_id = \(meeting.id)
                and items.closed_at = meetings.closed_at
                and (items.state = 'postponed' or items.state = 'treated' and items.opened_at is not null)
            """)
        let reopened = try await execute(
            """
            update governance.meetings set state = 'in_session', closed_at = null, closed_by = null
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'held'
                and opened_at is not null
            """)
        guard reopened == 1 else { throw SessionError.notClosed }
    }

    /// Takes out of meetings that are planned what they were to take up from a session, and what that treated after all.
    func takeBackTreated(of meeting: Meeting) async throws {
        try await execute(
            """
            delete from governance.agenda_items as later
            using governance.agenda_items as treated, governance.meetings as planned
            where later.organization_id = \(organization) and treated.organization_id = \(organization)
                and planned.organization_id = \(organization) and treated.meeting_id = \(meeting.id)
                and treated.state = 'treated' and later.carried_from = treated.item_id
                and planned.meeting_id = later.meeting_id and planned.state = 'planned' and later.notes = ''
            """)
    }
}

extension Set<SessionLack> {
    /// What is lacking, for the log.
    var codes: String { map(\.rawValue).sorted().joined(separator: " ") }
}

// MARK: - Rows

extension SessionStep: RowDecodable {
    /// Reads a row of `governance.session_steps`.
    public init(row: Row) throws(RowError) {
        let lacking: [String] = try row["lacking"]
        self.init(
            kind: try row["kind"], lacking: Set(lacking.compactMap(SessionLack.init(rawValue:))),
            reason: try row["reason"], happenedAt: try row["happened_at"])
    }
}

extension SessionStep.Kind: SQLValue {}
