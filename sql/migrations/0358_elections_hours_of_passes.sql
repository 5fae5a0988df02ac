-- 0358 · elections · the hours at which people were let in
-- A pass and a code tell when somebody came to vote, and their order is that of the ballots. Once a box takes none any more
-- nobody needs the hours: codes are deleted, and the passes, which answer a ballot that is sent again or comes late, all
-- have the hour of the end.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.forget_entrances(organization uuid, voting_box uuid, at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog
as $$
begin
    delete from elections.voting_codes as codes
    where codes.organization_id = organization and codes.box_id = voting_box;
    update elections.voting_passes as passes set expires_at = at, ended_at = at
    where passes.organization_id = organization and passes.box_id = voting_box;
end
$$;
comment on function elections.forget_entrances is
    'Deletes the codes of a box that ended, and gives all of its passes the hour of the end.';

create or replace function elections.close_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
returns table (ballots bigint, voters bigint, event_height integer, event_sha256 bytea)
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    if box.state = 'open' then
        perform elections.require_box_act(organization, voting_box, act, 'close_box');
        box := elections.extend_archive(box, '{}', 'EndBallots', null, 'closed', at);
        perform elections.forget_entrances(organization, voting_box, at);
    else
        perform elections.require_box_state(box, 'closed');
    end if;
    return query select box.ballots, box.voters, box.events - 1, box.head;
end
$$;
comment on function elections.close_box is
    'Closes an open box by an act of two people, and tells what is in it; a closed one tells the same again. The hours at which people were let in are forgotten.';

create or replace function elections.annul_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    decided elections.acts;
begin
    perform elections.require_box_state(box, 'preparing', 'sealed', 'open', 'closed', 'tallied', 'counted');
    decided := elections.require_box_act(organization, voting_box, act, 'annul_box');
    update elections.boxes set state = 'annulled', state_changed_at = at, state_reason = decided.reason
    where boxes.organization_id = organization and boxes.box_id = voting_box;
    update elections.box_questions as questions set is_standing = false
    where questions.organization_id = organization and questions.box_id = voting_box;
    perform elections.forget_entrances(organization, voting_box, at);
end
$$;
comment on function elections.annul_box is
    'Annuls a box by an act of two people: its votes count nowhere, what it asked may be asked again, and all of it stays but the hours at which people were let in.';
