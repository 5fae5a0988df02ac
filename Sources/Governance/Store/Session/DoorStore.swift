import Foundation
import Kernel
import Postgres
import Tenancy

extension Transaction where Scope == TenantScope {
    /// Some stays of a meeting.
    func attendances(_ ids: [ID<Attendance>], in meeting: ID<Meeting>) async throws -> [Attendance] {
        guard !ids.isEmpty else { return [] }
        return try await rows(
            """
            \(fragment: stays(of: meeting)) and attendance_id = any (\(ids))
            """)
    }

    /// The stays of a meeting that were noted last and are not undone.
    func latestAttendances(of meeting: ID<Meeting>, limit: Int) async throws -> [Attendance] {
        try await rows(
            """
            \(fragment: stays(of: meeting)) and undone_at is null
            order by recorded_at desc limit \(limit)
            """)
    }

    /// The stays of a meeting that another one counts in place of, the latest first.
    func attendances(notedTwiceIn meeting: ID<Meeting>, limit: Int) async throws -> [Attendance] {
        try await rows(
            """
            \(fragment: stays(of: meeting)) and same_as is not null
            order by recorded_at desc limit \(limit)
            """)
    }

    /// How many came to a meeting, each counted once.
    func arrivals(in meeting: ID<Meeting>) async throws -> Int {
        try await value(
            """
            select count(distinct coalesce(mandate_id, person_id, attendance_id)) from governance.attendances
            where organization_id = \(organization) and meeting_id = \(meeting) and undone_at is null
            """) ?? 0
    }

    /// The stays of a meeting, up to what else is asked of them.
    func stays(of meeting: ID<Meeting>) -> SQL {
        """
        select attendance_id, attendances.person_id, mandate_id, name, document_type, document_number,
            capacity, represents, way, method, arrived_at, left_at, undone_at, same_as, captured_at,
            sheet_code, recorded_at
        from governance.attendances
        left join membership.affiliates on affiliates.organization_id = \(organization)
            and affiliates.person_id = attendances.person_id
        where attendances.organization_id = \(organization) and meeting_id = \(meeting)
        """
    }
}
