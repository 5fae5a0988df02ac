-- 0155 · governance · the year
-- What an alliance does again and again, and what fulfils it: nothing is ticked, each period is met by what happened in
-- it. And what a meeting was moved for: with its reason, and where somebody alone may move it, the notice to the
-- authority that has to come first.
-- Locks: governance.meetings, for a moment. Undo: a later migration.

create table governance.recurring_duties (
    organization_id uuid        not null,
    duty_id         uuid        not null,
    alliance_id     uuid        not null,
    title           text        not null,
    every_months    integer     not null,
    fulfilled_by    text        not null,
    meeting_kind    text,
    report_kind     text,
    responsible     text,
    source          text        not null,
    starts_on       date        not null,
    ends_on         date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,
    ended_at        timestamptz,

    constraint recurring_duties_pkey primary key (organization_id, duty_id),
    constraint recurring_duties_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint recurring_duties_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint recurring_duties_source_is_trimmed check (source = btrim(source) and source <> ''),
    constraint recurring_duties_months_divide_a_year check (every_months in (1, 2, 3, 4, 6, 12)),
    constraint recurring_duties_fulfilled_by_known check (fulfilled_by in ('meeting', 'follow_up', 'report')),
    constraint recurring_duties_is_of_kind check (
        (fulfilled_by = 'meeting') = (meeting_kind is not null) and (fulfilled_by = 'report') = (report_kind is not null)),
    constraint recurring_duties_meeting_kind_known check (meeting_kind in (
        'board', 'assembly', 'encounter', 'accountability', 'public_hearing', 'socialization', 'group',
        'training', 'other')),
    constraint recurring_duties_report_kind_known check (report_kind in ('accountability', 'consolidated', 'management')),
    constraint recurring_duties_starts_with_a_month check (extract(day from starts_on) = 1),
    constraint recurring_duties_ends_after_start check (ends_on > starts_on)
);
comment on table governance.recurring_duties is
    'What an alliance does each month, each second month, each year (tareas periódicas), with where that is ordered. Periods count from starts_on; each is met by a meeting that was held, a follow-up that was recorded or a report that was given in it.';
create index recurring_duties_alliance_index on governance.recurring_duties (organization_id, alliance_id);
select tenancy.isolate('governance.recurring_duties', 'select, insert, update (ends_on, ended_at)');

alter table governance.meetings
    add column moved_by_entity_only boolean not null default false,
    add column notice_authority text,
    add constraint meetings_notice_authority_is_trimmed check (
        notice_authority = btrim(notice_authority) and notice_authority <> '');
comment on column governance.meetings.moved_by_entity_only is
    'Whether the entity''s office alone may move it or call it off.';
comment on column governance.meetings.notice_authority is
    'The authority that has to be told before its day is moved; null where none has to.';
update governance.meetings
set moved_by_entity_only = true, notice_authority = 'Superintendencia Nacional de Salud'
where kind = 'public_hearing' and restriction ilike '%Superintendencia%';

create table governance.meeting_changes (
    organization_id  uuid        not null,
    change_id        uuid        not null,
    meeting_id       uuid        not null,
    day_before       date        not null,
    start_minute_before integer,
    day_after        date,
    reason           text        not null,
    notice_number    text,
    notified_on      date,
    notice_file_id   uuid,
    changed_at       timestamptz not null,
    changed_by       uuid,

    constraint meeting_changes_pkey primary key (organization_id, change_id),
    constraint meeting_changes_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint meeting_changes_file_fkey foreign key (organization_id, notice_file_id)
        references tenancy.files (organization_id, file_id),
    constraint meeting_changes_reason_is_trimmed check (reason = btrim(reason) and reason <> ''),
    constraint meeting_changes_notice_is_whole check ((notice_number is null) = (notified_on is null)),
    constraint meeting_changes_notice_comes_first check (notified_on < day_before)
);
comment on table governance.meeting_changes is
    'Each time that a meeting was moved or called off (day_after is null then), with why, and the filing number and day of the notice to the authority where one has to be told first.';
create index meeting_changes_meeting_index on governance.meeting_changes (organization_id, meeting_id);
select tenancy.isolate('governance.meeting_changes', 'select, insert');
