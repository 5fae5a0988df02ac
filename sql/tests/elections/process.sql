-- What must not change in a process once it was published: the call and its contests, the seal of a roll, the decision
-- on a claim, remarks of guarantors, postponements.
begin;
select plan(25);

select table_privs_are('elections', name, 'alianzas_app', '{SELECT,INSERT}'::text[], name || ' is added to and no more')
from unnest(array[
    'calls', 'called_contests', 'calendars', 'calendar_milestones', 'provisional_rolls', 'provisional_entries',
    'guarantor_remarks', 'place_postponements', 'incidents'
]) as names (name);
select table_privs_are('elections', name, 'alianzas_app', '{SELECT}'::text[], name || ' is written by its function alone')
from unnest(array['rolls', 'roll_entries']) as names (name);
select ok(
    not has_any_column_privilege('alianzas_app', 'elections.claims', 'update'),
    'a decision on a claim is written by its function alone');

-- A called process with two members of the provisional roll and two claims.
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
    'aaaaaaaa-0000-4000-8000-000000000001', 'Elección', 'claims', '2026-01-01', '2026-01-01');
insert into elections.calendars (organization_id, process_id, version, kind, made_at) values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, 'computed', '2026-01-01');
insert into elections.calls values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, 'CONVOCATORIA',
    sha256(convert_to('CONVOCATORIA', 'UTF8')), '{}', '2026-01-02', null);
insert into elections.provisional_rolls (
    organization_id, process_id, version, cutoff_on, eligible, ineligible, unproven, board_salt, published_at)
values (
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, '2026-01-03', 2, 0, 0,
    decode(repeat('00', 16), 'hex'), '2026-01-03');
insert into elections.provisional_entries
select 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1,
    ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid, 'CC', '100000' || number, 'Ana ' || number, 'ana ' || number,
    '23672', 'eligible', '{}', '{}'
from generate_series(1, 2) as numbers (number);
insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
    municipality_code, regime, affiliation_state, insurer_code, valid_from)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid, 'CC',
    '100000' || number, number::text, 'Ana', '1980-01-01', 'F', '23672', 'subsidiado', 'active', 'EPS048', '2026-01-01'
from generate_series(1, 2) as numbers (number);
insert into elections.claims (
    organization_id, claim_id, process_id, number, kind, person_id, document_type, document_number, person_name,
    claimant, is_ex_officio, ground, filed_at, state)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-00000000002' || number)::uuid,
    'aaaaaaaa-0000-4000-8000-000000000002', number, 'exclude',
    ('aaaaaaaa-0000-4000-8000-00000000001' || number)::uuid, 'CC', '100000' || number, 'Ana', 'Luz', false, 'Vive lejos',
    '2026-01-04', 'open'
from generate_series(1, 2) as numbers (number);

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select throws_ok($$update elections.calls set text = 'OTRA'$$, '42501', null, 'a published call is not changed');
select throws_ok('delete from elections.calls', '42501', null, 'a published call is not removed');
select throws_ok(
    $$insert into elections.calls select organization_id, process_id, 1, 'OTRA', sha256, '{}', published_at, null
    from elections.calls$$, '23514', null, 'the digest of a call is that of its text');
select throws_ok(
    $$update elections.claims set state = 'upheld', decision_reason = 'x', decided_at = '2026-01-05'$$, '42501', null,
    'a claim is not decided but by the function');
select throws_ok(
    $$select elections.freeze_roll('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        decode(repeat('01', 32), 'hex'), '2026-01-06', null)$$, '23514', null, 'no roll is frozen over an open claim');
select ok(
    elections.decide_claim('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000021', null, 'upheld', 'Se probó', '2026-01-05', null), 'a claim is decided');
select ok(
    not elections.decide_claim('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000021', null, 'dismissed', 'No', '2026-01-05', null), 'and decided once');
select throws_ok(
    $$select elections.decide_claim('bbbbbbbb-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000022', null, 'upheld', 'x', '2026-01-05', null)$$, '42501', null,
    'nobody decides in another tenant');
select ok(
    elections.decide_claim('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000022', null, 'dismissed', 'Vive cerca', '2026-01-05', null),
    'the other is decided too');
select results_eq(
    $$select electors::int from elections.freeze_roll('aaaaaaaa-0000-4000-8000-000000000000',
        'aaaaaaaa-0000-4000-8000-000000000002', decode(repeat('01', 32), 'hex'), '2026-01-06', null)$$,
    array[1], 'the frozen roll follows the decisions');
select throws_ok($$update elections.rolls set electors = 2$$, '42501', null, 'a seal is not changed');
select throws_ok('delete from elections.roll_entries', '42501', null, 'nobody is taken off a frozen roll');
select throws_ok(
    'insert into elections.roll_entries select * from elections.roll_entries', '42501', null,
    'nobody is put on a frozen roll');
reset role;

select * from finish();
rollback;
