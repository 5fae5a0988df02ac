import Elections
import Foundation
import Governance
import Kernel
import Postgres
import Tenancy

// What has a date, kind by kind. All have the same columns: what it is (`kind`, `subject` with its `parent`, `code` or
// `number`), when (`day`, `start_minute`, `end_minute`; `opens_at` and `closes_at` of what lasts), its words (`title`,
// `detail`, `remark`), where it stands (`is_done`, `is_partial`, `is_dropped`, and `is_confirmed` where its day may be
// missed), and how often its day was changed (`changes`).
extension Transaction where Scope == TenantScope {
    /// Those of some alliances that are not dissolved: what they had in mind nobody does any more.
    private func living(_ alliances: [ID<Alliance>]) -> SQL {
        """
        (
            select alliances.alliance_id from tenancy.alliances
            where alliances.organization_id = \(organization) and alliances.alliance_id = any (\(alliances))
                and alliances.state <> 'dissolved'
        )
        """
    }

    /// Meetings.
    func agendaMeetings(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'meeting' as kind, alliance_id, meeting_id as subject, event_id as parent, kind as code,
            null::integer as number, day, start_minute, end_minute, null::timestamptz as opens_at,
            null::timestamptz as closes_at, title, place as detail,
            case when state = 'held' and not has_minutes then 'Falta el acta'
                when state = 'in_session' then 'En sesión' end as remark,
            state = 'held' and has_minutes as is_done, state in ('held', 'in_session') as is_partial,
            state = 'cancelled' as is_dropped, true as is_confirmed, calendar_changes as changes
        from (
            select meetings.*, exists (
                select from governance.minutes
                where minutes.organization_id = \(organization)
                    and minutes.meeting_id = meetings.meeting_id) as has_minutes
            from governance.meetings
            where organization_id = \(organization) and alliance_id = any (\(alliances))
                and day between \(days.lowerBound) and \(days.upperBound)
        ) as meetings
        where state = 'held' or alliance_id in \(fragment: living(alliances))
        """
    }

    /// Dates of elections on the days on which they were done, and on those planned where they were not. Of one that is
    /// over they are those that came before its end; of one that was given up the others are called off.
    func agendaMilestones(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        let begin = ColombianTime.startOfDay(days.lowerBound)
        let end = ColombianTime.endOfDay(days.upperBound)
        return """
            select 'milestone', processes.alliance_id, processes.process_id, null, milestones.milestone, null,
                null, null, null, milestones.opens_at, milestones.closes_at, '', processes.name, null,
                milestones.is_done, false,
                processes.state in ('void', 'annulled') and milestones.opens_at > processes.state_changed_at,
                false, (
                    select max(version)::integer from elections.calendars
                    where calendars.organization_id = \(organization)
                        and calendars.process_id = processes.process_id)
            from elections.processes
            join (
                select process_id, milestone,
                    case when closes_at is null then coalesce(done_at, opens_at)
                        else least(begun_at, opens_at) end as opens_at,
                    least(done_at, closes_at) as closes_at, done_at is not null as is_done
                from (\(fragment: milestonesWithProgress)) as milestones
            ) as milestones on milestones.process_id = processes.process_id
            where processes.organization_id = \(organization) and processes.alliance_id = any (\(alliances))
                and processes.state <> 'draft'
                and (processes.state <> 'proclaimed' or milestones.opens_at <= processes.state_changed_at)
                and milestones.opens_at < \(end)
                and coalesce(milestones.closes_at, milestones.opens_at) >= \(begin)
            """
    }

    /// Last days of mandates on seats that the alliance elects. One that ended before is called off; one that is past its
    /// day is met where somebody followed, and missed only by a term that somebody confirmed.
    func agendaMandateEnds(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'mandate_end', bodies.alliance_id, mandates.mandate_id, bodies.body_id, null, null,
            mandates.ends_on, null, null, null, null, 'Termina el período: ' || seats.title,
            bodies.name || ' · ' || mandates.holder_name, null,
            exists (
                select from governance.mandates as next
                where next.organization_id = \(organization) and next.seat_id = mandates.seat_id
                    and next.rank = 0 and next.starts_on > mandates.starts_on
                    and next.state in ('in_force', 'ended')
            ), false,
            mandates.state <> 'in_force' and coalesce(mandates.ended_on < mandates.ends_on, true),
            bodies.term_is_confirmed, case when mandates.state = 'in_force' then 0 else 1 end
        from governance.mandates
        join governance.bodies on bodies.organization_id = \(organization)
            and bodies.body_id = mandates.body_id
        join governance.seats on seats.organization_id = \(organization)
            and seats.seat_id = mandates.seat_id
        where mandates.organization_id = \(organization) and mandates.state <> 'pending'
            and mandates.rank = 0 and seats.is_elected
            and mandates.ends_on between \(days.lowerBound) and \(days.upperBound)
            and bodies.alliance_id in \(fragment: living(alliances))
        """
    }

    /// Last days for commitments.
    func agendaCommitments(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'commitment', alliance_id, commitment_id, null, null, null, due_on, null, null, null, null,
            'Compromiso: ' || activity, owner, null, state = 'done', false, state = 'dropped', true, (
                select count(*)::integer from governance.commitment_steps as steps
                where steps.organization_id = \(organization)
                    and steps.commitment_id = commitments.commitment_id
                    and steps.kind in ('postponed', 'done', 'reopened', 'dropped'))
        from governance.commitments
        where organization_id = \(organization) and alliance_id in \(fragment: living(alliances))
            and due_on between \(days.lowerBound) and \(days.upperBound)
        """
    }

    /// First days of campaigns.
    func agendaCampaigns(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'campaign', campaigns.alliance_id, campaigns.campaign_id, null, null, null,
            campaigns.planned_from, null, null, null, null,
            case campaigns.kind when 'bulletin' then 'Boletín: ' else 'Campaña: ' end || campaigns.title,
            campaigns.audience, null, sent.is_sent, false, campaigns.closed_on is not null and not sent.is_sent,
            true, campaigns.revision - 1
        from governance.campaigns
        cross join lateral (
            select exists (
                select from governance.campaign_sendings as sendings
                where sendings.organization_id = \(organization)
                    and sendings.campaign_id = campaigns.campaign_id and sendings.withdrawn_at is null
            ) as is_sent
        ) as sent
        where campaigns.organization_id = \(organization)
            and campaigns.planned_from between \(days.lowerBound) and \(days.upperBound)
            and campaigns.alliance_id in \(fragment: living(alliances))
        """
    }

    /// Trainings of the programme that have no meeting yet, by the end of their month; the others are meetings.
    func agendaTrainings(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'training', alliance_id, training_id, null, null, null, last_day, null, null, null, null,
            'Capacitación sin fecha: ' || topic, provider, null, false, false, dropped_on is not null, true,
            case when dropped_on is null then 0 else 1 end
        from (
            select trainings.*,
                (make_date(year, month, 1) + interval '1 month' - interval '1 day')::date as last_day
            from governance.trainings
            where organization_id = \(organization) and alliance_id in \(fragment: living(alliances))
                and year between \(days.lowerBound.components.year) and \(days.upperBound.components.year)
                and meeting_id is null
        ) as trainings
        where last_day between \(days.lowerBound) and \(days.upperBound)
        """
    }

    /// Visits of oversight exercises, and the days on which those are to end.
    func agendaOversight(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'oversight_visit', visits.alliance_id, visits.visit_id, visits.oversight_id, null, null,
            visits.visited_on, null, null, null, null, 'Visita de veeduría: ' || visits.place,
            oversights.title, null, true, false, visits.withdrawn_on is not null, true,
            case when visits.withdrawn_on is null then 0 else 1 end
        from governance.oversight_visits as visits
        join governance.oversights on oversights.organization_id = \(organization)
            and oversights.oversight_id = visits.oversight_id
        where visits.organization_id = \(organization) and visits.alliance_id = any (\(alliances))
            and visits.visited_on between \(days.lowerBound) and \(days.upperBound)
        union all
        select 'oversight_end', alliance_id, oversight_id, null, null, null, ends_on, null, null, null, null,
            'Termina la veeduría: ' || title, entity, null, closed_on is not null, false, false, true,
            version - 1
        from governance.oversights
        where organization_id = \(organization) and alliance_id in \(fragment: living(alliances))
            and ends_on between \(days.lowerBound) and \(days.upperBound)
        """
    }

    /// First and last days of polls. One whose days are over waits to be closed: paper may still be counted.
    func agendaPolls(
        of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>, on today: CalendarDate
    ) -> SQL {
        """
        select 'poll_opens', alliance_id, poll_id, null, null, null, opens_on, null, null, null, null,
            'Sondeo: empieza «' || title || '»', null, null, opens_on <= \(today), false, false, true, 0
        from governance.polls
        where organization_id = \(organization) and alliance_id in \(fragment: living(alliances))
            and opens_on between \(days.lowerBound) and \(days.upperBound)
        union all
        select 'poll_closes', alliance_id, poll_id, null, null, null, last_day, null, null, null, null,
            'Sondeo: último día de «' || title || '»', null,
            case when closed_on is null and last_day < \(today) then 'Falta cerrarlo' end,
            closed_on is not null, last_day < \(today), false, true,
            case when last_day < closes_on then 1 else 0 end
        from (
            select polls.*, least(closes_on, closed_on) as last_day from governance.polls
            where organization_id = \(organization) and alliance_id in \(fragment: living(alliances))
        ) as polls
        where last_day between \(days.lowerBound) and \(days.upperBound)
        """
    }

    /// Last days for the answers to letters: of each addressee, and the alliance's own.
    func agendaLetters(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select 'letter', addressees.alliance_id, addressees.letter_id, null, null, addressees.position,
            addressees.due_on, null, null, null, null, 'Responde: ' || addressees.name, letters.subject,
            case when not addressees.due_is_confirmed then 'Plazo sin confirmar' end,
            addressees.answered_on is not null, false, false, addressees.due_is_confirmed, 0
        from governance.letter_addressees as addressees
        join governance.letters on letters.organization_id = \(organization)
            and letters.letter_id = addressees.letter_id
        where addressees.organization_id = \(organization)
            and addressees.alliance_id in \(fragment: living(alliances))
            and addressees.due_on between \(days.lowerBound) and \(days.upperBound)
        union all
        select 'letter', letters.alliance_id, letters.letter_id, null, null, null, letters.due_on, null, null,
            null, null, 'Responder a ' || letters.sender, letters.subject,
            case when not letters.due_is_confirmed then 'Plazo sin confirmar' end,
            letters.settled_on is not null or exists (
                select from governance.letters as answers
                where answers.organization_id = \(organization) and answers.answers_id = letters.letter_id
                    and answers.state = 'issued'
            ), false, false, letters.due_is_confirmed, 0
        from governance.letters
        where letters.organization_id = \(organization)
            and letters.alliance_id in \(fragment: living(alliances))
            and letters.due_on between \(days.lowerBound) and \(days.upperBound)
        """
    }

    /// Last days of obligations that ask for something.
    func agendaObligations(of alliances: [ID<Alliance>], in days: ClosedRange<CalendarDate>) -> SQL {
        """
        select distinct 'obligation', states.alliance_id, null::uuid, null::uuid, states.code, null::integer,
            states.due_on, null::integer, null::integer, null::timestamptz, null::timestamptz,
            'Vence: ' || obligations.title, null,
            case when not states.deadline_is_confirmed then 'Plazo sin confirmar' end, false,
            states.state = 'partial', false, states.deadline_is_confirmed, 0
        from reporting.obligation_states as states
        join catalogue.obligations on obligations.code = states.code
        where states.organization_id = \(organization) and states.alliance_id = any (\(alliances))
            and states.state not in ('met', 'not_applicable')
            and states.due_on between \(days.lowerBound) and \(days.upperBound)
        """
    }
}
