-- 0261 · governance · how a session was opened, closed and reopened
-- A session is opened with nobody noted as present, or without the call that its bylaws order, where somebody confirms that
-- it is so; its minutes say it. One that was closed by mistake is opened again, with a reason: each closing stays.
-- Locks: none on existing tables but catalogue.copied_tables. Undo: a later migration.

create table governance.session_steps (
    organization_id uuid        not null,
    meeting_id      uuid        not null,
    position        integer     not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    kind            text        not null,
    lacking         text[]      not null,
    reason          text,
    happened_at     timestamptz not null,
    recorded_by     uuid,

    constraint session_steps_pkey primary key (organization_id, meeting_id, position),
    constraint session_steps_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint session_steps_position_counts check (position >= 1),
    constraint session_steps_kind_known check (kind in ('opened', 'closed', 'reopened')),
    constraint session_steps_lacking_known check (lacking <@ array['people', 'call', 'points', 'answers']),
    constraint session_steps_reopening_is_whole check (kind <> 'reopened' or lacking = '{}'),
    constraint session_steps_reason_is_told check ((kind = 'reopened') = (reason is not null)),
    constraint session_steps_reason_is_trimmed check (reason = btrim(reason) and reason <> '')
);
comment on table governance.session_steps is
    'When a session was opened, closed and opened again, each with what was lacking and confirmed as such: people present, the call, points treated, answers. A reopening has its reason, in the words of who did it.';
select tenancy.isolate('governance.session_steps', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.session_steps');

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values (
    'governance.session_steps', 't.alliance_id = $2',
    '{meeting_id,position,alliance_id,is_reserved,kind,lacking,reason,happened_at,recorded_by}', '{}', null);
