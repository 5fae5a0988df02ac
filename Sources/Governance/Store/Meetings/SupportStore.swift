import Foundation
import Kernel
public import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The support asked for a meeting of an alliance; without one, that of all meetings to come which waits.
    func supports(of alliance: ID<Alliance>, for meeting: ID<Meeting>?) async throws -> [SupportForMeeting] {
        try await rows(
            """
            select supports.support_id, supports.meeting_id, supports.kind, supports.detail,
                supports.asked_on, supports.answered_on, supports.is_granted, supports.answer,
                supports.delivered_on, supports.delivery, supports.file_id, supports.withdrawn_on,
                meetings.title, meetings.day
            from governance.meeting_supports as supports
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = supports.meeting_id and meetings.alliance_id = \(alliance)
            where supports.organization_id = \(organization)
                and case when \(meeting) is null
                    then meetings.state in ('planned', 'in_session') and supports.withdrawn_on is null
                        and supports.is_granted is not false and supports.delivered_on is null
                    else supports.meeting_id = \(meeting) end
            order by meetings.day, supports.asked_on, supports.support_id
            """, as: SupportForMeeting.self)
    }

    /// Support, with the meeting of an alliance that it is for, which is held until the transaction ends.
    ///
    /// - Throws: ``MeetingError/notFound``, ``SupportError/notFound``.
    func support(
        _ id: ID<MeetingSupport>, for meeting: ID<Meeting>, of alliance: ID<Alliance>
    ) async throws -> (support: MeetingSupport, meeting: Meeting) {
        guard let held = try await lockedMeeting(meeting, of: alliance) else { throw MeetingError.notFound }
        guard
            let found = try await supports(of: alliance, for: meeting).first(where: { $0.support.id == id })
        else { throw SupportError.notFound }
        return (found.support, held)
    }

    /// Adds support that is asked.
    func ask(
        _ kind: MeetingSupport.Kind, _ detail: String, for meeting: ID<Meeting>, at now: Date
    ) async throws -> ID<MeetingSupport> {
        let id = ID<MeetingSupport>()
        try await execute(
            """
            insert into governance.meeting_supports (
                organization_id, support_id, meeting_id, kind, detail, asked_on, asked_by, recorded_at)
            values (
                \(organization), \(id), \(meeting), \(kind), \(detail), \(ColombianTime.date(at: now)),
                \(scope.principal.user), \(now))
            """)
        return id
    }

    /// Writes an answer.
    func answer(
        _ id: ID<MeetingSupport>, isGranted: Bool, _ words: String?, on day: CalendarDate
    ) async throws {
        try await execute(
            """
            update governance.meeting_supports
            set is_granted = \(isGranted), answer = \(words), answered_on = \(day)
            where organization_id = \(organization) and support_id = \(id)
            """)
    }

    /// Writes that it came.
    func deliver(
        _ id: ID<MeetingSupport>, on day: CalendarDate, _ words: String?, proof: ID<StoredFile>?
    ) async throws {
        try await execute(
            """
            update governance.meeting_supports
            set delivered_on = \(day), delivery = \(words), file_id = \(proof)
            where organization_id = \(organization) and support_id = \(id)
            """)
    }

    /// Writes that it is not needed any more.
    func withdraw(_ id: ID<MeetingSupport>, on day: CalendarDate) async throws {
        try await execute(
            """
            update governance.meeting_supports set withdrawn_on = \(day)
            where organization_id = \(organization) and support_id = \(id)
            """)
    }

    /// How much support nobody answered, by alliance, with the day of the first meeting that it is for.
    func supportsToAnswer() async throws -> [PendingCount] {
        try await pendingSupports("supports.is_granted is null")
    }

    /// How much support was granted and did not come, by alliance.
    func supportsToDeliver() async throws -> [PendingCount] {
        try await pendingSupports("supports.is_granted and supports.delivered_on is null")
    }

    private func pendingSupports(_ condition: SQL) async throws -> [PendingCount] {
        try await rows(
            """
            select meetings.alliance_id, null::uuid as process_id, count(*) as count,
                min(supports.recorded_at) as since, min(meetings.day) as due_on
            from governance.meeting_supports as supports
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = supports.meeting_id
                and meetings.state in ('planned', 'in_session')
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = meetings.alliance_id and alliances.state <> 'dissolved'
            where supports.organization_id = \(organization) and supports.withdrawn_on is null
                and \(fragment: condition)
            group by meetings.alliance_id
            """)
    }
}

// MARK: - Rows

extension SupportForMeeting: RowDecodable {
    /// Reads a row of `governance.meeting_supports` with its meeting.
    public init(row: Row) throws(RowError) {
        self.init(
            support: MeetingSupport(
                id: try row["support_id"], meeting: try row["meeting_id"], kind: try row["kind"],
                detail: try row["detail"], askedOn: try row["asked_on"],
                answeredOn: try row["answered_on"], isGranted: try row["is_granted"],
                answer: try row["answer"], deliveredOn: try row["delivered_on"],
                delivery: try row["delivery"], proof: try row["file_id"],
                withdrawnOn: try row["withdrawn_on"]),
            title: try row["title"], day: try row["day"])
    }
}

extension MeetingSupport.Kind: SQLValue {}
