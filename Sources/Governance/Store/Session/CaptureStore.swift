import Foundation
import Kernel
import Postgres
import Tenancy

/// The stays of a meeting, as they are and as they become while many arrivals are noted: they are read once, weighed here,
/// and written at once, so that the door waits for four statements and not for four each.
struct StayBook {
    private struct Entry {
        let stay: NewStay
        let isKept: Bool
        var isUndone = false
    }

    private var entries: [Entry] = []
    /// The stays that are kept and now stand as undone, each for the one that counts in its place.
    private(set) var replaced: [(stay: ID<Attendance>, by: ID<Attendance>)] = []

    /// Begins with the stays that are kept and not undone.
    init(_ kept: [NewStay]) {
        entries = kept.map { Entry(stay: $0, isKept: true) }
    }

    /// The stays that were noted, in the order of their noting.
    var noted: [NewStay] { entries.filter { !$0.isKept }.map(\.stay) }

    /// Notes an arrival beside the stays that are known of the same person: the earliest counts.
    ///
    /// - Returns: What the note met.
    mutating func note(_ stay: NewStay) -> StayConflict {
        let known = entries.indices.filter { !entries[$0].isUndone && entries[$0].stay.isOfSame(as: stay) }
            .sorted { entries[$0].stay.arrivedAt < entries[$1].stay.arrivedAt }
        let conflict = StayConflict(
            arrivedAt: stay.arrivedAt,
            known: known.map { (entries[$0].stay.arrivedAt, entries[$0].stay.leftAt) })
        var stay = stay
        switch conflict {
        case .none: break
        case .earlierStands:
            stay.sameAs = known.last { entries[$0].stay.arrivedAt <= stay.arrivedAt }.map {
                entries[$0].stay.id
            }
        case .replaces:
            if let later = known.last(where: { entries[$0].stay.leftAt == nil }) {
                replace(later, by: stay.id)
            }
        case .precedes(let until): stay.leftAt = until
        }
        entries.append(Entry(stay: stay, isKept: false, isUndone: stay.sameAs != nil))
        return conflict
    }

    private mutating func replace(_ index: Int, by other: ID<Attendance>) {
        let entry = entries[index]
        var stay = entry.stay
        if entry.isKept {
            replaced.append((stay.id, other))
        } else {
            stay.sameAs = other
        }
        entries[index] = Entry(stay: stay, isKept: entry.isKept, isUndone: true)
    }
}

extension NewStay {
    /// Whether it is of the same person; nobody can tell that of two who are only named.
    fileprivate func isOfSame(as other: Self) -> Bool {
        (attendee.person != nil && attendee.person == other.attendee.person)
            || (attendee.mandate != nil && attendee.mandate == other.attendee.mandate)
    }
}

extension Transaction where Scope == TenantScope {
    /// The stays of a meeting that are not undone, as a book to note more in; of one person alone where they are named.
    func stayBook(
        of meeting: ID<Meeting>, about attendee: ResolvedAttendee? = nil
    ) async throws -> StayBook {
        StayBook(
            try await rows(
                """
                select attendance_id, person_id, mandate_id, name, capacity, way, method, arrived_at, left_at
                from governance.attendances
                where organization_id = \(organization) and meeting_id = \(meeting) and undone_at is null
                    and (\(attendee == nil) or person_id = \(attendee?.person)
                        or mandate_id = \(attendee?.mandate))
                order by arrived_at, attendance_id
                """, as: KeptStayRow.self
            ).map(\.stay))
    }

    /// Notes an arrival beside the stays that are known of the same person: the earliest counts.
    ///
    /// - Returns: What the note met.
    func note(_ stay: NewStay, in meeting: ID<Meeting>, at now: Date) async throws -> StayConflict {
        var book = try await stayBook(of: meeting, about: stay.attendee)
        let conflict = book.note(stay)
        try await write(book, in: meeting, at: now)
        return conflict
    }

    /// Whom notes of attendance are about, for those that are known; in two statements, however many they are.
    func resolve(
        _ attendees: [Attendee], in meeting: Meeting, of alliance: ID<Alliance>
    ) async throws -> [Attendee: ResolvedAttendee] {
        var resolved: [Attendee: ResolvedAttendee] = [:]
        var keys: [UUID] = []
        var people: [ID<Person>] = []
        for attendee in Set(attendees) {
            switch attendee {
            case .entitled(let key): keys.append(key.id)
            case .person(let person): people.append(person)
            case .named: resolved[attendee] = try? await resolve(attendee, in: meeting, of: alliance)
            }
        }
        if !keys.isEmpty {
            let rows = try await rows(
                """
                select entitlement_id as asked_id, person_id, mandate_id, name, 'entitled' as capacity
                from \(fragment: electorate(of: meeting, in: alliance)) as entitled
                where entitlement_id = any (\(keys))
                """, as: AskedAttendeeRow.self)
            for row in rows { resolved[.entitled(.init(id: row.asked))] = row.attendee }
        }
        if !people.isEmpty {
            let rows = try await rows(
                """
                select distinct on (affiliates.person_id) affiliates.person_id as asked_id,
                    affiliates.person_id, entitled.mandate_id,
                    concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                    case when entitled.entitlement_id is null then 'user' else 'entitled' end as capacity
                from membership.affiliates
                left join \(fragment: electorate(of: meeting, in: alliance)) as entitled
                    on entitled.person_id = affiliates.person_id
                where affiliates.organization_id = \(organization)
                    and affiliates.person_id = any (\(people))
                order by affiliates.person_id, entitled.rank
                """, as: AskedAttendeeRow.self)
            for row in rows { resolved[.person(ID(rawValue: row.asked))] = row.attendee }
        }
        return resolved
    }

    /// Writes what was noted in a book: first what no longer counts goes, then all stays at once, then what each gave way
    /// to.
    func write(_ book: StayBook, in meeting: ID<Meeting>, at now: Date) async throws {
        let replaced = book.replaced
        if !replaced.isEmpty {
            let undone = try await execute(
                """
                update governance.attendances
                set undone_at = \(now), undone_by = \(scope.principal.user)
                where organization_id = \(organization) and meeting_id = \(meeting)
                    and attendance_id = any (\(replaced.map(\.stay))) and left_at is null
                    and undone_at is null
                """)
            guard undone == replaced.count else { throw AttendanceError.notPresent }
        }
        let stays = book.noted
        guard let first = stays.first else { return }
        try await execute(
            """
            insert into governance.attendances (
                organization_id, attendance_id, meeting_id, person_id, mandate_id, name, capacity, represents,
                way, method, arrived_at, left_at, undone_at, same_as, capture_key, captured_at, sheet_code,
                recorded_at, recorded_by)
            select \(organization), noted.attendance_id, \(meeting), noted.person_id, noted.mandate_id,
                noted.name, noted.capacity, noted.represents, noted.way, noted.method, noted.arrived_at,
                noted.left_at, case when noted.same_as is not null then \(now)::timestamptz end,
                noted.same_as, noted.capture_key, noted.captured_at, noted.sheet_code, \(now),
                \(scope.principal.user)
            from unnest(
                \(stays.map(\.id)), \(stays.map(\.attendee.person)), \(stays.map(\.attendee.mandate)),
                \(stays.map(\.attendee.name)), \(stays.map(\.attendee.capacity)),
                \(stays.map(\.attendee.represents)), \(stays.map(\.way)), \(stays.map(\.method)),
                \(stays.map(\.arrivedAt)), \(stays.map(\.leftAt)), \(stays.map(\.sameAs)),
                \(stays.map(\.key)), \(stays.map(\.capturedAt)), \(stays.map(\.sheetCode))
            ) as noted (
                attendance_id, person_id, mandate_id, name, capacity, represents, way, method, arrived_at,
                left_at, same_as, capture_key, captured_at, sheet_code)
            """,
            refusals: [
                "attendances_one_open_key": AttendanceError.alreadyPresent(since: first.arrivedAt),
                "attendances_one_open_mandate_key": AttendanceError.alreadyPresent(since: first.arrivedAt),
            ])
        guard !replaced.isEmpty else { return }
        try await execute(
            """
            update governance.attendances set same_as = pairs.other
            from unnest(\(replaced.map(\.stay)), \(replaced.map(\.by))) as pairs (stay, other)
            where attendances.organization_id = \(organization) and attendances.meeting_id = \(meeting)
                and attendances.attendance_id = pairs.stay
            """)
    }
}

private struct KeptStayRow: RowDecodable {
    let stay: NewStay

    init(row: Row) throws(RowError) {
        stay = NewStay(
            id: try row["attendance_id"],
            attendee: ResolvedAttendee(
                person: try row["person_id"], mandate: try row["mandate_id"], name: try row["name"],
                capacity: try row["capacity"], represents: nil),
            way: try row["way"], method: try row["method"], arrivedAt: try row["arrived_at"],
            leftAt: try row["left_at"])
    }
}

private struct AskedAttendeeRow: RowDecodable {
    let asked: UUID
    let attendee: ResolvedAttendee

    init(row: Row) throws(RowError) {
        asked = try row["asked_id"]
        attendee = try ResolvedAttendee(row: row)
    }
}
