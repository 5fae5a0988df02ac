import Foundation
import Kernel
public import Postgres
public import Tenancy

extension Transaction where Scope == TenantScope {
    /// The dates of the latest calendar of each process with what came of them: rows `(process_id uuid, milestone
    /// text, opens_at, closes_at, is_edited, begun_at, done_at)`, the last two as ``MilestoneProgress`` has them. A term
    /// that runs from what happened later than planned ends when it ends in fact, and what waits for it follows.
    public var milestonesWithProgress: SQL {
        """
        select milestones.process_id, milestones.milestone,
            milestones.opens_at + case
                when milestones.milestone = 'claim_decisions' then claims_delay
                when milestones.milestone in ('challenge_decisions', 'proclamation') then challenges_delay
                else interval '0'
            end as opens_at,
            milestones.closes_at + case
                when milestones.milestone = 'claims' then claims_delay
                when milestones.milestone in ('challenges', 'challenge_decisions') then challenges_delay
                else interval '0'
            end as closes_at,
            milestones.is_edited,
            case
                -- Nominations are taken from the call on, unless somebody set their day by hand.
                when milestones.milestone = 'nominations' and not milestones.is_edited then deeds.begun_at
                when milestones.milestone in ('nominations', 'claim_decisions', 'challenge_decisions')
                    then case when deeds.begun_at is not null then greatest(deeds.begun_at, milestones.opens_at) end
                else deeds.begun_at
            end as begun_at,
            deeds.done_at
        from elections.calendar_milestones as milestones
        join (
            select process_id,
                (select published_at from elections.calls
                where organization_id = \(organization) and calls.process_id = processes.process_id) as called_at,
                (select min(published_at) from elections.provisional_rolls
                where organization_id = \(organization)
                    and provisional_rolls.process_id = processes.process_id) as roll_at,
                (select claims_until from elections.provisional_rolls
                where organization_id = \(organization)
                    and provisional_rolls.process_id = processes.process_id
                order by version desc limit 1) as claims_until,
                (select frozen_at from elections.rolls
                where organization_id = \(organization) and rolls.process_id = processes.process_id) as frozen_at,
                (select min(opened_at) from elections.sessions
                where organization_id = \(organization)
                    and sessions.process_id = processes.process_id) as opened_at,
                (select max(closed_at) from elections.sessions
                where organization_id = \(organization) and sessions.process_id = processes.process_id
                having count(*) = count(closed_at)) as closed_at,
                (select min(computed_at) from elections.canvasses
                where organization_id = \(organization)
                    and canvasses.process_id = processes.process_id) as result_at,
                -- The last term of what is still open, as ``ChallengeTerms`` has it.
                (select ((coalesce(max(day) filter (where is_open), max(day)) + 1)::timestamp
                    at time zone 'America/Bogota') - interval '1 minute'
                from (
                    select distinct on (canvasses.contest_id) canvasses.challenges_until as day,
                        contests.state = 'open' as is_open
                    from elections.canvasses
                    join elections.contests on contests.organization_id = \(organization)
                        and contests.contest_id = canvasses.contest_id
                    where canvasses.organization_id = \(organization)
                        and canvasses.process_id = processes.process_id
                    order by canvasses.contest_id, canvasses.version desc) as results) as challenges_until,
                (select proclaimed_at from elections.proclamations
                where organization_id = \(organization)
                    and proclamations.process_id = processes.process_id) as proclaimed_at
            from elections.processes
            where organization_id = \(organization)
        ) as acts on acts.process_id = milestones.process_id
        cross join lateral (
            select
                coalesce(max(greatest(claims_until - closes_at, interval '0')) filter (
                    where terms.milestone = 'claims'), interval '0') as claims_delay,
                coalesce(max(case
                    when unextended_closes_at is null then challenges_until - closes_at
                    else greatest(challenges_until - closes_at, interval '0') end) filter (
                    where terms.milestone = 'challenges'), interval '0') as challenges_delay
            from elections.calendar_milestones as terms
            where terms.organization_id = \(organization) and terms.process_id = milestones.process_id
                and terms.version = milestones.version and terms.milestone in ('claims', 'challenges')
        ) as delays
        cross join lateral (values
            ('call', called_at, called_at),
            ('nominations', called_at, opened_at),
            ('provisional_roll', roll_at, roll_at),
            ('claims', roll_at, frozen_at),
            ('claim_decisions', roll_at, frozen_at),
            ('roll_freeze', frozen_at, frozen_at),
            ('voting', opened_at, closed_at),
            ('provisional_result', result_at, result_at),
            ('challenges', result_at, proclaimed_at),
            ('challenge_decisions', result_at, proclaimed_at),
            ('proclamation', proclaimed_at, proclaimed_at)
        ) as deeds (milestone, begun_at, done_at)
        where milestones.organization_id = \(organization) and deeds.milestone = milestones.milestone
            and milestones.version = (
                select max(calendars.version) from elections.calendars
                where calendars.organization_id = \(organization)
                    and calendars.process_id = milestones.process_id)
        """
    }

    /// What came of each date of a process that has a calendar.
    func progress(of process: ID<ElectoralProcess>) async throws -> [Milestone.Kind: MilestoneProgress] {
        let rows = try await rows(
            """
            select milestone, opens_at, closes_at, begun_at, done_at from (\(fragment: milestonesWithProgress)) as known
            where process_id = \(process)
            """,
            as: ProgressRow.self)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.kind, $0.progress) })
    }
}

private struct ProgressRow: RowDecodable {
    let kind: Milestone.Kind
    let progress: MilestoneProgress

    init(row: Row) throws(RowError) {
        kind = try row["milestone"]
        progress = MilestoneProgress(
            begunAt: try row["begun_at"], doneAt: try row["done_at"], opensAt: try row["opens_at"],
            closesAt: try row["closes_at"])
    }
}
