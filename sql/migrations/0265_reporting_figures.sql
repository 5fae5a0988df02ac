-- 0265 · reporting · figures
-- What control bodies are told of commitments and complaints: how many, for how long, and whether in time. It names nobody,
-- and a figure of complaints that might tell of somebody is held back before it is written here.
-- Locks: none on existing tables but catalogue.copied_tables. Undo: a later migration.

create table reporting.alliance_figures (
    organization_id   uuid        not null,
    alliance_id       uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    organization_name text        not null,
    alliance_name     text        not null,
    alliance_slug     text        not null,
    commitments       jsonb       not null,
    complaints        jsonb       not null,
    counted_at        timestamptz not null,

    constraint alliance_figures_pkey primary key (organization_id, alliance_id, municipality_code),
    constraint alliance_figures_not_for_citizens check (not is_public)
);
comment on table reporting.alliance_figures is
    'Projection: commitments of an alliance by who answers for them, and its complaints by class, state, term and month, by municipality. Nothing reserved, nobody named; citizens do not read it.';
create index alliance_figures_municipality_index on reporting.alliance_figures (municipality_code);
select tenancy.isolate('reporting.alliance_figures', 'select, insert, update, delete');
select tenancy.project('reporting.alliance_figures');

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values ('reporting.alliance_figures', null, '{}', '{}', 'Se calcula de lo demás.');
