-- Who may read and write what is derived from alliances: its tenant writes, a control body reads its
-- municipalities, citizens read what is published, and history is never changed.
begin;
select plan(50);

-- Two tenants: one with an alliance in San Antero (23672) and Lorica (23417), one with one in Lorica.
insert into catalogue.municipalities values
    ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false),
    ('23417', 'Lorica', 'lorica', '23', 'Córdoba', 'municipio', false)
on conflict do nothing;
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23417', '2026-01-01');
insert into catalogue.obligations values
    ('C01', 'Convocar', 'Convocar', 'EPS', 'Norma', false, 'Fuente', 'Acta', '{insurer}', '{}', false)
on conflict do nothing;
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into reporting.obligation_states
select organization::uuid, alliance::uuid, 'C01', municipality, false, 'A', 'A', 'Norma', false, false, 'met',
    '2026-01-01', null, 'Cumple.', null, null, '[]', '2026-01-01'
from (values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', '23672'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', '23417'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000001', '23417')
) as rows (organization, alliance, municipality);
insert into reporting.alliance_profiles
select organization_id, alliance_id, municipality_code,
    organization_id = 'aaaaaaaa-0000-4000-8000-000000000000', 'prueba', 'A', 'insurer', 'a', 'A', 'active', 5, '{}',
    '2026-01-01'
from reporting.obligation_states
where organization_id in ('aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000');
insert into reporting.alliance_figures
select organization_id, alliance_id, municipality_code, false, 'A', 'A', 'a', '{}', '{}', '2026-01-01'
from reporting.obligation_states
where organization_id in ('aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000');
insert into reporting.published_documents
select organization_id, alliance_id, alliance_id, municipality_code,
    organization_id = 'aaaaaaaa-0000-4000-8000-000000000000', 'call', 'Convocatoria', sha256('hola'), 'hola',
    'text/plain', '{}', '2026-01-01'
from reporting.alliance_profiles
where municipality_code = case organization_id
    when 'aaaaaaaa-0000-4000-8000-000000000000' then '23672' else '23417' end;
insert into reporting.published_statements
select organization_id, alliance_id, alliance_id, municipality_code, is_public, 'S-2026-0001', 'Comunicado', 'Texto.',
    '{Presidenta}', '2026-01-01', '[]', '2026-01-01'
from reporting.published_documents
where organization_id in ('aaaaaaaa-0000-4000-8000-000000000000', 'bbbbbbbb-0000-4000-8000-000000000000');
insert into reporting.obligation_changes values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000001',
        'aaaaaaaa-0000-4000-8000-000000000001', 'C01', 'met', 'Cumple.', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000002',
        'bbbbbbbb-0000-4000-8000-000000000001', 'C01', 'met', 'Cumple.', '2026-01-01');

-- Privileges.
select table_privs_are('reporting', 'obligation_states', 'alianzas_app', array['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
select table_privs_are('reporting', 'alliance_profiles', 'alianzas_app', array['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
select table_privs_are('reporting', 'alliance_figures', 'alianzas_app', array['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
select throws_ok(
    $$update reporting.alliance_figures set is_public = true$$, '23514', null, 'figures are not for citizens');
select table_privs_are('reporting', 'published_documents', 'alianzas_app', array['SELECT', 'INSERT'],
    'what was published is neither changed nor withdrawn by the server');
select table_privs_are('reporting', 'obligation_changes', 'alianzas_app', array['SELECT', 'INSERT'],
    'history is only added to');
select table_privs_are('reporting', 'obligation_terms', 'alianzas_app', array['SELECT', 'INSERT'],
    'terms are replaced, never changed');
select table_privs_are('reporting', 'term_withdrawals', 'alianzas_app', array['SELECT', 'INSERT'],
    'a withdrawal is not withdrawn');
select throws_ok(
    $$update reporting.obligation_states set state = 'overdue', due_on = '2026-01-01'$$, '23514', null,
    'nothing is overdue by a deadline that nobody confirmed');
select throws_ok(
    $$update reporting.obligation_states set state = 'overdue', deadline_is_confirmed = true$$, '23514', null,
    'what is overdue has its day');
select lives_ok(
    $$update reporting.obligation_states
      set state = 'overdue', due_on = '2026-01-01', deadline_is_confirmed = true where municipality_code = '0'$$,
    'what a confirmed deadline makes overdue is kept');
select table_privs_are('reporting', name, role, array['SELECT'])
from unnest(array[
    'obligation_states', 'alliance_profiles', 'alliance_figures', 'published_documents', 'published_statements']) as name,
    unnest(array['alianzas_control', 'alianzas_public']) as role;
select table_privs_are('reporting', name, role, '{}'::text[])
from unnest(array['obligation_changes', 'obligation_terms']) as name,
    unnest(array['alianzas_control', 'alianzas_public']) as role;
select table_privs_are('catalogue', 'obligations', role, array['SELECT'])
from unnest(array['alianzas_app', 'alianzas_control', 'alianzas_public']) as role;

-- The tenant.
set local role alianzas_app;
select throws_ok('select count(*) from reporting.obligation_states', '42704', null, 'no tenant, no rows');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select results_eq('select count(*)::int from reporting.obligation_states', array[2], 'a tenant reads its own states');
select results_eq('select count(*)::int from reporting.obligation_changes', array[1], 'a tenant reads its own history');
select results_eq('select count(*)::int from reporting.alliance_profiles', array[2], 'a tenant reads its own profiles');
select throws_ok(
    $$insert into reporting.obligation_changes values (
        'bbbbbbbb-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000003',
        'bbbbbbbb-0000-4000-8000-000000000001', 'C01', 'met', 'Cumple.', '2026-01-01')$$,
    '42501', null, 'a tenant writes no other''s history');
select throws_ok(
    $$update reporting.obligation_states set state = 'overdue'$$, '23514', null,
    'nothing is overdue without a date');
select throws_ok(
    $$insert into reporting.obligation_terms values (
        'aaaaaaaa-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000004', null, 'C01', '{}', '  ',
        '2026-01-01', null)$$,
    '23514', null, 'terms cite their norm');
reset role;

-- The control body.
set local role alianzas_control;
select throws_ok('select count(*) from reporting.obligation_states', '42704', null, 'no territory, no rows');
select tenancy.enter_territory('dddddddd-0000-4000-8000-000000000000', array['23672']);
select results_eq(
    'select distinct municipality_code from reporting.obligation_states', array['23672'],
    'a control body reads the states of its municipality alone');
select results_eq(
    'select distinct municipality_code from reporting.alliance_profiles', array['23672'],
    'a control body reads the profiles of its municipality alone');
select results_eq(
    'select distinct municipality_code from reporting.alliance_figures', array['23672'],
    'a control body reads the figures of its municipality alone');
select results_eq(
    'select distinct municipality_code from reporting.published_documents', array['23672'],
    'a control body reads the documents of its municipality alone');
select results_eq(
    'select distinct municipality_code from reporting.published_statements', array['23672'],
    'a control body reads the statements of its municipality alone');
select throws_ok('select 1 from tenancy.alliances', '42501', null, 'a control body reads no tenant''s alliances');
select throws_ok(
    $$update reporting.obligation_states set finding = 'Otra'$$, '42501', null, 'a control body writes nothing');
reset role;

-- Everybody.
set local role alianzas_public;
select is_empty('select 1 from reporting.obligation_states', 'citizens read no state of compliance');
select results_eq(
    'select distinct organization_id::text from reporting.alliance_profiles',
    array['aaaaaaaa-0000-4000-8000-000000000000'], 'citizens read published profiles alone');
select is_empty('select 1 from reporting.alliance_figures', 'citizens read no figures of commitments and complaints');
select results_eq(
    'select distinct organization_id::text from reporting.published_documents',
    array['aaaaaaaa-0000-4000-8000-000000000000'], 'citizens read published documents alone');
select results_eq(
    'select distinct organization_id::text from reporting.published_statements',
    array['aaaaaaaa-0000-4000-8000-000000000000'], 'citizens read published statements alone');
select throws_ok('select 1 from governance.letters', '42501', null, 'and no letter of an alliance');
select throws_ok(
    $$insert into reporting.published_documents select * from reporting.published_documents$$, '42501', null,
    'citizens write nothing');
reset role;

select * from finish();
rollback;
