-- 0205 · governance · changes of meetings in calendars
-- A telephone that was told of a meeting takes what is told later only where it says that it is later (SEQUENCE of
-- RFC 5545): so each meeting counts how often it was changed or called off.
-- Locks: governance.meetings, for a moment. Undo: a later migration.

alter table governance.meetings
    add column calendar_changes integer not null default 0,
    add constraint meetings_calendar_changes_count check (calendar_changes >= 0);
comment on column governance.meetings.calendar_changes is
    'How often a meeting that is planned was changed or called off since it was put on the calendar.';
grant update (calendar_changes) on governance.meetings to alianzas_app;
