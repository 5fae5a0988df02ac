-- 0075 · tenancy · dissolutions of alliances
-- An alliance is dissolved by an act with its reason and its minutes, and a mistaken one is put right by another:
-- neither is ever changed.
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
    constraint dissolutions_has_minutes check (kind = 'restored' or file_id is not null),
    constraint dissolutions_states_agree check (
        (kind = 'dissolved') = (state_after = 'dissolved') and (kind = 'restored') = (state_before = 'dissolved')),
    constraint dissolutions_reason_is_trimmed check (reason = btrim(reason) and reason <> ''),
    constraint dissolutions_act_is_trimmed check (act = btrim(act) and act <> '')
);
comment on table tenancy.dissolutions is
    'Acts by which an alliance was dissolved, and those by which a mistaken dissolution was put right.';
create index dissolutions_alliance_index on tenancy.dissolutions (organization_id, alliance_id, recorded_at);
select tenancy.isolate('tenancy.dissolutions', 'select, insert');
