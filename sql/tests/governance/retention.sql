-- How long files are kept: a confirmed term alone puts a file up for decision, two people of different sides let its
-- content go, what is bound or the board's own never goes, and nothing else of a file is ever changed.
begin;
select plan(26);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into catalogue.retention_terms values
    ('letters', 10, 'year_end', 'review', 'Norma', false, 'Prueba'),
    ('minutes', null, 'document', 'keep', 'Norma', false, 'Prueba'),
    ('complaints', 5, 'closing', 'review', 'Norma', false, 'Prueba')
on conflict do nothing;

select is(tenancy.kept_until('2012-03-05', null, 'year_end', 10), '2022-12-31', 'a term runs from the end of the year');
select is(tenancy.kept_until('2012-02-29', null, 'document', 1), '2013-02-28', 'a term runs from the day of the document');
select is(tenancy.kept_until('2012-03-05', null, 'closing', 5), null, 'a term runs from nothing that has not come');
select is(tenancy.kept_until('2012-03-05', '2014-01-02', 'closing', 5), '2019-01-02', 'a term runs from a closing');

set local role alianzas_app;
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', null, 'aaaaaaaa-0000-4000-8000-000000000001');

-- The letter, one of the board's own, and one of an election.
insert into tenancy.files (
    organization_id, file_id, sha256, name, media_type, byte_count, content, effective_on, stored_at, alliance_id,
    process_id, is_reserved, retention_class)
select 'aaaaaaaa-0000-4000-8000-000000000000', id, sha256('x'), 'carta.pdf', 'application/pdf', 1, 'x', '2012-03-05',
    '2026-01-01', 'aaaaaaaa-0000-4000-8000-000000000001', process, reserved, 'letters'
from (values
    ('aaaaaaaa-0000-4000-8000-000000000010'::uuid, null::uuid, false),
    ('aaaaaaaa-0000-4000-8000-000000000011', null, true),
    ('aaaaaaaa-0000-4000-8000-000000000012', 'aaaaaaaa-0000-4000-8000-000000000099', false)
) as given (id, process, reserved);
select throws_ok(
    $$insert into tenancy.files (
        organization_id, file_id, sha256, name, media_type, byte_count, content, effective_on, stored_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000013', sha256('x'), 'a.pdf',
        'application/pdf', 1, 'x', '2012-03-05', '2026-01-01')$$,
    '23502', null, 'no file comes in without a class');
select throws_ok(
    $$update tenancy.files set retention_class = 'otra'$$, '23514', null, 'a class is one of those that there are');
select throws_ok(
    $$update tenancy.files set retention_class = 'minutes', reclassified_at = '2026-01-01'$$, '23514', null,
    'a class is not changed without a reason');
select throws_ok('update tenancy.files set content = null', '42501', null, 'nobody removes the content of a file');
select throws_ok('update tenancy.files set disposed_at = now()', '42501', null, 'nobody says that it went');

-- Terms.
select throws_ok(
    $$insert into tenancy.retention_terms (
        organization_id, term_id, class, years, runs_from, disposition, norm, set_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000020', 'letters', 5, 'document',
        'keep', 'Tabla', '2026-01-01')$$,
    '23514', null, 'what is kept for ever has no years');
select is(
    (select is_confirmed from tenancy.retention_in_force('aaaaaaaa-0000-4000-8000-000000000000')
        where class = 'letters'), false, 'the catalogue only proposes');

prepare propose (uuid, uuid, boolean) as
    insert into governance.retention_decisions (
        organization_id, decision_id, alliance_id, file_id, file_is_reserved, kind, reason, decided_at, decided_by,
        decided_side)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000001', $2, $3, 'dispose',
        'Comité', '2026-01-02', 'aaaaaaaa-0000-4000-8000-000000000031', 'office');
prepare second (uuid, uuid, text) as
    select governance.dispose_file('aaaaaaaa-0000-4000-8000-000000000000', $1, '2026-01-02', '2026-01-02', $2, $3);
select lives_ok(
    $$execute propose (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000010', false)$$,
    'somebody proposes to let a file go');
select throws_ok(
    $$execute propose (
        'aaaaaaaa-0000-4000-8000-000000000041', 'aaaaaaaa-0000-4000-8000-000000000010', false)$$,
    '23505', null, 'a file is proposed once');
select throws_ok(
    $$execute propose (
        'aaaaaaaa-0000-4000-8000-000000000042', 'aaaaaaaa-0000-4000-8000-000000000011', true)$$,
    '23514', null, 'what is the board''s own is not decided upon');
select throws_ok(
    $$execute propose (
        'aaaaaaaa-0000-4000-8000-000000000042', 'aaaaaaaa-0000-4000-8000-000000000011', false)$$,
    '23503', null, 'nor by saying that it is not');
select throws_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000032', 'board')$$,
    '23514', null, 'by a term that nobody confirmed no file goes');

insert into tenancy.retention_terms (
    organization_id, term_id, class, years, runs_from, disposition, norm, set_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000020', 'letters', 12, 'year_end',
    'review', 'Tabla de prueba', '2026-01-01');
select results_eq(
    $$select years, is_confirmed from tenancy.retention_in_force('aaaaaaaa-0000-4000-8000-000000000000')
        where class = 'letters'$$,
    'values (12, true)', 'what the entity confirmed counts');
select throws_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000031', 'board')$$,
    '23514', null, 'nobody is the second of themselves');
select throws_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000032', 'office')$$,
    '23514', null, 'nor somebody of the same side');
select throws_ok(
    $$select governance.dispose_file('bbbbbbbb-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000040',
        '2026-01-02', '2026-01-02', 'aaaaaaaa-0000-4000-8000-000000000032', 'board')$$,
    '42501', null, 'nobody lets the file of another tenant go');
select is(
    (select content from tenancy.files where file_id = 'aaaaaaaa-0000-4000-8000-000000000010'), 'x'::bytea,
    'until then the content is there');
execute propose ('aaaaaaaa-0000-4000-8000-000000000043', 'aaaaaaaa-0000-4000-8000-000000000012', false);
select throws_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000043', 'aaaaaaaa-0000-4000-8000-000000000032', 'board')$$,
    '23514', null, 'what is of an election is bound');
select lives_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000032', 'board')$$,
    'a second person of the other side lets it go');
select results_eq(
    $$select content is null, disposed_at is not null, sha256, name, retention_class from tenancy.files
        where file_id = 'aaaaaaaa-0000-4000-8000-000000000010'$$,
    $$values (true, true, sha256('x'), 'carta.pdf', 'letters')$$, 'its digest, name and class remain');
select throws_ok(
    $$execute second (
        'aaaaaaaa-0000-4000-8000-000000000040', 'aaaaaaaa-0000-4000-8000-000000000032', 'board')$$,
    '23514', null, 'it goes once');
select throws_ok('delete from governance.retention_decisions', '42501', null, 'what was decided stays');

select * from finish();
rollback;
