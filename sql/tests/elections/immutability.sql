-- What the serving role may never do to the trace of an election: sheets, frozen counts, canvasses, records,
-- draws and proclamations are written once, and the last two walls through their own functions alone.
begin;
select plan(31);

select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, privilege),
    name || ' refuses ' || privilege)
from unnest(array[
    'count_sheets', 'count_differences', 'table_counts', 'canvasses', 'canvass_lines', 'canvass_elected',
    'canvass_records', 'draws', 'table_annulments', 'proclamations', 'roll_entries', 'rolls'
]) as tables (name), unnest(array['update', 'delete']) as privileges (privilege)
order by name, privilege;

select ok(
    not has_table_privilege('alianzas_app', 'elections.' || name, 'insert'),
    name || ' is written by its function alone')
from unnest(array['table_counts', 'proclamations', 'rolls', 'roll_entries']) as tables (name)
order by name;

select ok(
    not has_any_column_privilege('alianzas_app', 'elections.count_sheets', 'update'),
    'no column of a count sheet is changed');
select ok(
    not has_any_column_privilege('alianzas_app', 'elections.canvass_records', 'update'),
    'no column of a sealed record is changed');
select ok(
    not has_any_column_privilege('alianzas_app', 'elections.draws', 'update'), 'no column of a draw is changed');

select * from finish();
rollback;
