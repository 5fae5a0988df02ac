-- Quick polls: what was answered and who answered stand apart, an account answers once, and whoever has the link finds
-- what is asked and no answer.
begin;
select plan(12);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');

-- Nothing of a sheet tells when it came, or from whom.
select columns_are('governance', 'poll_sheets', array['organization_id', 'sheet_id', 'poll_id', 'comment'],
    'a sheet bears no time and no name');
select columns_are('governance', 'poll_marks', array['organization_id', 'poll_id', 'mark'],
    'a mark bears no time and no answer');
select table_privs_are('governance', 'poll_cards', 'alianzas_public', array['SELECT'], 'everybody reads cards');
select is(
    array(
        select relname::text from pg_class
        where relnamespace = 'governance'::regnamespace and relname like 'poll%' and relkind = 'r'
            and relname <> 'poll_cards'
            and has_any_column_privilege('alianzas_public', oid, 'select, insert, update')),
    '{}'::text[], 'and nothing else of polls');

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
select lives_ok(
    $$insert into governance.polls (
        organization_id, poll_id, alliance_id, title, purpose, opens_on, closes_on, is_public, takes_comments, code,
        recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Horario', 'Saber', '2026-03-01', '2026-03-15', true, false,
        'abcde-fghjk', '2026-03-01')$$,
    'a poll is asked');
insert into governance.poll_questions values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 1, 'single', '¿Sábados?',
        '{Sí,No}');
insert into governance.poll_marks values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'user:aaaaaaaa-0000-4000-8000-0000000000a1');
select throws_ok(
    $$insert into governance.poll_marks select * from governance.poll_marks$$, '23505', null,
    'an account answers once');
select throws_ok(
    $$insert into governance.poll_marks values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'Rosa Arrieta')$$,
    '23514', null, 'a mark is no name');
insert into governance.poll_sheets values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000003',
        'aaaaaaaa-0000-4000-8000-000000000002', null);
select throws_ok(
    $$insert into governance.poll_choices values
        ('aaaaaaaa-0000-4000-8000-000000000000', 'cccccccc-0000-4000-8000-000000000003',
            'aaaaaaaa-0000-4000-8000-000000000002', 2, 1)$$,
    '23503', null, 'a sheet answers what is asked');
select throws_ok(
    $$update governance.poll_questions set words = '¿Domingos?'$$, '42501', null, 'what is asked is not changed');
select throws_ok('delete from governance.poll_sheets', '42501', null, 'nor is an answer removed');
insert into governance.poll_cards values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'aaaaaaaa-0000-4000-8000-000000000001', '23672', true, 'abcde-fghjk', 'Horario', 'Saber', '2026-03-01',
        '2026-03-15', false, '[]', false);
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select is((select count(*)::int from governance.polls), 0, 'a neighbour finds no poll');
reset role;
set local role alianzas_public;
select results_eq(
    $$select code from governance.poll_cards$$, array['abcde-fghjk'], 'whoever has the link finds what is asked');
reset role;

select * from finish();
rollback;
