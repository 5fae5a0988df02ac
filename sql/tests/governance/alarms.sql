-- Alarms before an end, terms of letters that an entity confirmed, and the events of notes: what they may hold, and that
-- nobody tells of an end twice.
begin;
select plan(11);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into catalogue.letter_terms values ('prueba', 'De prueba', 10, 'Norma', false, 'Fuente');

select results_eq(
    'select days from catalogue.mandate_alarms order by days desc', array[180, 90, 45, 15],
    'the catalogue proposes four alarms');

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

prepare body(integer[]) as
    insert into governance.bodies (
        organization_id, body_id, alliance_id, name, kind, is_external, term_months, term_is_confirmed, formation,
        continues_until_replaced, created_at, alarm_days)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'aaaaaaaa-0000-4000-8000-000000000001',
        'Junta ' || array_to_string($1, ' '), 'board', false, 24, false, 'proclamation', false, '2026-01-01', $1);
select lives_ok('execute body(array[60, 5])', 'a body has its own days of alarm');
select throws_ok($$execute body('{}')$$, '23514', null, 'or those of the catalogue, and not none');
select throws_ok('execute body(array[60, 0])', '23514', null, 'a day of alarm comes before the end');

prepare told(integer) as
    insert into governance.told_alarms values (
        'aaaaaaaa-0000-4000-8000-000000000000', 'mandate:x', '2026-12-31', $1, 2, '2026-07-04');
select lives_ok('execute told(180)', 'people were told');
select throws_ok('execute told(180)', '23505', null, 'and are not told again');
select lives_ok('execute told(0)', 'that it is over is another alarm');
select throws_ok('delete from governance.told_alarms', '42501', null, 'nobody forgets that people were told');

select lives_ok(
    $$insert into governance.letter_terms (
        organization_id, term_id, code, business_days, norm, set_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', gen_random_uuid(), 'prueba', 5, 'Ley 1755 de 2015', '2026-03-01')$$,
    'an entity confirms a term of letters');
select throws_ok(
    $$update governance.letter_terms set withdrawn_at = '2026-03-02'$$, '23514', null,
    'a confirmation is withdrawn with its reason alone');

select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select is_empty(
    'select 1 from governance.told_alarms union all select 1 from governance.letter_terms',
    'another entity sees none of it');

select * from finish();
rollback;
