import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// The next planned meeting of each of some alliances, from a day on.
    func nextMeetings(
        of alliances: [ID<Alliance>], from day: CalendarDate
    ) async throws -> [ID<Alliance>: AllianceOutlook.Next] {
        let rows = try await rows(
            """
            select asked.alliance_id, next.meeting_id, next.day, next.title
            from unnest(\(alliances)) as asked (alliance_id)
            cross join lateral (
                select meetings.meeting_id, meetings.day, meetings.title
                from governance.meetings
                where meetings.organization_id = \(organization)
                    and meetings.alliance_id = asked.alliance_id and meetings.state = 'planned'
                    and meetings.day >= \(day)
                order by meetings.day, meetings.start_minute, meetings.meeting_id
                limit 1
            ) as next
            """, as: NextMeetingRow.self)
        return Dictionary(rows.map { ($0.alliance, $0.next) }) { first, _ in first }
    }
}

private struct NextMeetingRow: RowDecodable {
    let alliance: ID<Alliance>
    let next: AllianceOutlook.Next

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        next = AllianceOutlook.Next(id: try row["meeting_id"], day: try row["day"], title: try row["title"])
    }
}
