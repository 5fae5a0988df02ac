-- Electronic boxes: filled, closed and counted by their functions alone; a rehearsal counts for nothing, few ballots are not
-- opened, nobody votes twice over all ways, no ballot is without its participation nor one without its ballot, and no
-- step is taken by one person.
begin;
select plan(75);

create temporary table walled (name text, updated text[]) on commit drop;
insert into walled values
    ('boxes', '{}'), ('box_questions', '{}'), ('box_options', '{}'), ('box_credentials', '{}'), ('box_records', '{}'),
    ('participations', '{}'), ('box_ballots', '{}'), ('box_exclusions', '{}'), ('box_counts', '{}');
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = ('elections.' || name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, name || ' changes in these columns alone')
from walled;
select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, 'insert, delete'),
    name || ' is written by functions alone')
from walled;
select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, 'update, delete')
        and not has_any_column_privilege('alianzas_app', 'elections.' || name, 'update'),
    name || ' is added to and never changed')
from unnest(array['trustee_messages', 'roll_contacts']) as tables (name);
select is(
    array(
        select relname::text from pg_class
        where relnamespace = 'elections'::regnamespace and relkind = 'r'
            and relname ~ '^(box|boxes|trustee|participation|voting_pass|voting_code|kiosk|roll_contact)'
            and has_any_column_privilege('alianzas_public', oid, 'select')
        order by relname),
    '{box_records,boxes}', 'anybody reads boxes and archives, and nothing else of them');
select ok(
    not has_column_privilege('alianzas_public', 'elections.boxes', 'voters', 'select'),
    'how many voted is told by the archive, and not by the ballots that were replaced');
select is_empty(
    $$select table_name || '.' || column_name from information_schema.columns
        where table_schema = 'elections' and table_name in ('participations', 'box_ballots')
            and data_type like 'timestamp%'$$,
    'no participation and no ballot bears a time');

-- A process with a frozen roll of three, one contest with one slate, a table, two boxes.
insert into catalogue.municipalities values
    ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false) on conflict do nothing;
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
create temporary table ids (tenant uuid, alliance uuid, process uuid, body uuid, contest uuid, slate uuid, place uuid)
    on commit drop;
insert into ids
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000000' || 1)::uuid,
    'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000003',
    'aaaaaaaa-0000-4000-8000-000000000004', 'aaaaaaaa-0000-4000-8000-000000000005',
    'aaaaaaaa-0000-4000-8000-000000000006';
grant select on ids to alianzas_app;
insert into tenancy.alliances select tenant, alliance, 'a', 'A', 'territory', null, 'active', '2026-01-01' from ids;
insert into elections.processes (
    organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
select tenant, process, alliance, 'Elección', 'provisional_roll', '2026-01-01', '2026-01-01' from ids;
insert into governance.bodies (
    organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed, formation,
    continues_until_replaced, created_at)
select tenant, body, alliance, 'Junta', 'organizing_committee', false, 24, false, 'proclamation', true, '2026-01-01'
from ids;
insert into elections.contests (
    organization_id, contest_id, process_id, position, name, body_id, seats, candidature, voting_mode, counting_rule,
    majority_base, has_blank_majority, alternates, rules_source, rules_are_confirmed, state)
select tenant, contest, process, 1, 'Junta', body, 1, 'slates', 'paper', 'mayoria', 'valid', false, 'none',
    'Estatutos', false, 'open'
from ids;
insert into elections.voting_tables
select tenant, place, process, 1, 'Colegio', 'Calle 1', '23672', '2026-03-01 08:00', '2026-03-01 16:00' from ids;
insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
    municipality_code, regime, affiliation_state, insurer_code, valid_from)
select tenant, ('cccccccc-0000-4000-8000-00000000000' || number)::uuid, 'CC', '100' || number, 'Prueba', 'Ana',
    '1990-01-01', 'F', '23672', 'subsidiado', 'active', 'EPS048', '2020-01-01'
from ids, generate_series(1, 3) as number;
insert into elections.provisional_rolls
select tenant, process, 1, '2026-01-01', 3, 0, 0, decode(repeat('01', 16), 'hex'), null, '2026-01-01', null from ids;
insert into elections.provisional_entries
select organization_id, process, 1, person_id, document_type, document_number, 'Ana', 'ana', '23672', 'eligible', '{}',
    '{}'
from membership.affiliates, ids where organization_id = tenant;
set local alianzas.organization_id = 'aaaaaaaa-0000-4000-8000-000000000000';
select elections.freeze_roll(tenant, process, decode(repeat('07', 32), 'hex'), '2026-01-02', null) from ids;
insert into elections.roll_assignments
select organization_id, process, person_id, place from membership.affiliates, ids where organization_id = tenant;
insert into elections.slates (
    organization_id, slate_id, process_id, contest_id, name, name_folded, representative, state, registered_at,
    decided_at)
select tenant, slate, process, contest, 'P1', 'p1', 'Ana', 'admitted', '2026-01-03', '2026-01-03' from ids;
insert into elections.contest_rounds (
    organization_id, contest_id, round, process_id, kind, announced_at)
select tenant, contest, 1, process, 'first', '2026-01-04' from ids;
insert into elections.ballot_options select tenant, process, contest, 1, 1, slate from ids;

-- A box under a number; its uuid ends in it.
create function pg_temp.draft(number int, mock boolean)
returns void
language sql
as $$
    select elections.draft_box(
        tenant, ('bbbbbbbb-0000-4000-8000-00000000000' || number)::uuid, alliance, process, mock,
        'Urna1234567891' || number, 'Ed25519', case when mock then 1 else 2 end, case when mock then 1 else 2 end, true,
        true, false, false, '2026-03-01 08:00',
        '2026-03-01 16:00', array[contest], array[1], '2026-02-01', null)
    from ids
$$;
create function pg_temp.box(number int) returns uuid language sql
as $$ select ('bbbbbbbb-0000-4000-8000-00000000000' || number)::uuid $$;
-- An act of two people about a box.
create function pg_temp.decide(
    number int, box int, kind text, credential text default null, conflict uuid default null)
returns uuid
language sql
as $$
    insert into elections.acts (
        organization_id, act_id, process_id, box_id, credential, conflict_id, kind, reason, proposed_at, proposed_by, proposed_as,
        seconded_at, seconded_by, seconded_as)
    select tenant, ('dddddddd-0000-4000-8000-00000000000' || number)::uuid, process, pg_temp.box(box), credential,
        conflict, kind,
        'Así', '2026-03-01', 'eeeeeeee-0000-4000-8000-000000000001', 'election_committee', '2026-03-01',
        'eeeeeeee-0000-4000-8000-000000000002', 'guarantor'
    from ids
    returning act_id
$$;
create function pg_temp.ballot(credential text, mark text) returns text language sql
as $$ select '{"election_uuid":"Urna12345678911","election_hash":"'
    || rtrim(encode(sha256('{}'), 'base64'), '=') || '","credential":"'
    || credential || '","answers":"' || mark || '"}' $$;

create function pg_temp.cast_by(pass int, credential text, mark text, box int default 1)
returns text
language sql
as $$
    select outcome from ids, elections.append_ballots(
        tenant, pg_temp.box(box), array[('ffffffff-0000-4000-8000-00000000000' || pass)::uuid], array[credential],
        array[pg_temp.ballot(credential, mark)], '2026-03-01 10:00')
$$;
insert into tenancy.users (organization_id, user_id, name, email, office_title, is_active, created_at)
select tenant, ('eeeeeeee-0000-4000-8000-00000000000' || digit)::uuid, 'Custodio', 'c' || digit || '@ejemplo.invalid', 'x',
    true, '2026-01-01'
from ids, unnest(array['3', 'a']) as digit;
insert into tenancy.grants (
    organization_id, grant_id, user_id, role, alliance_id, process_id, starts_at)
select tenant, ('eeeeeeee-0000-4000-8000-00000000000' || digits[1])::uuid,
    ('eeeeeeee-0000-4000-8000-00000000000' || digits[2])::uuid, 'trustee', alliance, process, '2026-01-01'
from ids, (values (array['4', '3']), (array['b', 'a'])) as pairs (digits);
select throws_ok(
    $$insert into tenancy.grants (organization_id, grant_id, user_id, role, starts_at)
        select tenant, 'eeeeeeee-0000-4000-8000-000000000009', 'eeeeeeee-0000-4000-8000-000000000003', 'trustee',
            '2026-01-01' from ids$$,
    '23514', null, 'a trustee is one of a process');

-- What both trustees of the box send.
create function pg_temp.post(message text) returns void language sql
as $$
    insert into elections.trustee_messages
    select tenant, pg_temp.box(1), 1, trustees.number, message, trustee_id, '{}', '2026-02-01', user_id
    from ids, elections.box_trustees as trustees where trustees.box_id = pg_temp.box(1)
$$;

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select lives_ok('select pg_temp.draft(1, false)', 'a box is drafted');
select throws_ok('select pg_temp.draft(2, false)', '23505', null, 'one box takes the votes of a contest');
select lives_ok('select pg_temp.draft(3, true)', 'and beside it a rehearsal');
select throws_ok(
    $$select elections.seal_box(tenant, pg_temp.box(1), '{}', '[]', '{1}', '{1}', array[slate],
        '2026-02-02') from ids$$, '23514', null, 'a box is not sealed before its trustees have keys');

insert into elections.box_trustees (
    organization_id, trustee_id, box_id, process_id, number, body, user_id, grant_id, name, appointed_at)
select tenant, 'eeeeeeee-0000-4000-8000-000000000005', pg_temp.box(1), process, 1, 'control',
    'eeeeeeee-0000-4000-8000-000000000003', 'eeeeeeee-0000-4000-8000-000000000004', 'Custodio', '2026-02-01' from ids;
select throws_ok(
    $$insert into elections.box_trustees (
        organization_id, trustee_id, box_id, process_id, number, body, user_id, person_id, capacity, grant_id, name,
        appointed_at)
    select tenant, 'eeeeeeee-0000-4000-8000-000000000006', pg_temp.box(1), process, 2, 'alliance',
        'eeeeeeee-0000-4000-8000-000000000003', 'cccccccc-0000-4000-8000-000000000001', 'committee',
        'eeeeeeee-0000-4000-8000-000000000004', 'Custodio', '2026-02-01' from ids$$,
    '23514', null, 'nobody of the committee keeps a share for the alliance');
select throws_ok(
    $$insert into elections.box_authorities (
        organization_id, authority_id, box_id, process_id, user_id, person_id, capacity, grant_id, name, appointed_at)
    select tenant, 'eeeeeeee-0000-4000-8000-000000000007', pg_temp.box(1), process,
        'eeeeeeee-0000-4000-8000-000000000003', 'cccccccc-0000-4000-8000-000000000001', 'juror',
        'eeeeeeee-0000-4000-8000-000000000004', 'Autoridad', '2026-02-01' from ids$$,
    '23514', null, 'no juror makes the credentials');
select throws_ok(
    $$insert into elections.box_trustees (
        organization_id, trustee_id, box_id, process_id, number, body, user_id, grant_id, name, appointed_at)
    select tenant, 'eeeeeeee-0000-4000-8000-000000000006', pg_temp.box(1), process, 2, 'control',
        'eeeeeeee-0000-4000-8000-000000000003', 'eeeeeeee-0000-4000-8000-000000000004', 'Custodio', '2026-02-01'
    from ids$$, '23505', null, 'no two trustees are of one body');
insert into elections.box_trustees (
    organization_id, trustee_id, box_id, process_id, number, body, user_id, grant_id, name, appointed_at)
select tenant, 'eeeeeeee-0000-4000-8000-00000000000c', pg_temp.box(1), process, 2, 'alliance',
    'eeeeeeee-0000-4000-8000-00000000000a', 'eeeeeeee-0000-4000-8000-00000000000b', 'Custodio', '2026-02-01' from ids;
select pg_temp.post('single_key');
select throws_ok(
    $$select elections.seal_box(tenant, pg_temp.box(1), '{}', '[]', '{1}', '{1}', array[slate],
        '2026-02-02') from ids$$, '23514', null, 'nor without credentials');
select elections.put_credentials(
    tenant, pg_temp.box(1), true, array[
        repeat('0', 63) || '2', '01' || repeat('0', 61) || '1', repeat('0', 63) || '3', repeat('0', 63) || '5'],
    array['A1', 'A2', 'R1', 'V1'],
    array['cccccccc-0000-4000-8000-000000000001', 'cccccccc-0000-4000-8000-000000000002', null, null]::uuid[],
    '{false,false,true,false}')
from ids;
select throws_ok(
    $$select elections.put_credentials(tenant, pg_temp.box(1), false, array[repeat('0', 63) || '4'], array['A9'],
        array['cccccccc-0000-4000-8000-000000000001']::uuid[], '{false}') from ids$$,
    '23505', null, 'nobody has two credentials');
-- Points are sorted by their octets from the last of the text on.
select is(
    elections.listed_credentials(tenant, pg_temp.box(1)),
    '["01' || repeat('0', 61) || '1","' || repeat('0', 63) || '2","' || repeat('0', 63) || '3","' || repeat('0', 63) || '5"]',
    'the published list is sorted by element')
from ids;
select throws_ok(
    $$select elections.seal_box(tenant, pg_temp.box(1), '{}', '[]', '{1}', '{2}', array[slate],
        '2026-02-02') from ids$$, '23514', null, 'a box asks what was announced, and in that order');
select lives_ok(
    $$select elections.seal_box(tenant, pg_temp.box(1), '{}', '[]', '{1}', '{1}', array[slate],
        '2026-02-02') from ids$$, 'it is sealed');
select is(
    (select fingerprint from elections.boxes where number = 1 and not is_mock), rtrim(encode(sha256('{}'), 'base64'), '='),
    'its fingerprint is that of the election');
select is((select count(*)::int from elections.box_records), 6, 'its archive begins with what the format asks');
select throws_ok(
    $$select elections.edit_box(tenant, pg_temp.box(1), 'Ed25519', 2, 2, 2, true, true, false, '2026-03-01 08:00',
        '2026-03-02') from ids$$, '23514', null, 'nothing of a sealed box is changed');
select throws_ok(
    $$select elections.put_credentials(tenant, pg_temp.box(1), true, '{}', '{}', '{}', '{}') from ids$$,
    '23514', null, 'no credential is added to it');

select throws_ok(
    $$select elections.open_box(tenant, pg_temp.box(1), pg_temp.decide(1, 1, 'close_box'), '2026-03-01 09:00')
        from ids$$, '23514', null, 'an act of another kind opens nothing');
select throws_ok(
    $$select elections.open_box(tenant, pg_temp.box(1), pg_temp.decide(2, 1, 'open_box'), '2026-03-01 09:00')
        from ids$$, '23514', null, 'nobody opens before the key files are proven');
select pg_temp.post('trial');
select throws_ok(
    $$select elections.open_box(tenant, pg_temp.box(1), pg_temp.decide(2, 1, 'open_box'), '2026-03-01 07:00')
        from ids$$, '23514', null, 'nor before the hour');
select lives_ok(
    $$select elections.open_box(tenant, pg_temp.box(1), pg_temp.decide(2, 1, 'open_box'), '2026-03-01 09:00')
        from ids$$, 'two people open it');

insert into elections.voting_passes (
    organization_id, pass_id, box_id, process_id, person_id, way, token_sha256, expires_at)
select tenant, ('ffffffff-0000-4000-8000-00000000000' || number)::uuid, pg_temp.box(1), process,
    ('cccccccc-0000-4000-8000-00000000000' || number)::uuid, 'remote', sha256(number::text::bytea), '2026-03-01 12:00'
from ids, generate_series(1, 3) as number;
select is(pg_temp.cast_by(1, repeat('0', 63) || '2', 'a'), 'taken', 'a ballot is taken');
select is(pg_temp.cast_by(1, repeat('0', 63) || '2', 'a'), 'stored', 'sent again it is there');
select is(pg_temp.cast_by(1, repeat('0', 63) || '2', 'b'), 'replaced', 'another replaces it');
select is(pg_temp.cast_by(1, repeat('0', 63) || '2', 'a'), 'copy', 'the first is a copy from then on');
select is(pg_temp.cast_by(2, repeat('0', 63) || '2', 'c'), 'other_credential', 'by its owner alone');
select is(pg_temp.cast_by(1, repeat('9', 64), 'c'), 'unknown_credential', 'with a credential that was given out');
select is(pg_temp.cast_by(9, repeat('0', 63) || '2', 'c'), 'no_pass', 'and with a pass');
select is((select ballots || '/' || voters from elections.boxes where number = 1 and not is_mock), '2/1', 'it is counted so');
select throws_ok(
    $$select elections.mark_paper_vote(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000001', place) from ids$$,
    '23505', null, 'whoever voted in the box gets no paper');
select lives_ok(
    $$select elections.mark_paper_vote(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000002', place) from ids$$,
    'somebody else does');
select is(
    pg_temp.cast_by(2, '01' || repeat('0', 61) || '1', 'c'), 'paper', 'and does not vote in the box any more');
select throws_ok(
    $$select elections.undo_paper_vote(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000001', place,
        'Lo devolvió', '2026-03-01 10:00', null, array['dddddddd-0000-4000-8000-0000000000aa']::uuid[]) from ids$$,
    '23503', null, 'a vote in the box is no paper that comes back');
select lives_ok(
    $$select elections.undo_paper_vote(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000002', place,
        'Lo devolvió', '2026-03-01 10:00', null, array['dddddddd-0000-4000-8000-0000000000aa']::uuid[]) from ids$$,
    'paper that was not used comes back');
select is(
    (select count(*)::int from elections.participations where way = 'paper'), 0, 'and leaves no mark');
select is(
    (select kind || ': ' || account from elections.participation_conflicts), 'paper_returned: Lo devolvió',
    'but a row for two people');
select lives_ok(
    $$select elections.mark_paper_vote(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000002', place) from ids$$,
    'until papers are handed out again');
select throws_ok(
    $$select elections.bind_credential(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000001', 'R1', 'Se perdió')
        from ids$$, '23514', null, 'a credential that voted is not replaced');
select throws_ok(
    $$select elections.bind_credential(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000003', 'R1', null)
        from ids$$, '23503', null, 'nobody draws a spare');
select lives_ok(
    $$select elections.bind_credential(tenant, pg_temp.box(1), 'cccccccc-0000-4000-8000-000000000003', 'V1', null)
        from ids$$, 'a slip that is free is bound');

select throws_ok(
    $$select elections.tally_box(tenant, pg_temp.box(1), pg_temp.decide(3, 1, 'count_box'), '[]', '2026-03-01 17:00')
        from ids$$, '23514', null, 'nothing is tallied while it is open');
select lives_ok(
    $$select elections.close_box(tenant, pg_temp.box(1), pg_temp.decide(4, 1, 'close_box'), '2026-03-01 16:00')
        from ids$$, 'two people close it');
select is(
    (select count(distinct (expires_at, ended_at))::int from elections.voting_passes), 1,
    'the hours at which people were let in are forgotten');
select is(
    (select count(*)::int from ids, elections.close_box(tenant, pg_temp.box(1), null, '2026-03-01 16:01')
        where ballots = 2 and voters = 1), 1, 'asked again it tells the same');
select throws_ok(
    $$select pg_temp.decide(6, 1, 'annul_box', null, conflict_id) from elections.participation_conflicts$$,
    '23514', null, 'an act of another kind settles no contradiction');
select throws_ok(
    $$select elections.exclude_ballots(
        tenant, pg_temp.box(1),
        pg_temp.decide(6, 1, 'exclude_ballots', repeat('0', 63) || '2', conflict_id), '2026-03-01 16:30')
        from ids, elections.participation_conflicts$$,
    '23514', null, 'and none leaves the ballots of somebody else out');
select throws_ok(
    $$select elections.exclude_ballots(
        tenant, pg_temp.box(1), pg_temp.decide(6, 1, 'exclude_ballots', repeat('0', 63) || '2'), '2026-03-01 16:30')
        from ids$$,
    '23514', 'nobody else challenged the box', 'nor any that nobody challenged');
select throws_ok(
    $$select elections.tally_box(tenant, pg_temp.box(1), pg_temp.decide(5, 1, 'count_box'), '[]', '2026-03-01 17:00')
        from ids$$, '23514', null, 'one voter is not opened');
reset role;

-- The two keys that point at each other, and what the walls of the functions rest on.
set constraints all immediate;
select throws_ok(
    $$insert into elections.participations
        select tenant, pg_temp.box(1), process, 'cccccccc-0000-4000-8000-000000000003', 'remote', null,
            repeat('0', 63) || '3', true from ids$$, '23503', null, 'no participation is without its ballot');
select throws_ok(
    $$insert into elections.box_ballots
        select tenant, pg_temp.box(1), 9, repeat('0', 63) || '3', 1, true, sha256('x') from ids$$,
    '23503', null, 'nor a ballot without its participation');
select throws_ok(
    $$insert into elections.box_counts
        select tenant, pg_temp.box(3), contest, 1, process, true, array[slate], '{5}', 0, 5, 1, '2026-03-01' from ids$$,
    '23514', null, 'a rehearsal is counted nowhere');
select throws_ok(
    $$insert into elections.box_counts
        select tenant, pg_temp.box(3), contest, 1, process, false, array[slate], '{5}', 0, 5, 1, '2026-03-01' from ids$$,
    '23503', null, 'also where it is called none');

select * from finish();
rollback;
