-- 0086 · governance · holdings
-- From when to when each mandate was held, reckoned in one place: pages of a body, lists of what ends and what is
-- vacant, a citizen's page and obligations read it, so that they cannot disagree.
-- Locks: none on existing tables. Undo: a later migration.

create view governance.holdings with (security_invoker = true) as
select mandates.organization_id, mandates.mandate_id, mandates.body_id, mandates.seat_id, mandates.rank,
    mandates.starts_on, mandates.ends_on, mandates.state,
    case when mandates.state in ('in_force', 'ended')
        then greatest(mandates.starts_on, mandates.took_office_on) end as held_from,
    followers.replaced_on,
    case
        when mandates.state = 'ended' then mandates.ended_on
        when mandates.state <> 'in_force' then null
        when not bodies.continues_until_replaced then mandates.ends_on
        when followers.replaced_on is null then 'infinity'
        else greatest(mandates.ends_on, followers.replaced_on - 1)
    end as held_until
from governance.mandates
join governance.bodies on bodies.organization_id = mandates.organization_id
    and bodies.body_id = mandates.body_id
left join lateral (
    select min(greatest(later.starts_on, later.took_office_on)) as replaced_on
    from governance.mandates as later
    where later.organization_id = mandates.organization_id and later.seat_id = mandates.seat_id
        and later.rank = mandates.rank and later.state in ('in_force', 'ended')
        and later.starts_on > mandates.starts_on
) as followers on true;
comment on view governance.holdings is
    'From when to when each mandate was held. held_from: its first day, or that of the posesión where it came later; null for one that waits or was annulled. held_until: the last day, infinity for who goes on until somebody follows. replaced_on: the first day of whoever followed on the seat. Days on which a seat is held by two do not exist.';
grant select on governance.holdings to alianzas_app;
