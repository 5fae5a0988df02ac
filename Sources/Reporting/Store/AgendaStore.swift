import Elections
import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// What has its date within these days, in order: meetings that were not called off, dates of elections (of one
    /// that is over, those that came before its end), last days of mandates on seats that the alliance elects, last
    /// days of obligations that ask for something.
    public func agenda(
        of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>, on today: CalendarDate
    ) async throws -> [AgendaEntry] {
        let (first, last) = (days.lowerBound, days.upperBound)
        let begin = ColombianTime.startOfDay(first)
        let end = ColombianTime.endOfDay(last)
        let rows = try await rows(
            """
            select entries.*, \(today) as seen_on from (
            select 'meeting' as kind, alliance_id, meeting_id as subject, null as code, day, start_minute,
                end_minute, null::timestamptz as opens_at, null::timestamptz as closes_at, title, place as detail,
                state, exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id) as has_minutes
            from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and state <> 'cancelled' and day between \(first) and \(last)
                and (state = 'held' or alliance_id in (
                    select alliances.alliance_id from tenancy.alliances
                    where alliances.organization_id = \(organization) and alliances.state <> 'dissolved'))
            union all
            select 'milestone', processes.alliance_id, processes.process_id, milestones.milestone, null, null,
                null, milestones.opens_at, milestones.closes_at, '', processes.name, null, false
            from elections.processes
            join (\(fragment: datesAsTheyCame)) as milestones on milestones.process_id = processes.process_id
            where processes.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
                and processes.state <> 'draft'
                and (processes.state not in ('proclaimed', 'void', 'annulled')
                    or milestones.opens_at <= processes.state_changed_at)
                and milestones.opens_at < \(end) and coalesce(milestones.closes_at, milestones.opens_at) >= \(begin)
            union all
            select 'mandate_end', bodies.alliance_id, bodies.body_id, null, mandates.ends_on, null, null, null, null,
                'Termina el período: ' || seats.title, bodies.name || ' · ' || mandates.holder_name,
                null, false
            from governance.mandates
            join governance.bodies on bodies.organization_id = \(organization)
                and bodies.body_id = mandates.body_id
            join governance.seats on seats.organization_id = \(organization)
                and seats.seat_id = mandates.seat_id
            where mandates.organization_id = \(organization) and mandates.state = 'in_force'
                and mandates.rank = 0 and seats.is_elected and mandates.ends_on between \(first) and \(last)
                and bodies.alliance_id in (
                    select alliances.alliance_id from tenancy.alliances
                    where alliances.organization_id = \(organization) and alliances.state <> 'dissolved'
                        and alliances.alliance_id = any (\(alliances)))
            union all
            select 'commitment', alliance_id, commitment_id, null, due_on, null, null, null, null,
                'Compromiso: ' || activity, owner, state, false
            from governance.commitments
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and state <> 'dropped' and due_on between \(first) and \(last)
                and alliance_id in (
                    select alliances.alliance_id from tenancy.alliances
                    where alliances.organization_id = \(organization) and alliances.state <> 'dissolved')
            union all
            select 'campaign', campaigns.alliance_id, campaigns.campaign_id, null, campaigns.planned_from, null, null,
                null, null,
                case campaigns.kind when 'bulletin' then 'Boletín: ' else 'Campaña: ' end || campaigns.title,
                campaigns.audience, case when sent.is_sent then 'done' else 'open' end, false
            from governance.campaigns
            cross join lateral (
                select exists (
                    select from governance.campaign_sendings as sendings
                    where sendings.organization_id = \(organization)
                        and sendings.campaign_id = campaigns.campaign_id and sendings.withdrawn_at is null
                ) as is_sent
            ) as sent
            where campaigns.organization_id = \(organization) and campaigns.alliance_id = any (\(alliances))
                and (campaigns.closed_on is null or sent.is_sent)
                and campaigns.planned_from between \(first) and \(last)
                and campaigns.alliance_id in (
                    select alliances.alliance_id from tenancy.alliances
                    where alliances.organization_id = \(organization) and alliances.state <> 'dissolved')
            union all
            select distinct 'obligation', states.alliance_id, null::uuid, states.code, states.due_on, null::integer,
                null::integer, null::timestamptz, null::timestamptz, obligations.title,
                case when states.deadline_is_confirmed then 'confirmed' end, states.state, false
            from reporting.obligation_states as states
            join catalogue.obligations on obligations.code = states.code
            where states.organization_id = \(organization) and states.alliance_id = any (\(alliances))
                and states.state not in ('met', 'not_applicable') and states.due_on between \(first) and \(last)
            ) as entries
            """,
            as: AgendaRow.self)
        return rows.flatMap(\.entries).filter { days.contains($0.day) }.inOrder
    }

    /// The dates of elections on the days on which they were done, and on those planned where they were not.
    private var datesAsTheyCame: SQL {
        """
        select process_id, milestone,
            case when closes_at is null then coalesce(done_at, opens_at) else least(begun_at, opens_at) end
                as opens_at,
            least(done_at, closes_at) as closes_at
        from (\(fragment: milestonesWithProgress)) as milestones
        """
    }

    /// How alliances do, in the order of their identifiers.
    public func pulses(
        of alliances: [ID<Alliance>], on day: CalendarDate
    ) async throws -> [AlliancePulse] {
        try await rows(
            """
            select alliances.alliance_id,
                coalesce((
                    select max(profiles.member_count) from reporting.alliance_profiles as profiles
                    where profiles.organization_id = \(organization)
                        and profiles.alliance_id = alliances.alliance_id), 0) as members,
                seats.seats, seats.held, states.states, states.counts
            from tenancy.alliances
            left join lateral (
                select count(*) as seats, count(*) filter (where seatings.is_held) as held
                from \(fragment: seatings(on: day)) as seatings
                where seatings.alliance_id = alliances.alliance_id and seatings.is_elected
            ) as seats on true
            left join lateral (
                select coalesce(array_agg(state order by state), '{}') as states,
                    coalesce(array_agg(count order by state), '{}') as counts
                from (
                    select state, count(distinct code) as count from reporting.obligation_states as each_state
                    where each_state.organization_id = \(organization)
                        and each_state.alliance_id = alliances.alliance_id
                    group by state
                ) as by_state
            ) as states on true
            where alliances.organization_id = \(organization) and alliances.alliance_id = any (\(alliances))
            order by alliances.alliance_id
            """)
    }
}

extension AlliancePulse: RowDecodable {
    /// Reads a row of the query.
    public init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        members = try row["members"]
        seats = try row["seats"]
        heldSeats = try row["held"]
        let states: [ObligationState] = try row["states"]
        let counts: [Int] = try row["counts"]
        obligations = ObligationTally(Dictionary(zip(states, counts)) { first, _ in first })
    }
}

/// What one row stands for: a milestone that lasts is an entry where it opens and another where it closes.
private struct AgendaRow: RowDecodable {
    let entries: [AgendaEntry]

    init(row: Row) throws(RowError) {
        let kind: String = try row["kind"]
        let alliance: ID<Alliance> = try row["alliance_id"]
        let detail: String? = try row["detail"]
        let title: String = try row["title"]
        let today: CalendarDate = try row["seen_on"]
        switch kind {
        case "milestone":
            let milestone: AllianceProfile.Milestone? = AllianceProfile.Milestone(rawValue: try row["code"])
            guard let milestone else {
                // Dates that the committee keeps for itself.
                entries = []
                return
            }
            let process: ID<ElectoralProcess> = try row["subject"]
            entries = AgendaEntry.entries(
                of: milestone, process: process, named: detail, in: alliance, from: try row["opens_at"],
                until: try row["closes_at"])
        case "meeting":
            let minute: Int? = try row["start_minute"]
            let end: Int? = try row["end_minute"]
            let day: CalendarDate = try row["day"]
            entries = [
                AgendaEntry(
                    kind: .meeting(try row["subject"]),
                    standing: .meeting(
                        try row["state"], hasMinutes: try row["has_minutes"], on: day, seenOn: today),
                    alliance: alliance, day: day,
                    time: minute.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) },
                    endsAt: end.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) }, title: title,
                    detail: detail)
            ]
        case "commitment":
            let day: CalendarDate = try row["day"]
            let state: Commitment.State = try row["state"]
            entries = [
                AgendaEntry(
                    kind: .commitment(try row["subject"]),
                    standing: .task(isDone: state == .done, by: day, seenOn: today), alliance: alliance,
                    day: day, title: title, detail: detail)
            ]
        case "campaign":
            let day: CalendarDate = try row["day"]
            let state: String = try row["state"]
            entries = [
                AgendaEntry(
                    kind: .campaign(try row["subject"]),
                    standing: .task(isDone: state == "done", by: day, seenOn: today), alliance: alliance,
                    day: day, title: title, detail: detail)
            ]
        case "mandate_end":
            entries = [
                AgendaEntry(
                    kind: .mandateEnd(try row["subject"]), alliance: alliance, day: try row["day"],
                    title: title, detail: detail)
            ]
        default:
            let day: CalendarDate = try row["day"]
            let state: ObligationState = try row["state"]
            entries = [
                AgendaEntry(
                    kind: .obligation(try row["code"], isConfirmed: detail != nil),
                    standing: state == .overdue ? .missed : day < today ? .unproven : .ahead,
                    alliance: alliance, day: day, title: "Vence: \(title)",
                    detail: detail == nil ? "Plazo sin confirmar" : nil)
            ]
        }
    }
}

extension AgendaEntry {
    /// The entries of a date of an electoral calendar.
    static func entries(
        of milestone: AllianceProfile.Milestone, process: ID<ElectoralProcess>, named name: String?,
        in alliance: ID<Alliance>, from opensAt: Date, until closesAt: Date?
    ) -> [Self] {
        func entry(_ instant: Date, _ words: String, hour: Bool) -> Self {
            Self(
                kind: .milestone(process), alliance: alliance, day: ColombianTime.date(at: instant),
                time: hour ? ColombianTime.time(at: instant) : nil, title: words, detail: name)
        }
        let opens = ColombianTime.date(at: opensAt)
        // What begins or ends with a day has no hour.
        let opening = ColombianTime.time(at: opensAt)
        let startsAtHour = opening != .midnight && opening.minutesSinceMidnight != 24 * 60 - 1
        // A term that runs through a day is over when the next begins.
        guard let last = closesAt.map({ $0.addingTimeInterval(-1) }), ColombianTime.date(at: last) > opens
        else {
            return [entry(opensAt, milestone.title, hour: startsAtHour)]
        }
        return [
            entry(opensAt, "\(milestone.title): empieza", hour: startsAtHour),
            entry(last, "\(milestone.title): último día", hour: false),
        ]
    }
}
