public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The days before the end of a mandate at which people are told, of each body that has its own; `nil` is the key of
    /// all others.
    public func alarmDays() async throws -> [ID<Body>?: AlarmDays] {
        let usual = try await values(
            "select days from catalogue.mandate_alarms order by days desc", as: Int.self)
        let own = try await rows(
            """
            select body_id, alarm_days from governance.bodies
            where organization_id = \(organization) and alarm_days is not null and dissolved_on is null
            """, as: AlarmDaysRow.self)
        var days: [ID<Body>?: AlarmDays] = [nil: try AlarmDays(usual)]
        for row in own { days[row.body] = row.days }
        return days
    }

    /// Writes the days of alarm of a body; `nil` for those of the catalogue.
    func setAlarmDays(_ days: AlarmDays?, of body: ID<Body>) async throws {
        try await execute(
            """
            update governance.bodies set alarm_days = \(days?.days)
            where organization_id = \(organization) and body_id = \(body)
            """)
    }

    /// Notes that people are told of ends.
    ///
    /// - Returns: Those of which they had not been told: an alarm goes off once.
    public func noteTold(
        _ ends: [ComingEnd], toSoMany recipients: Int, at now: Date
    ) async throws -> [ComingEnd] {
        let news = try await values(
            """
            insert into governance.told_alarms (organization_id, subject, ends_on, alarm, recipients, told_at)
            select \(organization), subject, ends_on, alarm, \(recipients), \(now)
            from unnest(
                \(ends.map(\.subject)), \(ends.map(\.endsOn)), \(ends.map(\.alarm.number))
            ) as ends (subject, ends_on, alarm)
            on conflict on constraint told_alarms_pkey do nothing
            returning subject
            """, as: String.self)
        return ends.filter { news.contains($0.subject) }
    }
}

private struct AlarmDaysRow: RowDecodable {
    let body: ID<Body>
    let days: AlarmDays

    init(row: Row) throws(RowError) {
        body = try row["body_id"]
        let numbers: [Int] = try row["alarm_days"]
        do {
            days = try AlarmDays(numbers)
        } catch {
            throw RowError(unreadable: "alarm_days", because: error)
        }
    }
}
