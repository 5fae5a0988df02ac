import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns how many meetings before a day were not called off and have no minutes, by alliance.
    func meetingsWithoutMinutes(before day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select meetings.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, null::date as due_on
            from governance.meetings
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = meetings.alliance_id and alliances.state <> 'dissolved'
            where meetings.organization_id = \(organization) and meetings.state in ('planned', 'held')
                and meetings.day < \(day)
                and not exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id)
            group by meetings.alliance_id
            """)
    }

    /// Returns how many minutes that were recorded here lack their signed paper, by alliance.
    func minutesWithoutPaper() async throws -> [PendingCount] {
        try await rows(
            """
            select minutes.alliance_id, null::uuid as process_id, count(*) as count,
                min(minutes.recorded_at) as since, null::date as due_on
            from governance.minutes
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = minutes.alliance_id and alliances.state <> 'dissolved'
            where minutes.organization_id = \(organization) and minutes.source_id is null
                and minutes.file_id is null
                and not exists (
                    select from governance.papers
                    where papers.organization_id = \(organization) and papers.minutes_id = minutes.minutes_id
                        and papers.kind = 'signed_minutes')
            group by minutes.alliance_id
            """)
    }
}
