-- History from paper: the same row comes in once, what came in is taken back by one definer function as a whole or not at
-- all, in its own tenant alone, and nobody else removes a mandate or minutes.
begin;
select plan(23);

insert into catalogue.organizations values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'prueba-a', 'insurer', 'A', 'A', null, '23672', '2026-01-01'),
    ('bbbbbbbb-0000-4000-8000-000000000000', 'prueba-b', 'insurer', 'B', 'B', null, '23672', '2026-01-01');
insert into tenancy.alliances values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000001', 'a', 'A', 'territory', null,
        'active', '2026-01-01');
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

-- An import of two minutes and one of an election.
prepare history_import (uuid, text) as
    insert into governance.history_imports (
        organization_id, import_id, alliance_id, kind, file_name, sheet_sha256, row_count, imported_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', $1, 'aaaaaaaa-0000-4000-8000-000000000001', $2, 'libro.xlsx',
        sha256('hoja'), 1, '2026-01-01');
select lives_ok($$execute history_import ('aaaaaaaa-0000-4000-8000-000000000002', 'minutes')$$, 'a sheet comes in');
select throws_ok(
    $$execute history_import ('aaaaaaaa-0000-4000-8000-000000000009', 'bylaws')$$, '23514', null,
    'of the kinds that there are');
insert into governance.meetings (
    organization_id, meeting_id, alliance_id, position, kind, title, state, day, mode, participants, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000003',
    'aaaaaaaa-0000-4000-8000-000000000001', 1, 'assembly', 'Asamblea', 'held', '2019-03-13', 'unknown', '{}', '2026-01-01');
insert into governance.minutes (
    organization_id, minutes_id, alliance_id, meeting_id, number, dated_on, first_day, last_day, narrative, follow_up,
    attachments, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000004',
    'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000003', '12', '2019-03-13', '2019-03-13',
    '2019-03-13', '{Informe.}', '{}', '{}', '2026-01-01');
prepare history_row (integer, text) as
    insert into governance.history_rows (
        organization_id, import_id, row_number, alliance_id, row_key, minutes_id)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', $1,
        'aaaaaaaa-0000-4000-8000-000000000001', $2, 'aaaaaaaa-0000-4000-8000-000000000004');
select lives_ok($$execute history_row (2, 'minutes/12')$$, 'with a row');
select throws_ok($$execute history_row (3, 'minutes/12')$$, '23505', null, 'which comes in once');
select throws_ok(
    $$insert into governance.history_rows values ('aaaaaaaa-0000-4000-8000-000000000000',
        'aaaaaaaa-0000-4000-8000-000000000002', 4, 'aaaaaaaa-0000-4000-8000-000000000001', 'x', null, null, null)$$,
    '23514', null, 'and brings something');
select throws_ok($$delete from governance.history_rows$$, '42501', null, 'no row is removed by hand');
select throws_ok($$update governance.history_imports set undone_at = now()$$, '42501', null, 'no import is undone by hand');

-- Elections are told as their paper tells them.
prepare past_election (integer, integer) as
    insert into governance.past_elections (
        organization_id, election_id, alliance_id, title, held_on, roll_size, voters, elected, paper, recorded_at)
    values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000005',
        'aaaaaaaa-0000-4000-8000-000000000001', 'Elección de 2019', '2019-03-13', $1, $2, '{Ana}', 'Acta 12', '2026-01-01');
select throws_ok($$execute past_election (100, 101)$$, '23514', null, 'no more vote than may');
select lives_ok($$execute past_election (100, 80)$$, 'an election is told');
select throws_ok(
    $$update governance.past_elections set voters = 81$$, '42501', null, 'and never computed again');

-- The neighbour.
select tenancy.enter_tenant('bbbbbbbb-0000-4000-8000-000000000000', null);
select is((select count(*) from governance.history_imports)::int, 0, 'another tenant sees none of it');
select throws_ok(
    $$select governance.undo_history('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'Error', now(), null)$$, '42501', null, 'nor undoes it');
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);

-- What something rests on stays, and all that came with it.
insert into governance.commitments (
    organization_id, commitment_id, alliance_id, meeting_id, is_reserved, activity, owner_kind, owner, made_on, state,
    recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000006',
    'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000003', false, 'Escribir la carta', 'outside',
    'Secretaría', '2019-03-13', 'open', '2026-01-02');
savepoint before;
select throws_ok(
    $$select governance.undo_history('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'Error', now(), null)$$, '23503', null, 'an import on which something rests is not undone');
rollback to before;
select is((select count(*) from governance.minutes)::int, 1, 'and all of it is there');
reset role;
delete from governance.commitments where organization_id = 'aaaaaaaa-0000-4000-8000-000000000000';
set local role alianzas_app;
-- A commitment that came with the minutes goes with them.
insert into governance.commitments (
    organization_id, commitment_id, alliance_id, meeting_id, is_reserved, activity, owner_kind, owner, made_on, state,
    recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000007',
    'aaaaaaaa-0000-4000-8000-000000000001', 'aaaaaaaa-0000-4000-8000-000000000003', false, 'Pedir la ruta', 'outside',
    'Oficina', '2019-03-13', 'open', '2026-01-01');
insert into governance.commitment_steps (
    organization_id, step_id, commitment_id, kind, note, happened_on, recorded_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000008',
    'aaaaaaaa-0000-4000-8000-000000000007', 'made', '', '2019-03-13', '2026-01-01');
-- Scans that follow: to an election that awaits one, once; to nothing else, and not of another tenant.
insert into governance.history_imports (
    organization_id, import_id, alliance_id, kind, file_name, sheet_sha256, row_count, imported_at)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000010',
    'aaaaaaaa-0000-4000-8000-000000000001', 'elections', 'libro.xlsx', sha256('otra'), 2, '2026-01-01');
insert into governance.history_rows (
    organization_id, import_id, row_number, alliance_id, row_key, minutes_id, election_id, scan_name)
values
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000010', 2,
        'aaaaaaaa-0000-4000-8000-000000000001', 'election/1', null, 'aaaaaaaa-0000-4000-8000-000000000005', 'acta.pdf'),
    ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000010', 3,
        'aaaaaaaa-0000-4000-8000-000000000001', 'minutes/13', 'aaaaaaaa-0000-4000-8000-000000000004', null, 'acta.pdf');
insert into tenancy.files (
    organization_id, file_id, sha256, name, media_type, byte_count, content, effective_on, stored_at, alliance_id,
    retention_class)
values ('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000011', sha256('x'), 'acta.pdf',
    'application/pdf', 1, 'x', '2019-03-13', '2026-01-01', 'aaaaaaaa-0000-4000-8000-000000000001', 'elections');
prepare scanned (uuid, integer) as select governance.bind_history_scan(
    $1, 'aaaaaaaa-0000-4000-8000-000000000010', $2, 'aaaaaaaa-0000-4000-8000-000000000011');
select throws_ok(
    $$execute scanned ('bbbbbbbb-0000-4000-8000-000000000000', 2)$$, '42501', null, 'no scan goes to another tenant');
select throws_ok(
    $$execute scanned ('aaaaaaaa-0000-4000-8000-000000000000', 3)$$, '23514', null,
    'nor to minutes, which have papers beside them');
select lives_ok($$execute scanned ('aaaaaaaa-0000-4000-8000-000000000000', 2)$$, 'an election gets its scan');
select throws_ok(
    $$execute scanned ('aaaaaaaa-0000-4000-8000-000000000000', 2)$$, '23514', null, 'once');
reset role;
delete from governance.history_rows where import_id = 'aaaaaaaa-0000-4000-8000-000000000010';
set local role alianzas_app;
select is(
    governance.undo_history('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002', 'Error', now(), null),
    1, 'otherwise it is undone whole');
select is(
    (select count(*) from governance.minutes)::int + (select count(*) from governance.meetings)::int
        + (select count(*) from governance.history_rows)::int, 0, 'nothing of it is left');
select is(
    (select undo_reason from governance.history_imports where import_id = 'aaaaaaaa-0000-4000-8000-000000000002'), 'Error',
    'but that it came, and why it went');
select is((select count(*) from governance.commitments)::int, 0, 'nor of what its minutes left to do');
select throws_ok(
    $$select governance.undo_history('aaaaaaaa-0000-4000-8000-000000000000', 'aaaaaaaa-0000-4000-8000-000000000002',
        'Error', now(), null)$$, '23514', null, 'once');
reset role;

select * from finish();
rollback;
