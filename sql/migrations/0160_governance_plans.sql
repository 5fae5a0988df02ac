-- 0160 · governance · work plans that are measured
-- An activity gets what it is measured by: target, baseline, who answers, budget, population, months, and which
-- happenings fulfil it. A plan that the members approved is changed by another version of it, with its reason; an
-- activity keeps its identity from version to version, and what was told of it stays with it.
-- Locks: governance.work_plans, governance.plan_activities and governance.plan_follow_ups, for as long as their rows
-- are written. Undo: a later migration.

alter table governance.work_plans
    add column version integer not null default 1,
    add column change_reason text,
    add column guideline text,
    add column approved_by_decision_id uuid,
    drop constraint work_plans_year_key,
    add constraint work_plans_version_key unique (organization_id, alliance_id, year, version),
    add constraint work_plans_decision_fkey foreign key (organization_id, approved_by_decision_id)
        references governance.decisions (organization_id, decision_id),
    add constraint work_plans_version_counts check (version >= 1),
    add constraint work_plans_change_is_reasoned check ((version > 1) = (change_reason is not null)),
    add constraint work_plans_change_reason_is_trimmed check (
        change_reason = btrim(change_reason) and change_reason <> ''),
    add constraint work_plans_guideline_is_trimmed check (guideline = btrim(guideline) and guideline <> ''),
    add constraint work_plans_decision_approves check (approved_by_decision_id is null or approved_on is not null);
alter table governance.work_plans alter column version drop default;
comment on column governance.work_plans.version is
    'The first plan of a year is 1; each change after its approval is another version, a draft until it is approved.';
comment on column governance.work_plans.guideline is 'The guideline that the plan follows, with its version.';
comment on column governance.work_plans.approved_by_decision_id is
    'The decision of a meeting of the members that approved it; null where the approval stands on paper alone.';
-- There is one draft of a year at most.
create unique index work_plans_one_draft_key on governance.work_plans (organization_id, alliance_id, year)
    where approved_on is null;
grant update (principles, guideline, approved_by_decision_id) on governance.work_plans to alianzas_app;

alter table governance.plan_activities
    add column activity_id uuid,
    add column line text,
    add column target_amount integer,
    add column target_unit text,
    add column baseline_amount integer,
    add column baseline_on date,
    add column body_id uuid,
    add column budget_pesos bigint,
    add column population text,
    add column months integer[] not null default '{}',
    add column fulfilled_by text[] not null default '{}',
    add column continues_id uuid;
update governance.plan_activities set activity_id = gen_random_uuid();
alter table governance.plan_activities
    alter column activity_id set not null,
    alter column months drop default,
    alter column fulfilled_by drop default,
    add constraint plan_activities_id_key unique (organization_id, plan_id, activity_id),
    add constraint plan_activities_body_fkey foreign key (organization_id, body_id)
        references governance.bodies (organization_id, body_id),
    add constraint plan_activities_line_is_trimmed check (line = btrim(line) and line <> ''),
    add constraint plan_activities_target_counts check (target_amount > 0),
    add constraint plan_activities_target_is_whole check ((target_amount is null) = (target_unit is null)),
    add constraint plan_activities_baseline_counts check (baseline_amount >= 0),
    add constraint plan_activities_baseline_has_amount check (baseline_on is null or baseline_amount is not null),
    add constraint plan_activities_budget_counts check (budget_pesos >= 0),
    add constraint plan_activities_months_known check (months <@ '{1,2,3,4,5,6,7,8,9,10,11,12}'::integer[]);
comment on column governance.plan_activities.activity_id is
    'What the activity is, from version to version of its plan.';
comment on column governance.plan_activities.fulfilled_by is
    'The kinds of happenings that fulfil it; without any it is told of in words and proved by nothing.';
comment on column governance.plan_activities.continues_id is 'The activity of the plan of the year before that it goes on with.';
comment on column governance.plan_activities.baseline is 'What the plan says in words of where it begins.';

-- What was told of an activity stays with it when its plan is written anew: the reference is checked at the end.
alter table governance.plan_follow_ups add column activity_id uuid;
update governance.plan_follow_ups as followed
set activity_id = activities.activity_id
from governance.plan_activities as activities
where activities.organization_id = followed.organization_id and activities.plan_id = followed.plan_id
    and activities.number = followed.activity_number;
alter table governance.plan_follow_ups
    alter column activity_id set not null,
    drop constraint plan_follow_ups_activity_fkey,
    add constraint plan_follow_ups_activity_fkey foreign key (organization_id, plan_id, activity_id)
        references governance.plan_activities (organization_id, plan_id, activity_id) deferrable initially deferred;
comment on column governance.plan_follow_ups.activity_number is 'The number that the activity had when it was told of.';
create index plan_follow_ups_activity_index on governance.plan_follow_ups (organization_id, activity_id);
