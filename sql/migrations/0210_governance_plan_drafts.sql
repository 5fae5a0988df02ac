-- 0210 · governance · drafts of plans in the board's own space
-- A board may draft the plan of a year by itself: the draft is reserved, beside whatever the office drafts, until the board
-- shares it. It gets its number among the versions of the year when it is shared, by one function that alone may lift the
-- mark, so that number and reason of a version that others see never change. A draft that is given up keeps its reason.
-- Locks: governance.work_plans, plan_axes, plan_activities and training_topics, for as long as their rows are written.
-- Undo: a later migration.

alter table governance.work_plans
    add column is_reserved boolean not null default false,
    add column dropped_on date,
    add column drop_reason text,
    drop constraint work_plans_version_key,
    add constraint work_plans_reserve_key unique (organization_id, plan_id, alliance_id, is_reserved),
    add constraint work_plans_reserved_is_draft check (not is_reserved or approved_on is null),
    add constraint work_plans_dropped_is_draft check (dropped_on is null or approved_on is null),
    add constraint work_plans_dropped_has_reason check (
        (dropped_on is null) = (drop_reason is null) and drop_reason = btrim(drop_reason) and drop_reason <> '');
alter table governance.work_plans alter column is_reserved drop default;
comment on column governance.work_plans.is_reserved is
    'Whether it is a draft of the board''s own, until the board shares it.';
comment on column governance.work_plans.dropped_on is 'The day on which a draft was given up.';
create unique index work_plans_version_key on governance.work_plans (organization_id, alliance_id, year, version)
    where not is_reserved and dropped_on is null;
drop index governance.work_plans_one_draft_key;
-- The office and the board each have one draft of a year at most, and neither learns of the other's by being refused.
create unique index work_plans_one_draft_key on governance.work_plans (organization_id, alliance_id, year, is_reserved)
    where approved_on is null and dropped_on is null;
grant update (dropped_on, drop_reason) on governance.work_plans to alianzas_app;
select tenancy.reserve('governance.work_plans');

alter table governance.plan_axes add column alliance_id uuid, add column is_reserved boolean not null default false;
update governance.plan_axes as parts set alliance_id = plans.alliance_id
from governance.work_plans as plans
where plans.organization_id = parts.organization_id and plans.plan_id = parts.plan_id;
alter table governance.plan_axes
    alter column alliance_id set not null,
    alter column is_reserved drop default,
    add constraint plan_axes_reserve_fkey foreign key (organization_id, plan_id, alliance_id, is_reserved)
        references governance.work_plans (organization_id, plan_id, alliance_id, is_reserved)
        deferrable initially deferred;
select tenancy.reserve('governance.plan_axes');

alter table governance.plan_activities
    add column alliance_id uuid, add column is_reserved boolean not null default false;
update governance.plan_activities as parts set alliance_id = plans.alliance_id
from governance.work_plans as plans
where plans.organization_id = parts.organization_id and plans.plan_id = parts.plan_id;
alter table governance.plan_activities
    alter column alliance_id set not null,
    alter column is_reserved drop default,
    add constraint plan_activities_reserve_fkey foreign key (organization_id, plan_id, alliance_id, is_reserved)
        references governance.work_plans (organization_id, plan_id, alliance_id, is_reserved)
        deferrable initially deferred;
select tenancy.reserve('governance.plan_activities');

alter table governance.training_topics
    add column alliance_id uuid, add column is_reserved boolean not null default false;
update governance.training_topics as parts set alliance_id = plans.alliance_id
from governance.work_plans as plans
where plans.organization_id = parts.organization_id and plans.plan_id = parts.plan_id;
alter table governance.training_topics
    alter column alliance_id set not null,
    alter column is_reserved drop default,
    add constraint training_topics_reserve_fkey foreign key (organization_id, plan_id, alliance_id, is_reserved)
        references governance.work_plans (organization_id, plan_id, alliance_id, is_reserved)
        deferrable initially deferred;
select tenancy.reserve('governance.training_topics');

create function governance.share_plan(organization uuid, plan uuid, as_version bigint, reason text)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    sharing uuid;
begin
    -- The owner passes row security by, so the tenant and the own space are asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the plan belongs to another tenant' using errcode = '42501';
    end if;
    select alliance_id into sharing
    from governance.work_plans
    where organization_id = organization and plan_id = plan and is_reserved and dropped_on is null;
    if sharing is null or not (current_setting('alianzas.own_spaces') = '*'
        or sharing::text = any (string_to_array(current_setting('alianzas.own_spaces'), ',')))
    then
        raise exception 'the plan is not to be shared' using errcode = '42501';
    end if;
    update governance.work_plans
    set is_reserved = false, version = as_version, change_reason = reason
    where organization_id = organization and plan_id = plan;
    update governance.plan_axes set is_reserved = false where organization_id = organization and plan_id = plan;
    update governance.plan_activities set is_reserved = false where organization_id = organization and plan_id = plan;
    update governance.training_topics set is_reserved = false where organization_id = organization and plan_id = plan;
end
$$;
comment on function governance.share_plan is
    'Lifts the reserve from the draft of a board, with all that is in it, and gives it its number among the versions of its year.';
revoke execute on function governance.share_plan from public;
grant execute on function governance.share_plan to alianzas_app;
