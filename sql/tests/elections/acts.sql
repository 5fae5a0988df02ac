-- Acts of two people: one open at a time, carried out by another person of another role, or taken back with a reason;
-- a proclamation is of the whole process, an annulment may be of one contest. Tables are left out beside them, each by
-- an act of its own.
begin;
select plan(16);

select ok(
    not has_table_privilege('alianzas_app', 'elections.acts', 'delete')
        and not has_column_privilege('alianzas_app', 'elections.acts', 'reason', 'update')
        and not has_column_privilege('alianzas_app', 'elections.acts', 'contest_id', 'update')
        and not has_column_privilege('alianzas_app', 'elections.acts', 'proposed_by', 'update'),
    'what was proposed, and by whom, stays');
select ok(
    has_column_privilege('alianzas_app', 'elections.acts', 'withdrawal_reason', 'update')
        and has_column_privilege('alianzas_app', 'elections.acts', 'withdrawn_by', 'update'),
    'an act is taken back with who and why');

insert into catalogue.municipalities values
    ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false) on conflict do nothing;
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'alianza', 'Alianza', 'territory',
    null, 'active', '2026-01-01');
insert into elections.processes (
    organization_id, process_id, alliance_id, name, state, drafted_at, state_changed_at)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
    'aaaaaaaa-0000-4000-8000-000000000001', 'Elección', 'challenges', '2026-01-01', '2026-01-01');
insert into elections.challenges (
    organization_id, challenge_id, process_id, number, challenger, challenger_role, ground, facts, filed_at, state)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
    'aaaaaaaa-0000-4000-8000-000000000002', 1, 'Ana', 'other', 'other', 'Hechos', '2026-01-02', 'open');

insert into elections.voting_tables (
    organization_id, table_id, process_id, number, place, address, municipality_code, opens_at, closes_at)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
    'aaaaaaaa-0000-4000-8000-000000000002', 1, 'Escuela', 'Calle 1', '23672', '2026-01-01 08:00',
    '2026-01-01 16:00');

-- An act under a number, of a kind, after a challenge or not.
create function pg_temp.propose(number int, kind text, challenge uuid default null)
returns void
language sql
as $$
    insert into elections.acts (
        organization_id, act_id, process_id, challenge_id, kind, reason, proposed_at, proposed_by, proposed_as)
    values (
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000010' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000002', challenge, kind, 'Así', '2026-01-03',
        'aaaaaaaa-0000-4000-8000-000000000011', 'election_committee')
$$;

-- A table that is left out.
create function pg_temp.omit(number int)
returns void
language sql
as $$
    insert into elections.acts (
        organization_id, act_id, process_id, table_id, kind, reason, proposed_at, proposed_by, proposed_as)
    values (
        'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000010' || number)::uuid,
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000004', 'omit', 'La creciente',
        '2026-01-06', 'aaaaaaaa-0000-4000-8000-000000000011', 'election_committee')
$$;

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select throws_ok(
    $$select pg_temp.propose(1, 'proclaim', 'aaaaaaaa-0000-4000-8000-000000000003')$$, '23514', null,
    'no proclamation follows from a challenge');
select lives_ok($$select pg_temp.propose(1, 'proclaim')$$, 'a proclamation is proposed');
select throws_ok(
    $$select pg_temp.propose(2, 'annul')$$, '23505', null, 'one act waits at a time');
select throws_ok(
    $$update elections.acts set seconded_at = '2026-01-04', seconded_as = 'guarantor',
        seconded_by = 'aaaaaaaa-0000-4000-8000-000000000011'$$, '23514', null, 'nobody seconds their own act');
select throws_ok(
    $$update elections.acts set seconded_at = '2026-01-04', seconded_as = 'election_committee',
        seconded_by = 'aaaaaaaa-0000-4000-8000-000000000012'$$, '23514', null, 'nobody of the same role seconds');
select throws_ok(
    $$update elections.acts set withdrawal_reason = 'Sin fecha'$$, '23514', null,
    'a reason to take back is of an act that was taken back');
select throws_ok(
    $$update elections.acts set withdrawn_at = '2026-01-04', withdrawal_reason = ' '$$, '23514', null,
    'no reason is blank');
select lives_ok(
    $$update elections.acts set withdrawn_at = '2026-01-04', withdrawal_reason = 'Falta una renuncia',
        withdrawn_by = 'aaaaaaaa-0000-4000-8000-000000000011'$$, 'it is taken back');
select lives_ok(
    $$select pg_temp.propose(2, 'annul', 'aaaaaaaa-0000-4000-8000-000000000003')$$,
    'then an annulment may follow from a challenge');
select throws_ok(
    $$update elections.acts set seconded_at = '2026-01-05', seconded_as = 'guarantor',
        seconded_by = 'aaaaaaaa-0000-4000-8000-000000000012'
    where withdrawn_at is not null$$, '23514', null, 'what was taken back is not seconded');
select throws_ok($$select pg_temp.propose(3, 'omit')$$, '23514', null, 'a table that is left out is named');
select lives_ok($$select pg_temp.omit(3)$$, 'it is proposed beside an annulment that waits');
select throws_ok($$select pg_temp.omit(4)$$, '23505', null, 'once for each table');
select ok(
    not has_table_privilege('alianzas_app', 'elections.omitted_polls', 'delete, update')
        and not has_table_privilege('alianzas_app', 'elections.challenged_rounds', 'delete, update'),
    'a vote that was left out stays so, and a challenge is about its round');
reset role;

select * from finish();
rollback;
