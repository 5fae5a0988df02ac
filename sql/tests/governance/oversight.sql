-- Oversight exercises: what was measured and found stays as it was written, each finding leads where its exercise may
-- lead, and what the board keeps to itself is shared as a whole or not at all.
begin;
select plan(15);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');

set local role alianzas_app;
select throws_ok('select count(*) from governance.oversights', '42704', null, 'no tenant, no exercise');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
    $$insert into governance.oversights (
        organization_id, oversight_id, alliance_id, is_reserved, title, reason, entity, starts_on, version, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', true, 'Medicamentos', 'Faltan', 'EPS', '2026-02-01', 1, '2026-02-01')$$,
    'a board begins an exercise of its own');
select lives_ok(
    $$insert into governance.oversight_visits (
        organization_id, visit_id, oversight_id, alliance_id, is_reserved, number, place_kind, place, visited_on,
        account, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', true, 1, 'pharmacy', 'Centro',
        '2026-02-10', '', '2026-02-10')$$,
    'and visits');
select lives_ok(
    $$insert into governance.oversight_findings (
        organization_id, finding_id, oversight_id, alliance_id, is_reserved, visit_id, number, account, found_on, state,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000002', 'aaaaaaaa-0000-4000-8000-000000000001', true,
        'aaaaaaaa-0000-4000-8000-000000000003', 1, 'Sin turnos', '2026-02-10', 'open', '2026-02-10')$$,
    'and finds something');
select throws_ok(
    $$update governance.oversight_findings set account = 'Otra cosa'$$, '42501', null, 'what was found stays');
select throws_ok('delete from governance.oversight_visits', '42501', null, 'a visit is not removed');
select throws_ok(
    $$update governance.oversight_findings set state = 'closed'$$, '23514', null,
    'what is closed says what the team saw');
select throws_ok(
    $$update governance.oversight_findings set improvement_id = 'aaaaaaaa-0000-4000-8000-000000000009'$$, '23514', null,
    'what the board keeps leads nowhere that the entity sees');
select throws_ok(
    $$update governance.oversights set closed_on = '2026-03-01'$$, '23514', null, 'an end has its conclusion');
select throws_ok(
    $$update governance.oversights set registry_number = '12'$$, '23514', null, 'a registration is told whole');

-- Row by row there is no sharing: the keys are checked when the transaction ends.
select throws_ok(
    'do $do$ begin
        update governance.oversights set is_reserved = false;
        set constraints all immediate;
    end $do$', '23503', null, 'an exercise is not shared without what hangs on it');

select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.oversights), 0, 'the office finds no exercise of the board');
select is((select count(*)::int from governance.oversight_findings), 0, 'nor what it found');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');
update governance.oversight_visits set is_reserved = false;
update governance.oversight_findings set is_reserved = false;
update governance.oversights set is_reserved = false;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.oversight_findings), 1, 'shared, the office finds it');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is((select count(*)::int from governance.oversights), 0, 'a neighbour finds nothing');
reset role;

select * from finish();
rollback;
