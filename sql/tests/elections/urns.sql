-- An urn with few ballots is not opened apart: its signatures are counted by one person, its ballots go by another's word
-- into an urn that nobody has begun to count, once, and no count of few is frozen while another table counts the vote.
begin;
select plan(26);

select ok(
    not has_table_privilege('alianzas_' || role, 'elections.merged_polls', 'insert, update, delete'),
    role || ' merges by the function alone')
from unnest(array['app', 'public', 'control', 'import']) as roles (role);
select ok(
    not has_table_privilege('alianzas_app', 'elections.signature_counts', 'update, delete'),
    'signatures are counted anew, not changed');
select ok(
    not has_function_privilege('alianzas_' || role,
        'elections.merge_poll(uuid, uuid, uuid, integer, uuid, timestamptz, uuid)', 'execute'),
    role || ' merges nothing')
from unnest(array['public', 'control', 'import']) as roles (role);

-- Three tables of an election whose votes are closed; references to what stands around them are not asked for here.
set local session_replication_role = replica;
insert into elections.contests (
    organization_id, contest_id, process_id, position, name, body_id, seats, candidature, voting_mode, counting_rule,
    majority_base, has_blank_majority, alternates, rules_source, rules_are_confirmed, state)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
    'aaaaaaaa-0000-4000-8000-000000000002', 1, 'Junta', 'aaaaaaaa-0000-4000-8000-000000000003', 1, 'slates', 'paper',
    'mayoria', 'valid', false, 'none', 'Estatutos', false, 'open');
insert into elections.contest_rounds (organization_id, contest_id, round, process_id, kind, announced_at)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 1,
    'aaaaaaaa-0000-4000-8000-000000000002', 'first', '2026-01-01');
insert into elections.ballot_options (organization_id, process_id, contest_id, round, number, slate_id)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
    'aaaaaaaa-0000-4000-8000-000000000001', 1, 1, 'aaaaaaaa-0000-4000-8000-000000000004');
insert into elections.voting_tables (
    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at, closes_at)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid,
    'aaaaaaaa-0000-4000-8000-000000000002', number, 'Escuela', 'Calle 1', '23672', '2026-01-01 08:00', '2026-01-01 16:00'
from generate_series(1, 3) as tables (number);
insert into elections.polls (
    organization_id, table_id, contest_id, round, process_id, session_id, urn_was_empty, ballots_received, opened_at,
    closes_at, closed_at)
select organization_id, table_id, 'aaaaaaaa-0000-4000-8000-000000000001', 1, process_id,
    'aaaaaaaa-0000-4000-8000-000000000005', true, 10, opens_at, closes_at, case when number < 3 then closes_at end
from elections.voting_tables where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000';
insert into elections.roll_assignments (organization_id, process_id, person_id, table_id)
select organization_id, process_id, gen_random_uuid(), table_id
from elections.voting_tables, generate_series(1, 20)
where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000';
set local session_replication_role = origin;

-- So many signatures of a table, counted by somebody.
create function pg_temp.sign(number int, attempt int, voters bigint, person int)
returns void
language sql
as $$
    insert into elections.signature_counts (
        organization_id, table_id, contest_id, round, attempt, process_id, voters, counted_at, counted_by)
    values (
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000001', 1, attempt, 'aaaaaaaa-0000-4000-8000-000000000002', voters,
        '2026-01-01 17:00', ('aaaaaaaa-0000-4000-8000-00000000002' || person)::uuid)
$$;

-- The ballots of a table go into the urn of another, by somebody's word.
create function pg_temp.merge(number int, receiver int, person int)
returns bigint
language sql
as $$
    select elections.merge_poll(
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000001', 1, ('aaaaaaaa-0000-4000-8000-00000000001' || receiver)::uuid,
        '2026-01-01 17:30', ('aaaaaaaa-0000-4000-8000-00000000002' || person)::uuid)
$$;

-- Both juries of a table count the same, all for the one slate.
create function pg_temp.enter(number int, votes bigint)
returns void
language sql
as $$
    insert into elections.count_sheets (
        organization_id, table_id, contest_id, round, jury, attempt, process_id, slate_ids, votes, blank, null_votes,
        unmarked, voters, entered_at, entered_by)
    select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000001', 1, jury, 1, 'aaaaaaaa-0000-4000-8000-000000000002',
        array['aaaaaaaa-0000-4000-8000-000000000004']::uuid[], array[votes], 0, 0, 0, votes, '2026-01-01 18:00',
        ('aaaaaaaa-0000-4000-8000-00000000003' || jury)::uuid
    from generate_series(1, 2) as juries (jury)
$$;

create function pg_temp.freeze(number int, votes bigint)
returns void
language sql
as $$
    select elections.freeze_table_count(
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000001', 1, array['aaaaaaaa-0000-4000-8000-000000000004']::uuid[], array[votes],
        0, 0, 0, null, votes, 'Ingresaron sin registrarse', '2026-01-01 19:00',
        'aaaaaaaa-0000-4000-8000-000000000031')
$$;

-- The name of the constraint that a statement runs into.
create function pg_temp.wall(statement text)
returns text
language plpgsql
as $$
declare
    name text;
begin
    execute statement;
    return null;
exception when check_violation or unique_violation then
    get stacked diagnostics name = constraint_name;
    return name;
end
$$;

set local role alianzas_app;
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select throws_ok('select pg_temp.merge(1, 2, 2)', '42501', null, 'of another tenant nothing is merged');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select is(pg_temp.wall('select pg_temp.merge(1, 2, 2)'), 'merged_polls_are_few', 'the signatures are counted first');
select lives_ok('select pg_temp.sign(1, 1, 5, 1)', 'somebody counts five');
select is(pg_temp.wall('select pg_temp.merge(1, 2, 2)'), 'merged_polls_are_few', 'five are not few');
select lives_ok('select pg_temp.sign(1, 2, 4, 1)', 'they count again, and find four');
select is(pg_temp.wall('select pg_temp.merge(1, 2, 1)'), 'merged_polls_two_people', 'who counted does not merge');
select is(pg_temp.wall('select pg_temp.merge(1, 1, 2)'), 'merged_polls_two_tables', 'no urn goes into itself');
select is(pg_temp.wall('select pg_temp.merge(1, 3, 2)'), 'merged_polls_are_closed', 'nor into one that still votes');
select pg_temp.enter(1, 4);
select is(
    pg_temp.wall('select pg_temp.freeze(1, 4)'), 'table_counts_are_not_of_few',
    'four ballots are not frozen while others count, whatever was signed');
savepoint counted;
select pg_temp.enter(2, 9);
select is(
    pg_temp.wall('select pg_temp.merge(1, 2, 2)'), 'merged_polls_are_not_counted',
    'nor into one that somebody has begun to count');
rollback to counted;
select is(pg_temp.merge(1, 2, 2), 4::bigint, 'somebody else merges');
select is(pg_temp.wall('select pg_temp.merge(1, 2, 2)'), 'merged_polls_are_not_counted', 'once');
select is(
    pg_temp.wall('select pg_temp.freeze(1, 4)'), 'table_counts_are_of_their_own_urn',
    'what is in another urn has no count of its own');
select results_eq(
    $$select electors, checked_in from elections.table_attendance(
        'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000012',
        'aaaaaaaa-0000-4000-8000-000000000001', 1)$$,
    $$values (40::bigint, 0::bigint)$$, 'the urn is held against the electors of both tables');

-- The third is left out: then the second is the whole vote, and four are counted.
select pg_temp.enter(2, 4);
select is(
    pg_temp.wall('select pg_temp.freeze(2, 4)'), 'table_counts_are_not_of_few', 'the third could count apart still');
reset role;
set local session_replication_role = replica;
insert into elections.omitted_polls (organization_id, table_id, contest_id, round, process_id, act_id)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000013',
    'aaaaaaaa-0000-4000-8000-000000000001', 1, 'aaaaaaaa-0000-4000-8000-000000000002', gen_random_uuid());
set local session_replication_role = origin;
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select is(pg_temp.wall('select pg_temp.freeze(3, 9)'), 'table_counts_follow_closing', 'an open vote has no count');
select lives_ok('select pg_temp.freeze(2, 4)', 'what is the whole vote is counted, however small');
select is(
    elections.counting_table(
        'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011',
        'aaaaaaaa-0000-4000-8000-000000000001', 1),
    'aaaaaaaa-0000-4000-8000-000000000012'::uuid, 'and stands for the table that was merged');
reset role;

select * from finish();
rollback;
