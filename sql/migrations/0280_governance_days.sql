-- 0280 · governance · days that can be
-- A slip of the keyboard (a year of two digits, 1901 for 2026) was kept as the day of a registration, of a letter or of an
-- approval, for ever. What happened, happened since users may form alliances (Decreto 1757 of 1994, with room for what led
-- to it); a plan is approved in its year or in the one before.
-- Where such a day stands already, the migration says at which table and changes nothing: it is corrected first.
-- Locks: each table while its rows are looked through.
-- Undo: drop the constraints `*_is_a_day`, `work_plans_approved_about_their_year`.

do $$
declare
    place record;
begin
    for place in
        select columns.table_name, columns.column_name
        from information_schema.columns
        join information_schema.tables using (table_schema, table_name)
        where table_schema = 'governance' and table_type = 'BASE TABLE' and data_type = 'date'
            and column_name in ('approved_on', 'called_on', 'dated_on', 'given_on', 'happened_on', 'held_on', 'made_on',
                'received_on', 'registered_on')
        order by 1, 2
    loop
        execute format(
            'alter table governance.%1$I add constraint %2$I check (%3$I >= date ''1990-01-01'')',
            place.table_name, place.table_name || '_' || place.column_name || '_is_a_day', place.column_name);
    end loop;
end
$$;

alter table governance.work_plans
    add constraint work_plans_approved_about_their_year
        check (extract(year from approved_on) between year - 1 and year);
