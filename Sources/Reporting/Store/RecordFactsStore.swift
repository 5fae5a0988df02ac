import Foundation
import Governance
import Kernel
public import Postgres
import Tenancy

// What Governance records of an alliance's papers and work, as obligations read it.
extension Transaction where Scope == TenantScope {
    /// The latest constitution of each alliance, or the latest by a day; where all are later, the first that was to
    /// come. Those who only witnessed it, and are no affiliates, are counted apart from its signers.
    func constitutionFacts(
        of alliances: [ID<Alliance>], by day: CalendarDate?
    ) async throws -> [ID<Alliance>: AllianceFacts.Constitution] {
        let found = try await rows(
            """
            select distinct on (constitutions.alliance_id) constitutions.alliance_id, constitutions.held_on,
                constitutions.minutes_file_id is not null or exists (
                    select from governance.papers
                    where papers.organization_id = \(organization)
                        and papers.constitution_id = constitutions.constitution_id
                ) as has_file,
                (
                    select count(signers.person_id) from governance.constitution_signers as signers
                    where signers.organization_id = \(organization)
                        and signers.constitution_id = constitutions.constitution_id
                ) as signers,
                (
                    select count(*) from governance.constitution_signers as witnesses
                    where witnesses.organization_id = \(organization)
                        and witnesses.constitution_id = constitutions.constitution_id
                        and witnesses.person_id is null
                ) as witnesses
            from governance.constitutions
            where constitutions.organization_id = \(organization)
                and constitutions.alliance_id = any (\(alliances)) and constitutions.withdrawn_at is null
            order by constitutions.alliance_id, (\(day)::date is null or constitutions.held_on <= \(day)) desc,
                constitutions.held_on desc
            """,
            as: ConstitutionRow.self)
        return Dictionary(found.map { ($0.alliance, $0.constitution) }) { first, _ in first }
    }

    /// The registrations of each alliance, the latest first.
    func registrationFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.Registration]] {
        let found = try await rows(
            """
            select alliance_id, authority, number, registered_on,
                certificate_file_id is not null or exists (
                    select from governance.papers
                    where papers.organization_id = \(organization)
                        and papers.registration_id = registrations.registration_id
                ) as has_file
            from governance.registrations
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and withdrawn_at is null
            order by registered_on desc nulls last, recorded_at desc
            """,
            as: RegistrationRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.registration) }
    }

    /// The meetings of each alliance's own that were held, the latest first. Trainings and what the entity holds
    /// for all of its users are none.
    ///
    /// What a board keeps to itself is left out here and below: the office and control bodies read what comes of it, and a
    /// state has to be the same whoever reads it.
    func meetingFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.MeetingHeld]] {
        let found = try await rows(
            """
            select meetings.alliance_id, meetings.meeting_id, meetings.title, meetings.day,
                (
                    select min(calls.sent_on) from governance.meeting_calls as calls
                    where calls.organization_id = \(organization) and calls.meeting_id = meetings.meeting_id
                ) as called_on,
                exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id
                ) as has_minutes
            from governance.meetings
            where meetings.organization_id = \(organization) and meetings.alliance_id = any (\(alliances))
                and meetings.state = 'held' and meetings.kind in ('board', 'assembly', 'encounter', 'group')
                and not meetings.is_reserved
            order by meetings.day desc, meetings.meeting_id
            """,
            as: MeetingRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.meeting) }
    }

    /// The meetings of each alliance's own that are planned, the first to come first; those whose day passed may have
    /// been held, and their minutes are missing.
    func plannedMeetingFacts(
        of alliances: [ID<Alliance>]
    ) async throws -> [ID<Alliance>: [AllianceFacts.MeetingPlanned]] {
        let found = try await rows(
            """
            select meetings.alliance_id, meetings.meeting_id, meetings.day,
                exists (
                    select from governance.meeting_calls as calls
                    where calls.organization_id = \(organization) and calls.meeting_id = meetings.meeting_id
                ) as is_called
            from governance.meetings
            where meetings.organization_id = \(organization) and meetings.alliance_id = any (\(alliances))
                and meetings.state = 'planned' and meetings.kind in ('board', 'assembly', 'encounter', 'group')
                and not meetings.is_reserved
            order by meetings.day, meetings.meeting_id
            """,
            as: PlannedRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.meeting) }
    }

    /// The standing agenda of each alliance that says how often it meets; the most frequent counts.
    func agendaFacts(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: AgendaTemplate] {
        let found = try await rows(
            """
            select distinct on (alliance_id) alliance_id, title, items, every_months, notice_days
            from governance.agenda_templates
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and every_months is not null
            order by alliance_id, every_months, title
            """,
            as: AgendaRow.self)
        return Dictionary(found.map { ($0.alliance, $0.agenda) }) { first, _ in first }
    }

    /// The work plans of each alliance with the months that were followed up.
    func planFacts(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: [AllianceFacts.Plan]] {
        let found = try await rows(
            """
            select plans.alliance_id, plans.plan_id, plans.title, plans.year, plans.approved_on,
                array(
                    select distinct follow_ups.month from governance.plan_follow_ups as follow_ups
                    join governance.work_plans as versions on versions.organization_id = \(organization)
                        and versions.plan_id = follow_ups.plan_id
                    where follow_ups.organization_id = \(organization)
                        and versions.alliance_id = plans.alliance_id and versions.year = plans.year
                    order by follow_ups.month
                ) as months
            from governance.work_plans as plans
            where plans.organization_id = \(organization) and plans.alliance_id = any (\(alliances))
                and not plans.is_reserved and plans.dropped_on is null
                -- A change that waits for its approval does not take the place of the plan in force.
                and (plans.version = 1 or plans.approved_on is not null)
            order by plans.year desc, plans.approved_on is null, plans.version desc
            """,
            as: PlanRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.plan) }
    }

    /// The reports of each alliance; a meeting that was held, in which the alliance rendered accounts, is one to members
    /// and citizens.
    func reportFacts(of alliances: [ID<Alliance>]) async throws -> [ID<Alliance>: [AllianceFacts.Report]] {
        let found = try await rows(
            """
            select alliance_id, report_id as id, kind, title, given_on, year, file_id is not null as has_file
            from governance.reports
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and not exists (
                    select from governance.report_withdrawals as withdrawals
                    where withdrawals.organization_id = \(organization)
                        and withdrawals.report_id = reports.report_id)
            union all
            select alliance_id, meeting_id, 'accountability', title, day, extract(year from day)::integer,
                exists (
                    select from governance.minutes
                    where minutes.organization_id = \(organization)
                        and minutes.meeting_id = meetings.meeting_id
                        and (minutes.file_id is not null or exists (
                            select from governance.papers
                            where papers.organization_id = \(organization)
                                and papers.minutes_id = minutes.minutes_id
                                and papers.kind = 'signed_minutes')))
            from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and is_own_accountability and state = 'held' and not is_reserved
            order by given_on desc
            """,
            as: ReportRow.self)
        return Dictionary(grouping: found, by: \.alliance).mapValues { $0.map(\.report) }
    }
}

// MARK: - Rows

extension AllianceFacts.Report.Kind: SQLValue {}

private struct ConstitutionRow: RowDecodable {
    let alliance: ID<Alliance>
    let constitution: AllianceFacts.Constitution

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        constitution = AllianceFacts.Constitution(
            heldOn: try row["held_on"], signers: try row["signers"], witnesses: try row["witnesses"],
            hasFile: try row["has_file"])
    }
}

private struct RegistrationRow: RowDecodable {
    let alliance: ID<Alliance>
    let registration: AllianceFacts.Registration

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        registration = AllianceFacts.Registration(
            authority: try row["authority"], number: try row["number"],
            registeredOn: try row["registered_on"], hasFile: try row["has_file"])
    }
}

private struct MeetingRow: RowDecodable {
    let alliance: ID<Alliance>
    let meeting: AllianceFacts.MeetingHeld

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        let id: UUID = try row["meeting_id"]
        meeting = AllianceFacts.MeetingHeld(
            id: id.uuidString.lowercased(), title: try row["title"], heldOn: try row["day"],
            calledOn: try row["called_on"], hasMinutes: try row["has_minutes"])
    }
}

private struct PlannedRow: RowDecodable {
    let alliance: ID<Alliance>
    let meeting: AllianceFacts.MeetingPlanned

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        meeting = AllianceFacts.MeetingPlanned(
            id: try row["meeting_id"], day: try row["day"], isCalled: try row["is_called"])
    }
}

private struct AgendaRow: RowDecodable {
    let alliance: ID<Alliance>
    let agenda: AgendaTemplate

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        agenda = AgendaTemplate(
            title: try row["title"], items: try row["items"], everyMonths: try row["every_months"],
            noticeDays: try row["notice_days"])
    }
}

private struct PlanRow: RowDecodable {
    let alliance: ID<Alliance>
    let plan: AllianceFacts.Plan

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        let id: UUID = try row["plan_id"]
        let months: [Int] = try row["months"]
        let approvedOn: CalendarDate? = try row["approved_on"]
        plan = AllianceFacts.Plan(
            id: id.uuidString.lowercased(), title: try row["title"], year: try row["year"],
            isApproved: approvedOn != nil, startsOn: approvedOn, monthsFollowedUp: Set(months))
    }
}

private struct ReportRow: RowDecodable {
    let alliance: ID<Alliance>
    let report: AllianceFacts.Report

    init(row: Row) throws(RowError) {
        alliance = try row["alliance_id"]
        let id: UUID = try row["id"]
        report = AllianceFacts.Report(
            id: id.uuidString.lowercased(), kind: try row["kind"], title: try row["title"],
            givenOn: try row["given_on"], year: try row["year"], hasFile: try row["has_file"])
    }
}
