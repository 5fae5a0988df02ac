-- 0230 · governance · the clocks of complaints
-- What was taken up again keeps when the entity had it and answered, and an answer keeps the term by which it was in time
-- or late, until it is passed on again. Earlier rows lost both: they are told again by their steps.
-- Locks: the rows of governance.complaints that lost something. Undo: none, the steps have it all.

with moves as (
    select organization_id, complaint_id,
        max(recorded_at) filter (where kind = 'transferred') as passed_on,
        max(recorded_at) filter (where kind = 'answered') as answered
    from governance.complaint_steps
    group by organization_id, complaint_id
), clocks as (
    select moves.organization_id, moves.complaint_id, passed_on.happened_at as transferred_at,
        terms.due_at, coalesce(terms.term_is_confirmed and terms.due_at is not null, false) as due_is_confirmed,
        case when moves.answered > moves.passed_on then answers.happened_at end as answered_at
    from moves
    join governance.complaint_steps as passed_on on passed_on.organization_id = moves.organization_id
        and passed_on.complaint_id = moves.complaint_id and passed_on.kind = 'transferred'
        and passed_on.recorded_at = moves.passed_on
    left join governance.complaint_steps as answers on answers.organization_id = moves.organization_id
        and answers.complaint_id = moves.complaint_id and answers.kind = 'answered'
        and answers.recorded_at = moves.answered
    -- The last term that was reckoned while the entity had it.
    left join lateral (
        select steps.due_at, steps.term_is_confirmed
        from governance.complaint_steps as steps
        where steps.organization_id = moves.organization_id and steps.complaint_id = moves.complaint_id
            and steps.recorded_at >= moves.passed_on
            and (steps.kind = 'transferred' or (steps.kind = 'classified' and steps.due_at is not null))
        order by steps.recorded_at desc, steps.step_id desc
        limit 1
    ) as terms on true
)
update governance.complaints
set transferred_at = coalesce(complaints.transferred_at, clocks.transferred_at),
    due_at = coalesce(complaints.due_at, clocks.due_at),
    due_is_confirmed = case when complaints.due_at is null then clocks.due_is_confirmed
        else complaints.due_is_confirmed end,
    answered_at = coalesce(complaints.answered_at, clocks.answered_at)
from clocks
where complaints.organization_id = clocks.organization_id and complaints.complaint_id = clocks.complaint_id
    and complaints.state in ('answered', 'reopened', 'closed')
    and (complaints.transferred_at is null or complaints.due_at is null or complaints.answered_at is null);

comment on column governance.complaints.transferred_at is
    'When it was passed on last; it stays while it is taken up again, until it is passed on anew.';
comment on column governance.complaints.due_at is
    'Until when the entity was to answer what was passed on last: it outlives the answer, which is late by it or not.';
