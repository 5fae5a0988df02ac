import Foundation
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The duties of an alliance that have not been ended by mistake or otherwise before a day, by name.
    public func duties(of alliance: ID<Alliance>, from day: CalendarDate) async throws -> [RecurringDuty] {
        try await rows(
            """
            select duty_id, title, every_months, fulfilled_by, meeting_kind, report_kind, responsible, source,
                starts_on, ends_on
            from governance.recurring_duties
            where organization_id = \(organization) and alliance_id = \(alliance)
                and (ends_on is null or ends_on >= \(day))
            order by every_months, title, duty_id
            """)
    }

    /// The duties that go on on a day, of each alliance that is not dissolved.
    func runningDuties(on day: CalendarDate) async throws -> [ID<Alliance>: [RecurringDuty]] {
        let rows = try await rows(
            """
            select duties.alliance_id, duty_id, title, every_months, fulfilled_by, meeting_kind, report_kind,
                responsible, source, starts_on, ends_on
            from governance.recurring_duties as duties
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = duties.alliance_id
            where duties.organization_id = \(organization) and alliances.state <> 'dissolved'
                and starts_on <= \(day) and (ends_on is null or ends_on >= \(day))
            order by duty_id
            """, as: RunningDutyRow.self)
        return Dictionary(grouping: rows, by: \.alliance).mapValues { $0.map(\.duty) }
    }

    /// The periods of duties of some alliances whose last day is within some days, each with how it stands.
    public func dutyPeriods(
        of alliances: [ID<Alliance>], endingIn days: ClosedRange<CalendarDate>, on today: CalendarDate
    ) async throws -> [DutyPeriod] {
        // The longest period takes a year.
        let first = days.lowerBound.addingMonths(-12)
        let duties = try await rows(
            """
            select duties.alliance_id, duty_id, title, every_months, fulfilled_by, meeting_kind, report_kind,
                responsible, source, starts_on, ends_on
            from governance.recurring_duties as duties
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = duties.alliance_id and alliances.state <> 'dissolved'
            where duties.organization_id = \(organization) and duties.alliance_id = any (\(alliances))
                and starts_on <= \(days.upperBound) and (ends_on is null or ends_on >= \(first))
            order by duty_id
            """, as: RunningDutyRow.self)
        guard !duties.isEmpty else { return [] }
        let happenings = try await happenings(
            of: Array(Set(duties.map(\.alliance))), in: first...days.upperBound)
        let years = (days.lowerBound.components.year - 1)...days.upperBound.components.year
        return duties.flatMap { row in
            let fulfilled = (happenings[row.alliance] ?? Happenings()).days(fulfilling: row.duty.fulfilment)
            return years.flatMap { row.duty.periods(in: $0) }.filter { days.contains($0.upperBound) }
                .map { period in
                    DutyPeriod(
                        alliance: row.alliance, duty: row.duty, days: period,
                        standing: row.duty.standing(of: period, fulfilledOn: fulfilled, on: today))
                }
        }
    }

    /// What happened in an alliance within some days that may fulfil duties.
    public func happenings(
        of alliance: ID<Alliance>, in days: ClosedRange<CalendarDate>
    ) async throws -> Happenings {
        try await happenings(of: [alliance], in: days)[alliance] ?? Happenings()
    }

    /// The same of some alliances. What a board keeps to itself fulfils a duty for nobody, so that a figure is the same
    /// whoever reads it.
    func happenings(
        of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>
    ) async throws -> [ID<Alliance>: Happenings] {
        let rows = try await rows(
            """
            select 'meeting' as what, alliance_id, kind, day from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(alliances)) and state = 'held'
                and not is_reserved and day between \(days.lowerBound) and \(days.upperBound)
            union all
            select distinct 'follow_up', plans.alliance_id, '', make_date(plans.year, follow_ups.month, 1)
            from governance.work_plans as plans
            join governance.plan_follow_ups as follow_ups on follow_ups.organization_id = \(organization)
                and follow_ups.plan_id = plans.plan_id
            where plans.organization_id = \(organization) and plans.alliance_id = any (\(alliances))
                and make_date(plans.year, follow_ups.month, 1)
                    between \(days.lowerBound) and \(days.upperBound)
            union all
            select 'report', alliance_id, kind, given_on from governance.reports
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and given_on between \(days.lowerBound) and \(days.upperBound)
                and not exists (
                    select from governance.report_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.report_id = reports.report_id)
            order by day
            """, as: HappeningRow.self)
        return rows.reduce(into: [:]) { happenings, row in
            happenings[row.alliance, default: Happenings()].add(row.what, row.kind, on: row.day)
        }
    }

    /// Adds duties.
    func insert(_ duty: RecurringDuty, of alliance: ID<Alliance>, at now: Date) async throws {
        try await execute(
            """
            insert into governance.recurring_duties (
                organization_id, duty_id, alliance_id, title, every_months, fulfilled_by, meeting_kind,
                report_kind, responsible, source, starts_on, ends_on, recorded_at, recorded_by)
            values (
                \(organization), \(duty.id), \(alliance), \(duty.title), \(duty.frequency.rawValue),
                \(duty.fulfilment.word), \(duty.fulfilment.meetingKind), \(duty.fulfilment.reportKind),
                \(duty.responsible), \(duty.source), \(duty.startsOn), \(duty.endsOn), \(now),
                \(scope.principal.user))
            """)
    }

    /// Ends a duty with a day, so that periods that begin later are none of it.
    ///
    /// - Throws: ``DutyError/notFound``.
    func end(_ duty: ID<RecurringDuty>, of alliance: ID<Alliance>, on day: CalendarDate, at now: Date)
        async throws
    {
        let ended = try await execute(
            """
            update governance.recurring_duties
            set ends_on = greatest(\(day)::date, starts_on + 1), ended_at = \(now)
            where organization_id = \(organization) and alliance_id = \(alliance) and duty_id = \(duty)
                and ended_at is null
            """)
        guard ended == 1 else { throw DutyError.notFound }
    }
}

// MARK: - Rows

private struct RunningDutyRow: RowDecodable {
    let alliance: ID<Alliance>
    let duty: RecurringDuty

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        duty = try RecurringDuty(row: row)
    }
}

extension Happenings {
    fileprivate init(_ rows: [HappeningRow]) {
        self.init()
        for row in rows {
            switch row.what {
            case "follow_up": followUps.append(row.day)
            case "report":
                if let kind = GivenReport.Kind(rawValue: row.kind) {
                    reports[kind, default: []].append(row.day)
                }
            default:
                if let kind = Meeting.Kind(rawValue: row.kind) {
                    meetings[kind, default: []].append(row.day)
                }
            }
        }
    }
}

private struct HappeningRow: RowDecodable {
    let alliance: ID<Alliance>
    let what: String
    let kind: String
    let day: CalendarDate

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        what = try row["what"]
        kind = try row["kind"]
        day = try row["day"]
    }
}

extension Happenings {
    fileprivate mutating func add(_ what: String, _ kind: String, on day: CalendarDate) {
        switch what {
        case "follow_up": followUps.append(day)
        case "report":
            if let kind = GivenReport.Kind(rawValue: kind) { reports[kind, default: []].append(day) }
        default:
            if let kind = Meeting.Kind(rawValue: kind) { meetings[kind, default: []].append(day) }
        }
    }
}

extension RecurringDuty.Fulfilment {
    fileprivate var word: String {
        switch self {
        case .meeting: "meeting"
        case .followUp: "follow_up"
        case .report: "report"
        }
    }

    fileprivate var meetingKind: Meeting.Kind? { if case .meeting(let kind) = self { kind } else { nil } }
    fileprivate var reportKind: GivenReport.Kind? { if case .report(let kind) = self { kind } else { nil } }

    fileprivate init(row: Row) throws(RowError) {
        let meeting: Meeting.Kind? = try row["meeting_kind"]
        let report: GivenReport.Kind? = try row["report_kind"]
        self = meeting.map(Self.meeting) ?? report.map(Self.report) ?? .followUp
    }
}

extension RecurringDuty: RowDecodable {
    /// Reads a row of `governance.recurring_duties`.
    public init(row: Row) throws(RowError) {
        let id: ID<RecurringDuty> = try row["duty_id"]
        let title: String = try row["title"]
        let months: Int = try row["every_months"]
        let fulfilment = try Fulfilment(row: row)
        let responsible: String? = try row["responsible"]
        let source: String = try row["source"]
        let startsOn: CalendarDate = try row["starts_on"]
        let endsOn: CalendarDate? = try row["ends_on"]
        do {
            try self.init(
                id: id, title: title, frequency: Frequency(rawValue: months) ?? .monthly,
                fulfilment: fulfilment, responsible: responsible, source: source, startsOn: startsOn,
                endsOn: endsOn)
        } catch {
            throw RowError(unreadable: "title", because: error)
        }
    }
}
