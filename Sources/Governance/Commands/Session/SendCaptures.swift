public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// Takes in what a device noted without signal. Each capture counts once, however often it is sent.
public struct SendCaptures: MeetingCommand {
    /// What became of what was sent.
    public struct Report: Sendable, Hashable {
        /// How many were noted.
        public var noted = 0
        /// How many had been sent before.
        public var known = 0
        /// Those whom somebody else had noted: the earlier arrival counts.
        public var alsoNoted: [String] = []
        /// How many came from a clock that cannot be right: they count from when they were sent.
        public var wrongClocks = 0
        /// The keys of those whom nobody knows.
        public var unknown: [UUID] = []
    }

    /// Who may do it.
    public static let permission = Permission.recordAttendance
    /// How many may come at once.
    public static let limit = 2000
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The meeting.
    public let meeting: ID<Meeting>
    /// What was noted.
    public let captures: [AttendanceCapture]

    /// Takes what a device sent.
    public init(_ captures: [AttendanceCapture], of meeting: ID<Meeting>, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.meeting = meeting
        self.captures = captures
    }

    /// Takes it in.
    ///
    /// - Throws: ``AttendanceError``.
    public func perform(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> Audited<Report> {
        let (found, hours) = try await transaction.attending(meeting, of: alliance, by: .offline, at: now)
        var report = Report()
        var known = try await transaction.knownCaptures(captures.map(\.key), in: meeting)
        var earliest = now
        // Read once and written once, however many they are: while the meeting is held fast, the door stands still.
        let attendees = try await transaction.resolve(captures.map(\.attendee), in: found, of: alliance)
        var book = try await transaction.stayBook(of: meeting)
        for capture in captures.sorted(by: { $0.capturedAt < $1.capturedAt }) {
            guard known.insert(capture.key).inserted else {
                report.known += 1
                continue
            }
            guard let attendee = attendees[capture.attendee] else {
                report.unknown.append(capture.key)
                continue
            }
            let arrivedAt = hours.arrival(capturedAt: capture.capturedAt)
            if arrivedAt != capture.capturedAt { report.wrongClocks += 1 }
            let conflict = book.note(
                NewStay(
                    attendee: attendee, way: capture.way, method: .offline, arrivedAt: arrivedAt,
                    key: capture.key, capturedAt: capture.capturedAt))
            switch conflict {
            case .none:
                report.noted += 1
                earliest = min(earliest, arrivedAt)
            case .earlierStands, .replaces, .precedes: report.alsoNoted.append(attendee.name)
            }
        }
        try await transaction.write(book, in: meeting, at: now)
        try await transaction.followQuorum(in: found, of: alliance, since: earliest, at: now)
        return Audited(
            report,
            event(
                "attendance.synchronised",
                [
                    "noted": String(report.noted), "known": String(report.known),
                    "also_noted": String(report.alsoNoted.count), "wrong_clocks": String(report.wrongClocks),
                ]))
    }
}
