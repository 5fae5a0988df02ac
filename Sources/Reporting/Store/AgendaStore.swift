public import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// What has its date within these days, in order: meetings, dates of elections, what somebody took on, what is due
    /// again and again, what ends.
    ///
    /// What was called off is told as such, so that calendars that were told of it can take it out. What a board keeps
    /// to itself is there for who sits on it alone: row security sees to that.
    public func agenda(
        of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>, on today: CalendarDate
    ) async throws -> [AgendaEntry] {
        let rows = try await rows(
            """
            select entries.*, \(today) as seen_on from (
            \(fragment: agendaMeetings(of: alliances, in: days))
            union all \(fragment: agendaMilestones(of: alliances, in: days))
            union all \(fragment: agendaMandateEnds(of: alliances, in: days))
            union all \(fragment: agendaCommitments(of: alliances, in: days))
            union all \(fragment: agendaCampaigns(of: alliances, in: days))
            union all \(fragment: agendaTrainings(of: alliances, in: days))
            union all \(fragment: agendaOversight(of: alliances, in: days))
            union all \(fragment: agendaPolls(of: alliances, in: days, on: today))
            union all \(fragment: agendaLetters(of: alliances, in: days))
            union all \(fragment: agendaObligations(of: alliances, in: days))
            ) as entries
            """,
            as: AgendaRow.self)
        let duties = try await dutyPeriods(of: alliances, endingIn: days, on: today)
        let ends = try await lifePeriods(of: try await alliancesAtWork(among: alliances))
        return
            (rows.flatMap(\.entries) + duties.map { AgendaEntry($0, on: today) }
            + ends.map { AgendaEntry($1, of: $0, on: today) })
            .filter { days.contains($0.day) }.inOrder
    }

    /// Those of some alliances whose period runs or ran out, and may be renewed.
    private func alliancesAtWork(among alliances: [ID<Alliance>]) async throws -> [ID<Alliance>] {
        try await values(
            """
            select alliance_id from tenancy.alliances
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and state in ('active', 'renewal_due', 'expired')
            """)
    }
}

extension AgendaEntry {
    /// The last day of a period of what an alliance does again and again. A day that the alliance set itself is missed,
    /// as its own year says.
    fileprivate init(_ period: DutyPeriod, on today: CalendarDate) {
        let isMet = if case .met = period.standing { true } else { false }
        self.init(
            kind: .duty(period.duty.id, from: period.days.lowerBound),
            state: .ofTask(isDone: isMet, by: period.days.upperBound, on: today),
            alliance: period.alliance, day: period.days.upperBound,
            title: "Tarea periódica: \(period.duty.title)", detail: period.duty.responsible)
    }

    /// The last day of the period of an alliance.
    fileprivate init(_ period: LifePeriod, of alliance: ID<Alliance>, on today: CalendarDate) {
        let isConfirmed = period.terms.isConfirmed
        self.init(
            kind: .lifeEnd,
            state: .ofTask(isDone: false, isConfirmed: isConfirmed, by: period.endsOn, on: today),
            alliance: alliance, day: period.endsOn, title: "Termina el período de la alianza",
            detail: isConfirmed ? nil : "Plazo sin confirmar")
    }
}

/// What one row stands for: a milestone that lasts is an entry where it opens and another where it closes.
private struct AgendaRow: RowDecodable {
    let entries: [AgendaEntry]

    init(row: Row) throws(RowError) {
        let kind: String = try row["kind"]
        if kind == "milestone" {
            entries = try AgendaEntry.entries(ofMilestone: row)
            return
        }
        let day: CalendarDate = try row["day"]
        let today: CalendarDate = try row["seen_on"]
        let (start, end): (Int?, Int?) = (try row["start_minute"], try row["end_minute"])
        let details: [String?] = [try row["detail"], try row["remark"]]
        let words = details.compactMap { $0 }.filter { !$0.isEmpty }
        entries = [
            AgendaEntry(
                kind: try AgendaEntry.Kind(kind, row: row),
                state: .ofTask(
                    isDone: try row["is_done"], isPartial: try row["is_partial"],
                    isDropped: try row["is_dropped"], isConfirmed: try row["is_confirmed"], by: day,
                    on: today),
                alliance: try row["alliance_id"], day: day,
                time: start.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) },
                endsAt: end.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) },
                title: try row["title"], detail: words.isEmpty ? nil : words.joined(separator: " · "),
                changes: try row["changes"], event: kind == "meeting" ? try row["parent"] : nil)
        ]
    }
}

extension AgendaEntry.Kind {
    /// What a row is of that is no date of an election.
    fileprivate init(_ kind: String, row: Row) throws(RowError) {
        switch kind {
        case "meeting":
            let sort: Meeting.Kind = try row["code"]
            self = .meeting(try row["subject"], sort)
        case "commitment": self = .commitment(try row["subject"])
        case "campaign": self = .campaign(try row["subject"])
        case "training": self = .training(try row["subject"])
        case "oversight_visit": self = .oversightVisit(try row["subject"], of: try row["parent"])
        case "oversight_end": self = .oversightEnd(try row["subject"])
        case "poll_opens": self = .poll(try row["subject"], .opens)
        case "poll_closes": self = .poll(try row["subject"], .closes)
        case "letter": self = .letter(try row["subject"], addressee: try row["number"])
        case "mandate_end": self = .mandateEnd(try row["subject"], of: try row["parent"])
        default: self = .obligation(try row["code"], isConfirmed: try row["is_confirmed"])
        }
    }
}

extension AgendaEntry {
    /// The entries of a date of an electoral calendar; none of those that the committee keeps for itself.
    fileprivate static func entries(ofMilestone row: Row) throws(RowError) -> [Self] {
        let milestone: AllianceProfile.Milestone? = AllianceProfile.Milestone(rawValue: try row["code"])
        guard let milestone else { return [] }
        let closesAt: Date? = try row["closes_at"]
        let today: CalendarDate = try row["seen_on"]
        let (isDone, isDropped): (Bool, Bool) = (try row["is_done"], try row["is_dropped"])
        return entries(
            of: milestone, process: try row["subject"], named: try row["detail"],
            in: try row["alliance_id"], from: try row["opens_at"], until: closesAt,
            changes: try row["changes"]
        ) { day in
            // A term is over with its last day; an act that nobody did is not proven by its day.
            .ofTask(
                isDone: isDone || closesAt != nil && milestone != .voting && day < today,
                isDropped: isDropped, isConfirmed: false, by: day, on: today)
        }
    }

    /// The entries of a date of an electoral calendar, the state of each told by a rule.
    public static func entries(
        of milestone: AllianceProfile.Milestone, process: ID<ElectoralProcess>, named name: String?,
        in alliance: ID<Alliance>, from opensAt: Date, until closesAt: Date?, changes: Int,
        state: (CalendarDate) -> ObligationState
    ) -> [Self] {
        func entry(_ instant: Date, _ edge: Edge, _ words: String, hour: Bool) -> Self {
            let day = ColombianTime.date(at: instant)
            return Self(
                kind: .milestone(process, milestone, edge), state: state(day), alliance: alliance,
                day: day, time: hour ? ColombianTime.time(at: instant) : nil, title: words, detail: name,
                changes: changes)
        }
        let opens = ColombianTime.date(at: opensAt)
        // What begins or ends with a day has no hour.
        let opening = ColombianTime.time(at: opensAt)
        let startsAtHour = opening != .midnight && opening.minutesSinceMidnight != 24 * 60 - 1
        // A term that runs through a day is over when the next begins.
        guard let last = closesAt.map({ $0.addingTimeInterval(-1) }), ColombianTime.date(at: last) > opens
        else {
            return [entry(opensAt, .opens, milestone.title, hour: startsAtHour)]
        }
        return [
            entry(opensAt, .opens, "\(milestone.title): empieza", hour: startsAtHour),
            entry(last, .closes, "\(milestone.title): último día", hour: false),
        ]
    }
}
