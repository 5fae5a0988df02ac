-- Who sat where: a mandate keeps its seat, holder, period and the limit under which it began; only its acts
-- (appointment, posesión, end) are written later. The rules that bind whoever writes are constraints.
begin;
select plan(30);

select table_privs_are('governance', name, 'alianzas_app', array['SELECT', 'INSERT'],
    'governance.' || name || ' is changed as a whole by nobody')
from unnest(array['bodies', 'seats', 'mandates']) as name;
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = format('governance.%I', name)::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    updated, 'governance.' || name || ' changes in these columns alone')
from (values
    ('bodies', '{alarm_days,consecutive_terms,consecutive_terms_norm,continues_until_replaced,dissolved_on,formation,name,term_is_confirmed,term_months,term_norm}'::text[]),
    ('seats', '{abolished_on,is_elected,sector,title}'),
    ('mandates', '{appointed_on,appointment_act,end_file_id,end_note,end_paper,end_reason,ended_on,state,took_office_on}')
) as changed (name, updated);
select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and has_any_column_privilege(rolname, format('governance.%I', name), 'select, insert, update')
        order by rolname),
    '{}'::text[], 'governance.' || name || ' is the tenant''s alone')
from unnest(array['bodies', 'seats', 'mandates']) as name;

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into membership.affiliates (
    organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
    municipality_code, regime, affiliation_state, insurer_code, valid_from)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('aaaaaaaa-0000-4000-8000-0000000000' || digits)::uuid, 'CC',
    number::text, 'Prueba', 'Rosa', '1980-01-01', 'F', '23672', 'subsidiado', 'active', 'ESS207', '2026-01-01'
from unnest(array['ff', 'fe']) with ordinality as people (digits, number);
set local role alianzas_app;
select throws_ok('select count(*) from governance.mandates', '42704', null, 'no tenant, no mandates');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

prepare body (uuid, text, integer, text) as
    insert into governance.bodies (
        organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_norm, term_is_confirmed,
        formation, continues_until_replaced, created_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000001', $2,
        'public_hospital_board', true, $3, $4, false, 'appointment', false, '2026-01-01');
select throws_ok(
    $$execute body ('aaaaaaaa-0000-4000-8000-000000000002', 'Junta', 36, null)$$,
    '23514', null, 'more than two years need a norm');
select lives_ok(
    $$execute body ('aaaaaaaa-0000-4000-8000-000000000002', 'Junta', 36, 'Decreto 1876 de 1994, artículo 9')$$,
    'and have one in this body');
select throws_ok(
    $$execute body ('aaaaaaaa-0000-4000-8000-000000000003', 'Junta', 24, null)$$, '23505', null,
    'an alliance has one body of a name');
insert into governance.seats values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
        'aaaaaaaa-0000-4000-8000-000000000002', 1, 'Usuarios', 'Comunidad', true, null);

prepare mandate (uuid, uuid, date, date, text, text, text) as
    insert into governance.mandates (
        organization_id, mandate_id, body_id, seat_id, rank, person_id, holder_name, starts_on, ends_on, limit_months,
        limit_norm, state, origin, paper, opened_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000004', 0, $2, 'Rosa Prueba', $3, $4, 36, 'Decreto 1876 de 1994', $5, $6, $7,
        '2026-01-01');
select throws_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000005', 'aaaaaaaa-0000-4000-8000-0000000000ff', '2026-01-01',
        '2029-01-01', 'pending', 'recorded', 'Acta 1')$$,
    '23514', null, 'no day longer than the limit');
select throws_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000005', 'aaaaaaaa-0000-4000-8000-0000000000ff', '2026-01-01',
        '2028-12-31', 'pending', 'recorded', null)$$,
    '23514', null, 'what is recorded names its paper');
select throws_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000005', null, '2026-01-01', '2028-12-31', 'pending',
        'succession', 'Acta 1')$$,
    '23514', null, 'an elected seat is held by somebody of the register');
select lives_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000005', 'aaaaaaaa-0000-4000-8000-0000000000ff', '2026-01-01',
        '2028-12-31', 'pending', 'recorded', 'Acta 1')$$,
    'a mandate waits for its appointment');
select throws_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000006', 'aaaaaaaa-0000-4000-8000-0000000000fe', '2027-01-01',
        '2027-06-30', 'in_force', 'recorded', 'Acta 2')$$,
    '23P01', null, 'one holder at a time');

-- Its acts.
select throws_ok(
    $$update governance.mandates set took_office_on = '2026-02-01'$$, '23514', null, 'no posesión without an act');
select throws_ok(
    $$update governance.mandates
        set appointment_act = 'Resolución 12', appointed_on = '2026-02-10', took_office_on = '2026-02-09'$$,
    '23514', null, 'nor before it');
select lives_ok(
    $$update governance.mandates set state = 'in_force', appointment_act = 'Resolución 12',
        appointed_on = '2026-02-10', took_office_on = '2026-02-12'$$,
    'with both the mandate is in force');
select results_eq(
    'select held_from, held_until, replaced_on from governance.holdings',
    $$values ('2026-02-12'::date, '2028-12-31'::date, null::date)$$, 'and held from the posesión to its last day');
select throws_ok(
    $$update governance.mandates set state = 'ended', ended_on = '2026-03-01'$$, '23514', null,
    'an end has its reason');
select lives_ok(
    $$update governance.bodies set continues_until_replaced = true$$, 'where holders go on');
select results_eq(
    'select held_until from governance.holdings', $$values ('infinity'::date)$$, 'it has no last day until somebody follows');
select throws_ok(
    $$execute mandate ('aaaaaaaa-0000-4000-8000-000000000007', 'aaaaaaaa-0000-4000-8000-0000000000fd', '2029-01-01',
        '2029-06-30', 'in_force', 'recorded', 'Acta 2')$$,
    '23503', null, 'nobody holds a seat whom the register does not know');
select throws_ok(
    $$update governance.mandates set ends_on = '2028-01-01'$$, '42501', null, 'the period stays');
select throws_ok(
    $$update governance.mandates set holder_name = 'Otra'$$, '42501', null, 'and so does the holder');
select throws_ok('delete from governance.mandates', '42501', null, 'a mandate is not removed');
select throws_ok('delete from governance.seats', '42501', null, 'nor is a seat');
reset role;

select * from finish();
rollback;
