-- 0226 · reporting · reserved meetings leave what shows compliance
-- What obligations rest on named meetings that a board keeps to itself, to the office and to control bodies. They do not
-- count from now on. What was written of them goes at once; where these alliances stand is reckoned anew by the server
-- when it starts, for which their rows are dated two days back.
-- Locks: reporting.obligation_states and reporting.obligation_changes, for as long as their rows are written.
-- Undo: a later migration; what was written can be reckoned again.

update reporting.obligation_states as states
set evidence = (
        select coalesce(jsonb_agg(entry.item order by entry.place), '[]')
        from jsonb_array_elements(states.evidence) with ordinality as entry (item, place)
        where not exists (
            select from governance.meetings
            where meetings.organization_id = states.organization_id and meetings.is_reserved
                and meetings.meeting_id::text = entry.item ->> 'subject')),
    evaluated_at = states.evaluated_at - interval '2 days'
where exists (
    select from governance.meetings
    where meetings.organization_id = states.organization_id and meetings.alliance_id = states.alliance_id
        and meetings.is_reserved);

update reporting.obligation_states as states
set next_step = null, next_place = null, next_subject = null
where exists (
    select from governance.meetings
    where meetings.organization_id = states.organization_id and meetings.alliance_id = states.alliance_id
        and meetings.is_reserved and meetings.meeting_id::text = states.next_subject);

-- What it was found for tells days of meetings in words: «13 de marzo de 2026».
with days as (
    select organization_id, alliance_id,
        extract(day from day) || ' de '
            || (array['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre',
                'octubre', 'noviembre', 'diciembre'])[extract(month from day)::integer]
            || ' de ' || extract(year from day) as words
    from governance.meetings
    where is_reserved
), states as (
    update reporting.obligation_states as states
    set finding = 'Se está calculando de nuevo.'
    from days
    where days.organization_id = states.organization_id and days.alliance_id = states.alliance_id
        and states.code = 'C23' and states.finding ~ ('\m' || days.words)
)
update reporting.obligation_changes as changes
set finding = 'Se calculó con reuniones que la junta reserva; desde entonces no cuentan.'
from days
where days.organization_id = changes.organization_id and days.alliance_id = changes.alliance_id
    and changes.code = 'C23' and changes.finding ~ ('\m' || days.words);
