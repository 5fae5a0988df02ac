import Elections
import Foundation
import Governance
import Kernel
public import Postgres
import Tenancy

extension AllianceProfile.Milestone: SQLValue {}

extension Transaction where Scope == TenantScope {
    /// Reads what anybody may know of alliances of the tenant.
    func profiles(of alliances: [ID<Alliance>], on day: CalendarDate) async throws -> [ID<Alliance>:
        AllianceProfile]
    {
        let settings = try await settings()
        let contacts = try await contacts(of: alliances)
        let places = Dictionary(
            grouping: try await rows(
                """
                select places.alliance_id, concat_ws(', ', municipalities.name,
                    nullif(municipalities.department, municipalities.name)) as title
                from tenancy.alliance_municipalities as places
                join catalogue.municipalities
                    on municipalities.municipality_code = places.municipality_code
                where places.organization_id = \(organization) and places.alliance_id = any (\(alliances))
                order by municipalities.name
                """,
                as: PlaceRow.self), by: \.alliance)
        let seats = Dictionary(grouping: try await seatRows(of: alliances, on: day), by: \.alliance)
        let elections = Dictionary(grouping: try await stepRows(of: alliances), by: \.alliance)
        let pollingPlaces = Dictionary(grouping: try await pollingPlaces(of: alliances), by: \.process)
            .mapValues { $0.map(\.place) }
        let meetings = Dictionary(grouping: try await meetingRows(of: alliances, from: day), by: \.alliance)
        let dissolved = Dictionary(
            try await rows(
                """
                select alliances.alliance_id, max(acts.decided_on) as day
                from tenancy.alliances
                join tenancy.dissolutions as acts on acts.organization_id = \(organization)
                    and acts.alliance_id = alliances.alliance_id and acts.kind = 'dissolved'
                where alliances.organization_id = \(organization)
                    and alliances.alliance_id = any (\(alliances)) and alliances.state = 'dissolved'
                group by alliances.alliance_id
                """,
                as: DissolvedRow.self
            ).map { ($0.alliance, $0.day) }
        ) { $1 }
        let sites = try await rows(
            """
            select alliance_id, site_name as title from tenancy.alliances
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and site_name is not null
            """,
            as: PlaceRow.self)
        let due = Dictionary(
            grouping: try await dueElections(on: day, within: Self.electionDays), by: \.alliance?.id)
        let alarms = try await alarmDays()
        var profiles: [ID<Alliance>: AllianceProfile] = [:]
        for alliance in alliances {
            let contact = (contacts[alliance] ?? .none).completed(by: settings.contact)
            profiles[alliance] = AllianceProfile(
                siteName: sites.first { $0.alliance == alliance }?.title,
                municipalities: places[alliance]?.map(\.title) ?? [],
                bodies: dissolved[alliance] == nil ? .init(seats[alliance] ?? [], alarms: alarms) : [],
                elections: .init(elections[alliance] ?? [], at: pollingPlaces),
                meetings: dissolved[alliance] == nil
                    ? meetings[alliance]?.prefix(12).map(\.meeting) ?? [] : [],
                electionsDue: (due[alliance] ?? []).map {
                    AllianceProfile.ElectionDue(
                        body: $0.bodyName, seats: $0.seats, vacant: $0.vacant, dueOn: $0.dueOn)
                },
                dissolvedOn: dissolved[alliance], contactEmail: contact.email, contactPhone: contact.phone)
        }
        return profiles
    }

    /// How many days ahead an election is told to those who watch.
    private static var electionDays: Int { 180 }

    private func seatRows(of alliances: [ID<Alliance>], on day: CalendarDate) async throws -> [SeatRow] {
        try await rows(
            """
            select seatings.alliance_id, seatings.body_id, seatings.body_name, seatings.is_external,
                seatings.title, mandates.ends_on, mandates.ends_on < \(day) as is_acting,
                case when proclamations.process_id is not null then mandates.holder_name end as holder_name
            from \(fragment: seatings(on: day)) as seatings
            left join governance.mandates on mandates.organization_id = \(organization)
                and mandates.mandate_id = seatings.mandate_id and seatings.is_held
            left join elections.proclamations on proclamations.organization_id = \(organization)
                and proclamations.process_id = mandates.process_id
            where seatings.alliance_id = any (\(alliances)) and seatings.is_elected
                and seatings.body_kind <> 'election_committee'
            order by seatings.is_external, seatings.body_name, seatings.body_id, seatings.position
            """)
    }

    /// Meetings to come that the alliance opened to citizens, without the links of those that are held from afar. One that
    /// was called off is told as such until its day: people had been told that it would be held.
    private func meetingRows(
        of alliances: [ID<Alliance>], from day: CalendarDate
    ) async throws -> [MeetingRow] {
        try await rows(
            """
            select alliance_id, meeting_id, title, day, start_minute, end_minute, place, calendar_changes,
                state = 'cancelled' as is_called_off
            from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and state in ('planned', 'cancelled') and day >= \(day) and is_public
            order by day, start_minute, meeting_id
            """)
    }

    /// Where it is voted, in the order of the tables, each place once.
    private func pollingPlaces(of alliances: [ID<Alliance>]) async throws -> [PollingPlaceRow] {
        try await rows(
            """
            select tables.process_id, concat_ws(', ', tables.place, tables.address) as place
            from elections.processes
            join elections.voting_tables as tables on tables.organization_id = \(organization)
                and tables.process_id = processes.process_id
            where processes.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
            group by tables.process_id, tables.place, tables.address
            order by tables.process_id, min(tables.number)
            """)
    }

    private func stepRows(of alliances: [ID<Alliance>]) async throws -> [StepRow] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, processes.name, processes.state,
                proclamations.proclaimed_on, milestones.milestone, milestones.opens_at, milestones.closes_at,
                milestones.begun_at, milestones.done_at, (
                    select max(version)::integer from elections.calendars
                    where calendars.organization_id = \(organization)
                        and calendars.process_id = processes.process_id) as version
            from elections.processes
            join elections.calls on calls.organization_id = \(organization)
                and calls.process_id = processes.process_id
            left join elections.proclamations on proclamations.organization_id = \(organization)
                and proclamations.process_id = processes.process_id
            left join (\(fragment: milestonesWithProgress)) as milestones
                on milestones.process_id = processes.process_id
                and milestones.milestone = any (\(AllianceProfile.Milestone.allCases))
            where processes.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
                and processes.state not in ('draft', 'annulled')
            order by processes.drafted_at desc, processes.process_id, milestones.opens_at,
                array_position(\(AllianceProfile.Milestone.allCases), milestones.milestone)
            """)
    }
}

private struct PlaceRow: RowDecodable {
    let alliance: ID<Alliance>
    let title: String

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        title = try row["title"]
    }
}

private struct DissolvedRow: RowDecodable {
    let alliance: ID<Alliance>
    let day: CalendarDate

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        day = try row["day"]
    }
}

private struct SeatRow: RowDecodable {
    let alliance: ID<Alliance>
    let body: ID<Body>
    let name: String
    let isExternal: Bool
    let seat: AllianceProfile.Seat

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        body = try row["body_id"]
        name = try row["body_name"]
        isExternal = try row["is_external"]
        seat = AllianceProfile.Seat(
            title: try row["title"], holder: try row["holder_name"], until: try row["ends_on"],
            isActing: try row["is_acting"])
    }
}

private struct MeetingRow: RowDecodable {
    let alliance: ID<Alliance>
    let meeting: AllianceProfile.Meeting

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        let minute: Int? = try row["start_minute"]
        let end: Int? = try row["end_minute"]
        let id: ID<Meeting> = try row["meeting_id"]
        let isCalledOff: Bool = try row["is_called_off"]
        meeting = AllianceProfile.Meeting(
            title: try row["title"], day: try row["day"],
            startsAt: minute.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) },
            place: Meeting.publicPlace(try row["place"]),
            endsAt: end.flatMap { TimeOfDay(hour: $0 / 60, minute: $0 % 60) }, id: id.description,
            changes: try row["calendar_changes"], isCalledOff: isCalledOff ? true : nil)
    }
}

private struct PollingPlaceRow: RowDecodable {
    let process: ID<ElectoralProcess>
    let place: String

    init(row: Row) throws(RowError) {
        process = try row["process_id"]
        place = try row["place"]
    }
}

private struct StepRow: RowDecodable {
    let alliance: ID<Alliance>
    let process: ID<ElectoralProcess>
    let name: String
    let state: String
    let proclaimedOn: CalendarDate?
    let version: Int?
    let step: AllianceProfile.Step?

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        process = try row["process_id"]
        name = try row["name"]
        state = try row["state"]
        proclaimedOn = try row["proclaimed_on"]
        version = try row["version"]
        let milestone: AllianceProfile.Milestone? = try row["milestone"]
        guard let milestone else {
            step = nil
            return
        }
        step = AllianceProfile.Step(
            milestone: milestone, opensAt: try row["opens_at"], closesAt: try row["closes_at"],
            begunAt: try row["begun_at"], doneAt: try row["done_at"])
    }
}

extension [AllianceProfile.Body] {
    /// Gathers seats under their bodies; rows come in the order of both.
    fileprivate init(_ rows: [SeatRow], alarms: [ID<Body>?: AlarmDays]) {
        self = []
        var last: ID<Body>?
        for row in rows {
            if last != row.body {
                append(
                    AllianceProfile.Body(
                        name: row.name, isExternal: row.isExternal, seats: [],
                        alarms: (alarms[row.body] ?? alarms[nil])?.days))
                last = row.body
            }
            self[count - 1].seats.append(row.seat)
        }
    }
}

extension [AllianceProfile.Election] {
    /// Gathers dates under their elections; rows come in the order of both.
    fileprivate init(_ rows: [StepRow], at places: [ID<ElectoralProcess>: [String]]) {
        self = []
        for row in rows {
            if last?.id != row.process.description {
                append(
                    AllianceProfile.Election(
                        id: row.process.description, name: row.name,
                        isUnderWay: !["proclaimed", "void"].contains(row.state),
                        proclaimedOn: row.proclaimedOn, steps: [], places: places[row.process],
                        version: row.version))
            }
            if let step = row.step { self[count - 1].steps.append(step) }
        }
    }
}
