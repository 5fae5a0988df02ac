-- 0202 · governance · scans and commitments of history from paper
-- A sheet may name scans that come later: each row keeps the name, so that files that are sent another day find it. What
-- minutes of the paper left somebody to do is followed here like any other commitment, and goes with its import.
-- Locks: governance.history_rows, for a moment. Undo: a later migration.

alter table governance.history_rows
    add column scan_name text,
    add constraint history_rows_scan_name_is_trimmed check (scan_name = btrim(scan_name) and scan_name <> '');
comment on column governance.history_rows.scan_name is
    'The file that its sheet names as its scan, whether it came with the sheet or is to come.';

-- What was recorded stays, so nobody may change it; the scan of a row that has none is bound by the function alone.
create function governance.bind_history_scan(
    organization uuid, history_import uuid, history_row bigint, file uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    brought governance.history_rows;
    bound integer := 0;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the import belongs to another tenant' using errcode = '42501';
    end if;
    select history.* into brought from governance.history_rows as history
    join tenancy.files on files.organization_id = organization and files.file_id = file
        and files.alliance_id = history.alliance_id
    where history.organization_id = organization and history.import_id = history_import
        and history.row_number = history_row and history.scan_name is not null;
    if brought.mandate_id is not null then
        update governance.mandates set paper_file_id = file
        where mandates.organization_id = organization and mandate_id = brought.mandate_id and paper_file_id is null;
        get diagnostics bound = row_count;
    elsif brought.election_id is not null then
        update governance.past_elections set file_id = file
        where past_elections.organization_id = organization and election_id = brought.election_id
            and file_id is null;
        get diagnostics bound = row_count;
    end if;
    if bound <> 1 then
        raise exception 'the row awaits no scan'
            using errcode = '23514', constraint = 'history_rows_awaits_scan';
    end if;
end
$$;
comment on function governance.bind_history_scan is
    'Gives the scan that its sheet names to a mandate or an election of the paper that has none. Papers of minutes are added beside them.';
grant execute on function governance.bind_history_scan to alianzas_app;

create or replace function governance.undo_history(
    organization uuid, history_import uuid, reason text, at timestamptz, by_user uuid)
returns integer
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    alliance uuid;
    came_at timestamptz;
    mandate_ids uuid[];
    minutes_ids uuid[];
    meeting_ids uuid[];
    election_ids uuid[];
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the import belongs to another tenant' using errcode = '42501';
    end if;
    select history_imports.alliance_id, history_imports.imported_at into alliance, came_at from governance.history_imports
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
    -- The commitments that came with their minutes. One that somebody added later, and what became of any, stays: then
    -- something rests on the import.
    delete from governance.commitment_steps
    where commitment_steps.organization_id = organization and kind = 'made' and commitment_id in (
        select commitment_id from governance.commitments
        where commitments.organization_id = organization and meeting_id = any (meeting_ids)
            and commitments.recorded_at = came_at);
    delete from governance.commitments
    where commitments.organization_id = organization and meeting_id = any (meeting_ids)
        and commitments.recorded_at = came_at;
    delete from governance.minutes_commitments
    where minutes_commitments.organization_id = organization and minutes_id = any (minutes_ids);
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
