-- What the serving role may never do to the trace of an election: sheets, frozen counts, canvasses, records,
-- draws and proclamations are written once, and the last two walls through their own functions alone.
begin;
select plan(51);

select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, privilege),
    name || ' refuses ' || privilege)
from unnest(array[
    'count_sheets', 'count_differences', 'table_counts', 'canvasses', 'canvass_lines', 'canvass_elected',
    'canvass_records', 'draws', 'draw_announcements', 'draw_numbers', 'table_annulments', 'proclamations',
    'roll_entries', 'rolls', 'signature_counts', 'merged_polls'
]) as tables (name), unnest(array['update', 'delete']) as privileges (privilege)
order by name, privilege;

select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, 'insert'),
    name || ' is written by its function alone')
from unnest(array['table_counts', 'merged_polls', 'proclamations', 'rolls', 'roll_entries']) as tables (name)
order by name;

select ok(
    not has_any_column_privilege('alianzas_app', 'elections.count_sheets', 'update'),
    'no column of a count sheet is changed');
select ok(
    not has_any_column_privilege('alianzas_app', 'elections.canvass_records', 'update'),
    'no column of a sealed record is changed');
select ok(
    not has_any_column_privilege('alianzas_app', 'elections.draws', 'update'), 'no column of a draw is changed');

-- The sheets of a table are never taken away, and nobody else writes or reads any of it.
select ok(
    not has_table_privilege('alianzas_' || reader, 'elections.' || name, 'select'),
    reader || ' does not read ' || name)
from unnest(array['public', 'control', 'import']) as readers (reader),
    unnest(array['count_sheets', 'presences']) as tables (name)
order by reader, name;
select ok(
    not has_table_privilege('alianzas_app', 'elections.presences', 'delete'), 'no presence is taken away');
select ok(
    not has_table_privilege('alianzas_app', 'elections.quorum_checks', 'update, delete'),
    'a quorum stays as it was found');
select ok(
    not has_table_privilege('alianzas_app', 'elections.published_results', 'update'),
    'a published result is replaced, not touched up');
select ok(
    has_table_privilege('alianzas_public', 'elections.published_results', 'select')
        and not has_table_privilege('alianzas_public', 'elections.published_results', 'insert, update, delete'),
    'anybody reads a published result and nobody writes it from outside');
select ok(
    not has_function_privilege('alianzas_public',
        'elections.proclaim(uuid, uuid, uuid, date, timestamptz)', 'execute'),
    'nobody proclaims from outside');

select * from finish();
rollback;
