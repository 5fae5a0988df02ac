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

    /// Adds a change of a meeting.
    ///
    /// - Throws: ``MeetingError/authorityNotTold(_:)`` where the notice does not come before the day that is moved.
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
            refusals: ["meeting_changes_notice_comes_first": MeetingError.authorityNotTold("la autoridad")])
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
