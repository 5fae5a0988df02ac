-- A tenant reaches the sessions of its users and its own row of the directory through functions alone, and those of
-- another tenant not at all.
begin;
select plan(14);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into catalogue.organization_codes values ('EPS048', 'bbbbbbbb-0000-4000-8000-000000000000', 'insurer');
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

select lives_ok(
    $$select tenancy.describe_organization(
        'aaaaaaaa-0000-4000-8000-000000000000', 'Nuevo nombre', 'Nuevo', '830113831', '23672')$$,
    'a tenant describes itself');
select results_eq(
    $$select name from catalogue.organizations where slug = 'prueba-a'$$, array['Nuevo nombre'], 'and is described');
select throws_ok(
    $$select tenancy.describe_organization(
        'bbbbbbbb-0000-4000-8000-000000000000', 'Ajeno', 'Ajeno', null, '23672')$$,
    '42501', null, 'but no other');
select throws_ok(
    $$update catalogue.organizations set name = 'Ajeno'$$, '42501', null, 'and by no statement of its own');
select throws_ok(
    $$select tenancy.set_organization_codes('aaaaaaaa-0000-4000-8000-000000000000', array['EPS048'])$$,
    '23505', null, 'one tenant holds a code');
select lives_ok(
    $$select tenancy.set_organization_codes('aaaaaaaa-0000-4000-8000-000000000000', array['EPS001', 'EPSS01'])$$,
    'a tenant names its codes');
select lives_ok(
    $$select tenancy.set_organization_codes('aaaaaaaa-0000-4000-8000-000000000000', array['EPS001'])$$,
    'and leaves some out');
select results_eq(
    $$select code from catalogue.organization_codes order by code$$, array['EPS001', 'EPS048'],
    'and those of others stay');
select throws_ok(
    $$select * from identity.sessions_of_user(
        'bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000001', '2026-01-01')$$,
    '42501', null, 'no tenant sees the sessions of another');
select throws_ok(
    $$select identity.end_sessions_of_user(
        'bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000001', '2026-01-01')$$,
    '42501', null, 'or ends them');
select throws_ok(
    $$select identity.suspend_user(
        'bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000001', '2026-01-01')$$,
    '42501', null, 'or shuts a way in there');
select throws_ok('select * from identity.sessions', '42501', null, 'or reads the table');
select throws_ok('select * from identity.session_entries', '42501', null, 'or where they came in');
select throws_ok('select * from identity.notes', '42501', null, 'or what waits for another''s chain');

reset role;
select * from finish();
rollback;
