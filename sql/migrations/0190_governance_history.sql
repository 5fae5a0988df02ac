-- 0190 · governance · history from paper
-- What an alliance did before the product comes in bulk from a spreadsheet: mandates, minutes and elections. Each import
-- keeps which rows it brought, so that the same row of another sheet is known, and so that the import can be undone as a
-- whole while nothing hangs on it. An election of before is a record and no process: nothing of it is ever computed.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.history_imports (
    organization_id uuid        not null,
    import_id       uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    file_name       text        not null,
    sheet_sha256    bytea       not null,
    row_count       integer     not null,
    imported_at     timestamptz not null,
    imported_by     uuid,
    undone_at       timestamptz,
    undone_by       uuid,
    undo_reason     text,

    constraint history_imports_pkey primary key (organization_id, import_id),
    constraint history_imports_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint history_imports_key unique (organization_id, alliance_id, import_id),
    constraint history_imports_kind_known check (kind in ('mandates', 'minutes', 'elections')),
    constraint history_imports_file_name_is_trimmed check (file_name = btrim(file_name) and file_name <> ''),
    constraint history_imports_digest_length check (octet_length(sheet_sha256) = 32),
    constraint history_imports_row_count_counts check (row_count >= 1),
    constraint history_imports_undo_is_reasoned check (
        (undone_at is null) = (undo_reason is null) and undo_reason = btrim(undo_reason) and undo_reason <> '')
);
comment on table governance.history_imports is
    'Spreadsheets by which history from before the product came in (historia del papel), and whether one was undone.';
create index history_imports_alliance_index on governance.history_imports (organization_id, alliance_id, imported_at);
select tenancy.isolate('governance.history_imports', 'select, insert');

create table governance.past_elections (
    organization_id uuid        not null,
    election_id     uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid,
    title           text        not null,
    held_on         date        not null,
    roll_size       integer,
    voters          integer,
    blank_votes     integer,
    null_votes      integer,
    unmarked_votes  integer,
    elected         text[]      not null,
    paper           text        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint past_elections_pkey primary key (organization_id, election_id),
    constraint past_elections_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint past_elections_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint past_elections_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint past_elections_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint past_elections_paper_is_trimmed check (paper = btrim(paper) and paper <> ''),
    constraint past_elections_figures_count check (
        roll_size >= 0 and voters >= 0 and blank_votes >= 0 and null_votes >= 0 and unmarked_votes >= 0),
    constraint past_elections_voters_in_roll check (voters <= roll_size),
    constraint past_elections_title_key unique nulls not distinct (organization_id, alliance_id, body_id, held_on, title)
);
comment on table governance.past_elections is
    'Elections held before the product, as their paper tells them. They are shown and never computed again.';
create index past_elections_alliance_index on governance.past_elections (organization_id, alliance_id, held_on);
select tenancy.isolate('governance.past_elections', 'select, insert');

create table governance.past_election_results (
    organization_id uuid    not null,
    election_id     uuid    not null,
    alliance_id     uuid    not null,
    position        integer not null,
    choice          text    not null,
    votes           integer not null,

    constraint past_election_results_pkey primary key (organization_id, election_id, position),
    constraint past_election_results_election_fkey foreign key (organization_id, election_id)
        references governance.past_elections (organization_id, election_id),
    constraint past_election_results_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint past_election_results_position_counts check (position >= 1),
    constraint past_election_results_votes_count check (votes >= 0),
    constraint past_election_results_choice_is_trimmed check (choice = btrim(choice) and choice <> '')
);
comment on table governance.past_election_results is
    'The votes of each list or candidate of an election held before the product, as its paper tells them.';
select tenancy.isolate('governance.past_election_results', 'select, insert');

create table governance.history_rows (
    organization_id uuid    not null,
    import_id       uuid    not null,
    row_number      integer not null,
    alliance_id     uuid    not null,
    row_key         text    not null,
    mandate_id      uuid,
    minutes_id      uuid,
    election_id     uuid,

    constraint history_rows_pkey primary key (organization_id, import_id, row_number),
    constraint history_rows_import_fkey foreign key (organization_id, alliance_id, import_id)
        references governance.history_imports (organization_id, alliance_id, import_id),
    constraint history_rows_mandate_fkey foreign key (organization_id, mandate_id)
        references governance.mandates (organization_id, mandate_id),
    constraint history_rows_minutes_fkey foreign key (organization_id, minutes_id)
        references governance.minutes (organization_id, minutes_id),
    constraint history_rows_election_fkey foreign key (organization_id, election_id)
        references governance.past_elections (organization_id, election_id),
    constraint history_rows_is_of_one check (num_nonnulls(mandate_id, minutes_id, election_id) = 1),
    constraint history_rows_row_number_counts check (row_number >= 1),
    -- The same row comes in once, whatever sheet it stands in.
    constraint history_rows_row_key_key unique (organization_id, alliance_id, row_key)
);
comment on table governance.history_rows is
    'What each import of history brought, row by row; empty for one that was undone.';
create index history_rows_mandate_index on governance.history_rows (organization_id, mandate_id) where mandate_id is not null;
create index history_rows_minutes_index on governance.history_rows (organization_id, minutes_id) where minutes_id is not null;
create index history_rows_election_index on governance.history_rows (organization_id, election_id) where election_id is not null;
select tenancy.isolate('governance.history_rows', 'select, insert');

comment on column governance.mandates.person_id is
    'The affiliate; null where a seat outside the alliance, or one of a period that was over before it came from paper, was held by somebody whom the register does not know.';

-- Takes back what an import brought. Nobody else may remove a mandate or minutes, so the function does, and only what its
-- import brought; a foreign key refuses it where anything rests on a row. Files that are kept are never removed.
create function governance.undo_history(
    organization uuid, history_import uuid, reason text, at timestamptz, by_user uuid)
returns integer
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    alliance uuid;
    mandate_ids uuid[];
    minutes_ids uuid[];
    meeting_ids uuid[];
    election_ids uuid[];
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the import belongs to another tenant' using errcode = '42501';
    end if;
    select history_imports.alliance_id into alliance from governance.history_imports
    where history_imports.organization_id = organization and import_id = history_import and undone_at is null
    for update;
    if alliance is null then
        raise exception 'there is no such import, or it was undone'
            using errcode = '23514', constraint = 'history_imports_is_there';
    end if;
    select array_agg(mandate_id) filter (where mandate_id is not null),
        array_agg(minutes_id) filter (where minutes_id is not null),
        array_agg(election_id) filter (where election_id is not null)
    into mandate_ids, minutes_ids, election_ids
    from governance.history_rows
    where history_rows.organization_id = organization and import_id = history_import;
    select array_agg(meeting_id) into meeting_ids from governance.minutes
    where minutes.organization_id = organization and minutes_id = any (minutes_ids);
    -- Numbers that were given here go on from those of the paper: without these they would begin with a gap.
    if exists (
        select from governance.minutes as papers
        join governance.meetings as held on held.organization_id = organization
            and held.meeting_id = papers.meeting_id
        join governance.minutes_books as books on books.organization_id = organization
            and books.alliance_id = alliance and books.body_id is not distinct from held.body_id
        join governance.minutes_drafts as drafts on drafts.organization_id = organization
            and drafts.book_id = books.book_id and drafts.number is not null
        where papers.organization_id = organization and papers.minutes_id = any (minutes_ids)
            and papers.number ~ '^[0-9]{1,6}$' and drafts.number > papers.number::integer)
    then
        raise exception 'minutes that were numbered here follow these'
            using errcode = '23514', constraint = 'history_imports_numbers_follow';
    end if;
    delete from governance.history_rows
    where history_rows.organization_id = organization and import_id = history_import;
    delete from governance.mandates
    where mandates.organization_id = organization and mandate_id = any (mandate_ids);
    delete from governance.past_election_results
    where past_election_results.organization_id = organization and election_id = any (election_ids);
    delete from governance.past_elections
    where past_elections.organization_id = organization and election_id = any (election_ids);
    delete from governance.papers
    where papers.organization_id = organization and minutes_id = any (minutes_ids);
    delete from governance.minutes_counts
    where minutes_counts.organization_id = organization and minutes_id = any (minutes_ids);
    delete from governance.minutes_decisions
    where minutes_decisions.organization_id = organization and minutes_id = any (minutes_ids);
    delete from governance.minutes
    where minutes.organization_id = organization and minutes_id = any (minutes_ids);
    delete from governance.meetings
    where meetings.organization_id = organization and meeting_id = any (meeting_ids);
    update governance.history_imports set undone_at = at, undone_by = by_user, undo_reason = reason
    where history_imports.organization_id = organization and import_id = history_import;
    return coalesce(cardinality(mandate_ids), 0) + coalesce(cardinality(minutes_ids), 0)
        + coalesce(cardinality(election_ids), 0);
end
$$;
comment on function governance.undo_history is
    'Takes back all that one import of history brought, or fails where anything hangs on a row of it.';
grant execute on function governance.undo_history to alianzas_app;
