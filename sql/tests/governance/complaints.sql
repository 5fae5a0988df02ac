-- Complaints: radicados and steps stay as they were written, what the board thinks is its own, who complains is told
-- apart.
begin;
select plan(15);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'b', 'B', 'territory', null,
        'active', '2026-01-01');

set local role alianzas_app;
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

select lives_ok(
    $$insert into governance.complaints (
        organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account, channel,
        is_anonymous, state, filed_at, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 2026, 1, 'health_claim', 'simple', 'medicines', 'EPS', 'No entregan.',
        'page', true, 'filed', '2026-03-01', false)$$,
    'a complaint is filed');
select throws_ok(
    $$insert into governance.complaints (
        organization_id, complaint_id, alliance_id, year, number, kind, risk, category, entity, account, channel,
        is_anonymous, state, filed_at, due_is_confirmed)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000001', 2026, 1, 'complaint', 'none', 'other', 'EPS', 'Otra.', 'page', true,
        'filed', '2026-03-01', false)$$,
    '23505', null, 'no two have the same radicado');
select throws_ok(
    $$update governance.complaints set account = 'Otra cosa'$$, '42501', null, 'what was told stays');
select throws_ok(
    $$update governance.complaints set due_is_confirmed = true$$, '23514', null,
    'nothing is confirmed that has no term');
select throws_ok(
    $$update governance.complaints set state = 'closed'$$, '23514', null, 'what is closed says how it ended');
select throws_ok(
    $$update governance.complaints set risk = 'none'$$, '23514', null, 'a claim has its risk');
select throws_ok('delete from governance.complaints', '42501', null, 'a complaint is not removed');

select lives_ok(
    $$insert into governance.complaint_steps (
        organization_id, step_id, complaint_id, alliance_id, is_reserved, kind, note, happened_at, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005',
        'aaaaaaaa-0000-4000-8000-000000000003', 'aaaaaaaa-0000-4000-8000-000000000001', true, 'analysis', 'Nuestra.',
        '2026-03-01', '2026-03-01')$$,
    'the board writes what it thinks');
select throws_ok(
    $$update governance.complaint_steps set note = 'Otra'$$, '42501', null, 'a step is not changed');
select throws_ok(
    $$insert into governance.complainants (
        organization_id, complaint_id, alliance_id, name, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Rosa', '2026-03-01')$$,
    '23514', null, 'nobody''s name is kept without authorisation');
select throws_ok(
    $$update governance.complaints set identity_erased_on = '2026-03-02'$$, '23514', null,
    'what was anonymous has nothing to erase');
select throws_ok(
    $$update governance.complainants set name = 'Otra'$$, '42501', null, 'a name is erased, and never another');
select is(
    (select count(*)::int from governance.copied_rows(
        'governance.complaint_steps', 'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001',
        '2026-03-13', null, 10)), 1, 'the copy of an alliance has its own space');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select is((select count(*)::int from governance.complaint_steps), 0, 'the office finds nothing of what the board thinks');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is((select count(*)::int from governance.complaints), 0, 'a neighbour finds no complaint');
reset role;

select * from finish();
rollback;
