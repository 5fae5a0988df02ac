-- What the register said before an import is kept as it was, an import's counts are never rewritten, and rows that
-- wait come in by one door and go out by another.
begin;

create temporary table doors (name text, app text[], import text[]) on commit drop;
insert into doors values
    ('affiliates', '{SELECT,INSERT,UPDATE,DELETE}', '{}'),
    -- History is written by the import that changes something and taken back with it; nobody changes it.
    ('affiliate_versions', '{SELECT,INSERT,DELETE}', '{}'),
    ('import_batches', '{SELECT,INSERT}', '{}'),
    ('affiliate_uploads', '{SELECT,INSERT,UPDATE}', '{}'),
    -- Who copies reads nothing, not even what it wrote; who merges writes nothing there.
    ('staged_affiliates', '{SELECT,DELETE}', '{}'),
    ('staged_affiliates_inbox', '{}', '{INSERT}');

select plan((3 * count(*) + 19)::int) from doors;

select table_privs_are('membership', name, 'alianzas_app', app, 'the server''s door to membership.' || name)
from doors;
select table_privs_are('membership', name, 'alianzas_import', import, 'the import''s door to membership.' || name)
from doors;
select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public')
            and has_any_column_privilege(rolname, format('membership.%I', name), 'select, insert, update')
        order by rolname),
    '{}'::text[], 'membership.' || name || ' is nobody else''s')
from doors;
select is(
    array(
        select attname::text from pg_attribute
        where attrelid = 'membership.import_batches'::regclass and attnum > 0 and not attisdropped
            and has_column_privilege('alianzas_app', attrelid, attnum, 'update')
        order by attname),
    '{state,undo_job_id,undone_at,undone_by}', 'an import can be undone and nothing else of it changed');

-- In fact: one tenant imports, and another finds nothing of it.
insert into catalogue.municipalities values ('23672', 'San Antero', '', '23', '', 'municipio', false)
on conflict do nothing;
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');

set local role alianzas_app;
select throws_ok('select count(*) from membership.affiliates', '42704', null, 'no tenant, no register');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

prepare import (uuid, int) as
    insert into membership.import_batches (
        organization_id, batch_id, file_name, sha256, cutoff_on, state, read_rows, new_rows, changed_rows,
        unchanged_rows, refused_rows, imported_at, turn)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'padron.csv', '\x00', '2026-03-13', 'merged', $2, 1, 1, 0, 1,
        '2026-03-14', 1);
select lives_ok(
    $$execute import ('aaaaaaaa-0000-4000-8000-000000000001', 3)$$, 'an import is kept with its counts');
select throws_ok(
    $$execute import ('aaaaaaaa-0000-4000-8000-000000000002', 4)$$, '23514', null, 'counts that do not add up are not');
select throws_ok(
    $$update membership.import_batches set new_rows = 2, read_rows = 4$$, '42501', null, 'counts are not rewritten');
select throws_ok('delete from membership.import_batches', '42501', null, 'an import is not removed');
select throws_ok(
    $$update membership.import_batches set state = 'undone'$$, '23514', null, 'what is undone says since when');

prepare person (text, text) as
    insert into membership.affiliates (
        organization_id, person_id, document_type, document_number, first_surname, first_name, birth_date, sex,
        municipality_code, regime, affiliation_state, insurer_code, valid_from, batch_id)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003', 'CC', $1, 'Peña',
        'José', '1980-01-02', 'M', '23672', 'subsidiado', $2, 'ESS207', '2026-03-13',
        'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$execute person ('12.345', 'active')$$, '23514', null, 'documents are kept in one form');
select throws_ok($$execute person ('12345', 'AC')$$, '23514', null, 'states are those that are known');
select lives_ok($$execute person ('12345', 'active')$$, 'a person is in the register');
select is(
    (select name_folded from membership.affiliates where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000'),
    'pena jose', 'and is found without accents');
select throws_ok($$execute person ('12345', 'active')$$, '23505', null, 'once');

select lives_ok(
    $$insert into membership.affiliate_versions (
        organization_id, person_id, valid_from, valid_until, first_surname, first_name, birth_date, sex,
        municipality_code, regime, affiliation_state, replaced_by)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003', '2026-01-01',
        '2026-03-13', 'Pena', 'José', '1980-01-02', 'M', '23672', 'subsidiado', 'active',
        'aaaaaaaa-0000-4000-8000-000000000001')$$,
    'what it said before is kept');
select throws_ok(
    $$update membership.affiliate_versions set first_surname = 'Otro'$$, '42501', null, 'and not rewritten');
select throws_ok(
    $$delete from membership.affiliates$$, '23503', null, 'who has a history does not go without it');
select throws_ok(
    $$insert into membership.staged_affiliates (organization_id, batch_id, line)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 2)$$,
    '42501', null, 'the server writes no rows that wait');

-- The neighbour.
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select results_eq(
    $$select (select count(*) from membership.affiliates) + (select count(*) from membership.affiliate_versions)
        + (select count(*) from membership.import_batches)$$,
    array[0::bigint], 'another tenant reads nothing of it');
select throws_ok($$execute person ('777', 'active')$$, '42501', null, 'nor writes there');
reset role;

set local role alianzas_import;
select throws_ok(
    'select count(*) from membership.staged_affiliates_inbox', '42501', null, 'who copies does not read');
reset role;

select * from finish();
rollback;
