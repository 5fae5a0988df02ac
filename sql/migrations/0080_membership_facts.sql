-- 0080 · membership · facts that are taken back, papers of one alliance, requirements that a call binds
-- A fact says which record it tells of (a mandate, a check-in), so that it is cancelled or ended with it. A paper
-- belongs to the alliance in whose space it was recorded, and counts, shows and is reviewed there alone. A call
-- binds the requirements of its moment. Two periods of a member never share a day.
-- Locks: short exclusive locks on membership.recorded_facts, memberships and the view facts; memberships are read
-- whole once. Undo: a later migration.

alter table membership.recorded_facts
    add column origin_id uuid,
    add column cancelled_at timestamptz,
    add column cancelled_by uuid,
    add column cancel_reason text,
    add constraint recorded_facts_cancellation_is_reasoned check (
        (cancelled_at is null) = (cancel_reason is null) and (cancelled_by is null or cancelled_at is not null));
comment on column membership.recorded_facts.origin_id is
    'The record that the fact tells of: a mandate, a check-in. What happens to it is done to the fact too.';
comment on column membership.recorded_facts.cancelled_at is
    'The moment from which the fact counts as never recorded: a check-in undone, a mandate annulled.';
create index recorded_facts_origin_index on membership.recorded_facts (organization_id, origin_id)
    where origin_id is not null;
grant update (cancelled_at, cancelled_by, cancel_reason) on membership.recorded_facts to alianzas_app;

-- Facts of mandates say of which, and follow what happened to it.
update membership.recorded_facts as facts
set origin_id = paired.mandate_id
from (
    select known.organization_id, known.fact_id, mandates.mandate_id
    from (
        select organization_id, fact_id, person_id, value, valid_from, valid_until,
            row_number() over (
                partition by organization_id, person_id, value, valid_from, valid_until
                order by recorded_at, fact_id) as place
        from membership.recorded_facts
        where kind = 'mandate'
    ) as known
    join (
        select organization_id, mandate_id, person_id, body_id::text as value, starts_on, ends_on + 1 as until,
            row_number() over (
                partition by organization_id, person_id, body_id, starts_on, ends_on
                order by opened_at, mandate_id) as place
        from governance.mandates
        where rank = 0 and person_id is not null
    ) as mandates
        on mandates.organization_id = known.organization_id and mandates.person_id = known.person_id
        and mandates.value = known.value and mandates.starts_on = known.valid_from
        and mandates.until = known.valid_until and mandates.place = known.place
) as paired
where facts.organization_id = paired.organization_id and facts.fact_id = paired.fact_id;

update membership.recorded_facts as facts
set cancelled_at = facts.recorded_at,
    cancel_reason = case mandates.state when 'annulled' then 'El período se anuló.' else 'El período no ha empezado.' end
from governance.mandates
where mandates.organization_id = facts.organization_id and mandates.mandate_id = facts.origin_id
    and (mandates.state in ('annulled', 'pending')
        or coalesce(mandates.ended_on + 1, facts.valid_until)
            <= greatest(mandates.starts_on, mandates.took_office_on));

update membership.recorded_facts as facts
set valid_from = greatest(mandates.starts_on, mandates.took_office_on),
    valid_until = coalesce(mandates.ended_on, mandates.ends_on) + 1
from governance.mandates
where mandates.organization_id = facts.organization_id and mandates.mandate_id = facts.origin_id
    and facts.cancelled_at is null;

-- A check-in that was undone never was: neither the entry nor the leave that was written in its place.
update membership.recorded_facts as facts
set origin_id = presences.presence_id,
    cancelled_at = presences.undone_at,
    cancelled_by = presences.undone_by,
    cancel_reason = 'El ingreso se deshizo.'
from elections.presences
where presences.organization_id = facts.organization_id and presences.person_id = facts.person_id
    and presences.process_id = facts.process_id and presences.undone_at is not null
    and ((facts.kind in ('presence', 'identity_shown') and facts.happened_at = presences.arrived_at)
        or (facts.kind = 'presence' and facts.source = 'ingreso deshecho'
            and facts.happened_at = presences.undone_at));

-- Papers from before belong to the alliance of their process, or to the only one that the person was ever in; what
-- cannot be told has to be recorded again.
update membership.recorded_facts as facts
set alliance_id = coalesce(processes.alliance_id, owners.alliance_id)
from membership.recorded_facts as papers
left join elections.processes
    on processes.organization_id = papers.organization_id and processes.process_id = papers.process_id
left join (
    select organization_id, person_id, min(alliance_id::text)::uuid as alliance_id
    from membership.memberships
    group by organization_id, person_id
    having count(distinct alliance_id) = 1
) as owners
    on owners.organization_id = papers.organization_id and owners.person_id = papers.person_id
where papers.organization_id = facts.organization_id and papers.fact_id = facts.fact_id
    and facts.needs_review and facts.alliance_id is null;

update membership.recorded_facts
set cancelled_at = recorded_at, cancel_reason = 'No se sabe en qué alianza se registró; regístrelo de nuevo.'
where needs_review and alliance_id is null;

alter table membership.recorded_facts
    add constraint recorded_facts_paper_has_alliance check (
        not needs_review or alliance_id is not null or cancelled_at is not null);

-- Which requirements an election asks is settled by its call; later changes of the alliance do not reach it.
create table membership.requirement_bindings (
    organization_id uuid        not null,
    process_id      uuid        not null,
    alliance_id     uuid        not null,
    bound_at        timestamptz not null,

    constraint requirement_bindings_pkey primary key (organization_id, process_id),
    constraint requirement_bindings_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id)
);
comment on table membership.requirement_bindings is
    'The moment of the call of each electoral process: what the alliance switches later does not count in it.';
select tenancy.isolate('membership.requirement_bindings', 'select, insert');
insert into membership.requirement_bindings
select processes.organization_id, processes.process_id, processes.alliance_id, calls.published_at
from elections.processes
join elections.calls
    on calls.organization_id = processes.organization_id and calls.process_id = processes.process_id;

-- Two periods of a member in an alliance never share a day. One that lies whole within another adds no day to it: who
-- was enrolled again with an earlier day than the period that had ended. It stays on record and is empty; of two that
-- are alike, the later record counts.
update membership.memberships as inner_period
set left_on = inner_period.joined_on
from membership.memberships as outer_period
where outer_period.organization_id = inner_period.organization_id
    and outer_period.alliance_id = inner_period.alliance_id
    and outer_period.person_id = inner_period.person_id
    and outer_period.membership_id <> inner_period.membership_id
    and inner_period.left_on > inner_period.joined_on
    and outer_period.joined_on <= inner_period.joined_on
    and coalesce(outer_period.left_on, 'infinity') >= inner_period.left_on
    and (outer_period.joined_on < inner_period.joined_on
        or coalesce(outer_period.left_on, 'infinity') > inner_period.left_on
        or (outer_period.recorded_at, outer_period.membership_id)
            > (inner_period.recorded_at, inner_period.membership_id));

-- Of two that overlap, the earlier one ends as the next begins.
update membership.memberships as earlier
set left_on = following.joined_on
from (
    select periods.organization_id, periods.membership_id, min(others.joined_on) as joined_on
    from membership.memberships as periods
    join membership.memberships as others
        on others.organization_id = periods.organization_id and others.alliance_id = periods.alliance_id
        and others.person_id = periods.person_id
        and (others.joined_on, others.recorded_at, others.membership_id)
            > (periods.joined_on, periods.recorded_at, periods.membership_id)
        and others.joined_on < periods.left_on
        and (others.left_on is null or others.left_on > others.joined_on)
    group by periods.organization_id, periods.membership_id
) as following
where earlier.organization_id = following.organization_id and earlier.membership_id = following.membership_id;

alter table membership.memberships
    add constraint memberships_periods_apart exclude using gist (
        organization_id with =, alliance_id with =, person_id with =, daterange(joined_on, left_on) with &&),
    drop constraint memberships_leave_reason_known,
    add constraint memberships_leave_reason_known check (leave_reason in (
        'resignation', 'exclusion', 'affiliation_lost', 'death', 'mistake', 'consent_withdrawn'));

-- The view says besides when something was recorded, reviewed and taken back, so that an answer can be given again
-- with what was known at a moment. Rows of the register and of the books are known by their own dates.
create or replace view membership.facts with (security_invoker = true) as
    select organization_id, person_id, 'affiliation' as kind, affiliation_state as value,
        null::uuid as alliance_id, null::uuid as process_id, valid_from, null::date as valid_until,
        null::timestamptz as happened_at, 'padrón de afiliados' as source, null::uuid as proof_file_id,
        'unneeded' as review, null::timestamptz as recorded_at, null::timestamptz as reviewed_at,
        null::timestamptz as cancelled_at
    from membership.affiliates
union all
    select organization_id, person_id, 'affiliation', affiliation_state, null, null, valid_from, valid_until,
        null, 'padrón de afiliados', null, 'unneeded', null, null, null
    from membership.affiliate_versions
union all
    select organization_id, person_id, 'residence', municipality_code, null, null, valid_from, null, null,
        'padrón de afiliados', null, 'unneeded', null, null, null
    from membership.affiliates
union all
    select organization_id, person_id, 'residence', municipality_code, null, null, valid_from, valid_until, null,
        'padrón de afiliados', null, 'unneeded', null, null, null
    from membership.affiliate_versions
union all
    select organization_id, person_id, 'birth', birth_date::text, null, null, birth_date, null, null,
        'padrón de afiliados', null, 'unneeded', null, null, null
    from membership.affiliates
union all
    select organization_id, person_id, 'document', document_type, null, null, birth_date, null, null,
        'padrón de afiliados', null, 'unneeded', null, null, null
    from membership.affiliates
union all
    select organization_id, person_id, 'consent', purpose, null, null, given_on, withdrawn_on, null,
        'autorización de datos', proof_file_id, 'unneeded', null, null, null
    from membership.consents
union all
    select organization_id, person_id, 'membership', alliance_id::text, alliance_id, null, joined_on,
        left_on, null, 'libro de asociados', null, 'unneeded', null, null, null
    from membership.memberships
union all
    select facts.organization_id, facts.person_id, facts.kind, facts.value, facts.alliance_id,
        facts.process_id, facts.valid_from, facts.valid_until, facts.happened_at, facts.source,
        facts.proof_file_id,
        case when not facts.needs_review then 'unneeded' else coalesce(reviews.verdict, 'pending') end,
        facts.recorded_at, reviews.reviewed_at, facts.cancelled_at
    from membership.recorded_facts as facts
    left join membership.fact_reviews as reviews
        on reviews.organization_id = facts.organization_id and reviews.fact_id = facts.fact_id;
