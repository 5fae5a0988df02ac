import Foundation
import Governance
public import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// Returns the facts of alliances of the tenant that obligations are read from.
    ///
    /// A fixed number of statements, however many alliances there are; `alliances` should be at most some
    /// hundreds, since their facts are held in memory.
    ///
    /// With a `day`, the constitution is the last one by that day; without, the last of all.
    public func facts(
        of alliances: [ID<Alliance>], by day: CalendarDate? = nil
    ) async throws -> [AllianceFacts] {
        let constitutions = try await constitutionFacts(of: alliances, by: day)
        let registrations = try await registrationFacts(of: alliances)
        let meetings = try await meetingFacts(of: alliances)
        let planned = try await plannedMeetingFacts(of: alliances)
        let agendas = try await agendaFacts(of: alliances)
        let plans = try await planFacts(of: alliances)
        let reports = try await reportFacts(of: alliances)
        let bylaws = try await bylawsFacts(of: alliances)
        let seats = try await seatFacts(of: alliances)
        let elections = try await electionFacts(of: alliances)
        return try await rows(
            """
            select alliances.alliance_id, organizations.kind, alliances.state, alliances.created_at
            from tenancy.alliances
            join catalogue.organizations on organizations.organization_id = alliances.organization_id
            where alliances.organization_id = \(organization) and alliances.alliance_id = any (\(alliances))
            order by alliances.alliance_id
            """,
            as: AllianceRow.self
        ).map { row in
            AllianceFacts(
                alliance: row.id, entity: row.entity, state: row.state, enteredOn: row.enteredOn,
                constitution: constitutions[row.id], registrations: registrations[row.id] ?? [],
                bylaws: bylaws[row.id] ?? [], seats: seats[row.id] ?? [],
                elections: elections[row.id] ?? [], meetings: meetings[row.id] ?? [],
                plannedMeetings: planned[row.id] ?? [], agenda: agendas[row.id],
                plans: plans[row.id] ?? [], reports: reports[row.id] ?? [])
        }
    }

    private func bylawsFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.BylawsVersion]] {
        let found = try await rows(
            """
            select bylaws.alliance_id, bylaws.bylaws_id, bylaws.title, bylaws.version, bylaws.approved_on,
                bylaws.in_force_from,
                bylaws.text_file_id is not null or exists (
                    select from governance.bylaw_articles as articles
                    where articles.organization_id = \(organization) and articles.bylaws_id = bylaws.bylaws_id
                ) as has_text,
                bylaws.approved_in is not null or exists (
                    select from governance.papers
                    where papers.organization_id = \(organization) and papers.bylaws_id = bylaws.bylaws_id
                ) as has_minutes,
                (
                    select parameters.value::integer from governance.bylaw_parameters as parameters
                    where parameters.organization_id = \(organization)
                        and parameters.bylaws_id = bylaws.bylaws_id
                        and parameters.name = \(BylawParameter.Name.meetingIntervalDays.rawValue)
                ) as meeting_interval_days
            from governance.bylaws
            where bylaws.organization_id = \(organization) and bylaws.alliance_id = any (\(alliances))
                and bylaws.approved_on is not null
            order by bylaws.in_force_from desc
            """,
            as: BylawsRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.version) }
    }

    private func seatFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.ElectedSeat]] {
        let found = try await rows(
            """
            select bodies.alliance_id, bodies.name, bodies.term_is_confirmed, bodies.continues_until_replaced,
                not bodies.is_external and bodies.kind <> 'election_committee' as is_governing,
                seats.seat_id, seats.title, mandates.mandate_id, mandates.starts_on, mandates.ends_on,
                mandates.limit_months, holdings.held_from,
                nullif(holdings.held_until, 'infinity') as held_until, mandates.origin, mandates.process_id,
                array(
                    select distinct contests.process_id from elections.contest_seats as chosen
                    join elections.contests on contests.organization_id = \(organization)
                        and contests.contest_id = chosen.contest_id
                    where chosen.organization_id = \(organization) and chosen.seat_id = seats.seat_id
                ) as elected_in
            from governance.bodies
            join governance.seats on seats.organization_id = bodies.organization_id
                and seats.body_id = bodies.body_id
            left join governance.mandates on mandates.organization_id = \(organization)
                and mandates.seat_id = seats.seat_id and mandates.rank = 0
                and mandates.state not in ('annulled', 'never_held')
            left join governance.holdings on holdings.organization_id = \(organization)
                and holdings.mandate_id = mandates.mandate_id
            where bodies.organization_id = \(organization) and seats.organization_id = \(organization)
                and bodies.alliance_id = any (\(alliances)) and bodies.dissolved_on is null
                and seats.is_elected and seats.abolished_on is null
            order by bodies.is_external, bodies.name, bodies.body_id, seats.position, mandates.starts_on
            """,
            as: SeatRow.self)
        var places: [ID<Seat>: (alliance: ID<Alliance>, index: Int)] = [:]
        var seats: [ID<Alliance>: [AllianceFacts.ElectedSeat]] = [:]
        for row in found {
            if let place = places[row.seat], let holding = row.holding {
                seats[place.alliance]?[place.index].holdings.append(holding)
            } else {
                places[row.seat] = (row.alliance, seats[row.alliance]?.count ?? 0)
                seats[row.alliance, default: []].append(row.place)
            }
        }
        return seats
    }

    private func electionFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.Election]] {
        let processes = try await rows(
            """
            select processes.alliance_id, processes.process_id, processes.name, processes.state,
                processes.state_changed_at, calls.published_at as called_at, proclamations.proclaimed_on,
                rolls.electors, milestones.opens_at as proclamation_at
            from elections.processes
            left join elections.calls on calls.organization_id = \(organization)
                and calls.process_id = processes.process_id
            left join elections.proclamations on proclamations.organization_id = \(organization)
                and proclamations.process_id = processes.process_id
            left join elections.rolls on rolls.organization_id = \(organization)
                and rolls.process_id = processes.process_id
            left join elections.calendar_milestones as milestones
                on milestones.organization_id = \(organization)
                and milestones.process_id = processes.process_id and milestones.milestone = 'proclamation'
                and milestones.version = (
                    select max(calendars.version) from elections.calendars
                    where calendars.organization_id = \(organization)
                        and calendars.process_id = processes.process_id)
            where processes.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
                and processes.state <> 'draft'
            order by processes.drafted_at desc
            """,
            as: ProcessRow.self)
        let contests = Dictionary(
            grouping: try await proclaimedContests(of: processes.map(\.id)), by: \.process)
        return Dictionary(grouping: processes, by: \.alliance).mapValues { list in
            list.map { $0.election(with: contests[$0.id]?.map(\.contest) ?? []) }
        }
    }

    private func proclaimedContests(of processes: [ID<ElectoralProcess>]) async throws -> [ContestRow] {
        guard !processes.isEmpty else { return [] }
        return try await rows(
            """
            with last_canvasses as (
                select distinct on (canvasses.contest_id) canvasses.*
                from elections.canvasses
                where canvasses.organization_id = \(organization)
                    and canvasses.process_id = any (\(processes))
                order by canvasses.contest_id, canvasses.version desc
            )
            select contests.process_id, contests.name, records.number,
                (
                    select count(*) from elections.canvass_elected as elected
                    where elected.organization_id = \(organization)
                        and elected.canvass_id = canvasses.canvass_id
                        and not exists (
                            select from elections.roll_entries as entries
                            where entries.organization_id = \(organization)
                                and entries.process_id = contests.process_id
                                and entries.person_id = elected.person_id)
                ) as elected_off_roll,
                canvasses.tables_counted = 0 or canvasses.voters = (
                    select coalesce(sum(counts.voters), 0)::bigint from elections.table_counts as counts
                    where counts.organization_id = \(organization)
                        and counts.contest_id = contests.contest_id and counts.round = canvasses.round
                        and not exists (
                            select from elections.table_annulments as annulments
                            where annulments.organization_id = \(organization)
                                and annulments.table_id = counts.table_id
                                and annulments.contest_id = counts.contest_id
                                and annulments.round = counts.round)
                ) as sums_agree
            from elections.contests
            left join last_canvasses as canvasses on canvasses.organization_id = \(organization)
                and canvasses.contest_id = contests.contest_id
            left join elections.canvass_records as records on records.organization_id = \(organization)
                and records.canvass_id = canvasses.canvass_id and records.kind = 'final'
            where contests.organization_id = \(organization) and contests.process_id = any (\(processes))
                and contests.state = 'proclaimed'
            order by contests.process_id, contests.position
            """)
    }
}

// MARK: - Rows

private struct AllianceRow: RowDecodable {
    let id: ID<Alliance>
    let entity: Organization.Kind
    let state: Alliance.State
    let enteredOn: CalendarDate

    init(row: Row) throws(RowError) {
        id = try row["alliance_id"]
        entity = try row["kind"]
        state = try row["state"]
        enteredOn = ColombianTime.date(at: try row["created_at"])
    }
}

private struct BylawsRow: RowDecodable {
    let alliance: ID<Alliance>
    let version: AllianceFacts.BylawsVersion

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        version = AllianceFacts.BylawsVersion(
            id: try row["bylaws_id"], title: try row["title"], version: try row["version"],
            approvedOn: try row["approved_on"], inForceFrom: try row["in_force_from"],
            hasText: try row["has_text"], hasMinutes: try row["has_minutes"],
            meetingIntervalDays: try row["meeting_interval_days"])
    }
}

private struct SeatRow: RowDecodable {
    let alliance: ID<Alliance>
    let seat: ID<Seat>
    let body: String
    let title: String
    let isGoverning: Bool
    let limitIsConfirmed: Bool
    let continuesUntilReplaced: Bool
    let electedIn: [ID<ElectoralProcess>]
    let holding: AllianceFacts.Holding?

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        seat = try row["seat_id"]
        body = try row["name"]
        title = try row["title"]
        isGoverning = try row["is_governing"]
        limitIsConfirmed = try row["term_is_confirmed"]
        continuesUntilReplaced = try row["continues_until_replaced"]
        electedIn = try row["elected_in"]
        let mandate: ID<Mandate>? = try row["mandate_id"]
        guard let mandate else {
            holding = nil
            return
        }
        holding = AllianceFacts.Holding(
            id: mandate, startsOn: try row["starts_on"], endsOn: try row["ends_on"],
            limitMonths: try row["limit_months"], heldFrom: try row["held_from"],
            heldUntil: try row["held_until"], origin: try row["origin"], process: try row["process_id"])
    }

    var place: AllianceFacts.ElectedSeat {
        AllianceFacts.ElectedSeat(
            body: body, title: title, isGoverning: isGoverning, limitIsConfirmed: limitIsConfirmed,
            continuesUntilReplaced: continuesUntilReplaced, holdings: holding.map { [$0] } ?? [],
            electedIn: Set(electedIn))
    }
}

private struct ProcessRow: RowDecodable {
    let alliance: ID<Alliance>
    let id: ID<ElectoralProcess>
    let name: String
    let state: String
    let stateChangedAt: Date
    let calledAt: Date?
    let proclaimedOn: CalendarDate?
    let electors: Int?
    let proclamationAt: Date?

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        id = try row["process_id"]
        name = try row["name"]
        state = try row["state"]
        stateChangedAt = try row["state_changed_at"]
        calledAt = try row["called_at"]
        proclaimedOn = try row["proclaimed_on"]
        electors = try row["electors"]
        proclamationAt = try row["proclamation_at"]
    }

    func election(with contests: [AllianceFacts.ProclaimedContest]) -> AllianceFacts.Election {
        AllianceFacts.Election(
            id: id, name: name, isUnderWay: !["proclaimed", "void", "annulled"].contains(state),
            calledOn: calledAt.map(ColombianTime.date),
            brokenOffOn: ["void", "annulled"].contains(state) ? ColombianTime.date(at: stateChangedAt) : nil,
            proclamationDueOn: proclamationAt.map(ColombianTime.date), proclaimedOn: proclaimedOn,
            electors: electors, contests: contests)
    }
}

private struct ContestRow: RowDecodable {
    let process: ID<ElectoralProcess>
    let contest: AllianceFacts.ProclaimedContest

    init(row: Row) throws(RowError) {
        process = try row["process_id"]
        let sumsAgree: Bool? = try row["sums_agree"]
        contest = AllianceFacts.ProclaimedContest(
            name: try row["name"], record: try row["number"], electedOffRoll: try row["elected_off_roll"],
            sumsAgree: sumsAgree ?? false)
    }
}
