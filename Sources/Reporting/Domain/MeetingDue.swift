import Governance
public import Kernel

/// By when an alliance meets next, reckoned in one place for all pages.
public struct MeetingDue: Sendable, Hashable {
    /// How often it meets: by the entity's own confirmed terms, by the bylaws, by its standing agenda, or by the
    /// catalogue.
    public enum Rhythm: Sendable, Hashable {
        /// So many days at the most from one meeting to the next.
        case days(Int)
        /// Every so many months.
        case months(Int)

        func next(after day: CalendarDate) -> CalendarDate {
            switch self {
            case .days(let days): day + days
            case .months(let months): day.addingMonths(months)
            }
        }

        /// The rule in words.
        public var words: String {
            switch self {
            case .days(let days): "\(SpanishFormat.count(days, "día", "días")) a lo sumo entre una y otra"
            case .months(let months): "cada \(SpanishFormat.count(months, "mes", "meses"))"
            }
        }
    }

    /// How often it meets.
    public let rhythm: Rhythm
    /// The day of the last meeting that was held; `nil` before the first.
    public let last: CalendarDate?
    /// The last day for the next one.
    public let dueOn: CalendarDate
    /// The last day for calling it.
    public let callBy: CalendarDate
    /// The next meeting that is planned.
    public let planned: AllianceFacts.MeetingPlanned?

    /// How many days before the next meeting it has to be called.
    public let noticeDays: Int

    /// The day to plan the next meeting on: the last business day by which it is due, or, where there is no more time to
    /// call it for that, the first for which there is.
    public func proposedDay(on today: CalendarDate) -> CalendarDate {
        let first = today + max(noticeDays, 1)
        let businessDay = (0..<14).map { dueOn - $0 }.first {
            (try? HolidayCalendar.isBusinessDay($0)) ?? false
        }
        if let businessDay, businessDay >= first { return businessDay }
        return (try? HolidayCalendar.businessDay(onOrAfter: first)) ?? first
    }

    /// Whether the planned meeting had to be called before a day and no call of it is kept.
    public func lacksCall(on day: CalendarDate) -> Bool {
        guard let planned else { return false }
        return !planned.isCalled && callBy < day
    }

    /// Whether the next meeting is planned in time.
    public var isPlannedInTime: Bool { planned.map { $0.day <= dueOn } ?? false }
}

extension AllianceFacts {
    /// By when the alliance meets next as of a day.
    ///
    /// The meeting counts from the last one held, or from the constitution before the first.
    ///
    /// - Throws: ``MissingFigure`` where nobody says how often.
    public func nextMeeting(
        _ terms: ObligationTerms, on day: CalendarDate
    ) throws(MissingFigure) -> MeetingDue {
        let rhythm = try meetingRhythm(terms, on: day)
        let notice =
            terms.areOwn ? terms.parameters[.noticeDays] : agenda?.noticeDays ?? terms.parameters[.noticeDays]
        let last = meetings.map(\.heldOn).filter { $0 <= day }.max()
        let planned = plannedMeetings.filter { $0.day >= day }.min { $0.day < $1.day }
        let dueOn = rhythm.next(after: last ?? countsFrom)
        return MeetingDue(
            rhythm: rhythm, last: last, dueOn: dueOn,
            callBy: (planned.map { min($0.day, dueOn) } ?? dueOn) - (notice ?? 0), planned: planned,
            noticeDays: notice ?? 0)
    }

    /// How often the alliance meets.
    func meetingRhythm(_ terms: ObligationTerms, on day: CalendarDate) throws(MissingFigure)
        -> MeetingDue.Rhythm
    {
        if !terms.areOwn, let days = bylaws(on: day)?.meetingIntervalDays, days > 0 { return .days(days) }
        if !terms.areOwn, let months = agenda?.everyMonths { return .months(months) }
        return .days(try terms.figure(.gapDays))
    }
}
