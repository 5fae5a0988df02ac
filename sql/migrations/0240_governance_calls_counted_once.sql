-- 0240 · governance · calls counted once
-- A sheet of calls (hoja de llamadas) counts once among the channels by which its meeting was called: counted twice, the
-- funnel of the series told twice as many people. Calls that somebody made otherwise are told beside it as before.
-- Locks: governance.meeting_calls, while its rows are looked at. Undo: a later migration.

alter table governance.meeting_calls add column is_of_sheet boolean not null default false;
comment on column governance.meeting_calls.is_of_sheet is
    'Whether it counts the sheet of calls of its meeting; at most one does.';

-- The first row of those that were counted from a sheet is the one that counts; its note begins with how many were called.
update governance.meeting_calls as counted set is_of_sheet = true
from (
    select distinct on (calls.organization_id, calls.meeting_id) calls.organization_id, calls.call_id
    from governance.meeting_calls as calls
    where calls.kind = 'phone' and calls.note ~ '^[0-9.]+ llamadas?, [0-9.]+ persona'
        and exists (
            select from governance.call_sheet_rows as lines
            where lines.organization_id = calls.organization_id and lines.meeting_id = calls.meeting_id
                and lines.called_at is not null)
    order by calls.organization_id, calls.meeting_id, calls.recorded_at, calls.call_id
) as first
where counted.organization_id = first.organization_id and counted.call_id = first.call_id;

create unique index meeting_calls_sheet_key on governance.meeting_calls (organization_id, meeting_id) where is_of_sheet;
