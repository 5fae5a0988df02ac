-- 0277 · governance · who was told of minutes
-- Minutes were handed round and nobody who may observe them was told. Whoever was in the meeting and has an account is
-- mailed of each version once, and who observed of the answer; this is the trace.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.minutes_tellings (
    organization_id uuid        not null,
    telling_id      uuid        not null,
    minutes_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    version         integer     not null,
    observation_id  uuid,
    user_id         uuid        not null,
    told_at         timestamptz not null,

    constraint minutes_tellings_pkey primary key (organization_id, telling_id),
    constraint minutes_tellings_once_key unique nulls not distinct (
        organization_id, minutes_id, version, observation_id, user_id),
    constraint minutes_tellings_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_tellings_version_fkey foreign key (organization_id, minutes_id, version)
        references governance.minutes_versions (organization_id, minutes_id, version),
    constraint minutes_tellings_observation_fkey foreign key (organization_id, observation_id)
        references governance.minutes_observations (organization_id, observation_id),
    constraint minutes_tellings_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id)
);
comment on table governance.minutes_tellings is
    'Who was mailed that a version of minutes may be observed, or that their observation was answered: each once.';
select tenancy.isolate('governance.minutes_tellings', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.minutes_tellings');

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values
    ('governance.minutes_tellings', 't.alliance_id = $2',
        '{telling_id,minutes_id,alliance_id,is_reserved,version,observation_id,user_id,told_at}', '{}', null);
