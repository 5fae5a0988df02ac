-- 0340 · elections · a box that comes after the tables
-- Who was handed papers while no box was sealed bears no mark, and would vote again in a box that opens afterwards: another
-- one after an annulment at noon, or the first where tables voted in the morning. A box that counts is not opened once a
-- table has opened the vote of one of its rounds before the sealing; a table that two people left out counts for nothing.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.were_tables_open(organization uuid, voting_box uuid, before timestamptz)
returns boolean
language sql stable
as $$
    select exists (
        select from elections.box_questions as questions
        join elections.polls on polls.organization_id = organization and polls.contest_id = questions.contest_id
            and polls.round = questions.round and polls.opened_at < before
        where questions.organization_id = organization and questions.box_id = voting_box and not questions.is_mock
            and not exists (
                select from elections.omitted_polls as omitted
                where omitted.organization_id = organization and omitted.table_id = polls.table_id
                    and omitted.contest_id = polls.contest_id and omitted.round = polls.round))
$$;
comment on function elections.were_tables_open is
    'Whether a table had opened the vote of a round that a box asks, which counts, before an hour.';
grant execute on function elections.were_tables_open to alianzas_app;

create or replace function elections.open_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    perform elections.require_box_state(box, 'sealed');
    perform elections.require_box_act(organization, voting_box, act, 'open_box');
    if at < box.opens_at or at >= box.closes_at then
        raise exception 'outside of its hours' using errcode = '23514', constraint = 'boxes_open_in_their_hours';
    end if;
    -- Each key file was proven to open before anybody votes under it.
    if (
        select count(*) from elections.trustee_messages as messages
        where messages.organization_id = organization and messages.box_id = voting_box
            and messages.ceremony = box.ceremony and messages.kind = 'trial'
    ) <> box.trustees then
        raise exception 'a trustee has not proven their key'
            using errcode = '23514', constraint = 'boxes_keys_are_proven';
    end if;
    -- A sealed box has been in this state since its sealing.
    if elections.were_tables_open(organization, voting_box, box.state_changed_at) then
        raise exception 'tables voted before the box was sealed'
            using errcode = '23514', constraint = 'boxes_come_before_the_tables';
    end if;
    update elections.boxes set state = 'open', state_changed_at = at
    where boxes.organization_id = organization and boxes.box_id = voting_box;
end
$$;
comment on function elections.open_box is
    'Opens a sealed box in its hours, by an act of two people, once each key was proven, where no table voted before it was sealed.';
