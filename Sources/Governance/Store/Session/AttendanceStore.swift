import Foundation
public import Kernel
import Membership
public import Postgres
public import Tenancy

/// Whom a note of attendance turned out to be about.
struct ResolvedAttendee: Sendable, Hashable {
    let person: ID<Person>?
    let mandate: ID<Mandate>?
    let name: String
    let capacity: Attendance.Capacity
    let represents: String?
}

/// A stay about to be noted.
struct NewStay: Sendable {
    var id = ID<Attendance>()
    let attendee: ResolvedAttendee
    let way: Attendance.Way
    let method: Attendance.Method
    let arrivedAt: Date
    var leftAt: Date?
    var sameAs: ID<Attendance>?
    var key: UUID?
    var capturedAt: Date?
    var sheetCode: String?
}

extension Transaction where Scope == TenantScope {
    /// The stays of a meeting, the latest first, undone ones too.
    public func attendances(of meeting: ID<Meeting>) async throws -> [Attendance] {
        try await rows(
            """
            \(fragment: stays(of: meeting)) order by arrived_at desc, attendance_id desc
            """)
    }

    /// Whoever is entitled in a meeting, with where they are: by seat in a body, by name elsewhere. The words are a
    /// document, or words of which each is in the name; `nil` stands for all.
    func entitled(
        in meeting: Meeting, of alliance: ID<Alliance>, matching words: String? = nil, limit: Int
    ) async throws -> [EntitledPerson] {
        try await rows(
            """
            select entitled.entitlement_id, entitled.person_id, entitled.mandate_id, entitled.name,
                entitled.document_type, entitled.document_number, entitled.seat_title, entitled.rank,
                stays.attendance_id, stays.arrived_at, stays.left_at, stays.recorded_at, stays.way,
                excuses.reason
            from \(fragment: electorate(of: meeting, in: alliance)) as entitled
            left join (
                select distinct on (coalesce(mandate_id, person_id))
                    coalesce(mandate_id, person_id) as entitlement_id, attendance_id, arrived_at, left_at,
                    recorded_at, way
                from governance.attendances
                where organization_id = \(organization) and meeting_id = \(meeting.id)
                    and capacity = 'entitled' and undone_at is null
                order by coalesce(mandate_id, person_id), arrived_at desc
            ) as stays on stays.entitlement_id = entitled.entitlement_id
            left join governance.attendance_excuses as excuses on excuses.organization_id = \(organization)
                and excuses.meeting_id = \(meeting.id) and excuses.person_id = entitled.person_id
            where \(fragment: words.map(\.conditionOnEntitled) ?? "true")
            order by entitled.seat_position, entitled.rank, entitled.name_folded, entitled.entitlement_id
            limit \(limit)
            """)
    }

    /// People of the register whom the words mean and who have no vote in a meeting, with why.
    func voteless(
        in meeting: Meeting, of alliance: ID<Alliance>, matching words: String
    ) async throws -> [VotelessPerson] {
        let seated = if case .seats = meeting.electorate { true } else { false }
        return try await rows(
            """
            select affiliates.person_id,
                concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                affiliates.document_type, affiliates.document_number,
                case when \(seated) then 'no_seat' when periods.left_on is not null then 'left'
                    when periods.joined_on is not null then 'later' else 'no_member' end as cause,
                coalesce(periods.left_on, periods.joined_on) as cause_day,
                stays.attendance_id, stays.arrived_at, stays.left_at, stays.recorded_at, stays.way
            from membership.affiliates
            left join lateral (
                select max(left_on) filter (where left_on <= \(meeting.day)) as left_on,
                    min(joined_on) filter (where joined_on > \(meeting.day)) as joined_on
                from membership.memberships
                where memberships.organization_id = \(organization) and alliance_id = \(alliance)
                    and memberships.person_id = affiliates.person_id
            ) as periods on true
            left join lateral (
                select attendance_id, arrived_at, left_at, recorded_at, way from governance.attendances
                where attendances.organization_id = \(organization) and meeting_id = \(meeting.id)
                    and attendances.person_id = affiliates.person_id and undone_at is null
                order by arrived_at desc limit 1
            ) as stays on true
            where affiliates.organization_id = \(organization) and \(fragment: words.conditionOnRegister)
                and not exists (
                    select from \(fragment: electorate(of: meeting, in: alliance)) as entitled
                    where entitled.person_id = affiliates.person_id)
            order by affiliates.name_folded, affiliates.person_id
            limit 5
            """)
    }

    /// Whom a note is about, with whether they have a vote in the meeting.
    ///
    /// - Throws: ``AttendanceError/unknownPerson``.
    func resolve(
        _ attendee: Attendee, in meeting: Meeting, of alliance: ID<Alliance>
    ) async throws -> ResolvedAttendee {
        switch attendee {
        case .named(let name, let capacity, let represents):
            guard let name = name.trimmedOrNil, capacity != .entitled else { throw AttendanceError.unnamed }
            return ResolvedAttendee(
                person: nil, mandate: nil, name: name, capacity: capacity,
                represents: represents?.trimmedOrNil)
        case .entitled(let key):
            let found = try await row(
                """
                select person_id, mandate_id, name, 'entitled' as capacity
                from \(fragment: electorate(of: meeting, in: alliance)) as entitled
                where entitlement_id = \(key.id)
                """, as: ResolvedAttendee.self)
            guard let found else { throw AttendanceError.unknownPerson }
            return found
        case .person(let person):
            let found = try await row(
                """
                select affiliates.person_id, entitled.mandate_id,
                    concat_ws(' ', first_name, second_name, first_surname, second_surname) as name,
                    case when entitled.entitlement_id is null then 'user' else 'entitled' end as capacity
                from membership.affiliates
                left join \(fragment: electorate(of: meeting, in: alliance)) as entitled
                    on entitled.person_id = affiliates.person_id
                where affiliates.organization_id = \(organization) and affiliates.person_id = \(person)
                order by entitled.rank limit 1
                """, as: ResolvedAttendee.self)
            guard let found else { throw AttendanceError.unknownPerson }
            return found
        }
    }

    /// The stays of somebody in a meeting that are not undone.
    func stays(of attendee: ResolvedAttendee, in meeting: ID<Meeting>) async throws -> [StayRow] {
        guard attendee.person != nil || attendee.mandate != nil else { return [] }
        return try await rows(
            """
            select attendance_id, arrived_at, left_at from governance.attendances
            where organization_id = \(organization) and meeting_id = \(meeting) and undone_at is null
                and (person_id = \(attendee.person) or mandate_id = \(attendee.mandate))
            order by arrived_at
            """)
    }

    /// Adds a stay; one that another counts in place of stands as undone.
    func insert(_ stay: NewStay, in meeting: ID<Meeting>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.attendances (
                organization_id, attendance_id, meeting_id, person_id, mandate_id, name, capacity, represents,
                way, method, arrived_at, left_at, undone_at, same_as, capture_key, captured_at, sheet_code,
                recorded_at, recorded_by)
            values (
                \(organization), \(stay.id), \(meeting), \(stay.attendee.person), \(stay.attendee.mandate),
                \(stay.attendee.name), \(stay.attendee.capacity), \(stay.attendee.represents), \(stay.way),
                \(stay.method), \(stay.arrivedAt), \(stay.leftAt), \(stay.sameAs.map { _ in now }),
                \(stay.sameAs), \(stay.key), \(stay.capturedAt), \(stay.sheetCode), \(now),
                \(scope.principal.user))
            """,
            refusals: [
                "attendances_one_open_key": AttendanceError.alreadyPresent(since: stay.arrivedAt),
                "attendances_one_open_mandate_key": AttendanceError.alreadyPresent(since: stay.arrivedAt),
            ])
    }

    /// The stays of a meeting that devices sent, of some keys.
    func knownCaptures(_ keys: [UUID], in meeting: ID<Meeting>) async throws -> Set<UUID> {
        Set(
            try await values(
                """
                select capture_key from governance.attendances
                where organization_id = \(organization) and meeting_id = \(meeting)
                    and capture_key = any (\(keys))
                """, as: UUID.self))
    }

    /// Writes when somebody left.
    func leave(_ id: ID<Attendance>, in meeting: ID<Meeting>, at moment: Date) async throws {
        let left = try await execute(
            """
            update governance.attendances set left_at = \(moment), left_by = \(scope.principal.user)
            where organization_id = \(organization) and meeting_id = \(meeting) and attendance_id = \(id)
                and left_at is null and undone_at is null
            """,
            refusals: ["attendances_left_after_arrived": AttendanceError.leftBeforeArriving])
        guard left == 1 else { throw AttendanceError.notPresent }
    }

    /// Takes a stay back, for another that counts in its place or for none.
    func undo(
        _ id: ID<Attendance>, in meeting: ID<Meeting>, for other: ID<Attendance>? = nil, at now: Date
    ) async throws {
        let undone = try await execute(
            """
            update governance.attendances
            set undone_at = \(now), undone_by = \(scope.principal.user), same_as = \(other)
            where organization_id = \(organization) and meeting_id = \(meeting) and attendance_id = \(id)
                and left_at is null and undone_at is null
            """)
        guard undone == 1 else { throw AttendanceError.notPresent }
    }

    // MARK: Excuses

    /// Writes why somebody does not come, in place of what was written before.
    func excuse(
        _ person: ID<Person>, from meeting: ID<Meeting>, because reason: String, on day: CalendarDate,
        at now: Date
    ) async throws {
        try await pipeline([
            """
            delete from governance.attendance_excuses
            where organization_id = \(organization) and meeting_id = \(meeting) and person_id = \(person)
            """,
            """
            insert into governance.attendance_excuses (
                organization_id, meeting_id, person_id, reason, told_on, recorded_at, recorded_by)
            values (
                \(organization), \(meeting), \(person), \(reason), \(day), \(now), \(scope.principal.user))
            """,
        ])
    }

    /// Those who excused themselves from a meeting, by name.
    public func excuses(of meeting: ID<Meeting>) async throws -> [(name: String, reason: String)] {
        try await rows(
            """
            select concat_ws(' ', first_name, second_name, first_surname, second_surname) as name, reason
            from governance.attendance_excuses as excuses
            join membership.affiliates on affiliates.organization_id = \(organization)
                and affiliates.person_id = excuses.person_id
            where excuses.organization_id = \(organization) and meeting_id = \(meeting)
            order by affiliates.name_folded
            """, as: ExcuseRow.self
        ).map { ($0.name, $0.reason) }
    }
}

extension String {
    /// Whom of those entitled what was typed or read means. No name has a digit.
    fileprivate var conditionOnEntitled: SQL {
        if contains(where: \.isNumber) { return "entitled.document_number = \(documentNumber)" }
        let names = folded.split(separator: " ").map(String.init)
        return """
            \(!names.isEmpty) and not exists (
                select from unnest(\(names)) as words (word)
                where position(' ' || word in ' ' || entitled.name_folded) = 0)
            """
    }

    /// Whom of the register: by the document, or by the surnames with which a name begins there.
    fileprivate var conditionOnRegister: SQL {
        if contains(where: \.isNumber) {
            return """
                affiliates.document_type = any (\(DocumentType.allCases.map(\.rawValue)))
                    and affiliates.document_number = \(documentNumber)
                """
        }
        let words = folded
        return "\(words.utf8.count >= 3) and affiliates.name_folded ^@ \(words)"
    }

    /// What was typed as the number of a document: its letters and digits, without a type before it.
    private var documentNumber: String {
        let words = uppercased().split { $0.isWhitespace || $0 == "." || $0 == "-" }
        let hasType = words.first.map { DocumentType(rawValue: String($0)) != nil } ?? false
        return (hasType ? words.dropFirst() : words[...]).joined()
    }
}

// MARK: - Rows

/// A stay, as far as another one of the same person needs to know.
struct StayRow: RowDecodable {
    let id: ID<Attendance>
    let arrivedAt: Date
    let leftAt: Date?

    init(row: Row) throws(RowError) {
        id = try row["attendance_id"]
        arrivedAt = try row["arrived_at"]
        leftAt = try row["left_at"]
    }
}

private struct ExcuseRow: RowDecodable {
    let name: String
    let reason: String

    init(row: Row) throws(RowError) {
        name = try row["name"]
        reason = try row["reason"]
    }
}

extension ResolvedAttendee: RowDecodable {
    init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], mandate: try row["mandate_id"], name: try row["name"],
            capacity: try row["capacity"], represents: nil)
    }
}

extension EntitledPerson.Stay {
    fileprivate init?(row: Row) throws(RowError) {
        let id: ID<Attendance>? = try row["attendance_id"]
        guard let id else { return nil }
        self.init(
            id: id, arrivedAt: try row["arrived_at"], leftAt: try row["left_at"],
            recordedAt: try row["recorded_at"], way: try row["way"])
    }
}

extension EntitledPerson: RowDecodable {
    /// Reads a row of those entitled.
    public init(row: Row) throws(RowError) {
        self.init(
            key: Key(id: try row["entitlement_id"]), person: try row["person_id"],
            mandate: try row["mandate_id"], name: try row["name"], document: try row.documentIfKnown(),
            seat: try row["seat_title"], rank: try row["rank"], stay: try Stay(row: row),
            excuse: try row["reason"])
    }
}

extension VotelessPerson: RowDecodable {
    /// Reads a row of those without a vote.
    public init(row: Row) throws(RowError) {
        self.init(
            person: try row["person_id"], name: try row["name"], document: try row.identityDocument(),
            cause: try row["cause"], day: try row["cause_day"], stay: try EntitledPerson.Stay(row: row))
    }
}

extension Attendance: RowDecodable {
    /// Reads a row of `governance.attendances`.
    public init(row: Row) throws(RowError) {
        self.init(
            id: try row["attendance_id"], person: try row["person_id"], mandate: try row["mandate_id"],
            name: try row["name"], document: try row.documentIfKnown(), capacity: try row["capacity"],
            represents: try row["represents"], way: try row["way"], method: try row["method"],
            arrivedAt: try row["arrived_at"], leftAt: try row["left_at"], undoneAt: try row["undone_at"],
            sameAs: try row["same_as"], capturedAt: try row["captured_at"],
            sheetCode: try row["sheet_code"], recordedAt: try row["recorded_at"])
    }
}

extension Row {
    /// The document of somebody whom the register may not have.
    fileprivate func documentIfKnown() throws(RowError) -> IdentityDocument? {
        let number: String? = try self["document_number"]
        return number == nil ? nil : try identityDocument()
    }
}

extension VotelessPerson.Cause: SQLValue {}

extension Attendance.Capacity: SQLValue {}

extension Attendance.Way: SQLValue {}

extension Attendance.Method: SQLValue {}
