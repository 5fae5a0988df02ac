-- 0075 · tenancy · dissolutions of alliances
-- An alliance is dissolved by an act with its reason and its minutes, and a mistaken one is put right by another:
-- neither is ever changed. Those that an edit dissolved before have an act too, without minutes and by nobody, so that
-- a mistake of then can be put right.
-- Locks: none on existing tables. Undo: a later migration.

create table tenancy.dissolutions (
    organization_id uuid        not null,
    dissolution_id  uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    state_before    text        not null,
    state_after     text        not null,
    reason          text        not null,
    act             text        not null,
    decided_on      date        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint dissolutions_pkey primary key (organization_id, dissolution_id),
    constraint dissolutions_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint dissolutions_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint dissolutions_kind_known check (kind in ('dissolved', 'restored')),
    constraint dissolutions_has_minutes check (
        kind = 'restored' or file_id is not null or recorded_by is null),
    constraint dissolutions_states_agree check (
        (kind = 'dissolved') = (state_after = 'dissolved') and (kind = 'restored') = (state_before = 'dissolved')),
    constraint dissolutions_reason_is_trimmed check (reason = btrim(reason) and reason <> ''),
    constraint dissolutions_act_is_trimmed check (act = btrim(act) and act <> '')
);
comment on table tenancy.dissolutions is
    'Acts by which an alliance was dissolved, and those by which a mistaken dissolution was put right.';
create index dissolutions_alliance_index on tenancy.dissolutions (organization_id, alliance_id, recorded_at);
select tenancy.isolate('tenancy.dissolutions', 'select, insert');

insert into tenancy.dissolutions (
    organization_id, dissolution_id, alliance_id, kind, state_before, state_after, reason, act, decided_on,
    recorded_at)
select alliances.organization_id, md5('dissolution of ' || alliances.alliance_id)::uuid, alliances.alliance_id,
    'dissolved', coalesce(edits.state_before, 'active'), 'dissolved',
    'Se registró antes de que se pidiera el motivo.', 'Se registró antes de que se pidiera el acta.',
    (coalesce(edits.happened_at, alliances.created_at) at time zone 'America/Bogota')::date,
    coalesce(edits.happened_at, alliances.created_at)
from tenancy.alliances
left join lateral (
    select events.happened_at, details.details::jsonb ->> 'state_before' as state_before
    from tenancy.audit_events as events
    join tenancy.audit_details as details on details.organization_id = events.organization_id
        and details.event_id = events.event_id
    where events.organization_id = alliances.organization_id
        and events.subject_id = alliances.alliance_id::text and events.action = 'tenancy.alliance.edited'
        and details.details::jsonb ->> 'state' = 'dissolved'
        and details.details::jsonb ->> 'state_before' <> 'dissolved'
    order by events.happened_at desc
    limit 1
) as edits on true
where alliances.state = 'dissolved';
