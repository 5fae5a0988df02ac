-- 0061 · elections · postponed places
-- Where a vote was put off in one place alone, with the reason, the hours before and after, and the author. The
-- postponement of a whole process is a version of its calendar (0030).
-- Locks: none on existing tables. Undo: a later migration.

create table elections.place_postponements (
    organization_id uuid        not null,
    postponement_id uuid        not null,
    process_id      uuid        not null,
    place           text        not null,
    opened_at       timestamptz not null,
    opens_at        timestamptz not null,
    closes_at       timestamptz not null,
    reason          text        not null,
    postponed_at    timestamptz not null,
    postponed_by    uuid,

    constraint place_postponements_pkey primary key (organization_id, postponement_id),
    constraint place_postponements_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint place_postponements_place_given check (place = btrim(place) and place <> ''),
    constraint place_postponements_later check (opens_at > opened_at),
    constraint place_postponements_window check (closes_at > opens_at),
    constraint place_postponements_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table elections.place_postponements is
    'Votes that were put off in one place: when they would have opened, when they open, why and by whom. It goes into the acta.';
create index place_postponements_process_index on elections.place_postponements
    (organization_id, process_id, postponed_at);
select tenancy.isolate('elections.place_postponements', 'select, insert');
