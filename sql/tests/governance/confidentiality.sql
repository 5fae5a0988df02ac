-- What an entity hands over under confidentiality: its content is no column that the server reads, a board member reads
-- it by an undertaking that is in force, and each reading is written by the function that gives it out, and by nobody
-- else.
begin;
select plan(24);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'b', 'B', 'territory', null,
        'active', '2026-01-01');
insert into tenancy.users (organization_id, user_id, name, email, office_title, is_active, created_at) values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a1', 'Rosa Arrieta', 'rosa@example.org',
        'Presidenta', true, '2026-01-01'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a2', 'Luis Burgos', 'luis@example.org',
        'Vocal', true, '2026-01-01');

select table_privs_are('governance', 'confidential_files', 'alianzas_app', array['INSERT'],
    'files are put in, and not read as a whole');
select ok(
    not has_column_privilege('alianzas_app', 'governance.confidential_files', 'content', 'select'),
    'their content is no column that the server reads');
select is(
    array(
        select rolname::text from pg_roles
        where rolname in ('alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
            and (has_any_column_privilege(rolname, 'governance.confidential_files', 'select, insert, update')
                or has_function_privilege(
                    rolname, 'governance.read_confidential_file(uuid, uuid, uuid, date, timestamptz)', 'execute'))
        order by rolname),
    '{}'::text[], 'no other role has anything of it');
select table_privs_are('governance', 'confidential_reads', 'alianzas_app', array['SELECT'],
    'a reading is written by nobody but the function');

set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '');
insert into governance.confidentiality_texts values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000010', 1, 'Me comprometo.', 12,
        '2026-01-01', null);
insert into governance.confidential_items (
    organization_id, item_id, alliance_id, title, giver, purpose, received_on, until_on, recorded_at)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000020',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Indicadores', 'Calidad', 'Seguimiento', '2026-03-01', '2026-06-30',
        '2026-03-01');
insert into governance.confidential_files (
    organization_id, file_id, item_id, alliance_id, name, media_type, byte_count, sha256, content, recorded_at)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000030',
        'aaaaaaaa-0000-4000-8000-000000000020', 'aaaaaaaa-0000-4000-8000-000000000001', 'indicadores.pdf',
        'application/pdf', 4, sha256('hola'), 'hola', '2026-03-01');
select throws_ok(
    'select content from governance.confidential_files', '42501', null, 'the office does not read what it gave');
select throws_ok(
    $$update governance.confidentiality_texts set words = 'Otra cosa'$$, '42501', null, 'words are not changed');
select throws_ok(
    $$update governance.confidential_items set until_on = '2030-01-01'$$, '42501', null, 'nor is a term lengthened');

prepare reading (date) as
    select governance.read_confidential_file(
        'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000030', gen_random_uuid(), $1,
        '2026-03-02 10:00-05');
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'nor through the function');

-- On the board, and without a signature.
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a1',
    'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'who undertook nothing reads nothing');
insert into governance.confidentiality_undertakings (
    organization_id, undertaking_id, alliance_id, text_id, user_id, name, way, drawing, words_sha256, signed_at,
    starts_on, ends_on)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000040',
        'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000010',
        'aaaaaaaa-0000-4000-8000-0000000000a1', 'Rosa Arrieta', 'drawn', 'M0 0L100 100', sha256('Me comprometo.'),
        '2026-03-02', '2026-03-02', '2026-04-30');
select results_eq($$execute reading('2026-03-02')$$, array['hola'::bytea], 'who undertook it reads');
select results_eq(
    $$select user_id, undertaking_id, read_at from governance.confidential_reads$$,
    $$values ('aaaaaaaa-0000-4000-8000-0000000000a1'::uuid, 'aaaaaaaa-0000-4000-8000-000000000040'::uuid,
        '2026-03-02 10:00-05'::timestamptz)$$,
    'and that they did is written');
select throws_ok(
    $$insert into governance.confidential_reads select * from governance.confidential_reads$$, '42501', null,
    'a reading is not made up');
select throws_ok('delete from governance.confidential_reads', '42501', null, 'nor taken away');
select throws_ok($$execute reading('2026-03-01')$$, '42501', null, 'nobody reads before they signed');
select throws_ok($$execute reading('2026-05-01')$$, '42501', null, 'nor after their undertaking');
select throws_ok($$execute reading('2026-07-01')$$, '42501', null, 'nor after its term');
select throws_ok(
    $$update governance.confidentiality_undertakings set ends_on = '2030-01-01'$$, '42501', null,
    'what was signed is not changed');

-- Somebody else, another alliance's board, nobody's, the server itself.
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a2',
    'aaaaaaaa-0000-4000-8000-000000000001');
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'another''s signature serves nobody else');
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a1',
    'aaaaaaaa-0000-4000-8000-000000000002');
select throws_ok(
    $$execute reading('2026-03-02')$$, '42501', null, 'who left the board reads no more, signature or not');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null, '*');
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'the server itself reads nothing');
select is(
    (select count(*)::int from catalogue.copied_tables
        where relation like 'governance.confidential\_%' and condition is not null), 0,
    'no copy of an alliance holds any of it');
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null, '*');
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'nor does a neighbour');
select is((select count(*)::int from governance.confidential_items), 0, 'who finds nothing of it');

-- What was taken back is read by nobody.
select tenancy.enter_tenant(
    'aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-0000000000a1',
    'aaaaaaaa-0000-4000-8000-000000000001');
update governance.confidential_items set ended_on = '2026-03-02', end_reason = 'Devuelta';
select throws_ok($$execute reading('2026-03-02')$$, '42501', null, 'nor what was taken back');
reset role;

select * from finish();
rollback;
