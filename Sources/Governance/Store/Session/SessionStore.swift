import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// The quorum of a meeting at a moment, with where it is ordered.
public struct SessionQuorum: Sendable, Hashable {
    /// The figures.
    public let check: Quorum.Check
    /// The article that orders it.
    public let source: String
}

extension Transaction where Scope == TenantScope {
    /// A meeting of an alliance, held fast until the transaction ends: what depends on who is there happens one after
    /// the other.
    ///
    /// - Throws: ``MeetingError/notFound``.
    func holding(_ id: ID<Meeting>, of alliance: ID<Alliance>) async throws -> Meeting {
        try await execute(
            """
            select from governance.meetings
            where organization_id = \(organization) and alliance_id = \(alliance) and meeting_id = \(id)
            for no key update
            """)
        guard let meeting = try await meeting(id, of: alliance)?.meeting else { throw MeetingError.notFound }
        return meeting
    }

    /// Whoever is entitled in a meeting on its day, as a relation: `entitlement_id` (the mandate or the person),
    /// `person_id`, `mandate_id`, `unit_id` (the seat or the person: what is counted), `rank`, `name`, `name_folded`,
    /// `document_type`, `document_number`, `seat_title`, `seat_position`.
    func electorate(of meeting: Meeting, in alliance: ID<Alliance>) -> SQL {
        switch meeting.electorate {
        case .seats(let body):
            """
            (
                select holdings.mandate_id as entitlement_id, mandates.person_id, holdings.mandate_id,
                    holdings.seat_id as unit_id, holdings.rank, mandates.holder_name as name,
                    membership.folded(mandates.holder_name) as name_folded, affiliates.document_type,
                    affiliates.document_number, seats.title as seat_title, seats.position as seat_position
                from governance.holdings
                join governance.mandates on mandates.organization_id = \(organization)
                    and mandates.mandate_id = holdings.mandate_id
                join governance.seats on seats.organization_id = \(organization)
                    and seats.seat_id = holdings.seat_id
                left join membership.affiliates on affiliates.organization_id = \(organization)
                    and affiliates.person_id = mandates.person_id
                where holdings.organization_id = \(organization) and holdings.body_id = \(body)
                    and holdings.held_from <= \(meeting.day) and holdings.held_until >= \(meeting.day)
                    and seats.abolished_on is null
            )
            """
        case .members, .whoeverComes:
            """
            (
                select distinct memberships.person_id as entitlement_id, memberships.person_id,
                    null::uuid as mandate_id, memberships.person_id as unit_id, 0 as rank,
                    concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                    name_folded, document_type, document_number, null::text as seat_title, 0 as seat_position
                from membership.memberships
                join membership.affiliates on affiliates.organization_id = \(organization)
                    and affiliates.person_id = memberships.person_id
                where memberships.organization_id = \(organization) and memberships.alliance_id = \(alliance)
                    and memberships.joined_on <= \(meeting.day)
                    and (memberships.left_on is null or memberships.left_on > \(meeting.day))
            )
            """
        }
    }

    /// How many count in a meeting and how many of them are there: seats in a body, people elsewhere.
    func presence(in meeting: Meeting, of alliance: ID<Alliance>) async throws -> (base: Int, present: Int) {
        let figures = try await row(
            """
            select count(distinct entitled.unit_id) as base,
                count(distinct entitled.unit_id) filter (where stays.attendance_id is not null) as present
            from \(fragment: electorate(of: meeting, in: alliance)) as entitled
            left join governance.attendances as stays on stays.organization_id = \(organization)
                and stays.meeting_id = \(meeting.id) and stays.capacity = 'entitled'
                and stays.left_at is null and stays.undone_at is null
                and coalesce(stays.mandate_id, stays.person_id) = entitled.entitlement_id
            """, as: PresenceRow.self)
        let isOpen = meeting.session != nil
        return (
            isOpen && meeting.electorate.decides ? meeting.session?.entitled ?? 0 : figures?.base ?? 0,
            figures?.present ?? 0
        )
    }

    /// Those who are there, whoever they are: what a meeting that decides by consensus counts.
    func attendees(of meeting: ID<Meeting>) async throws -> Int {
        try await value(
            """
            select count(*) from governance.attendances
            where organization_id = \(organization) and meeting_id = \(meeting) and left_at is null
                and undone_at is null
            """) ?? 0
    }

    /// Who counts in a session at a moment, in one reading.
    func sessionPresence(
        in meeting: Meeting, of alliance: ID<Alliance>, at now: Date
    ) async throws -> SessionPresence {
        let (base, present) = try await presence(in: meeting, of: alliance)
        return SessionPresence(
            meeting: meeting, base: base, present: present, attendees: try await attendees(of: meeting.id),
            quorum: try await quorum(now: now, in: meeting, of: alliance, counted: (base, present)))
    }

    /// The quorum of a meeting at a moment; `nil` where none is asked, or the bylaws of its day order none.
    func quorum(
        now: Date, in meeting: Meeting, of alliance: ID<Alliance>, counted: (base: Int, present: Int)? = nil
    ) async throws -> SessionQuorum? {
        guard let bylaws = try await bylaws(of: alliance, on: meeting.day),
            let quorum = bylaws.quorum(of: meeting)
        else { return nil }
        let (base, present): (Int, Int)
        if let counted {
            (base, present) = counted
        } else {
            (base, present) = try await presence(in: meeting, of: alliance)
        }
        let seats = try await seatsOfQuorum(of: meeting, under: bylaws, beside: base)
        return SessionQuorum(
            check: quorum.check(
                base: seats?.count ?? base, present: present,
                calledFor: meeting.calledFor ?? ColombianTime.startOfDay(meeting.day), now: now,
                openedIn: meeting.session?.call),
            source: [bylaws.source(of: .firstQuorum), seats?.words].compactMap(\.self).filter { !$0.isEmpty }
                .joined(separator: "; "))
    }

    /// The seats of which the quorum of a body is, where the bylaws count those that nobody holds; `nil` where it is of
    /// those that somebody does.
    private func seatsOfQuorum(
        of meeting: Meeting, under bylaws: Bylaws, beside held: Int
    ) async throws -> (count: Int, words: String)? {
        guard case .seats(let body) = meeting.electorate, bylaws.allows(.quorumCountsVacancies) else {
            return nil
        }
        let all: Int =
            try await value(
                """
                select count(*) from governance.seats
                where organization_id = \(organization) and body_id = \(body) and abolished_on is null
                """) ?? 0
        let count = max(all, held)
        let vacant = count - held
        let source = bylaws.source(of: .quorumCountsVacancies)
        return (
            count,
            "sobre los \(SpanishFormat.count(count, "puesto", "puestos")) del organismo, \(vacant == 0 ? "ninguno vacante" : SpanishFormat.count(vacant, "vacante", "vacantes"))\(source.isEmpty ? "" : ", \(source)")"
        )
    }

    /// Keeps the quorum as it was found.
    @discardableResult
    func insert(
        _ quorum: SessionQuorum, on occasion: QuorumRecord.Occasion, in meeting: ID<Meeting>, at moment: Date
    ) async throws -> ID<QuorumRecord> {
        let id = ID<QuorumRecord>()
        let check = quorum.check
        try await execute(
            """
            insert into governance.quorum_checks (
                organization_id, check_id, meeting_id, occasion, call, requirement, base, present, required,
                is_met, source, checked_at, checked_by)
            values (
                \(organization), \(id), \(meeting), \(occasion), \(check.call.rawValue), \(check.rule),
                \(check.base), \(check.present), \(check.required), \(check.present >= check.required),
                \(quorum.source), \(moment), \(scope.principal.user))
            """)
        return id
    }

    /// Notes by itself that the quorum was lost or came back, after anything that changed who is there: as of the moment
    /// in which that happened, and not before the last check.
    func followQuorum(
        in meeting: Meeting, of alliance: ID<Alliance>, since moment: Date, at now: Date
    ) async throws {
        guard meeting.state == .inSession, meeting.session?.call != nil,
            let quorum = try await quorum(now: now, in: meeting, of: alliance),
            let last = try await quorumRecords(of: meeting.id).last
        else { return }
        let isMet = quorum.check.present >= quorum.check.required
        guard isMet != last.isMet else { return }
        try await insert(
            quorum, on: isMet ? .regained : .lost, in: meeting.id,
            at: min(now, max(moment, last.checkedAt.addingTimeInterval(0.001))))
    }

    /// The checks of the quorum of a meeting, in their order.
    public func quorumRecords(of meeting: ID<Meeting>) async throws -> [QuorumRecord] {
        try await rows(
            """
            select check_id, occasion, call, requirement, base, present, required, is_met, source, checked_at
            from governance.quorum_checks
            where organization_id = \(organization) and meeting_id = \(meeting)
            order by checked_at, check_id
            """)
    }

    // MARK: Opening and closing

    /// Opens the session of a planned meeting.
    func open(
        _ meeting: Meeting, in call: Quorum.Call?, entitled: Int, code: ReadableCode, at now: Date
    ) async throws {
        let opened = try await execute(
            """
            update governance.meetings
            set state = 'in_session', opened_at = \(now), opened_by = \(scope.principal.user),
                opened_in = \(call?.rawValue), entitled = \(entitled), session_code = \(code.description)
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'planned'
            """)
        guard opened == 1 else { throw SessionError.notPlanned }
    }

    /// Makes of an informative session one that decides.
    func install(_ meeting: Meeting, in call: Quorum.Call) async throws {
        try await execute(
            """
            update governance.meetings set opened_in = \(call.rawValue)
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'in_session'
                and opened_in is null
            """)
    }

    /// Closes the session: what was being treated is done with, and what was not reached is left for another meeting.
    func close(_ meeting: Meeting, at now: Date) async throws {
        let closed = try await execute(
            """
            update governance.meetings
            set state = 'held', closed_at = \(now), closed_by = \(scope.principal.user)
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'in_session'
            """)
        guard closed == 1 else { throw SessionError.notOpen }
        try await pipeline([
            """
            update governance.agenda_items as items set state = 'treated', closed_at = \(now)
            where organization_id = \(organization) and meeting_id = \(meeting.id)
                and (state = 'open' or state = 'pending' and (
                    notes <> ''
                    or exists (
                        select from governance.decisions
                        where decisions.organization_id = \(organization)
                            and decisions.meeting_id = \(meeting.id) and decisions.item_id = items.item_id)
                    or exists (
                        select from governance.commitments
                        where commitments.organization_id = \(organization)
                            and commitments.meeting_id = \(meeting.id) and commitments.item_id = items.item_id)
                    or exists (
                        select from governance.meeting_questions as questions
                        where questions.organization_id = \(organization)
                            and questions.meeting_id = \(meeting.id) and questions.item_id = items.item_id)))
            """,
            """
            update governance.agenda_items set state = 'postponed', closed_at = \(now)
            where organization_id = \(organization) and meeting_id = \(meeting.id) and state = 'pending'
                and kind not in ('opening', 'objective', 'quorum', 'break', 'next_meeting', 'closing')
            """,
        ])
    }

    /// The code of an open session, `nil` where there is none.
    func sessionCode(of meeting: ID<Meeting>) async throws -> ReadableCode? {
        let code: String? = try await value(
            """
            select session_code from governance.meetings
            where organization_id = \(organization) and meeting_id = \(meeting) and state = 'in_session'
            """)
        return code.map { ReadableCode(typed: $0) }
    }

    /// The meeting whose open session has a code.
    func meeting(inSessionWith code: ReadableCode, of alliance: ID<Alliance>) async throws -> Meeting? {
        let id: ID<Meeting>? = try await value(
            """
            select meeting_id from governance.meetings
            where organization_id = \(organization) and alliance_id = \(alliance)
                and session_code = \(code.description) and state = 'in_session'
            """)
        guard let id else { return nil }
        return try await meeting(id, of: alliance)?.meeting
    }

    /// Whether the minutes of a meeting were circulated: what they tell does not change any more.
    func minutesAreOut(of meeting: ID<Meeting>) async throws -> Bool {
        try await value(
            """
            select exists (
                select from governance.minutes_drafts
                where organization_id = \(organization) and meeting_id = \(meeting) and version > 0)
            """) ?? false
    }
}

// MARK: - Rows

private struct PresenceRow: RowDecodable {
    let base: Int
    let present: Int

    init(row: Row) throws(RowError) {
        base = try row["base"]
        present = try row["present"]
    }
}

extension QuorumRecord: RowDecodable {
    /// Reads a row of `governance.quorum_checks`.
    public init(row: Row) throws(RowError) {
        let call: Int = try row["call"]
        self.init(
            id: try row["check_id"], occasion: try row["occasion"],
            call: Quorum.Call(rawValue: call) ?? .first, requirement: try row["requirement"],
            base: try row["base"], present: try row["present"], required: try row["required"],
            isMet: try row["is_met"], source: try row["source"], checkedAt: try row["checked_at"])
    }
}

extension QuorumRecord.Occasion: SQLValue {}
