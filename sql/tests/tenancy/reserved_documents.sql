-- A document that a board keeps to itself: a control body does not find it in its territory, and whoever holds its code still
-- learns whether it is what was issued.
begin;
select plan(7);

insert into catalogue.municipalities values
    ('23672', 'San Antero', 'san antero', '23', 'Córdoba', 'municipio', false)
on conflict do nothing;
insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
insert into tenancy.files (organization_id, file_id, sha256, byte_count, media_type, name, content, effective_on, stored_at, alliance_id, is_reserved,
    retention_class)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('bbbbbbbb-0000-4000-8000-00000000000' || number)::uuid,
    sha256('acta'), 4, 'application/pdf', 'acta.pdf', 'acta', '2026-03-01', '2026-03-01',
    'aaaaaaaa-0000-4000-8000-000000000001', number = 2, 'minutes'
from generate_series(1, 2) as number;
insert into tenancy.documents (
    organization_id, document_id, code, kind, title, issuer, subject_id, version, words_digest, sha256, file_id,
    alliance_id, municipality_code, is_public, dated_on, issued_at, is_reserved)
select 'aaaaaaaa-0000-4000-8000-000000000000', ('cccccccc-0000-4000-8000-00000000000' || number)::uuid,
    repeat(chr(96 + number), 5) || '-22222-33333', 'acta', 'Acta ' || number, 'A', number::text, 1, sha256('x'),
    sha256('acta'), ('bbbbbbbb-0000-4000-8000-00000000000' || number)::uuid,
    'aaaaaaaa-0000-4000-8000-000000000001', '23672', true, '2026-03-01', '2026-03-01', number = 2
from generate_series(1, 2) as number;

set local role alianzas_control;
select throws_ok('select count(*) from tenancy.documents', '42704', null, 'no territory, no rows');
select tenancy.enter_territory('dddddddd-0000-4000-8000-000000000000', array['23672']);
select results_eq(
    'select title from tenancy.documents order by title', array['Acta 1'],
    'a control body finds what is shared in its territory, and nothing that a board keeps to itself');
select is_empty(
    $$select 1 from tenancy.documents where code = 'bbbbb-22222-33333'$$,
    'nor by guessing its code within its territory');

reset role;
set local role alianzas_public;
select results_eq(
    $$select title from tenancy.documents where code = 'bbbbb-22222-33333'$$, array['Acta 2'],
    'whoever holds its code learns whether it is what was issued');

reset role;
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select results_eq(
    'select title from tenancy.documents order by title', array['Acta 1'],
    'who is not on the board does not find it in the register either');

reset role;
update tenancy.documents set is_reserved = false;
set local role alianzas_control;
select tenancy.enter_territory('dddddddd-0000-4000-8000-000000000000', array['23672']);
select results_eq(
    'select title from tenancy.documents order by title', array['Acta 1', 'Acta 2'], 'what is shared is found');
select tenancy.enter_territory('dddddddd-0000-4000-8000-000000000000', array['11001']);
select is_empty('select 1 from tenancy.documents', 'and in another territory nothing');

select * from finish();
rollback;
