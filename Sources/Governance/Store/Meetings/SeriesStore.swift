import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The series of an alliance, the latest first.
    public func series(of alliance: ID<Alliance>) async throws -> [MeetingSeries] {
        try await rows(
            """
            select series_id, title, purpose, sessions_needed, norm from governance.meeting_series
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by created_at desc, series_id
            """, as: MeetingSeries.self)
    }

    /// A series of an alliance, `nil` where it has none of that identifier.
    public func series(_ id: ID<MeetingSeries>, of alliance: ID<Alliance>) async throws -> MeetingSeries? {
        try await row(
            """
            select series_id, title, purpose, sessions_needed, norm from governance.meeting_series
            where organization_id = \(organization) and alliance_id = \(alliance) and series_id = \(id)
            """, as: MeetingSeries.self)
    }

    /// Where a series stands; `nil` where the alliance has none of that identifier.
    ///
    /// Who came is counted by attendance, each person once; where none was taken, by the minutes. Who enrolled is
    /// counted from its first day on, by what they asked and by what they became, each person once.
    public func standing(
        of id: ID<MeetingSeries>, in alliance: ID<Alliance>
    ) async throws -> SeriesStanding? {
        guard let series = try await series(id, of: alliance) else { return nil }
        let meetings = try await sessions(of: id, in: alliance)
        let figures = try await rows(
            """
            select meetings.meeting_id,
                (
                    select sum(calls.reached) from governance.meeting_calls as calls
                    where calls.organization_id = \(organization) and calls.meeting_id = meetings.meeting_id
                ) as reached,
                (
                    select nullif(count(distinct coalesce(came.person_id::text, came.name)), 0)
                    from governance.attendances as came
                    where came.organization_id = \(organization) and came.meeting_id = meetings.meeting_id
                        and came.undone_at is null and came.capacity in ('entitled', 'user')
                ) as present,
                (
                    select counts.people from governance.minutes
                    join governance.minutes_counts as counts on counts.organization_id = \(organization)
                        and counts.minutes_id = minutes.minutes_id
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id
                        and membership.folded(counts.label) !~ 'inscrit'
                    order by counts.position
                    limit 1
                ) as counted,
                (
                    select counts.people from governance.minutes
                    join governance.minutes_counts as counts on counts.organization_id = \(organization)
                        and counts.minutes_id = minutes.minutes_id
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id
                        and membership.folded(counts.label) ~ 'inscrit'
                    order by counts.position
                    limit 1
                ) as enrolled
            from governance.meetings
            where meetings.organization_id = \(organization) and meetings.series_id = \(id)
            """, as: FiguresRow.self)
        let known = Dictionary(figures.map { ($0.meeting, $0) }) { first, _ in first }
        let sessions = meetings.map { meeting in
            let row = known[meeting.id]
            return SeriesStanding.Session(
                meeting: meeting, reached: row?.reached, came: row?.present ?? row?.counted,
                enrolled: row?.enrolled)
        }
        var enrolled = 0
        if let first = sessions.first?.meeting.day {
            enrolled =
                try await value(
                    """
                    select count(*) from (
                        select person_id from membership.applications
                        where organization_id = \(organization) and alliance_id = \(alliance)
                            and requested_on >= \(first) and state in ('pending', 'accepted')
                        union
                        select person_id from membership.memberships
                        where organization_id = \(organization) and alliance_id = \(alliance)
                            and joined_on >= \(first)
                    ) as people
                    """, as: Int.self) ?? 0
        }
        return SeriesStanding(series: series, sessions: sessions, enrolled: enrolled)
    }

    /// Where the series of a meeting stands; `nil` where it is of none.
    public func standing(
        ofSeriesOf meeting: Meeting, in alliance: ID<Alliance>
    ) async throws -> SeriesStanding? {
        guard let series = meeting.series else { return nil }
        return try await standing(of: series, in: alliance)
    }

    /// Adds a series.
    func insert(_ series: MeetingSeries, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.meeting_series (
                organization_id, series_id, alliance_id, title, purpose, sessions_needed, norm, created_at,
                created_by)
            values (
                \(organization), \(series.id), \(alliance), \(series.title), \(series.purpose),
                \(series.sessionsNeeded), \(series.norm), \(now), \(scope.principal.user))
            """)
    }

    /// Counts a meeting among the sessions of a series, or of none.
    func assign(_ meeting: ID<Meeting>, to series: ID<MeetingSeries>?) async throws {
        try await execute(
            """
            update governance.meetings set series_id = \(series)
            where organization_id = \(organization) and meeting_id = \(meeting)
            """)
    }
}

// MARK: - Rows

private struct FiguresRow: RowDecodable {
    let meeting: ID<Meeting>
    let reached: Int?
    let present: Int?
    let counted: Int?
    let enrolled: Int?

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        reached = try row["reached"]
        present = try row["present"]
        counted = try row["counted"]
        enrolled = try row["enrolled"]
    }
}

extension MeetingSeries: RowDecodable {
    /// Reads a row of `governance.meeting_series`.
    public init(row: Row) throws(RowError) {
        let id: ID<MeetingSeries> = try row["series_id"]
        let title: String = try row["title"]
        let purpose: Purpose = try row["purpose"]
        let needed: Int = try row["sessions_needed"]
        let norm: String? = try row["norm"]
        do {
            try self.init(id: id, title: title, purpose: purpose, sessionsNeeded: needed, norm: norm)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}

extension MeetingSeries.Purpose: SQLValue {}
