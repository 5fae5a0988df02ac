-- The order of a ballot is announced of all who stand, drawn once, from what was announced for it, by two people; a tie was
-- told by a canvass.
begin;
select plan(9);

-- A contest and a canvass of it; references to what stands around them are not asked for here.
set local session_replication_role = replica;
insert into elections.contests (
    organization_id, contest_id, process_id, position, name, body_id, seats, candidature, voting_mode, counting_rule,
    majority_base, has_blank_majority, alternates, rules_source, rules_are_confirmed, state)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
    'aaaaaaaa-0000-4000-8000-000000000002', 1, 'Junta', 'aaaaaaaa-0000-4000-8000-000000000003', 1, 'slates', 'paper',
    'mayoria', 'valid', false, 'none', 'Estatutos', false, 'open');
set local session_replication_role = origin;

-- An announcement under a number.
create function pg_temp.announce(
    number int, purpose text, among text[], places int, round int default 1, canvass uuid default null)
returns void
language sql
as $$
    insert into elections.draw_announcements (
        organization_id, announcement_id, process_id, contest_id, canvass_id, purpose, round, among, places, tie, source,
        secret, seal, announced_at)
    values (
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000010' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', canvass, purpose, round, among,
        places, sha256(convert_to(tenancy.canonical(variadic among || places::text), 'UTF8')), 'La personera',
        repeat('ab', 32), sha256(convert_to(repeat('ab', 32), 'UTF8')), '2026-01-01')
$$;

-- A draw under a number, of the announcement of a number.
create function pg_temp.draw(
    number int, announced int, purpose text, outcome text[], places int default 2,
    by uuid default 'aaaaaaaa-0000-4000-8000-000000000012')
returns void
language sql
as $$
    insert into elections.draws (
        organization_id, draw_id, process_id, contest_id, round, purpose, method, seed_parts, seed_text, seed_sha256,
        among, outcome, places, witnesses, announcement_id, named_by, drawn_at, drawn_by)
    values (
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000020' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', 1, purpose, 'seed', '{7}', '7',
        sha256('7'), '{A,B}', outcome, places, 'La sala', ('aaaaaaaa-0000-4000-8000-00000000010' || announced)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000011', '2026-01-02', by)
$$;

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select throws_ok(
    $$ select pg_temp.announce(1, 'tie', '{A,B}', 1) $$, '23514', null, 'a tie was told by a canvass');
select throws_ok(
    $$ select pg_temp.announce(1, 'ballot_order', '{A}', 1) $$, '23514', null, 'one alone has no order');
select throws_ok(
    $$ select pg_temp.announce(1, 'ballot_order', '{A,B}', 1) $$, '23514', null, 'an order is of all who stand');
select throws_ok(
    $$ select pg_temp.announce(1, 'ballot_order', '{A,B}', 2, 2) $$, '23514', null, 'and of the first vote');
select pg_temp.announce(1, 'ballot_order', '{A,B}', 2);
select throws_ok(
    $$ select pg_temp.draw(1, 1, 'tie', '{A}', 1) $$, '23503', null, 'what was announced of an order draws no tie');
select throws_ok(
    $$ select pg_temp.draw(1, 1, 'ballot_order', '{B}', 1) $$, '23514', null, 'an order is whole');
select throws_ok(
    $$ select pg_temp.draw(1, 1, 'ballot_order', '{B,A}', 2, 'aaaaaaaa-0000-4000-8000-000000000011') $$, '23514', null,
    'who wrote the number down does not draw');
select lives_ok($$ select pg_temp.draw(1, 1, 'ballot_order', '{B,A}') $$, 'it is drawn');
select pg_temp.announce(2, 'ballot_order', '{A,B,C}', 3);
select throws_ok(
    $$ select pg_temp.draw(2, 2, 'ballot_order', '{A,B}') $$, '23505', null, 'once');

select * from finish();
rollback;
