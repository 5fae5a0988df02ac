-- 0057 · elections · published results
-- What anybody may read of the result of an election: the acta's figures, without the names of those who only served.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.published_results (
    organization_id   uuid        not null,
    process_id        uuid        not null,
    contest_id        uuid        not null,
    municipality_code text        not null,
    alliance_id       uuid        not null,
    position          integer     not null,
    is_public         boolean     not null,
    report            jsonb       not null,
    published_at      timestamptz not null,

    constraint published_results_pkey
        primary key (organization_id, process_id, contest_id, municipality_code),
    constraint published_results_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint published_results_alliance_fkey foreign key (organization_id, alliance_id, process_id)
        references elections.processes (organization_id, alliance_id, process_id),
    constraint published_results_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code)
);
comment on table elections.published_results is
    'Projection: results of elections as anybody may read them, one row for each municipality of the alliance.';
select tenancy.isolate('elections.published_results', 'select, insert, delete');
select tenancy.project('elections.published_results');
