import Foundation
import Kernel
import Postgres
import Tenancy

/// A meeting that comes, and what of its preparation is missing.
struct ComingMeeting: RowDecodable {
    let id: ID<Meeting>
    let alliance: ID<Alliance>
    let title: String
    let day: CalendarDate
    let isCalled: Bool
    let hasAgenda: Bool
    let hasPlace: Bool

    init(row: Row) throws(RowError) {
        id = try row["meeting_id"]
        alliance = try row["alliance_id"]
        title = try row["title"]
        day = try row["day"]
        isCalled = try row["is_called"]
        hasAgenda = try row["has_agenda"]
        hasPlace = try row["has_place"]
    }
}

/// Minutes that were handed round.
struct ObservableMinutes: RowDecodable {
    let meeting: ID<Meeting>
    let alliance: ID<Alliance>
    let title: String
    let until: CalendarDate?
    let version: Int

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        alliance = try row["alliance_id"]
        title = try row["title"]
        until = try row["observe_until"]
        version = try row["version"]
    }
}

/// Sealed minutes of which nobody decided whether they are published.
struct UndecidedMinutes: RowDecodable {
    let meeting: ID<Meeting>
    let alliance: ID<Alliance>
    let title: String
    let number: Int
    let sealedAt: Date
    let isOfBoard: Bool

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        alliance = try row["alliance_id"]
        title = try row["title"]
        number = try row["number"]
        sealedAt = try row["sealed_at"]
        isOfBoard = try row["is_of_board"]
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the meetings of some days that are planned and lack their call, their agenda, or where they are held, in
    /// alliances that are not dissolved. The scope decides which of a board's own are told.
    func meetingsToPrepare(in days: ClosedRange<CalendarDate>) async throws -> [ComingMeeting] {
        try await rows(
            """
            select coming.* from (
                select meetings.meeting_id, meetings.alliance_id, meetings.title, meetings.day,
                    meetings.start_minute,
                    exists (
                        select from governance.meeting_notices as notices
                        where notices.organization_id = \(organization)
                            and notices.meeting_id = meetings.meeting_id
                    ) or exists (
                        select from governance.meeting_calls as calls
                        where calls.organization_id = \(organization)
                            and calls.meeting_id = meetings.meeting_id
                    ) as is_called,
                    exists (
                        select from governance.agenda_items as items
                        where items.organization_id = \(organization)
                            and items.meeting_id = meetings.meeting_id
                    ) as has_agenda,
                    (meetings.place is not null or meetings.mode = 'virtual')
                        and (meetings.link is not null or meetings.mode not in ('virtual', 'mixed'))
                        as has_place
                from governance.meetings
                join tenancy.alliances on alliances.organization_id = \(organization)
                    and alliances.alliance_id = meetings.alliance_id and alliances.state <> 'dissolved'
                where meetings.organization_id = \(organization) and meetings.state = 'planned'
                    and meetings.day between \(days.lowerBound) and \(days.upperBound)
            ) as coming
            where not (is_called and has_agenda and has_place)
            order by coming.day, coming.start_minute, coming.meeting_id
            """)
    }

    /// Returns the minutes that were handed round, of meetings that a person was in, and that may be observed on a day.
    func minutesToObserve(by person: ID<Person>, on day: CalendarDate) async throws -> [ObservableMinutes] {
        try await rows(
            """
            select meetings.meeting_id, meetings.alliance_id, meetings.title, drafts.observe_until,
                drafts.version
            from governance.minutes_drafts as drafts
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
            where drafts.organization_id = \(organization) and drafts.state = 'circulated'
                and (drafts.observe_until is null or drafts.observe_until >= \(day))
                and exists (
                    select from governance.attendances
                    where attendances.organization_id = \(organization)
                        and attendances.meeting_id = drafts.meeting_id
                        and attendances.person_id = \(person) and attendances.undone_at is null)
            order by drafts.observe_until, meetings.meeting_id
            """)
    }

    /// Returns the sealed minutes of which nobody decided whether they are published, the first sealed first. What a
    /// board keeps to itself is not asked for: it is shared first.
    func minutesToPublish() async throws -> [UndecidedMinutes] {
        try await rows(
            """
            select meetings.meeting_id, meetings.alliance_id, meetings.title, seals.number, seals.sealed_at,
                meetings.shared_at is not null as is_of_board
            from governance.minutes_seals as seals
            join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.minutes_id = seals.minutes_id
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id and not meetings.is_reserved
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = seals.alliance_id and alliances.state <> 'dissolved'
            where seals.organization_id = \(organization) and not seals.is_reserved
                and seals.redacted_file_id is not null
                and not exists (
                    select from governance.minutes_publications as decided
                    where decided.organization_id = \(organization)
                        and decided.minutes_id = seals.minutes_id)
            order by seals.sealed_at, seals.minutes_id
            """)
    }

    /// Returns how many minutes wait to be approved that were begun, or write themselves of a session run here, by
    /// alliance.
    func minutesToFinish() async throws -> [PendingCount] {
        try await rows(
            """
            select meetings.alliance_id, null::uuid as process_id, count(*) as count,
                min(coalesce(drafts.started_at, meetings.closed_at)) as since, null::date as due_on
            from governance.meetings
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = meetings.alliance_id and alliances.state <> 'dissolved'
            left join governance.minutes_drafts as drafts on drafts.organization_id = \(organization)
                and drafts.meeting_id = meetings.meeting_id
            where meetings.organization_id = \(organization) and meetings.state = 'held'
                and (drafts.state in ('draft', 'circulated')
                    or drafts.state is null and meetings.closed_at is not null)
                and not exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id)
            group by meetings.alliance_id
            """)
    }

    /// Returns how many approved minutes wait for the signature of somebody, by alliance, since the first was approved.
    func signaturesToGather() async throws -> [PendingCount] {
        try await rows(
            """
            select drafts.alliance_id, null::uuid as process_id, count(*) as count,
                min(drafts.approved_on)::timestamp at time zone 'America/Bogota' as since,
                null::date as due_on
            from governance.minutes_drafts as drafts
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = drafts.alliance_id and alliances.state <> 'dissolved'
            where drafts.organization_id = \(organization) and drafts.state = 'approved'
                and exists (
                    select from governance.minutes_signers as signers
                    where signers.organization_id = \(organization)
                        and signers.minutes_id = drafts.minutes_id and signers.signed_at is null
                        and signers.removed_at is null)
            group by drafts.alliance_id
            """)
    }

    /// Returns how many meetings before a day were not called off and have no minutes, not even begun ones, by alliance.
    func meetingsWithoutMinutes(before day: CalendarDate) async throws -> [PendingCount] {
        try await rows(
            """
            select meetings.alliance_id, null::uuid as process_id, count(*) as count,
                null::timestamptz as since, null::date as due_on
            from governance.meetings
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = meetings.alliance_id and alliances.state <> 'dissolved'
            where meetings.organization_id = \(organization) and meetings.state in ('planned', 'held')
                and meetings.day < \(day) and meetings.closed_at is null
                and not exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id)
                and not exists (
                    select from governance.minutes_drafts as drafts
                    where drafts.organization_id = \(organization)
                        and drafts.meeting_id = meetings.meeting_id)
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
