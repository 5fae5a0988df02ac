-- 0395 · elections · boxes and rehearsals are numbered apart
-- After a rehearsal the first box that counts was «Urna n.º 2», and people looked for the other. Each sort has its own numbers now;
-- those that boxes have stay.
-- Locks: access exclusive on elections.boxes, for a scan. Undo: a later migration.

alter table elections.boxes
    drop constraint boxes_number_key,
    add constraint boxes_number_key unique (organization_id, process_id, is_mock, number);

create or replace function elections.draft_box(
    organization uuid, voting_box uuid, alliance uuid, process uuid, mock boolean, archive_uuid text, group_of text,
    number_of_trustees integer, needed integer, paper boolean, remote boolean, kiosk boolean, leaving boolean,
    opening timestamptz, closing timestamptz, contests uuid[], rounds integer[], at timestamptz, by_user uuid)
returns integer
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    new_number integer;
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the process belongs to another tenant' using errcode = '42501';
    end if;
    perform from elections.processes
    where processes.organization_id = organization and processes.process_id = process for update;
    select coalesce(max(number), 0) + 1 into new_number from elections.boxes
    where boxes.organization_id = organization and boxes.process_id = process and boxes.is_mock = mock;
    insert into elections.boxes (
        organization_id, box_id, alliance_id, process_id, number, is_mock, uuid, group_name, trustees, threshold,
        ceremony, has_paper, allows_remote, allows_kiosk, leaving_ends_right, opens_at, closes_at, state,
        state_changed_at, drafted_at, drafted_by, is_public, archive, records, events, ballots, voters, excluded)
    values (
        organization, voting_box, alliance, process, new_number, mock, archive_uuid, group_of, number_of_trustees,
        needed, 1, paper, remote, kiosk, leaving, opening, closing, 'preparing', at, at, by_user, false, 0, 0, 0, 0,
        0, 0);
    insert into elections.box_questions (
        organization_id, box_id, position, is_mock, process_id, contest_id, round, is_standing)
    select organization, voting_box, place, mock, process, contest, round, not mock
    from unnest(contests, rounds) with ordinality as list (contest, round, place);
    return new_number;
end
$$;
comment on function elections.draft_box is
    'Drafts a box of the tenant in scope with what it asks; returns its number among those of its sort.';
