import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// How often a meeting was moved or called off, the first time first.
    public func changes(of meeting: ID<Meeting>) async throws -> [MeetingChange] {
        try await rows(
            """
            select day_before, start_minute_before, day_after, reason, notice_number, notified_on, notice_file_id
            from governance.meeting_changes
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by changed_at, change_id
            """)
    }

    /// When those who were called to a meeting believe that it is, where it was moved since; `nil` where nobody was called
    /// to it at another time.
    func toldTime(of meeting: Meeting) async throws -> MeetingInvitation.ToldTime? {
        let told: MeetingInvitation.ToldTime? = try await row(
            """
            select changes.day_before, changes.start_minute_before
            from governance.meeting_changes as changes
            where changes.organization_id = \(organization) and changes.meeting_id = \(meeting.id)
                and exists (
                    select from governance.meeting_notices as notices
                    where notices.organization_id = \(organization) and notices.meeting_id = \(meeting.id)
                        and notices.issued_at <= changes.changed_at
                        -- The last that went out before the meeting was moved told the time that was given up.
                        and not exists (
                            select from governance.meeting_changes as earlier
                            where earlier.organization_id = \(organization)
                                and earlier.meeting_id = \(meeting.id)
                                and earlier.changed_at > notices.issued_at
                                and earlier.changed_at < changes.changed_at))
            order by changes.changed_at desc, changes.change_id desc
            limit 1
            """)
        guard let told, told.day != meeting.day || told.startsAt != meeting.startsAt else { return nil }
        return told
    }

    /// The days on which the meetings of an alliance that were moved to some days were planned first.
    func plannedDays(
        of alliance: ID<Alliance>, movedTo days: ClosedRange<CalendarDate>
    ) async throws -> [ID<Meeting>: CalendarDate] {
        let rows = try await rows(
            """
            select distinct on (changes.meeting_id) changes.meeting_id, changes.day_before
            from governance.meetings
            join governance.meeting_changes as changes on changes.organization_id = \(organization)
                and changes.meeting_id = meetings.meeting_id
            where meetings.organization_id = \(organization) and meetings.alliance_id = \(alliance)
                and meetings.day between \(days.lowerBound) and \(days.upperBound)
            order by changes.meeting_id, changes.changed_at, changes.change_id
            """, as: PlannedDayRow.self)
        return Dictionary(rows.map { ($0.meeting, $0.day) }) { first, _ in first }
    }

    /// Adds a change of a meeting.
    ///
    /// - Throws: ``MeetingError/noticeOutOfTime(_:)`` where the notice does not come before the day that is moved.
    func insert(_ change: MeetingChange, of meeting: ID<Meeting>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.meeting_changes (
                organization_id, change_id, meeting_id, day_before, start_minute_before, day_after, reason,
                notice_number, notified_on, notice_file_id, changed_at, changed_by)
            values (
                \(organization), \(ID<MeetingChange>()), \(meeting), \(change.dayBefore),
                \(change.startedAt?.minutesSinceMidnight), \(change.dayAfter), \(change.reason),
                \(change.notice?.number), \(change.notice?.filedOn), \(change.notice?.file), \(now),
                \(scope.principal.user))
            """,
            refusals: ["meeting_changes_notice_comes_first": MeetingError.noticeOutOfTime("la autoridad")])
    }
}

private struct PlannedDayRow: RowDecodable {
    let meeting: ID<Meeting>
    let day: CalendarDate

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        day = try row["day_before"]
    }
}

extension MeetingInvitation.ToldTime: RowDecodable {
    /// Reads the time before a change.
    public init(row: Row) throws(RowError) {
        let minute: Int? = try row["start_minute_before"]
        self.init(
            day: try row["day_before"],
            startsAt: minute.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) })
    }
}

extension MeetingChange: RowDecodable {
    /// Reads a row of `governance.meeting_changes`.
    public init(row: Row) throws(RowError) {
        let minute: Int? = try row["start_minute_before"]
        let number: String? = try row["notice_number"]
        let filedOn: CalendarDate? = try row["notified_on"]
        let file: ID<StoredFile>? = try row["notice_file_id"]
        var notice: AuthorityNotice?
        if let number, let filedOn {
            do {
                notice = try AuthorityNotice(number: number, filedOn: filedOn, file: file)
            } catch {
                throw RowError(unreadable: "notice_number", because: error)
            }
        }
        self.init(
            dayBefore: try row["day_before"],
            startedAt: minute.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) },
            dayAfter: try row["day_after"], reason: try row["reason"], notice: notice)
    }
}
