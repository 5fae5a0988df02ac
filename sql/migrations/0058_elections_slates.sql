-- 0058 · elections · slates as they are handed in and decided
-- Lets a slate be corrected before the decision, gives a disqualification its norm, and adds the projection of
-- admitted slates that citizens read.
-- Locks: access exclusive on elections.disqualifications, which is empty: no command wrote it before. Undo: a
-- later migration.

-- The name, and who answers for it, may be mistyped; the command changes them only before the decision.
grant update (name, name_folded, representative, contact) on elections.slates to alianzas_app;

alter table elections.disqualifications
    add column norm text not null,
    add constraint disqualifications_norm_given check (norm = btrim(norm) and norm <> '');

-- What is public of a slate once it is admitted: its name, its number, its people in their order.
create table elections.slate_board (
    organization_id   uuid        not null,
    slate_id          uuid        not null,
    municipality_code text        not null,
    process_id        uuid        not null,
    contest_id        uuid        not null,
    alliance_id       uuid        not null,
    process_name      text        not null,
    contest_name      text        not null,
    contest_position  integer     not null,
    seats             integer     not null,
    number            integer     not null,
    name              text        not null,
    principals        text[]      not null,
    alternates        text[]      not null,
    admitted_at       timestamptz not null,
    is_public         boolean     not null,

    constraint slate_board_pkey primary key (organization_id, slate_id, municipality_code),
    constraint slate_board_slate_fkey foreign key (organization_id, process_id, contest_id, slate_id)
        references elections.slates (organization_id, process_id, contest_id, slate_id),
    constraint slate_board_number_counts check (number >= 1)
);
comment on table elections.slate_board is
    'Projection: admitted slates with the names of those who stand, in each municipality of the alliance.';
create index slate_board_alliance_index on elections.slate_board
    (organization_id, alliance_id, process_id, contest_position, number);
select tenancy.isolate('elections.slate_board', 'select, insert, delete');
select tenancy.project('elections.slate_board');
