-- 0385 · elections · a ballot is left out for a challenge
-- Two people could leave any ballot out whose tracker stands on the public board, with a reason of one word, and who had asked
-- for it could be one of them. An exclusion rests on a challenge to the box that waits for its decision, or on a contradiction;
-- who took the challenge in has no part in it. Decided, the challenge says what it did.
-- Locks: access exclusive on elections.challenges and elections.acts, for a scan. Undo: a later migration.

alter table elections.acts drop constraint acts_proclaim_the_whole;
alter table elections.acts
    add constraint acts_proclaim_the_whole check (
        (kind = 'annul' or contest_id is null)
        and (kind in ('annul', 'annul_box', 'exclude_ballots') or challenge_id is null)
        and (conflict_id is null or challenge_id is null));

alter table elections.challenges drop constraint challenges_effect_known, drop constraint challenges_effect_has_its_object;
alter table elections.challenges
    add constraint challenges_effect_known check (effect in (
        'none', 'annul_table', 'exclude_ballots', 'annul_box', 'annul_contest', 'annul_process')),
    add constraint challenges_effect_has_its_object check (
        (effect <> 'annul_table' or table_id is not null)
        and (effect not in ('exclude_ballots', 'annul_box') or box_id is not null)
        and (effect <> 'annul_contest' or contest_id is not null));

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
    if decided.conflict_id is null and not exists (
        select from elections.challenges
        where challenges.organization_id = organization and challenges.challenge_id = decided.challenge_id
            and challenges.box_id = voting_box and challenges.state = 'open'
            and (challenges.filed_by is null
                or challenges.filed_by not in (decided.proposed_by, decided.seconded_by)))
    then
        raise exception 'nobody else challenged the box'
            using errcode = '23514', constraint = 'box_exclusions_follow_a_challenge';
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
    'Derives, by an act of two people, an archive of a closed box without the ballots of one credential, for a challenge that waits, or for a contradiction, which it settles; it is the one that is counted.';
