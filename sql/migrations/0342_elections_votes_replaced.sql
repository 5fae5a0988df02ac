-- 0342 · elections · how often a vote is replaced
-- Each ballot stays in the archive, is checked by whoever verifies it and by each trustee before they decrypt. Without a
-- limit one slip and one pass make a box that nobody can count: from here on a credential casts twenty ballots.
-- Locks: access exclusive on elections.box_ballots, for a scan. Undo: a later migration.

alter table elections.box_ballots add constraint box_ballots_turns_end check (turn <= 20);

create or replace function elections.append_ballots(
    organization uuid, voting_box uuid, passes uuid[], credentials text[], ballots text[], at timestamptz)
returns table (place integer, outcome text, tracker bytea, event_height integer, event_sha256 bytea)
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    pass elections.voting_passes;
    mark elections.participations;
    cast_before elections.box_ballots;
    last_turn integer;
    content bytea;
    event bytea;
    taken bigint := 0;
    new_voters bigint := 0;
begin
    for number in 1 .. cardinality(ballots) loop
        place := number;
        content := convert_to(ballots[place], 'UTF8');
        tracker := sha256(content);
        event_height := null;
        event_sha256 := null;

        select * into pass from elections.voting_passes
        where voting_passes.organization_id = organization and voting_passes.box_id = voting_box
            and voting_passes.pass_id = passes[place];
        select * into mark from elections.participations
        where participations.organization_id = organization and participations.box_id = voting_box
            and participations.person_id = pass.person_id;
        select max(turn) into last_turn from elections.box_ballots
        where box_ballots.organization_id = organization and box_ballots.box_id = voting_box
            and box_ballots.credential = credentials[place];
        select * into cast_before from elections.box_ballots
        where box_ballots.organization_id = organization and box_ballots.box_id = voting_box
            and box_ballots.sha256 = tracker;

        outcome := case
            when pass.pass_id is null then 'no_pass'
            when not exists (
                select from elections.box_credentials as listed
                where listed.organization_id = organization and listed.box_id = voting_box
                    and listed.credential = credentials[place])
            then 'unknown_credential'
            when not exists (
                select from elections.box_credentials as listed
                where listed.organization_id = organization and listed.box_id = voting_box
                    and listed.credential = credentials[place] and listed.person_id = pass.person_id
                    and listed.is_usable)
            then 'other_credential'
            -- The text names credential and election where the format has them: what was checked is what is kept.
            when not starts_with(
                ballots[place],
                '{"election_uuid":"' || box.uuid || '","election_hash":"' || coalesce(box.fingerprint, '')
                || '","credential":"' || credentials[place] || '",')
            then 'other_ballot'
            -- Sent again for want of an answer: the same answer, whatever has happened since.
            when cast_before.turn = last_turn and cast_before.credential = credentials[place] then 'stored'
            when cast_before.height is not null then 'copy'
            when box.state = 'sealed' or at < box.opens_at then 'not_open'
            when box.state <> 'open' or at >= box.closes_at then 'closed'
            when mark.way = 'paper' then 'paper'
            when pass.ended_at is not null or pass.expires_at <= at then 'no_pass'
            when pass.way = 'kiosk' and not box.allows_kiosk or pass.way = 'remote' and not box.allows_remote
            then 'no_pass'
            when box.leaving_ends_right and pass.way = 'kiosk' and not exists (
                select from elections.presences
                where presences.organization_id = organization and presences.process_id = box.process_id
                    and presences.person_id = pass.person_id and presences.left_at is null
                    and presences.undone_at is null)
            then 'left'
            when last_turn >= 20 then 'too_often'
            else 'taken'
        end;

        if outcome = 'stored' then
            event_height := cast_before.height;
            select sha256(records.content) into event_sha256 from elections.box_records as records
            where records.organization_id = organization and records.box_id = voting_box and records.archive = 0
                and records.position = cast_before.height * 2 + 5;
        elsif outcome = 'taken' then
            event := elections.box_event(box.head, box.events, 'Ballot', encode(tracker, 'hex'));
            event_height := box.events;
            event_sha256 := sha256(event);
            insert into elections.box_records (organization_id, box_id, archive, position, name, content, is_public)
            values
                (organization, voting_box, 0, box.records, encode(tracker, 'hex') || '.data.json', content, true),
                (organization, voting_box, 0, box.records + 1, encode(event_sha256, 'hex') || '.event.json', event,
                    true);
            if mark.person_id is null then
                insert into elections.participations (
                    organization_id, box_id, process_id, person_id, way, table_id, credential, has_ballot)
                values (
                    organization, voting_box, box.process_id, pass.person_id, pass.way, pass.table_id,
                    credentials[place], true);
                new_voters := new_voters + 1;
            end if;
            insert into elections.box_ballots (organization_id, box_id, height, credential, turn, is_first, sha256)
            values (
                organization, voting_box, box.events, credentials[place], coalesce(last_turn, 0) + 1,
                case when last_turn is null then true end, tracker);
            box.records := box.records + 2;
            box.events := box.events + 1;
            box.head := event_sha256;
            taken := taken + 1;
            if last_turn is not null then outcome := 'replaced'; end if;
        end if;
        return next;
    end loop;
    if taken > 0 then
        update elections.boxes
        set records = box.records, events = box.events, head = box.head, ballots = boxes.ballots + taken,
            voters = boxes.voters + new_voters
        where boxes.organization_id = organization and boxes.box_id = voting_box;
    end if;
end
$$;
comment on function elections.append_ballots is
    'Takes checked ballots into an open box, in order, with their participation, in one transaction; refuses each that may not come in with a word: no_pass, unknown_credential, other_credential, other_ballot, copy, not_open, closed, paper, left, too_often.';
