-- 0260 · governance · who speaks in a session
-- Whoever asks for the word in a session stands on a list in that order; the chair gives it, and it ends. How long each
-- spoke, and on which point, was known to nobody afterwards.
-- Locks: governance.meetings, for a moment. Undo: a later migration.

alter table governance.meetings
    add column speaking_minutes integer,
    add constraint meetings_speaking_minutes_count check (speaking_minutes between 1 and 60);
comment on column governance.meetings.speaking_minutes is
    'How many minutes each may speak for at a time, from when it was said; null where nobody set it.';
grant update (speaking_minutes) on governance.meetings to alianzas_app;

create table governance.speaking_turns (
    organization_id uuid        not null,
    turn_id         uuid        not null,
    meeting_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    position        integer     not null,
    item_id         uuid,
    attendance_id   uuid,
    name            text        not null,
    asked_at        timestamptz not null,
    minutes_allowed integer,
    started_at      timestamptz,
    ended_at        timestamptz,
    withdrawn_at    timestamptz,
    recorded_by     uuid,

    constraint speaking_turns_pkey primary key (organization_id, turn_id),
    constraint speaking_turns_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint speaking_turns_item_fkey foreign key (organization_id, meeting_id, item_id)
        references governance.agenda_items (organization_id, meeting_id, item_id),
    constraint speaking_turns_attendance_fkey foreign key (organization_id, meeting_id, attendance_id)
        references governance.attendances (organization_id, meeting_id, attendance_id),
    constraint speaking_turns_position_key unique (organization_id, meeting_id, position),
    constraint speaking_turns_position_counts check (position >= 1),
    constraint speaking_turns_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint speaking_turns_minutes_count check (minutes_allowed between 1 and 60),
    constraint speaking_turns_limit_is_of_speech check (minutes_allowed is null or started_at is not null),
    constraint speaking_turns_started_after_asked check (started_at >= asked_at),
    constraint speaking_turns_ended_after_started check (ended_at is null or started_at is not null and ended_at >= started_at)
);
comment on table governance.speaking_turns is
    'Who asked for the word in a session, in that order, and who spoke, on which point, from when to when. What was tapped by mistake is withdrawn and stays. minutes_allowed: the limit of the session when the word was given. What is published names nobody.';
-- Two are not given the word at once.
create unique index speaking_turns_one_speaks_key on governance.speaking_turns (organization_id, meeting_id)
    where started_at is not null and ended_at is null and withdrawn_at is null;
select tenancy.isolate(
    'governance.speaking_turns',
    'select, insert, update (is_reserved, item_id, minutes_allowed, started_at, ended_at, withdrawn_at)');
select tenancy.reserve('governance.speaking_turns');

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values (
    'governance.speaking_turns', 't.alliance_id = $2',
    '{turn_id,meeting_id,alliance_id,is_reserved,position,item_id,attendance_id,name,asked_at,minutes_allowed,started_at,
    ended_at,withdrawn_at,recorded_by}', '{}', null);
update catalogue.copied_tables set columns = columns || '{speaking_minutes}' where relation = 'governance.meetings';
