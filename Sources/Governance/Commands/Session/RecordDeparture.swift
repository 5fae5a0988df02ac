public import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// A meeting of which somebody tells who left or came back at a moment, with the stays that are meant.
    ///
    /// - Throws: ``AttendanceError``.
    fileprivate func moving(
        _ stays: [ID<Attendance>], in id: ID<Meeting>, of alliance: ID<Alliance>, at moment: Date?, now: Date
    ) async throws -> (meeting: Meeting, stays: [Attendance], moment: Date) {
        guard !stays.isEmpty else { throw AttendanceError.nobodyTicked }
        // It may be told after the session, with its hour: somebody was seen at the door.
        let (meeting, hours) = try await attending(
            id, of: alliance, by: moment == nil ? .document : .paperSheet, at: now)
        let moment = moment ?? now
        guard hours.range.contains(moment) else { throw AttendanceError.outsideHours }
        let found = try await attendances(stays, in: id)
        guard found.count == Set(stays).count else { throw AttendanceError.notPresent }
        return (meeting, found, moment)
    }
}

/// Notes that people left (`registra la salida`), by the minute: one, or several at once.
public struct RecordDeparture: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The stays that end.
    public let attendances: [ID<Attendance>]
    /// When they left; `nil` for now.
    public let leftAt: Date?

    /// Those who leave.
    public init(
        of attendances: [ID<Attendance>], from meeting: ID<Meeting>, of alliance: ID<Alliance>,
        at leftAt: Date? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.attendances = attendances
        self.leftAt = leftAt
    }

    /// Somebody who leaves.
    public init(
        _ attendance: ID<Attendance>, from meeting: ID<Meeting>, of alliance: ID<Alliance>,
        at leftAt: Date? = nil
    ) {
        self.init(of: [attendance], from: meeting, of: alliance, at: leftAt)
    }

    /// Notes it. Who leaves does not speak any more.
    ///
    /// - Returns: How many left.
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let (found, stays, leftAt) = try await transaction.moving(
            attendances, in: meeting, of: alliance, at: leftAt, now: now)
        for stay in stays {
            try await transaction.leave(stay.id, in: meeting, at: stay.departure(toldAs: leftAt))
        }
        try await transaction.endTurns(of: stays.map(\.id), in: meeting, at: leftAt)
        try await transaction.followQuorum(in: found, of: alliance, since: leftAt, at: now)
        return Audited(stays.count, event("attendance.left", ["people": String(stays.count)]))
    }
}

/// Notes that people who had left came back (`registra el regreso`): each begins another stay.
public struct RecordReturn: MeetingCommand {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The stays that had ended.
    public let attendances: [ID<Attendance>]
    /// When they came back; `nil` for now.
    public let arrivedAt: Date?

    /// Those who come back.
    public init(
        of attendances: [ID<Attendance>], to meeting: ID<Meeting>, of alliance: ID<Alliance>,
        at arrivedAt: Date? = nil
    ) {
        self.alliance = alliance
        self.meeting = meeting
        self.attendances = attendances
        self.arrivedAt = arrivedAt
    }

    /// Notes it.
    ///
    /// - Returns: How many came back.
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Int> {
        let (found, stays, arrivedAt) = try await transaction.moving(
            attendances, in: meeting, of: alliance, at: arrivedAt, now: now)
        let others = try await transaction.attendances(of: meeting).filter { $0.undoneAt == nil }
        for stay in stays {
            guard let leftAt = stay.leftAt, stay.undoneAt == nil else { throw AttendanceError.notGone }
            let moment = stay.returning(toldAs: arrivedAt)
            guard moment >= leftAt else { throw AttendanceError.returnedBeforeLeaving }
            if let other = others.first(where: {
                $0.somebody == stay.somebody && ($0.leftAt ?? .distantFuture) > moment
            }) {
                throw AttendanceError.alreadyPresent(since: other.arrivedAt)
            }
            try await transaction.insert(
                NewStay(
                    attendee: ResolvedAttendee(
                        person: stay.person, mandate: stay.mandate, name: stay.name, capacity: stay.capacity,
                        represents: stay.represents),
                    way: stay.way, method: .list, arrivedAt: moment),
                in: meeting, at: now)
        }
        try await transaction.followQuorum(in: found, of: alliance, since: arrivedAt, at: now)
        return Audited(stays.count, event("attendance.returned", ["people": String(stays.count)]))
    }
}
