-- 0091 · reporting · presence
-- In which municipalities each entity has people, so that a control body is told that an entity has no alliance there
-- only where it works there.
-- Locks: none on existing tables. Undo: a later migration.

create table reporting.entity_presence (
    organization_id   uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    organization_name text        not null,
    organization_kind text        not null,
    counted_at        timestamptz not null,

    constraint entity_presence_pkey primary key (organization_id, municipality_code)
);
comment on table reporting.entity_presence is
    'Projection: the municipalities where an insurer has affiliates, or where a provider has its seat. It tells no number and names nobody; citizens do not read it.';
create index entity_presence_municipality_index on reporting.entity_presence (municipality_code);
select tenancy.isolate('reporting.entity_presence', 'select, insert, update, delete');
select tenancy.project('reporting.entity_presence');
