-- 0116 · governance · service
-- A period that ended before anybody held the seat by it is none that was held: its own state keeps it out of who sat,
-- who followed and what counts as reelection, and frees its days for another. And who serves past the last day, until
-- somebody follows, serves all the while: what eligibility knows of each period is what was served of it.
-- Locks: short exclusive locks on governance.mandates, whose rows are read whole once; rows of
-- membership.recorded_facts. Undo: a later migration.

alter table governance.mandates
    drop constraint mandates_state_known,
    drop constraint mandates_end_is_reasoned,
    drop constraint mandates_end_in_period,
    drop constraint mandates_one_holder;

-- Whoever was elected to a seat that takes a posesión, and left without one, never held it.
update governance.mandates
set state = 'never_held'
from governance.bodies
where bodies.organization_id = mandates.organization_id and bodies.body_id = mandates.body_id
    and mandates.state = 'ended'
    and (mandates.ended_on < mandates.took_office_on
        or (bodies.formation = 'appointment' and mandates.origin in ('election', 'recorded')
            and mandates.took_office_on is null));

alter table governance.mandates
    add constraint mandates_state_known check (
        state in ('pending', 'in_force', 'ended', 'annulled', 'never_held')),
    add constraint mandates_end_is_reasoned check (
        (state in ('ended', 'annulled', 'never_held')) = (ended_on is not null and end_reason is not null)),
    add constraint mandates_end_in_period check (
        ended_on is null or ended_on >= starts_on or state = 'never_held'),
    add constraint mandates_one_holder exclude using gist (
        organization_id with =, seat_id with =, rank with =,
        daterange(starts_on, coalesce(ended_on, ends_on), '[]') with &&)
        where (state not in ('annulled', 'never_held'));

-- Somebody who takes another seat of the body leaves the one that they went on in.
create view governance.service with (security_invoker = true) as
select holdings.organization_id, holdings.body_id, holdings.mandate_id, mandates.person_id,
    holdings.held_from as served_from,
    nullif(least(holdings.held_until + 1, elsewhere.begins_on), 'infinity') as served_until
from governance.holdings
join governance.mandates on mandates.organization_id = holdings.organization_id
    and mandates.mandate_id = holdings.mandate_id
left join lateral (
    select min(greatest(others.starts_on, others.took_office_on)) as begins_on
    from governance.mandates as others
    where others.organization_id = holdings.organization_id and others.body_id = holdings.body_id
        and others.person_id = mandates.person_id and others.rank = 0
        and others.state in ('in_force', 'ended') and others.seat_id <> holdings.seat_id
        and greatest(others.starts_on, others.took_office_on) > greatest(holdings.ends_on, holdings.held_from)
) as elsewhere on true
where holdings.rank = 0 and mandates.person_id is not null and holdings.held_from <= holdings.held_until;
comment on view governance.service is
    'What was served of each principal''s period: served_until is the first day on which it is not served any more, null for who goes on until somebody follows. What was never held has no row.';
grant select on governance.service to alianzas_app;

update membership.recorded_facts as facts
set cancelled_at = facts.recorded_at, cancel_reason = 'El período no llegó a ejercerse.'
from governance.mandates
where mandates.organization_id = facts.organization_id and mandates.mandate_id = facts.origin_id
    and mandates.state = 'never_held' and facts.cancelled_at is null;

update membership.recorded_facts as facts
set valid_until = service.served_until
from governance.service
where service.organization_id = facts.organization_id and service.mandate_id = facts.origin_id
    and facts.cancelled_at is null and facts.valid_until is distinct from service.served_until;
