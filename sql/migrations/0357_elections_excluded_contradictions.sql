-- 0357 · elections · a contradiction that leaves the electronic vote out
-- Who signed a table's list and voted in the box voted twice, and two people could write words about it: the ballot was
-- excluded by its tracker alone, which nobody but its voter has. From here on an exclusion may rest on a contradiction; the
-- ballots are found by the person whose marks it is about, and shown to nobody before they are out.
-- Locks: access exclusive on elections.acts, for a scan. Undo: a later migration.

alter table elections.acts drop constraint acts_settle_a_conflict;
alter table elections.acts add constraint acts_settle_a_conflict check (
    case kind when 'settle_conflict' then conflict_id is not null when 'exclude_ballots' then true
        else conflict_id is null end);

create or replace function elections.exclude_ballots(organization uuid, voting_box uuid, act uuid, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    decided elections.acts := elections.require_box_act(organization, voting_box, act, 'exclude_ballots');
    gone text[];
    kept record;
    told json;
    event bytea;
    new_archive smallint := box.archive + 1;
    position_now bigint := 0;
    height_now integer := 0;
    head_now bytea;
begin
    perform elections.require_box_state(box, 'closed');
    if decided.conflict_id is not null and not exists (
        select from elections.participation_conflicts as conflicts
        join elections.participations as marks on marks.organization_id = organization
            and marks.box_id = voting_box and marks.person_id = conflicts.person_id
            and marks.credential = decided.credential
        where conflicts.organization_id = organization and conflicts.box_id = voting_box
            and conflicts.conflict_id = decided.conflict_id and conflicts.act_id is null)
    then
        raise exception 'the ballots are not of the contradiction'
            using errcode = '23514', constraint = 'box_exclusions_are_of_their_contradiction';
    end if;
    insert into elections.box_exclusions (organization_id, box_id, credential, act_id, trackers, reason)
    select organization, voting_box, decided.credential, act, array_agg(sha256 order by turn), decided.reason
    from elections.box_ballots as cast_ballots
    where cast_ballots.organization_id = organization and cast_ballots.box_id = voting_box
        and cast_ballots.credential = decided.credential;
    update elections.participation_conflicts as conflicts set act_id = act, decision = decided.reason
    where conflicts.organization_id = organization and conflicts.box_id = voting_box
        and conflicts.conflict_id = decided.conflict_id;
    select array_agg(encode(tracker, 'hex')) into gone
    from elections.box_exclusions as exclusions, unnest(exclusions.trackers) as tracker
    where exclusions.organization_id = organization and exclusions.box_id = voting_box
        and exclusions.act_id = act;
    for kept in
        select name, content from elections.box_records as records
        where records.organization_id = organization and records.box_id = voting_box
            and records.archive = box.archive
        order by records.position
    loop
        if kept.name like '%.event.json' then
            told := convert_from(kept.content, 'UTF8')::json;
            continue when told ->> 'type' = 'Ballot' and told ->> 'payload' = any (gone);
            event := elections.box_event(head_now, height_now, told ->> 'type', told ->> 'payload');
            head_now := sha256(event);
            height_now := height_now + 1;
            kept.content := event;
            kept.name := encode(head_now, 'hex') || '.event.json';
        else
            continue when split_part(kept.name, '.', 1) = any (gone);
        end if;
        insert into elections.box_records (organization_id, box_id, archive, position, name, content, is_public)
        values (organization, voting_box, new_archive, position_now, kept.name, kept.content, true);
        position_now := position_now + 1;
    end loop;
    update elections.boxes
    set archive = new_archive, records = position_now, events = height_now, head = head_now,
        excluded = boxes.excluded + 1
    where boxes.organization_id = organization and boxes.box_id = voting_box;
end
$$;
comment on function elections.exclude_ballots is
    'Derives, by an act of two people, an archive of a closed box without the ballots of one credential, which settles the contradiction that it rests on; it is the one that is counted.';
