-- 0293 · elections · what fills, closes and counts a box
-- The functions that alone write boxes beyond their draft, credentials, participations, ballots and the archive. Each
-- asks for the tenant in scope, locks the box, refuses by a named constraint, and leaves the archive whole.
-- Locks: none on existing tables. Undo: a later migration.

-- The box of the tenant in scope, locked: every step goes through here, since the owner passes row security by. Who calls
-- it asks which tenant that is, as each function with its owner's rights does.
create function elections.locked_box(organization uuid, voting_box uuid, tenant_in_scope uuid)
returns elections.boxes
language plpgsql
set search_path = pg_catalog
as $$
declare
    box elections.boxes;
begin
    if organization is distinct from tenant_in_scope then
        raise exception 'the box belongs to another tenant' using errcode = '42501';
    end if;
    select * into box from elections.boxes
    where boxes.organization_id = organization and boxes.box_id = voting_box
    for update;
    if box.box_id is null then
        raise exception 'there is no such box' using errcode = '23503', constraint = 'boxes_are_there';
    end if;
    return box;
end
$$;
comment on function elections.locked_box is 'A box of the tenant in scope, locked until the transaction ends.';

create function elections.require_box_state(box elections.boxes, variadic states text[])
returns void
language plpgsql
set search_path = pg_catalog
as $$
begin
    if box.state <> all (states) then
        raise exception 'not in state %', box.state using errcode = '23514', constraint = 'boxes_follow_their_states';
    end if;
end
$$;
comment on function elections.require_box_state is 'Refuses a step that does not follow from where the box stands.';

create function elections.require_box_act(organization uuid, voting_box uuid, act uuid, act_kind text)
returns elections.acts
language plpgsql
set search_path = pg_catalog
as $$
declare
    decided elections.acts;
begin
    select * into decided from elections.acts
    where acts.organization_id = organization and acts.box_id = voting_box and acts.act_id = act
        and acts.kind = act_kind and acts.seconded_at is not null;
    if decided.act_id is null then
        raise exception 'it takes two people' using errcode = '23514', constraint = 'boxes_steps_are_seconded';
    end if;
    return decided;
end
$$;
comment on function elections.require_box_act is 'The act of two people that a step of a box rests on.';

-- The canonical text of an event of the archive (verifiable-voting.md §4.3).
create function elections.box_event(parent bytea, height integer, kind text, payload text)
returns bytea
language sql immutable parallel safe
as $$
    select convert_to(
        '{' || case when parent is null then '' else '"parent":"' || encode(parent, 'hex') || '",' end
        || '"height":' || height || ',"type":"' || kind || '"'
        || case when payload is null then '' else ',"payload":"' || payload || '"' end || '}', 'UTF8')
$$;
comment on function elections.box_event is 'The canonical text of an event of an archive.';

-- Adds data and the event that needs them behind the archive that goes on.
create function elections.extend_archive(
    box elections.boxes, data bytea[], kind text, payload text, new_state text, at timestamptz)
returns elections.boxes
language plpgsql
set search_path = pg_catalog
as $$
declare
    event bytea := elections.box_event(box.head, box.events, kind, payload);
begin
    insert into elections.box_records (organization_id, box_id, archive, position, name, content, is_public)
    select box.organization_id, box.box_id, box.archive, box.records + place - 1,
        encode(sha256(content), 'hex') || case when place > cardinality(data) then '.event.json' else '.data.json' end,
        content, true
    from unnest(data || event) with ordinality as list (content, place);
    box.records := box.records + cardinality(data) + 1;
    box.events := box.events + 1;
    box.head := sha256(event);
    if new_state <> box.state then
        box.state := new_state;
        box.state_changed_at := at;
    end if;
    update elections.boxes
    set records = box.records, events = box.events, head = box.head, state = box.state,
        state_changed_at = box.state_changed_at, fingerprint = box.fingerprint, credentials = box.credentials,
        is_public = box.is_public, archive = box.archive, voters = box.voters, excluded = box.excluded
    where boxes.organization_id = box.organization_id and boxes.box_id = box.box_id;
    return box;
end
$$;
comment on function elections.extend_archive is 'Adds data records and the event behind them to the archive of a box, and moves the box.';

-- Drafts a box, or writes its questions anew.
create function elections.draft_box(
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
    where boxes.organization_id = organization and boxes.process_id = process;
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
comment on function elections.draft_box is 'Drafts a box of the tenant in scope with what it asks; returns its number.';
grant execute on function elections.draft_box to alianzas_app;

-- Changes a box that is drafted; another ceremony begins the key anew.
create function elections.edit_box(
    organization uuid, voting_box uuid, group_of text, number_of_trustees integer, needed integer, new_ceremony integer,
    paper boolean, remote boolean, kiosk boolean, opening timestamptz, closing timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    perform elections.require_box_state(box, 'preparing');
    update elections.boxes
    set group_name = group_of, trustees = number_of_trustees, threshold = needed, ceremony = new_ceremony,
        has_paper = paper, allows_remote = remote, allows_kiosk = kiosk, opens_at = opening, closes_at = closing
    where boxes.organization_id = organization and boxes.box_id = voting_box;
end
$$;
comment on function elections.edit_box is 'Changes what was decided about a box of the tenant in scope while it is drafted.';
grant execute on function elections.edit_box to alianzas_app;

-- Takes public credentials in, a piece of the list at a time; the first piece replaces what was there.
create function elections.put_credentials(
    organization uuid, voting_box uuid, is_first boolean, credentials text[], serials text[], persons uuid[],
    spares boolean[])
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    perform elections.require_box_state(box, 'preparing');
    if is_first then
        delete from elections.box_credentials as listed
        where listed.organization_id = organization and listed.box_id = voting_box;
    end if;
    insert into elections.box_credentials (
        organization_id, box_id, credential, process_id, serial, person_id, is_spare, is_usable)
    select organization, voting_box, credential, box.process_id, serial, person, is_spare, true
    from unnest(credentials, serials, persons, spares) as list (credential, serial, person, is_spare);
end
$$;
comment on function elections.put_credentials is
    'Takes a piece of the list of public credentials of a box that is prepared; the first piece begins the list anew.';
grant execute on function elections.put_credentials to alianzas_app;

-- Gives an elector the slip with a serial: drawn at a table, or in place of one that was lost before it voted.
create function elections.bind_credential(
    organization uuid, voting_box uuid, elector uuid, slip text, reason_given text)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    lost text;
begin
    perform elections.require_box_state(box, 'sealed', 'open');
    select credential into lost from elections.box_credentials as listed
    where listed.organization_id = organization and listed.box_id = voting_box and listed.person_id = elector
        and listed.is_usable;
    if lost is not null then
        if exists (
            select from elections.participations as marks
            where marks.organization_id = organization and marks.box_id = voting_box and marks.credential = lost)
        then
            raise exception 'the credential has voted'
                using errcode = '23514', constraint = 'box_credentials_voted_stay';
        end if;
        if reason_given is null then
            raise exception 'a credential is replaced for a reason'
                using errcode = '23514', constraint = 'box_credentials_unusable_is_reasoned';
        end if;
        update elections.box_credentials as listed set is_usable = false, reason = reason_given
        where listed.organization_id = organization and listed.box_id = voting_box and listed.credential = lost;
    end if;
    update elections.box_credentials as listed set person_id = elector, reason = reason_given
    where listed.organization_id = organization and listed.box_id = voting_box and listed.serial = slip
        and listed.person_id is null and listed.is_usable;
    if not found then
        raise exception 'no free slip has the serial'
            using errcode = '23503', constraint = 'box_credentials_slips_are_free';
    end if;
end
$$;
comment on function elections.bind_credential is
    'Binds a slip that is free to an elector; the credential that they had and have not used is unusable from then on.';

create function elections.octets_reversed(hex text)
returns text
language sql immutable parallel safe
as $$
    select string_agg(substr(hex, place, 2), '' order by place desc)
    from generate_series(1, length(hex) - 1, 2) as octets (place)
$$;
comment on function elections.octets_reversed is 'The octets of a hexadecimal text, the last first.';

-- Sorted by element, so that the order says nothing: numbers by their size; points by their 32 octets, of which the text
-- has the last first (verifiable-voting.md §4.2, §4.6).
create function elections.listed_credentials(organization uuid, voting_box uuid)
returns text
language sql stable
as $$
    select '[' || coalesce(string_agg('"' || credential || '"', ',' order by
        case when boxes.group_name = 'Ed25519' then 0 else length(credential) end,
        case when boxes.group_name = 'Ed25519' then elections.octets_reversed(credential) else credential end
        collate "C"), '') || ']'
    from elections.boxes
    join elections.box_credentials as credentials on credentials.organization_id = boxes.organization_id
        and credentials.box_id = boxes.box_id
    where boxes.organization_id = organization and boxes.box_id = voting_box
$$;
comment on function elections.listed_credentials is 'The list of public credentials of a box, as its archive has it.';
grant execute on function elections.listed_credentials, elections.octets_reversed to alianzas_app;

-- Seals a box: its first records are written, and nothing of it is changed any more.
create function elections.seal_box(
    organization uuid, voting_box uuid, election text, trustee_keys text, election_fingerprint text,
    option_positions integer[], option_numbers integer[], option_slates uuid[], at timestamptz)
returns bytea
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    listed text;
    setup text;
begin
    perform elections.require_box_state(box, 'preparing');
    insert into elections.box_options (
        organization_id, box_id, position, number, process_id, contest_id, slate_id)
    select organization, voting_box, questions.position, list.number, questions.process_id, questions.contest_id, slate
    from unnest(option_positions, option_numbers, option_slates) as list (position, number, slate)
    join elections.box_questions as questions on questions.organization_id = organization
        and questions.box_id = voting_box and questions.position = list.position;
    -- A box that counts asks what the tables ask, in the order that was announced.
    if not box.is_mock and exists (
        (
            select questions.contest_id, options.number, options.slate_id
            from elections.box_questions as questions
            join elections.ballot_options as options on options.organization_id = organization
                and options.contest_id = questions.contest_id and options.round = questions.round
            where questions.organization_id = organization and questions.box_id = voting_box
            except all
            select contest_id, number, slate_id from elections.box_options as options
            where options.organization_id = organization and options.box_id = voting_box
        ) union all (
            select contest_id, number, slate_id from elections.box_options as options
            where options.organization_id = organization and options.box_id = voting_box
            except all
            select questions.contest_id, options.number, options.slate_id
            from elections.box_questions as questions
            join elections.ballot_options as options on options.organization_id = organization
                and options.contest_id = questions.contest_id and options.round = questions.round
            where questions.organization_id = organization and questions.box_id = voting_box))
    then
        raise exception 'the box asks something else than the ballot'
            using errcode = '23514', constraint = 'box_options_are_of_the_ballot';
    end if;
    if (
        select count(distinct messages.number) from elections.trustee_messages as messages
        join elections.box_trustees as trustees on trustees.organization_id = organization
            and trustees.trustee_id = messages.trustee_id and trustees.relieved_at is null
        where messages.organization_id = organization and messages.box_id = voting_box
            and messages.ceremony = box.ceremony and messages.kind in ('single_key', 'verification_key')
    ) <> box.trustees then
        raise exception 'a trustee has not made their key'
            using errcode = '23514', constraint = 'boxes_trustees_have_keys';
    end if;
    listed := elections.listed_credentials(organization, voting_box);
    select count(*) into box.credentials
    from elections.box_credentials as credentials
    where credentials.organization_id = organization and credentials.box_id = voting_box;
    if box.credentials = 0 then
        raise exception 'the box has no credentials' using errcode = '23514', constraint = 'boxes_have_credentials';
    end if;
    setup := '{"election":"' || encode(sha256(convert_to(election, 'UTF8')), 'hex')
        || '","trustees":"' || encode(sha256(convert_to(trustee_keys, 'UTF8')), 'hex')
        || '","credentials":"' || encode(sha256(convert_to(listed, 'UTF8')), 'hex') || '"}';
    insert into elections.box_records (organization_id, box_id, archive, position, name, content, is_public)
    values (
        organization, voting_box, 0, 0, 'BELENIOS',
        convert_to('{"version":1,"timestamp":"' || extract(epoch from at)::bigint || '"}', 'UTF8'), true);
    box.records := 1;
    box.fingerprint := election_fingerprint;
    box.is_public := true;
    box := elections.extend_archive(
        box,
        array[convert_to(election, 'UTF8'), convert_to(trustee_keys, 'UTF8'), convert_to(listed, 'UTF8'),
            convert_to(setup, 'UTF8')],
        'Setup', encode(sha256(convert_to(setup, 'UTF8')), 'hex'), 'sealed', at);
    return box.head;
end
$$;
comment on function elections.seal_box is
    'Seals a box of the tenant in scope once every trustee has a key: writes election, trustees, credentials and the first event.';

create function elections.open_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
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
    update elections.boxes set state = 'open', state_changed_at = at
    where boxes.organization_id = organization and boxes.box_id = voting_box;
end
$$;
comment on function elections.open_box is 'Opens a sealed box in its hours, by an act of two people, once each key was proven.';

-- Takes ballots in, each on its own conditions; checked as the count checks them before this is called. What is refused
-- is told apart by a word, and the others go on.
create function elections.append_ballots(
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
    'Takes checked ballots into an open box, in order, with their participation, in one transaction; refuses each that may not come in with a word: no_pass, unknown_credential, other_credential, other_ballot, copy, not_open, closed, paper, left.';

-- Marks that somebody votes on paper where a box is open, when the ballot papers are handed over.
create function elections.mark_paper_vote(organization uuid, voting_box uuid, elector uuid, voting_table uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
begin
    perform elections.require_box_state(box, 'sealed', 'open');
    if not box.has_paper then
        raise exception 'nobody votes on paper beside the box'
            using errcode = '23514', constraint = 'participations_paper_is_beside_the_box';
    end if;
    if not exists (
        select from elections.roll_assignments as assignments
        where assignments.organization_id = organization and assignments.process_id = box.process_id
            and assignments.person_id = elector and assignments.table_id = voting_table)
    then
        raise exception 'they vote at another table'
            using errcode = '23514', constraint = 'participations_table_is_theirs';
    end if;
    insert into elections.participations (organization_id, box_id, process_id, person_id, way, table_id)
    values (organization, voting_box, box.process_id, elector, 'paper', voting_table);
    update elections.voting_passes as passes set ended_at = passes.expires_at
    where passes.organization_id = organization and passes.box_id = voting_box and passes.person_id = elector
        and passes.ended_at is null;
end
$$;
comment on function elections.mark_paper_vote is
    'Marks that an elector votes on paper at their table, once, and not in the box.';

-- Ends the taking of ballots. Asked again it tells the same.
create function elections.close_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
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
        update elections.voting_passes as passes set ended_at = at
        where passes.organization_id = organization and passes.box_id = voting_box and passes.ended_at is null;
    else
        perform elections.require_box_state(box, 'closed');
    end if;
    return query select box.ballots, box.voters, box.events - 1, box.head;
end
$$;
comment on function elections.close_box is
    'Closes an open box by an act of two people, and tells what is in it; a closed one tells the same again.';

-- Leaves the ballots of one credential out of what is counted: the archive stays, and one without them is derived.
create function elections.exclude_ballots(organization uuid, voting_box uuid, act uuid, at timestamptz)
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
    insert into elections.box_exclusions (organization_id, box_id, credential, act_id, trackers, reason)
    select organization, voting_box, decided.credential, act, array_agg(sha256 order by turn), decided.reason
    from elections.box_ballots as cast_ballots
    where cast_ballots.organization_id = organization and cast_ballots.box_id = voting_box
        and cast_ballots.credential = decided.credential;
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
    'Derives, by an act of two people, an archive of a closed box without the ballots of one credential; it is the one that is counted.';

-- Publishes the encrypted sums: from here on the trustees may decrypt, and no ballot is excluded any more.
create function elections.tally_box(organization uuid, voting_box uuid, act uuid, encrypted_tally text, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    sized text;
begin
    perform elections.require_box_state(box, 'closed');
    perform elections.require_box_act(organization, voting_box, act, 'count_box');
    sized := '{"num_tallied":' || (box.voters - box.excluded) || ',"total_weight":' || (box.voters - box.excluded)
        || ',"encrypted_tally":"' || encode(sha256(convert_to(encrypted_tally, 'UTF8')), 'hex') || '"}';
    perform elections.extend_archive(
        box, array[convert_to(encrypted_tally, 'UTF8'), convert_to(sized, 'UTF8')], 'EncryptedTally',
        encode(sha256(convert_to(sized, 'UTF8')), 'hex'), 'tallied', at);
end
$$;
comment on function elections.tally_box is
    'Publishes the encrypted sums of a closed box by an act of two people; refused with fewer than five voters.';

-- Ends the archive with the decryptions and the result, and freezes what the canvass adds up.
create function elections.count_box(
    organization uuid, voting_box uuid, owners integer[], decryptions text[], result text, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    owned text;
begin
    perform elections.require_box_state(box, 'tallied');
    for place in 1 .. cardinality(owners) loop
        -- What a trustee sent, and nobody else's.
        if not exists (
            select from elections.trustee_messages as messages
            where messages.organization_id = organization and messages.box_id = voting_box
                and messages.ceremony = box.ceremony and messages.number = owners[place]
                and messages.kind = 'partial_decryption'
                and messages.content = convert_to(decryptions[place], 'UTF8'))
        then
            raise exception 'no trustee sent this'
                using errcode = '23514', constraint = 'box_counts_are_of_the_trustees';
        end if;
        owned := '{"owner":' || owners[place] || ',"payload":"'
            || encode(sha256(convert_to(decryptions[place], 'UTF8')), 'hex') || '"}';
        box := elections.extend_archive(
            box, array[convert_to(decryptions[place], 'UTF8'), convert_to(owned, 'UTF8')], 'PartialDecryption',
            encode(sha256(convert_to(owned, 'UTF8')), 'hex'), 'tallied', at);
    end loop;
    if cardinality(owners) < box.threshold then
        raise exception 'not enough trustees' using errcode = '23514', constraint = 'box_counts_have_their_trustees';
    end if;
    box := elections.extend_archive(
        box, array[convert_to(result, 'UTF8')], 'Result', encode(sha256(convert_to(result, 'UTF8')), 'hex'),
        'counted', at);
    insert into elections.box_counts (
        organization_id, box_id, contest_id, round, process_id, is_mock, slate_ids, votes, blank, ballots,
        marks_per_ballot, frozen_at)
    select organization, voting_box, questions.contest_id, questions.round, questions.process_id, questions.is_mock,
        options.slates, options.votes, (figures -> 0)::bigint, box.voters - box.excluded,
        elections.marks_per_ballot(contests.counting_rule, contests.seats), at
    from elections.box_questions as questions
    join elections.contests on contests.organization_id = organization
        and contests.contest_id = questions.contest_id
    cross join lateral (select result::jsonb -> 'result' -> (questions.position - 1)) as results (figures)
    cross join lateral (
        select array_agg(slate_id order by number) as slates,
            array_agg((figures -> number)::bigint order by number) as votes
        from elections.box_options as list
        where list.organization_id = organization and list.box_id = voting_box
            and list.position = questions.position
    ) as options
    where questions.organization_id = organization and questions.box_id = voting_box and not box.is_mock;
end
$$;
comment on function elections.count_box is
    'Ends the archive of a tallied box with what its trustees sent and the result, and freezes its counts; of a mock nothing is frozen.';

create function elections.annul_box(organization uuid, voting_box uuid, act uuid, at timestamptz)
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
    update elections.voting_passes as passes set ended_at = at
    where passes.organization_id = organization and passes.box_id = voting_box and passes.ended_at is null;
end
$$;
comment on function elections.annul_box is
    'Annuls a box by an act of two people: its votes count nowhere, what it asked may be asked again, and all of it stays.';

grant execute on function
    elections.bind_credential, elections.seal_box, elections.open_box, elections.append_ballots,
    elections.mark_paper_vote, elections.close_box, elections.exclude_ballots, elections.tally_box,
    elections.count_box, elections.annul_box
to alianzas_app;
