public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// A meeting whose attendance can be noted, held fast, with its hours.
    ///
    /// - Throws: ``AttendanceError``.
    func attending(
        _ id: ID<Meeting>, of alliance: ID<Alliance>, by method: Attendance.Method, at now: Date
    ) async throws -> (meeting: Meeting, hours: MeetingHours) {
        let meeting = try await holding(id, of: alliance)
        guard meeting.state != .cancelled else { throw AttendanceError.cancelled }
        guard let hours = MeetingHours(of: meeting, at: now), ColombianTime.date(at: now) >= meeting.day
        else {
            throw AttendanceError.beforeItsDay(meeting.day)
        }
        guard meeting.state != .held || method.isOfPast else { throw AttendanceError.closed }
        guard try await !minutesAreOut(of: id) else { throw AttendanceError.minutesCirculated }
        return (meeting, hours)
    }
}

/// Notes that somebody came to a meeting (`registra la llegada`).
public struct RecordArrival: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Who came.
    public let attendee: Attendee
    /// How they take part.
    public let way: Attendance.Way
    /// By which means it is noted.
    public let method: Attendance.Method
    /// When they came; `nil` for now.
    public let arrivedAt: Date?

    /// Somebody who came.
    public init(
        of attendee: Attendee, to meeting: ID<Meeting>, of alliance: ID<Alliance>,
        way: Attendance.Way = .inPerson, method: Attendance.Method = .document, at arrivedAt: Date? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.attendee = attendee
        self.way = way
        self.method = method
        self.arrivedAt = arrivedAt
    }

    /// Notes it.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<ID<Attendance>> {
        let (found, hours) = try await transaction.attending(meeting, of: alliance, by: method, at: now)
        let arrivedAt = self.arrivedAt ?? now
        guard hours.range.contains(arrivedAt) else { throw AttendanceError.outsideHours }
        let stay = NewStay(
            attendee: try await transaction.resolve(attendee, in: found, of: alliance), way: way,
            method: method,
            arrivedAt: arrivedAt)
        let known = try await transaction.stays(of: stay.attendee, in: meeting)
        if let open = known.first(where: { ($0.leftAt ?? .distantFuture) > arrivedAt }) {
            throw AttendanceError.alreadyPresent(since: open.arrivedAt)
        }
        try await transaction.insert(stay, in: meeting, at: now)
        try await transaction.followQuorum(in: found, of: alliance, since: arrivedAt, at: now)
        return Audited(
            stay.id,
            event(
                "attendance.arrived",
                [
                    "attendance": stay.id.description, "capacity": stay.attendee.capacity.rawValue,
                    "method": method.rawValue,
                ]
            ))
    }
}

/// Notes several arrivals at once: those ticked on the list of a small body.
public struct RecordArrivals: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Who came.
    public let people: [EntitledPerson.Key]
    /// How they take part.
    public let way: Attendance.Way

    /// Those who came.
    public init(
        of people: [EntitledPerson.Key], to meeting: ID<Meeting>, of alliance: ID<Alliance>,
        way: Attendance.Way = .inPerson
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.people = people
        self.way = way
    }

    /// Notes those who were not there yet.
    ///
    /// - Returns: How many.
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let (found, _) = try await transaction.attending(meeting, of: alliance, by: .list, at: now)
        var count = 0
        for person in people {
            let attendee = try await transaction.resolve(.entitled(person), in: found, of: alliance)
            let known = try await transaction.stays(of: attendee, in: meeting)
            guard !known.contains(where: { $0.leftAt == nil }) else { continue }
            try await transaction.insert(
                NewStay(attendee: attendee, way: way, method: .list, arrivedAt: now), in: meeting, at: now)
            count += 1
        }
        try await transaction.followQuorum(in: found, of: alliance, since: now, at: now)
        return Audited(count, event("attendance.ticked", ["people": String(count)]))
    }
}

/// Takes an arrival back within five minutes; it stays as undone.
public struct UndoArrival: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The stay.
    public let attendance: ID<Attendance>

    /// A stay that was noted by mistake.
    public init(_ attendance: ID<Attendance>, in meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.attendance = attendance
    }

    /// Takes it back.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let (found, _) = try await transaction.attending(meeting, of: alliance, by: .list, at: now)
        guard let stay = try await transaction.attendances(of: meeting).first(where: { $0.id == attendance }),
            stay.isPresent
        else { throw AttendanceError.notPresent }
        guard stay.mayBeUndone(at: now) else { throw AttendanceError.tooLateToUndo }
        try await transaction.undo(attendance, in: meeting, at: now)
        try await transaction.endTurns(of: [attendance], in: meeting, at: now)
        try await transaction.followQuorum(in: found, of: alliance, since: now, at: now)
        return Audited(event("attendance.undone", ["attendance": attendance.description]))
    }
}

/// Writes why somebody entitled does not come, in their words; never a diagnosis.
public struct RecordExcuse: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// Who.
    public let person: ID<Person>
    /// Why.
    public let reason: String
    /// When it was told.
    public let toldOn: CalendarDate

    /// Takes what a person filled in.
    public init(
        of person: ID<Person>, from meeting: ID<Meeting>, of alliance: ID<Alliance>, because reason: String,
        on toldOn: CalendarDate
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.person = person
        self.reason = reason
        self.toldOn = toldOn
    }

    /// Writes it.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Void> {
        let found = try await transaction.holding(meeting, of: alliance)
        guard try await !transaction.minutesAreOut(of: meeting) else {
            throw AttendanceError.minutesCirculated
        }
        let attendee = try await transaction.resolve(.person(person), in: found, of: alliance)
        guard attendee.capacity == .entitled else { throw AttendanceError.unknownPerson }
        try await transaction.excuse(
            person, from: meeting, because: reason.trimmedOrNil ?? "Sin motivo", on: toldOn, at: now)
        return Audited(event("attendance.excused", ["person": person.description]))
    }
}
