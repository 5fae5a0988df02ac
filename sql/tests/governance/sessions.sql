-- Sessions: who came stays as it was noted, and only departures and undone notes are written later; quorum and
-- decisions keep the figures by which they were judged.
begin;
select plan(31);

select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('governance.%I', name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, 'governance.' || name || ' changes in these columns alone')
from (values
    ('attendances', '{left_at,left_by,same_as,undone_at,undone_by}'::text[]),
    ('attendance_excuses', '{}'),
    ('attendance_sheets', '{}'),
    ('attendance_scans', '{}'),
    ('quorum_checks', '{}'),
    ('decisions', '{is_reserved,withdrawal_reason,withdrawn_at,withdrawn_by}'), ('decision_votes', '{is_reserved}'),
    ('meeting_questions', '{answer,answered_at,answered_by,is_reserved}'),
    ('speaking_turns', '{ended_at,is_reserved,item_id,minutes_allowed,started_at,withdrawn_at}'),
    ('session_steps', '{is_reserved}')
) as changed (name, updated);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
    municipality_code, regime, affiliation_state, insurer_code, valid_from)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'CC', '1001', 'Prueba', 'Rosa',
    '1980-01-01', 'F', '23672', 'subsidiado', 'active', 'ESS207', '2026-01-01');
insert into governance.meetings (
    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, is_public,
    is_own_accountability, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
    'aaaaaaaa-0000-4000-8000-000000000001', 1, 'assembly', 'Asamblea', 'planned', '2026-03-13', 'in_person', '{}', false,
    false, '2026-01-01');

create function pg_temp.stay(
    capacity text, person uuid default null, arrived timestamptz default '2026-03-13 14:00Z', gone timestamptz default null,
    undone timestamptz default null, key uuid default null, captured timestamptz default null, same uuid default null
) returns text language sql as $$
    select format(
        'insert into governance.attendances (organization_id, attendance_id, meeting_id, person_id, name, capacity, way, '
        'method, arrived_at, left_at, undone_at, capture_key, captured_at, same_as, recorded_at) values (%L, %L, %L, %L, '
        '%L, %L, %L, %L, %L, %L, %L, %L, %L, %L, %L)',
        'aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000003', person, 'Rosa',
        capacity, 'in_person', 'document', arrived, gone, undone, key, captured, same, '2026-03-13 14:00Z')
$$;

select lives_ok(pg_temp.stay('entitled', 'aaaaaaaa-0000-4000-8000-000000000002'), 'somebody entitled comes');
select throws_ok(
    pg_temp.stay('entitled', 'aaaaaaaa-0000-4000-8000-000000000002'), '23505', null, 'and is there once at a time');
select throws_ok(pg_temp.stay('entitled'), '23514', null, 'whose vote counts is known');
select lives_ok(pg_temp.stay('guest'), 'a guest needs a name alone');
select throws_ok(
    pg_temp.stay('guest', gone => '2026-03-13 13:00Z'), '23514', null, 'nobody leaves before they came');
select throws_ok(
    pg_temp.stay('guest', key => 'aaaaaaaa-0000-4000-8000-000000000009'), '23514', null, 'a capture has its moment');
select lives_ok(
    pg_temp.stay('guest', key => 'aaaaaaaa-0000-4000-8000-000000000009', captured => '2026-03-13 14:00Z'),
    'a capture counts');
select throws_ok(
    pg_temp.stay('guest', key => 'aaaaaaaa-0000-4000-8000-000000000009', captured => '2026-03-13 14:00Z'), '23505', null,
    'and once');

select throws_ok(
    format(
        'insert into governance.quorum_checks (organization_id, check_id, meeting_id, occasion, call, requirement, base, '
        'present, required, is_met, source, checked_at) values (%L, %L, %L, %L, 1, %L, 34, 17, 18, true, %L, %L)',
        'aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000003', 'opening', 'x',
        'x', '2026-03-13 14:00Z'),
    '23514', null, 'a quorum is what its figures say');

create function pg_temp.decision(favor integer, against integer, needed integer, adopted boolean) returns text
language sql as $$
    select format(
        'insert into governance.decisions (organization_id, decision_id, meeting_id, alliance_id, is_reserved, position, '
        'decision, manner, majority, share_of, majority_source, in_favor, against, blank, abstained, needed, is_adopted, '
        'present, entitled, decided_at) values (%L, %L, %L, %L, false, %s, %L, %L, %L, %L, %L, %s, %s, 0, 0, %s, %L, 19, 34, '
        '%L)',
        'aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', favor + against * 100 + 1, 'Se aprueba', 'show_of_hands', 'simple', 'votes',
        'x', favor, against, needed, adopted, '2026-03-13 14:00Z')
$$;
select lives_ok(pg_temp.decision(12, 5, 6, true), 'a decision is taken');
select throws_ok(pg_temp.decision(5, 6, 7, true), '23514', null, 'as its votes say');
select throws_ok(pg_temp.decision(15, 6, 7, true), '23514', null, 'by those who are there');

create function pg_temp.turn(
    place integer, started timestamptz default null, ended timestamptz default null, minutes integer default null
) returns text language sql as $$
    select format(
        'insert into governance.speaking_turns (organization_id, turn_id, meeting_id, alliance_id, is_reserved, position, '
        'name, asked_at, started_at, ended_at, minutes_allowed) values (%L, %L, %L, %L, false, %s, %L, %L, %L, %L, %L)',
        'aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', place, 'Rosa', '2026-03-13 14:00Z', started, ended, minutes)
$$;
select lives_ok(pg_temp.turn(1, '2026-03-13 14:01Z', minutes => 3), 'somebody has the word');
select throws_ok(pg_temp.turn(2, '2026-03-13 14:02Z'), '23505', null, 'and nobody else meanwhile');
select lives_ok(pg_temp.turn(2), 'others wait for it');
select throws_ok(
    pg_temp.turn(3, '2026-03-13 14:02Z', '2026-03-13 14:01Z'), '23514', null, 'nobody ends before they began');
select throws_ok(
    pg_temp.turn(3, ended => '2026-03-13 14:01Z'), '23514', null, 'nor without having begun');
select throws_ok(pg_temp.turn(3, minutes => 3), '23514', null, 'the limit is of who speaks');

create function pg_temp.step(place integer, kind text, lacking text, reason text) returns text language sql as $$
    select format(
        'insert into governance.session_steps (organization_id, meeting_id, position, alliance_id, is_reserved, kind, '
        'lacking, reason, happened_at) values (%L, %L, %s, %L, false, %L, %L, %L, %L)',
        'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003', place,
        'aaaaaaaa-0000-4000-8000-000000000001', kind, lacking, reason, '2026-03-13 14:00Z')
$$;
select lives_ok(pg_temp.step(1, 'opened', '{people,call}', null), 'a session opens with what it lacked');
select throws_ok(pg_temp.step(2, 'closed', '{patience}', null), '23514', null, 'which is known');
select throws_ok(pg_temp.step(2, 'reopened', '{}', null), '23514', null, 'none is opened again without a reason');
select * from finish();
rollback;
