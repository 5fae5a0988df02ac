-- 0359 · elections · the fingerprint of an election
-- What every ballot bears is the hash of the election as it stands in the archive: who seals does not say it, it is
-- reckoned where the text is written.
-- Locks: none on existing tables. Undo: a later migration.

drop function elections.seal_box(uuid, uuid, text, text, text, integer[], integer[], uuid[], timestamptz);
create function elections.seal_box(
    organization uuid, voting_box uuid, election text, trustee_keys text,
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
    box.fingerprint := rtrim(encode(sha256(convert_to(election, 'UTF8')), 'base64'), '=');
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
    'Seals a box of the tenant in scope once every trustee has a key: writes election, trustees, credentials and the first event, and keeps the fingerprint of the election.';
grant execute on function elections.seal_box to alianzas_app;
