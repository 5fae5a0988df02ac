public import Foundation
public import Kernel
public import Postgres
public import Tenancy

/// The year of an alliance: what it does again and again with how each period stands, and its meetings.
public struct ReadCalendar: Query {
    /// What is read.
    public struct Answer: Sendable {
        /// The year.
        public let year: Int
        /// The duties with their periods that begin in the year.
        public let duties: [DutyYear]
        /// The meetings of the year, by day.
        public let meetings: [MeetingSummary]
        /// How many meetings the year before had.
        public let meetingsBefore: Int
        /// Today.
        public let today: CalendarDate
    }

    /// A duty in a year.
    public struct DutyYear: Sendable {
        /// The duty.
        public let duty: RecurringDuty
        /// Its periods that begin in the year, each with how it stands.
        public let periods: [(days: ClosedRange<CalendarDate>, standing: RecurringDuty.Standing)]
    }

    /// Who may do it.
    public static let permission = Permission.readGovernance
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year; `nil` for the present one.
    public let year: Int?

    /// Asks for a year.
    public init(of alliance: ID<Alliance>, in year: Int? = nil) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads it.
    public func fetch(in transaction: borrowing TenantTransaction, at now: Date) async throws -> Answer {
        let today = ColombianTime.date(at: now)
        let year = year ?? today.components.year
        let days = ClosedRange.year(year)
        let duties = try await transaction.duties(of: alliance, from: days.lowerBound)
        // The periods that begin in December end in another year.
        let happenings = try await transaction.happenings(
            of: alliance, in: days.lowerBound...ClosedRange.year(year + 1).upperBound)
        return Answer(
            year: year,
            duties: duties.map { duty in
                let done = happenings.days(fulfilling: duty.fulfilment)
                return DutyYear(
                    duty: duty,
                    periods: duty.periods(in: year).map {
                        ($0, duty.standing(of: $0, fulfilledOn: done, on: today))
                    })
            },
            meetings: try await transaction.meetings(of: alliance, in: days),
            meetingsBefore: try await transaction.meetings(
                of: alliance, in: .year(year - 1)
            ).count { $0.meeting.state != .cancelled }, today: today)
    }
}

/// The meetings that a year would have if it were like another, each with its agenda.
public struct ProposeYear: Query {
    /// A meeting that is proposed, and the one that it is like.
    public struct Proposal: Sendable {
        /// The meeting of the year before.
        public let model: ID<Meeting>
        /// The day on which that one was planned, before it was moved.
        public let modelDay: CalendarDate
        /// The day to which that one was moved; `nil` where it was held as planned.
        public let movedTo: CalendarDate?
        /// Date and hours of that one as its source writes them, where they contradict themselves.
        public let unclear: String?
        /// The holiday that the meeting gives way to; `nil` where it falls on none.
        public let holiday: Holiday?
        /// What is proposed.
        public let entry: PlanYear.Entry
    }

    /// Who may do it.
    public static let permission = Permission.planMeetings
    /// The alliance.
    public let alliance: ID<Alliance>
    /// The year that is to be.
    public let year: Int

    /// Asks for a year like the one before it.
    public init(_ year: Int, of alliance: ID<Alliance>) {
        self.alliance = alliance
        self.year = year
    }

    /// The alliance's chain.
    public var stream: AuditStream { .alliance(alliance) }

    /// Reads the meetings of the year before that were not called off, and moves them. A meeting whose name bears the
    /// year is named anew.
    public func fetch(
        in transaction: borrowing TenantTransaction, at now: Date
    ) async throws -> [Proposal] {
        var proposals: [Proposal] = []
        let days = ClosedRange.year(year - 1)
        let planned = try await transaction.plannedDays(of: alliance, movedTo: days)
        for summary in try await transaction.meetings(of: alliance, in: days)
        where summary.meeting.state != .cancelled && summary.meeting.kind != .socialization {
            let before = summary.meeting
            // What moved a meeting last year moves none in the next.
            let model = planned[before.id].flatMap { days.contains($0) ? $0 : nil } ?? before.day
            let meeting = try Meeting(
                kind: before.kind,
                title: before.title.replacing(String(year - 1), with: String(year)),
                day: YearProposal.day(for: model, in: year), startsAt: before.startsAt,
                endsAt: before.endsAt, mode: before.mode, place: before.place, body: before.body,
                participants: before.participants, restriction: before.restriction,
                moveRule: before.moveRule,
                isPublic: before.isPublic, isOwnAccountability: before.isOwnAccountability,
                isReserved: before.isReserved)
            let agenda = try await transaction.agenda(of: before.id).copied()
            proposals.append(
                Proposal(
                    model: before.id, modelDay: model, movedTo: before.day == model ? nil : before.day,
                    unclear: summary.warnings > 0 ? before.asWritten : nil,
                    holiday: try HolidayCalendar.holidays(on: YearProposal.sameWeekday(of: model, in: year))
                        .first, entry: PlanYear.Entry(meeting, agenda: agenda)))
        }
        return proposals
    }
}
