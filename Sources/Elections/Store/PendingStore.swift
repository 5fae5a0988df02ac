import Foundation
import Kernel
import Membership
import Postgres
import Tenancy

/// An election that is not over, as far as its next step is told from it.
struct ElectionGoingOn: RowDecodable {
    let id: ID<ElectoralProcess>
    let alliance: ID<Alliance>
    let state: ProcessState
    /// The day of each date of its latest calendar.
    let days: [Milestone.Kind: CalendarDate]
    /// Tables with fewer than one juror in each jury.
    let tablesWithoutJurors: Int

    var hasCalendar: Bool { !days.isEmpty }
    var stream: AuditStream { .process(id, of: alliance) }

    init(row: Row) throws(RowError) {
        id = try row["process_id"]
        alliance = try row["alliance_id"]
        state = try row["state"]
        tablesWithoutJurors = try row["tables_without_jurors"]
        let kinds: [String] = try row["milestones"]
        let instants: [Date] = try row["instants"]
        days = Dictionary(
            zip(kinds, instants).compactMap { kind, instant in
                Milestone.Kind(rawValue: kind).map { ($0, ColombianTime.date(at: instant)) }
            }, uniquingKeysWith: { first, _ in first })
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns the elections that are not over.
    func electionsGoingOn() async throws -> [ElectionGoingOn] {
        try await rows(
            """
            select processes.process_id, processes.alliance_id, processes.state,
                coalesce(dates.milestones, '{}') as milestones, coalesce(dates.instants, '{}') as instants,
                (
                    select count(*) from elections.voting_tables as tables
                    where tables.organization_id = \(organization)
                        and tables.process_id = processes.process_id
                        and (
                            select count(*) from elections.jurors
                            where jurors.organization_id = \(organization)
                                and jurors.table_id = tables.table_id and jurors.relieved_at is null) < 2
                ) as tables_without_jurors
            from elections.processes
            join tenancy.alliances on alliances.organization_id = \(organization)
                and alliances.alliance_id = processes.alliance_id and alliances.state <> 'dissolved'
            left join lateral (
                select array_agg(milestones.milestone order by milestones.milestone) as milestones,
                    array_agg(milestones.opens_at order by milestones.milestone) as instants
                from elections.calendar_milestones as milestones
                where milestones.organization_id = \(organization)
                    and milestones.process_id = processes.process_id
                    and milestones.version = (
                        select max(calendars.version) from elections.calendars
                        where calendars.organization_id = \(organization)
                            and calendars.process_id = processes.process_id)
            ) as dates on true
            where processes.organization_id = \(organization)
                and processes.state not in ('proclaimed', 'void', 'annulled')
            order by processes.process_id
            """)
    }
}

extension Transaction where Scope == TenantScope {
    /// Returns how many claims wait, by process that goes on.
    func claimsToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(claims.filed_at) as since, null::date as due_on
            from elections.claims
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = claims.process_id
                and processes.state not in ('proclaimed', 'void', 'annulled')
            where claims.organization_id = \(organization) and claims.state = 'open'
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// Returns how many slates wait, by process that goes on.
    func slatesToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(slates.registered_at) as since, null::date as due_on
            from elections.slates
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = slates.process_id
                and processes.state not in ('proclaimed', 'void', 'annulled')
            where slates.organization_id = \(organization) and slates.state = 'registered'
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// Returns how many appeals of candidates wait, by process that goes on.
    func appealsToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(decisions.appealed_at) as since, null::date as due_on
            from elections.disqualifications as decisions
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = decisions.process_id
                and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled')
            where decisions.organization_id = \(organization) and decisions.appeal is not null
                and decisions.appeal_outcome is null
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// Returns how many decisions kept a user out as a candidate, by process, that they have not appealed.
    func decisionsToAppeal(by user: ID<User>) async throws -> [PendingCount] {
        guard let person = try await person(of: user) else { return [] }
        return try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(decisions.decided_at) as since, null::date as due_on
            from elections.candidates
            join elections.disqualifications as decisions on decisions.organization_id = \(organization)
                and decisions.candidate_id = candidates.candidate_id and decisions.appeal is null
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = candidates.process_id
                and processes.state not in ('draft', 'suspended', 'proclaimed', 'void', 'annulled')
            where candidates.organization_id = \(organization) and candidates.person_id = \(person)
                and candidates.state = 'disqualified'
            group by processes.alliance_id, processes.process_id
            """)
    }

    /// The condition on `polls` that the ballots of a vote still wait in their urn.
    var waitInUrn: SQL { waitsInUrn(at: "polls.table_id", contest: "polls.contest_id", round: "polls.round") }

    /// The condition that the ballots of a vote at a table still wait in their urn: not counted, not gone into another, not
    /// left out. What is given is SQL that names table, contest and round.
    func waitsInUrn(at table: SQL, contest: SQL, round: SQL) -> SQL {
        """
        not exists (
            select from elections.table_counts as counts
            where counts.organization_id = \(organization) and counts.table_id = \(fragment: table)
                and counts.contest_id = \(fragment: contest) and counts.round = \(fragment: round))
        and not exists (
            select from elections.merged_polls as merged
            where merged.organization_id = \(organization) and merged.table_id = \(fragment: table)
                and merged.contest_id = \(fragment: contest) and merged.round = \(fragment: round))
        and not exists (
            select from elections.omitted_polls as omitted
            where omitted.organization_id = \(organization) and omitted.table_id = \(fragment: table)
                and omitted.contest_id = \(fragment: contest) and omitted.round = \(fragment: round))
        """
    }

    /// Returns how many counts wait for a juror, by process: their table has voted, and their jury has not entered.
    func votesToCount(by juror: ID<User>) async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, polls.process_id, count(*) as count, min(polls.closed_at) as since,
                null::date as due_on
            from elections.jurors
            join elections.polls on polls.organization_id = \(organization)
                and polls.table_id = jurors.table_id and polls.closed_at is not null
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = polls.process_id
                and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled')
            where jurors.organization_id = \(organization) and jurors.user_id = \(juror)
                and jurors.relieved_at is null
                and \(fragment: waitInUrn)
                and not exists (
                    select from elections.count_sheets as sheets
                    where sheets.organization_id = \(organization) and sheets.table_id = polls.table_id
                        and sheets.contest_id = polls.contest_id and sheets.round = polls.round
                        and sheets.jury = jurors.jury)
            group by processes.alliance_id, polls.process_id
            """)
    }

    /// Returns how many numbers of draws wait for somebody else than wrote them down, by process.
    func drawsToConfirm(_ purpose: DrawPurpose, by user: ID<User>) async throws -> [PendingCount] {
        // Counted anew, those tied may be others; an order is drawn before anything is voted.
        let isDue: SQL =
            switch purpose {
            case .tie:
                """
                (
                    select cardinality(canvasses.tied_slate_ids) > 0 from elections.canvasses
                    where canvasses.organization_id = \(organization)
                        and canvasses.contest_id = announced.contest_id
                    order by version desc limit 1)
                """
            case .ballotOrder:
                """
                not exists (
                    select from elections.contest_rounds as rounds
                    where rounds.organization_id = \(organization)
                        and rounds.contest_id = announced.contest_id)
                and not exists (
                    select from elections.draws
                    where draws.organization_id = \(organization)
                        and draws.contest_id = announced.contest_id and draws.purpose = 'ballot_order')
                """
            }
        return try await rows(
            """
            select processes.alliance_id, announced.process_id, count(*) as count, min(named_at) as since,
                null::date as due_on
            from elections.draw_announcements as announced
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = announced.process_id
                and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled')
            join lateral (
                select named_by, named_at from elections.draw_numbers as numbers
                where numbers.organization_id = \(organization)
                    and numbers.announcement_id = announced.announcement_id
                order by attempt desc limit 1
            ) as latest on latest.named_by <> \(user)
            where announced.organization_id = \(organization) and announced.purpose = \(purpose.rawValue)
                and not exists (
                    select from elections.draws
                    where draws.organization_id = \(organization)
                        and draws.announcement_id = announced.announcement_id)
                and \(fragment: isDue)
            group by processes.alliance_id, announced.process_id
            """)
    }

    /// Returns how many acts wait for a second person of another role, by process.
    func actsToSecond(
        _ kind: String, by user: ID<User>, holding permission: Permission
    ) async throws -> [PendingCount] {
        let roles = Set(scope.principal.grants.map(\.role)).intersection(permission.roles).map(\.rawValue)
        return try await rows(
            """
            select processes.alliance_id, acts.process_id, count(*) as count, min(proposed_at) as since,
                null::date as due_on
            from elections.acts
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = acts.process_id
                and processes.state not in ('suspended', 'proclaimed', 'void', 'annulled')
            where acts.organization_id = \(organization) and kind = \(kind)
                and seconded_at is null and withdrawn_at is null and proposed_by <> \(user)
                and exists (select from unnest(\(roles)) as mine (role) where mine.role <> proposed_as)
            group by processes.alliance_id, acts.process_id
            """)
    }

    /// Returns how many challenges wait, by process.
    func challengesToDecide() async throws -> [PendingCount] {
        try await rows(
            """
            select processes.alliance_id, processes.process_id, count(*) as count,
                min(challenges.filed_at) as since, null::date as due_on
            from elections.challenges
            join elections.processes on processes.organization_id = \(organization)
                and processes.process_id = challenges.process_id
                and processes.state not in ('proclaimed', 'void', 'annulled')
            where challenges.organization_id = \(organization) and challenges.state = 'open'
            group by processes.alliance_id, processes.process_id
            """)
    }
}
