import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// A meeting in a list: with how it was called, whether its minutes are kept, and what its source gets wrong.
public struct MeetingSummary: Sendable, Hashable {
    /// The meeting.
    public let meeting: Meeting
    /// The first day on which it was called, `nil` where no call is known.
    public let calledOn: CalendarDate?
    /// Whether its minutes are kept.
    public let hasMinutes: Bool
    /// Where the minutes stand that are written here; `nil` where nobody began them.
    public let draft: MinutesDraft.State?
    /// How many contradictions its source has about it.
    public let warnings: Int
}

extension Transaction where Scope == TenantScope {
    /// The meetings of an alliance in a stretch of days, by day and hour.
    public func meetings(
        of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>
    ) async throws -> [MeetingSummary] {
        try await rows(
            """
            \(fragment: summaries(organization))
            and meetings.alliance_id = \(alliance)
                and meetings.day between \(days.lowerBound) and \(days.upperBound)
            order by meetings.day, meetings.start_minute, meetings.position, meetings.meeting_id
            """)
    }

    /// The sessions of a series that were not called off, by day and hour.
    func sessions(of series: ID<MeetingSeries>, in alliance: ID<Alliance>) async throws -> [Meeting] {
        try await rows(
            """
            \(fragment: summaries(organization))
            and meetings.alliance_id = \(alliance) and meetings.series_id = \(series)
                and meetings.state <> 'cancelled'
            order by meetings.day, meetings.start_minute, meetings.position, meetings.meeting_id
            """, as: MeetingSummary.self
        ).map(\.meeting)
    }

    /// The latest meetings of an alliance that were not called off and are of no series, the latest first.
    func meetingsOfNoSeries(of alliance: ID<Alliance>, limit: Int) async throws -> [Meeting] {
        try await rows(
            """
            \(fragment: summaries(organization))
            and meetings.alliance_id = \(alliance) and meetings.series_id is null
                and meetings.state <> 'cancelled'
            order by meetings.day desc, meetings.start_minute desc, meetings.meeting_id
            limit \(limit)
            """, as: MeetingSummary.self
        ).map(\.meeting)
    }

    /// The meetings of an alliance of one kind, by day and hour.
    func meetings(of alliance: ID<Alliance>, kind: Meeting.Kind) async throws -> [MeetingSummary] {
        try await rows(
            """
            \(fragment: summaries(organization))
            and meetings.alliance_id = \(alliance) and meetings.kind = \(kind)
            order by meetings.day, meetings.start_minute, meetings.position, meetings.meeting_id
            """)
    }

    /// The days of the first and the last meeting of an alliance, `nil` where it has none.
    public func meetingDays(of alliance: ID<Alliance>) async throws -> ClosedRange<CalendarDate>? {
        try await row(
            """
            select min(day) as first_day, max(day) as last_day from governance.meetings
            where organization_id = \(organization) and alliance_id = \(alliance)
            """, as: DaysRow.self)?.days
    }

    /// A meeting of an alliance, `nil` where it has none of that identifier.
    public func meeting(_ id: ID<Meeting>, of alliance: ID<Alliance>) async throws -> MeetingSummary? {
        try await row(
            """
            \(fragment: summaries(organization))
            and meetings.alliance_id = \(alliance)
                and meetings.meeting_id = \(id)
            """)
    }

    /// What meetings are called; those that a board keeps to itself are there for who is on it alone.
    public func meetingTitles(_ meetings: [ID<Meeting>]) async throws -> [ID<Meeting>: String] {
        let rows = try await rows(
            """
            select meeting_id, title from governance.meetings
            where organization_id = \(organization) and meeting_id = any (\(meetings))
            """, as: TitleRow.self)
        return Dictionary(rows.map { ($0.meeting, $0.title) }) { first, _ in first }
    }

    /// The meetings of an event, one of each of its alliances.
    func meetingSummaries(of event: ID<JointEvent>) async throws -> [MeetingSummary] {
        try await rows(
            """
            \(fragment: summaries(organization))
            and meetings.event_id = \(event)
            order by meetings.day, meetings.start_minute, meetings.alliance_id
            """)
    }

    /// The same, kept as it is until the transaction ends.
    func lockedMeeting(_ id: ID<Meeting>, of alliance: ID<Alliance>) async throws -> Meeting? {
        try await execute(
            """
            select from governance.meetings
            where organization_id = \(organization) and meeting_id = \(id)
            for no key update
            """)
        return try await meeting(id, of: alliance)?.meeting
    }

    /// How a meeting was called, the first call first.
    public func calls(of meeting: ID<Meeting>) async throws -> [MeetingCall] {
        try await rows(
            """
            select sent_on, channel, kind, reached, note, notice_id, file_id, is_of_sheet
            from governance.meeting_calls
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by sent_on, call_id
            """, as: CallRow.self
        ).map(\.call)
    }

    /// The standing agendas of an alliance.
    public func agendaTemplates(of alliance: ID<Alliance>) async throws -> [AgendaTemplate] {
        try await rows(
            """
            select title, items, every_months, notice_days from governance.agenda_templates
            where organization_id = \(organization) and alliance_id = \(alliance)
            order by title
            """, as: AgendaRow.self
        ).map(\.template)
    }

    /// Adds meetings, in the order of their source.
    func insert(
        _ meetings: [Meeting], of alliance: ID<Alliance>, plan: ID<WorkPlan>?,
        from source: ID<SourceDocument>?, at now: Date
    ) async throws {
        let statements = meetings.enumerated().map { position, meeting -> SQL in
            """
            insert into governance.meetings (
                organization_id, meeting_id, alliance_id, plan_id, source_id, position, kind, title, state,
                day, last_day, start_minute, end_minute, mode, place, link, body_id, series_id, event_id,
                participants, restriction, moved_by_entity_only, notice_authority, as_written, is_public,
                is_own_accountability, is_reserved, recorded_at)
            values (
                \(organization), \(meeting.id), \(alliance), \(plan), \(source), \(position + 1),
                \(meeting.kind), \(meeting.title), \(meeting.state), \(meeting.day), \(meeting.lastDay),
                \(meeting.startsAt?.minutesSinceMidnight), \(meeting.endsAt?.minutesSinceMidnight),
                \(meeting.mode), \(meeting.place), \(meeting.link), \(meeting.body), \(meeting.series),
                \(meeting.event),
                \(meeting.participants), \(meeting.restriction), \(meeting.moveRule?.isEntityOnly ?? false),
                \(meeting.moveRule?.authority), \(meeting.asWritten), \(meeting.isPublic),
                \(meeting.isOwnAccountability), \(meeting.isReserved), \(now))
            """
        }
        try await pipeline(statements)
    }

    /// Adds a standing agenda.
    func insert(
        _ template: AgendaTemplate, of alliance: ID<Alliance>, from source: ID<SourceDocument>?, at now: Date
    ) async throws {
        try await execute(
            """
            insert into governance.agenda_templates (
                organization_id, template_id, alliance_id, source_id, title, items, every_months, notice_days,
                recorded_at)
            values (
                \(organization), \(ID<AgendaTemplate>()), \(alliance), \(source), \(template.title),
                \(template.items), \(template.everyMonths), \(template.noticeDays), \(now))
            """,
            refusals: ["agenda_templates_title_key": SourceError.agendaTaken(template.title)])
    }

    /// Adds a call.
    func insert(_ call: MeetingCall, of meeting: ID<Meeting>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.meeting_calls (
                organization_id, call_id, meeting_id, sent_on, channel, kind, reached, note, notice_id,
                file_id, is_of_sheet, recorded_at, recorded_by)
            values (
                \(organization), \(ID<MeetingCall>()), \(meeting), \(call.sentOn), \(call.channel),
                \(call.kind), \(call.reached), \(call.note), \(call.notice), \(call.proof),
                \(call.isOfSheet), \(now), \(scope.principal.user))
            """,
            refusals: ["meeting_calls_sheet_key": OutreachError.alreadyCounted])
    }

    /// Writes what a meeting is for citizens, planned or held.
    func describe(_ meeting: ID<Meeting>, isPublic: Bool, isOwnAccountability: Bool) async throws {
        try await execute(
            """
            update governance.meetings
            set is_public = \(isPublic), is_own_accountability = \(isOwnAccountability)
            where organization_id = \(organization) and meeting_id = \(meeting)
            """)
    }

    /// Writes what may be changed of a meeting that is planned.
    ///
    /// - Throws: ``MeetingError/notPlanned`` where it is not.
    func update(_ meeting: Meeting) async throws {
        let updated = try await execute(
            """
            update governance.meetings
            set state = \(meeting.state), title = \(meeting.title), day = \(meeting.day),
                last_day = \(meeting.lastDay), start_minute = \(meeting.startsAt?.minutesSinceMidnight),
                end_minute = \(meeting.endsAt?.minutesSinceMidnight), mode = \(meeting.mode),
                place = \(meeting.place), link = \(meeting.link), body_id = \(meeting.body),
                series_id = \(meeting.series), participants = \(meeting.participants),
                calendar_changes = calendar_changes + 1
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'planned'
            """)
        guard updated == 1 else { throw MeetingError.notPlanned }
    }
}

/// The meetings of a tenant, up to what else is asked of them.
private func summaries(_ organization: ID<Organization>) -> SQL {
    """
    select meetings.meeting_id, meetings.kind, meetings.title, meetings.state, meetings.day,
        meetings.last_day, meetings.start_minute, meetings.end_minute, meetings.mode, meetings.place,
        meetings.link, meetings.body_id, meetings.series_id, meetings.event_id, meetings.participants, meetings.restriction,
        meetings.moved_by_entity_only, meetings.notice_authority, meetings.as_written, meetings.is_public, meetings.is_own_accountability, meetings.is_reserved,
        meetings.opened_at, meetings.opened_in, meetings.entitled, meetings.closed_at,
        (
            select min(calls.sent_on) from governance.meeting_calls as calls
            where calls.organization_id = \(organization) and calls.meeting_id = meetings.meeting_id
        ) as called_on,
        exists (
            select from governance.minutes
            where minutes.organization_id = \(organization) and minutes.meeting_id = meetings.meeting_id
        ) as has_minutes,
        (
            select drafts.state from governance.minutes_drafts as drafts
            where drafts.organization_id = \(organization) and drafts.meeting_id = meetings.meeting_id
        ) as draft_state,
        (
            select count(*) from governance.source_warnings as warnings
            where warnings.organization_id = \(organization) and warnings.meeting_id = meetings.meeting_id
        ) as warnings
    from governance.meetings
    where meetings.organization_id = \(organization)
    """
}

// MARK: - Rows

extension MeetingSummary: RowDecodable {
    /// Reads a row of the meetings.
    public init(row: Row) throws(RowError) {
        meeting = try Meeting(row: row)
        calledOn = try row["called_on"]
        hasMinutes = try row["has_minutes"]
        draft = try row["draft_state"]
        warnings = try row["warnings"]
    }
}

extension Meeting {
    fileprivate init(row: Row) throws(RowError) {
        let starts: Int? = try row["start_minute"]
        let ends: Int? = try row["end_minute"]
        let id: ID<Meeting> = try row["meeting_id"]
        let kind: Kind = try row["kind"]
        let title: String = try row["title"]
        let state: State = try row["state"]
        let day: CalendarDate = try row["day"]
        let lastDay: CalendarDate? = try row["last_day"]
        let mode: Mode = try row["mode"]
        let place: String? = try row["place"]
        let link: String? = try row["link"]
        let body: ID<Body>? = try row["body_id"]
        let series: ID<MeetingSeries>? = try row["series_id"]
        let event: ID<JointEvent>? = try row["event_id"]
        let participants: [String] = try row["participants"]
        let restriction: String? = try row["restriction"]
        let isEntityOnly: Bool = try row["moved_by_entity_only"]
        let authority: String? = try row["notice_authority"]
        let asWritten: String? = try row["as_written"]
        let isPublic: Bool = try row["is_public"]
        let isOwnAccountability: Bool = try row["is_own_accountability"]
        let isReserved: Bool = try row["is_reserved"]
        let session = try Session(row: row)
        do {
            self = try Meeting(
                id: id, kind: kind, title: title, state: state, day: day, lastDay: lastDay,
                startsAt: starts.flatMap(TimeOfDay.init(minute:)),
                endsAt: ends.flatMap(TimeOfDay.init(minute:)), mode: mode, place: place, link: link,
                body: body, series: series, event: event, participants: participants,
                restriction: restriction,
                moveRule: MoveRule(isEntityOnly: isEntityOnly, authority: authority), asWritten: asWritten,
                isPublic: isPublic, isOwnAccountability: isOwnAccountability,
                isReserved: isReserved, session: session)
        } catch {
            throw RowError(unreadable: "end_minute", because: error)
        }
    }
}

extension Meeting.Session {
    fileprivate init?(row: Row) throws(RowError) {
        let openedAt: Date? = try row["opened_at"]
        let call: Int? = try row["opened_in"]
        let entitled: Int? = try row["entitled"]
        guard let openedAt, let entitled else { return nil }
        self.init(
            openedAt: openedAt, call: call.flatMap(Quorum.Call.init(rawValue:)), entitled: entitled,
            closedAt: try row["closed_at"])
    }
}

extension TimeOfDay {
    /// The time of a minute of the day, `nil` past its last.
    fileprivate init?(minute: Int) {
        self.init(hour: minute / 60, minute: minute % 60)
    }
}

private struct DaysRow: RowDecodable {
    let days: ClosedRange<CalendarDate>?

    init(row: Row) throws(RowError) {
        let first: CalendarDate? = try row["first_day"]
        let last: CalendarDate? = try row["last_day"]
        days = first.flatMap { first in last.map { first...$0 } }
    }
}

private struct TitleRow: RowDecodable {
    let meeting: ID<Meeting>
    let title: String

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        title = try row["title"]
    }
}

private struct CallRow: RowDecodable {
    let call: MeetingCall

    init(row: Row) throws(RowError) {
        let sentOn: CalendarDate = try row["sent_on"]
        let channel: String = try row["channel"]
        let reached: Int? = try row["reached"]
        let note: String? = try row["note"]
        let kind: MeetingCall.Kind = try row["kind"]
        let notice: ID<MeetingNotice>? = try row["notice_id"]
        let proof: ID<StoredFile>? = try row["file_id"]
        let isOfSheet: Bool = try row["is_of_sheet"]
        do {
            call = try MeetingCall(
                sentOn: sentOn, channel: channel, kind: kind, reached: reached, note: note, notice: notice,
                proof: proof, isOfSheet: isOfSheet)
        } catch {
            throw RowError(unreadable: "channel", because: error)
        }
    }
}

private struct AgendaRow: RowDecodable {
    let template: AgendaTemplate

    init(row: Row) throws(RowError) {
        template = AgendaTemplate(
            title: try row["title"], items: try row["items"], everyMonths: try row["every_months"],
            noticeDays: try row["notice_days"])
    }
}

extension Meeting.Kind: SQLValue {}

extension Meeting.State: SQLValue {}

extension Meeting.Mode: SQLValue {}

extension MeetingCall.Kind: SQLValue {}
