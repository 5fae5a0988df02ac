import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The agenda of a meeting, in its order.
    public func agenda(of meeting: ID<Meeting>) async throws -> [AgendaItem] {
        try await rows(
            """
            select item_id, position, kind, title, minutes_planned, presenter, origin, carried_from, state,
                opened_at, closed_at, notes
            from governance.agenda_items
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by position, item_id
            """, as: AgendaItem.self)
    }

    /// Adds points to the agenda of a meeting.
    func insert(_ agenda: [AgendaItem], of meeting: Meeting, in alliance: ID<Alliance>) async throws {
        try await execute(
            """
            insert into governance.agenda_items (
                organization_id, item_id, meeting_id, alliance_id, is_reserved, position, kind, title,
                minutes_planned, presenter, origin, carried_from, state, notes)
            select \(organization), item_id, \(meeting.id), \(alliance), \(meeting.isReserved), position,
                kind, title, minutes_planned, presenter, origin, carried_from, state, notes
            from unnest(
                \(agenda.map(\.id)), \(agenda.map(\.position)), \(agenda.map(\.kind.rawValue)),
                \(agenda.map(\.title)), \(agenda.map(\.minutesPlanned)), \(agenda.map(\.presenter)),
                \(agenda.map(\.origin.rawValue)), \(agenda.map(\.carriedFrom)),
                \(agenda.map(\.state.rawValue)), \(agenda.map(\.notes))
            ) as points (item_id, position, kind, title, minutes_planned, presenter, origin, carried_from,
                state, notes)
            """)
    }

    /// Writes what a point says.
    func rewrite(_ item: AgendaItem, of meeting: ID<Meeting>) async throws {
        try await execute(
            """
            update governance.agenda_items
            set kind = \(item.kind), title = \(item.title), minutes_planned = \(item.minutesPlanned),
                presenter = \(item.presenter)
            where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item.id)
            """)
    }

    /// Numbers the points of a meeting in an order.
    func order(_ items: [ID<AgendaItem>], of meeting: ID<Meeting>) async throws {
        try await execute(
            """
            update governance.agenda_items
            set position = places.position
            from unnest(\(items)) with ordinality as places (item_id, position)
            where organization_id = \(organization) and meeting_id = \(meeting)
                and agenda_items.item_id = places.item_id and agenda_items.position <> places.position
            """)
    }

    /// Takes a point out.
    func remove(_ item: ID<AgendaItem>, from meeting: ID<Meeting>) async throws {
        try await execute(
            """
            delete from governance.agenda_items
            where organization_id = \(organization) and meeting_id = \(meeting) and item_id = \(item)
            """)
    }

    /// The days of the meetings whose points these are.
    func origins(of items: [ID<AgendaItem>]) async throws -> [ID<AgendaItem>: CalendarDate] {
        guard !items.isEmpty else { return [:] }
        let rows = try await rows(
            """
            select items.item_id, meetings.day
            from governance.agenda_items as items
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = items.meeting_id
            where items.organization_id = \(organization) and items.item_id = any (\(items))
            """, as: OriginRow.self)
        return Dictionary(rows.map { ($0.item, $0.day) }) { first, _ in first }
    }

    /// What the last meeting before one, of the same body or kind, left open; with the commitments of the alliance
    /// that are open, and the minutes of such meetings that wait for approval.
    ///
    /// A point that nobody reached is left open only where the session was run here: of a meeting that is known by
    /// its paper, nobody knows. What the board keeps to itself is carried into its own meetings alone.
    func carriedPoints(into meeting: Meeting, of alliance: ID<Alliance>) async throws -> CarriedPoints {
        let open = try await rows(
            """
            with earlier as (
                select meetings.meeting_id, meetings.day, meetings.opened_at
                from governance.meetings
                where meetings.organization_id = \(organization)
                    and \(fragment: alike(meeting, of: alliance)) and meetings.state = 'held'
                    and meetings.day < \(meeting.day)
                order by meetings.day desc, meetings.start_minute desc nulls last
                limit 1
            )
            select items.item_id, items.kind, items.title, items.presenter, earlier.day
            from governance.agenda_items as items
            join earlier on earlier.meeting_id = items.meeting_id
            where items.organization_id = \(organization)
                and (items.state = 'postponed' or items.state = 'pending' and earlier.opened_at is not null)
                and not exists (
                    select from governance.agenda_items as later
                    join governance.meetings as others on others.organization_id = \(organization)
                        and others.meeting_id = later.meeting_id and others.state <> 'cancelled'
                    where later.organization_id = \(organization) and later.carried_from = items.item_id
                        and others.meeting_id <> \(meeting.id))
            order by items.position
            """, as: CarriedPoints.Open.self)
        let commitments = try await value(
            """
            select count(*) from governance.commitments
            where organization_id = \(organization) and alliance_id = \(alliance) and state = 'open'
                and is_reserved <= \(meeting.isReserved)
            """, as: Int.self)
        let minutes = try await value(
            """
            select count(*)
            from governance.minutes_drafts as drafts
            join governance.meetings on meetings.organization_id = \(organization)
                and meetings.meeting_id = drafts.meeting_id
                and \(fragment: alike(meeting, of: alliance)) and meetings.day < \(meeting.day)
            where drafts.organization_id = \(organization) and drafts.state in ('draft', 'circulated')
            """, as: Int.self)
        return CarriedPoints(open: open, commitments: commitments ?? 0, minutes: minutes ?? 0)
    }

    /// Puts what a meeting left open into the agenda of the next one like it that is planned.
    ///
    /// - Returns: That meeting; `nil` where none is planned.
    func carryOn(from meeting: Meeting, of alliance: ID<Alliance>) async throws -> ID<Meeting>? {
        let next: ID<Meeting>? = try await value(
            """
            select meeting_id from governance.meetings
            where organization_id = \(organization) and \(fragment: alike(meeting, of: alliance, isLater: true))
                and state = 'planned' and day > \(meeting.day)
            order by day, start_minute nulls last, meeting_id limit 1
            """)
        guard let next, let found = try await lockedMeeting(next, of: alliance), found.state == .planned
        else {
            return nil
        }
        try await carry(into: found, of: alliance)
        return next
    }

    /// Puts what was left open into the agenda of a meeting that is locked.
    func carry(into meeting: Meeting, of alliance: ID<Alliance>) async throws {
        let agenda = try await agenda(of: meeting.id)
        let whole = try await carriedPoints(into: meeting, of: alliance).added(to: agenda)
        let known = Set(agenda.map(\.id))
        try await insert(whole.filter { !known.contains($0.id) }, of: meeting, in: alliance)
        try await order(whole.map(\.id), of: meeting.id)
    }

    /// The agenda of the last meeting before one, of the same body or kind, that has one; an open meeting repeats none of the
    /// board's own.
    func earlierAgenda(
        for meeting: Meeting, of alliance: ID<Alliance>
    ) async throws -> (day: CalendarDate, points: [AgendaItem])? {
        let found = try await row(
            """
            select meetings.meeting_id, meetings.day
            from governance.meetings
            where meetings.organization_id = \(organization)
                and \(fragment: alike(meeting, of: alliance)) and meetings.state <> 'cancelled'
                and meetings.day < \(meeting.day)
                and exists (
                    select from governance.agenda_items as items
                    where items.organization_id = \(organization) and items.meeting_id = meetings.meeting_id
                        and items.origin <> 'carried')
            order by meetings.day desc, meetings.start_minute desc nulls last
            limit 1
            """, as: EarlierRow.self)
        guard let found else { return nil }
        return (found.day, try await agenda(of: found.meeting))
    }

    /// Meetings of the same body, or where it is of none, of the same kind.
    /// Those that are to take up what this one left, where `isLater`: what the board keeps to itself goes into its own
    /// meetings alone.
    private func alike(_ meeting: Meeting, of alliance: ID<Alliance>, isLater: Bool = false) -> SQL {
        """
        meetings.alliance_id = \(alliance)
            and meetings.meeting_id <> \(meeting.id)
            and case when \(isLater) then meetings.is_reserved >= \(meeting.isReserved)
                else meetings.is_reserved <= \(meeting.isReserved) end
            and case when \(meeting.body) is null
                then meetings.body_id is null and meetings.kind = \(meeting.kind)
                else meetings.body_id = \(meeting.body) end
        """
    }
}

// MARK: - Rows

private struct EarlierRow: RowDecodable {
    let meeting: ID<Meeting>
    let day: CalendarDate

    init(row: Row) throws(RowError) {
        meeting = try row["meeting_id"]
        day = try row["day"]
    }
}

private struct OriginRow: RowDecodable {
    let item: ID<AgendaItem>
    let day: CalendarDate

    init(row: Row) throws(RowError) {
        item = try row["item_id"]
        day = try row["day"]
    }
}

extension CarriedPoints.Open: RowDecodable {
    /// Reads a row of `governance.agenda_items` with the day of its meeting.
    public init(row: Row) throws(RowError) {
        self.init(
            item: try row["item_id"], kind: try row["kind"], title: try row["title"],
            presenter: try row["presenter"], day: try row["day"])
    }
}

extension AgendaItem: RowDecodable {
    /// Reads a row of `governance.agenda_items`.
    public init(row: Row) throws(RowError) {
        let id: ID<AgendaItem> = try row["item_id"]
        let position: Int = try row["position"]
        let kind: Kind = try row["kind"]
        let title: String = try row["title"]
        let minutesPlanned: Int? = try row["minutes_planned"]
        let presenter: String? = try row["presenter"]
        let origin: Origin = try row["origin"]
        let carriedFrom: ID<AgendaItem>? = try row["carried_from"]
        let state: State = try row["state"]
        let openedAt: Date? = try row["opened_at"]
        let closedAt: Date? = try row["closed_at"]
        let notes: String = try row["notes"]
        do {
            try self.init(
                id: id, position: position, kind: kind, title: title, minutesPlanned: minutesPlanned,
                presenter: presenter, origin: origin, carriedFrom: carriedFrom, state: state,
                openedAt: openedAt, closedAt: closedAt, notes: notes)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}

extension AgendaItem.Kind: SQLValue {}

extension AgendaItem.Origin: SQLValue {}

extension AgendaItem.State: SQLValue {}
