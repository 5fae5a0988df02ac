public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Who counts in a session at a moment.
public struct SessionPresence: Sendable {
    /// The meeting.
    public let meeting: Meeting
    /// How many count for the quorum.
    public let base: Int
    /// Of those who count, how many are there.
    public let present: Int
    /// How many are there, whoever they are.
    public let attendees: Int
    /// The quorum at this moment; `nil` where none is asked or the bylaws order none.
    public let quorum: SessionQuorum?
}

/// A meeting as its door needs it, at each arrival: as much of it, however many have come.
public struct DoorFile: Sendable {
    /// Who counts.
    public let presence: SessionPresence
    /// How many came, each counted once.
    public let came: Int
    /// The stays that were noted last, the latest first.
    public let latest: [Attendance]
    /// The stays that were noted twice, each with the one that counts in its place.
    public let conflicts: [(stay: Attendance, kept: Attendance?)]
    /// Whether its minutes were circulated.
    public let minutesAreOut: Bool

    /// The meeting.
    public var meeting: Meeting { presence.meeting }
}

/// Asks for a meeting at its door. It is asked after each arrival: an assembly of thousands would read thousands of stays
/// thousands of times over if the whole session were.
public struct ReadDoor: Query {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// How many of the last stays are shown.
    public static let latest = 8
    /// How many at the most of those that were noted twice.
    public static let twice = 50
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Asks for a meeting's.
    public init(of meeting: ID<Meeting>, in alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Those who came last are shown by name.
    public var disclosure: Disclosure? { Disclosure(of: meeting, details: ["fields": "attendance"]) }

    /// Reads it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> DoorFile {
        guard let meeting = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        let twice = try await transaction.attendances(notedTwiceIn: meeting.id, limit: Self.twice)
        let kept = try await transaction.attendances(twice.compactMap(\.sameAs), in: meeting.id)
        return DoorFile(
            presence: try await transaction.sessionPresence(in: meeting, of: alliance, at: now),
            came: try await transaction.arrivals(in: meeting.id),
            latest: try await transaction.latestAttendances(of: meeting.id, limit: Self.latest),
            conflicts: twice.map { stay in (stay, kept.first { $0.id == stay.sameAs }) },
            minutesAreOut: try await transaction.minutesAreOut(of: meeting.id))
    }
}

/// A meeting, for who notes attendance in it.
public struct FindMeeting: Query {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>

    /// Names a meeting.
    public init(_ meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Finds it.
    ///
    /// - Throws: ``MeetingError/notFound``.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Meeting {
        guard let found = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        return found
    }
}

/// One stay of a meeting, to write when it ended.
public struct FindStay: Query {
    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// The stay.
    public let stay: ID<Attendance>

    /// Names a stay.
    public init(_ stay: ID<Attendance>, in meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.stay = stay
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }
    /// Who it is is shown by name.
    public var disclosure: Disclosure? { Disclosure(of: meeting, details: ["fields": "attendance"]) }

    /// Finds it.
    ///
    /// - Throws: ``MeetingError/notFound``, ``AttendanceError/notPresent``.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> (meeting: Meeting, stay: Attendance) {
        guard let found = try await transaction.meeting(meeting, of: alliance)?.meeting else {
            throw MeetingError.notFound
        }
        guard let stay = try await transaction.attendances([stay], in: meeting).first else {
            throw AttendanceError.notPresent
        }
        return (found, stay)
    }
}
