-- 0052 · governance · constitution, registration, plans, meetings, minutes, and the documents they came from
-- What an alliance is known by and does through the year. Source documents keep what they say, as they say it:
-- where one contradicts itself, both readings stay, with the place in the document.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.source_documents (
    organization_id uuid        not null,
    source_id       uuid        not null,
    alliance_id     uuid        not null,
    code            text        not null,
    kind            text        not null,
    title           text        not null,
    publisher       text        not null,
    sha256          bytea       not null,
    imported_at     timestamptz not null,
    imported_by     uuid,

    constraint source_documents_pkey primary key (organization_id, source_id),
    constraint source_documents_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint source_documents_code_key unique (organization_id, alliance_id, code),
    constraint source_documents_kind_known check (kind in ('work_plan', 'minutes', 'procedure')),
    constraint source_documents_digest_length check (octet_length(sha256) = 32)
);
comment on table governance.source_documents is
    'Documents of before (plans, minutes, procedures) that were read into the product, with the SHA-256 of the file that was read.';
select tenancy.isolate('governance.source_documents', 'select, insert');

create table governance.source_passages (
    organization_id uuid    not null,
    source_id       uuid    not null,
    position        integer not null,
    heading         text    not null,
    body            text[]  not null,

    constraint source_passages_pkey primary key (organization_id, source_id, position),
    constraint source_passages_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id)
);
comment on table governance.source_passages is
    'What a source document says that is neither plan, meeting nor minutes: objectives, duties, strategies; a paragraph or item each.';
select tenancy.isolate('governance.source_passages', 'select, insert');

create table governance.constitutions (
    organization_id uuid        not null,
    constitution_id uuid        not null,
    alliance_id     uuid        not null,
    held_on         date        not null,
    place           text        not null,
    attendees       integer     not null,
    minutes_file_id uuid,
    recorded_at     timestamptz not null,

    constraint constitutions_pkey primary key (organization_id, constitution_id),
    constraint constitutions_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint constitutions_minutes_file_fkey foreign key (organization_id, minutes_file_id)
        references tenancy.files (organization_id, file_id),
    constraint constitutions_day_key unique (organization_id, alliance_id, held_on),
    constraint constitutions_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint constitutions_attendees_count check (attendees >= 2)
);
comment on table governance.constitutions is
    'Assemblies that constituted an alliance (asamblea de constitución), or constituted it anew for another period.';
select tenancy.isolate('governance.constitutions', 'select, insert');

create table governance.constitution_signers (
    organization_id uuid    not null,
    constitution_id uuid    not null,
    position        integer not null,
    person_id       uuid,
    name            text    not null,
    office          text,

    constraint constitution_signers_pkey primary key (organization_id, constitution_id, position),
    constraint constitution_signers_constitution_fkey foreign key (organization_id, constitution_id)
        references governance.constitutions (organization_id, constitution_id),
    constraint constitution_signers_person_key unique (organization_id, constitution_id, person_id),
    constraint constitution_signers_name_is_trimmed check (name = btrim(name) and name <> '')
);
comment on table governance.constitution_signers is
    'Who signed the minutes of constitution: affiliates, and by name and office those who witnessed it.';
select tenancy.isolate('governance.constitution_signers', 'select, insert');

create table governance.registrations (
    organization_id     uuid        not null,
    registration_id     uuid        not null,
    alliance_id         uuid        not null,
    authority           text        not null,
    number              text        not null,
    registered_on       date,
    certificate_file_id uuid,
    recorded_at         timestamptz not null,

    constraint registrations_pkey primary key (organization_id, registration_id),
    constraint registrations_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint registrations_certificate_fkey foreign key (organization_id, certificate_file_id)
        references tenancy.files (organization_id, file_id),
    constraint registrations_number_key unique (organization_id, alliance_id, authority, number),
    constraint registrations_authority_is_trimmed check (authority = btrim(authority) and authority <> ''),
    constraint registrations_number_is_trimmed check (number = btrim(number) and number <> '')
);
comment on table governance.registrations is
    'Registrations before a competent authority. Which authority that is differs from place to place, so that it is recorded and never assumed.';
select tenancy.isolate('governance.registrations', 'select, insert');

create table governance.work_plans (
    organization_id uuid        not null,
    plan_id         uuid        not null,
    alliance_id     uuid        not null,
    source_id       uuid,
    year            integer     not null,
    title           text        not null,
    objective       text        not null,
    principles      text[]      not null,
    signed_by       text[]      not null,
    approved_on     date,
    recorded_at     timestamptz not null,

    constraint work_plans_pkey primary key (organization_id, plan_id),
    constraint work_plans_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint work_plans_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id),
    constraint work_plans_year_key unique (organization_id, alliance_id, year),
    constraint work_plans_year_plausible check (year between 2000 and 2100),
    constraint work_plans_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.work_plans is
    'Work plans of a year (plan de trabajo). signed_by: the offices that sign, not the names.';
select tenancy.isolate('governance.work_plans', 'select, insert, update (approved_on)');

create table governance.plan_axes (
    organization_id uuid    not null,
    plan_id         uuid    not null,
    number          integer not null,
    title           text    not null,
    line            text    not null,

    constraint plan_axes_pkey primary key (organization_id, plan_id, number),
    constraint plan_axes_plan_fkey foreign key (organization_id, plan_id)
        references governance.work_plans (organization_id, plan_id),
    constraint plan_axes_number_known check (number between 1 and 5)
);
comment on table governance.plan_axes is
    'The axes (ejes) of the participation policy that a plan works on, 1 to 5, each with its line of action.';
select tenancy.isolate('governance.plan_axes', 'select, insert');

create table governance.plan_activities (
    organization_id uuid    not null,
    plan_id         uuid    not null,
    number          text    not null,
    position        integer not null,
    axis            integer not null,
    activity        text    not null,
    means           text,
    scheduled_for   text,
    indicator       text,
    responsible     text,
    baseline        text,

    constraint plan_activities_pkey primary key (organization_id, plan_id, number),
    constraint plan_activities_axis_fkey foreign key (organization_id, plan_id, axis)
        references governance.plan_axes (organization_id, plan_id, number),
    constraint plan_activities_position_key unique (organization_id, plan_id, position)
);
comment on table governance.plan_activities is
    'Numbered activities of a plan. What a plan leaves out (when, indicator, who answers) stays null: it is not made up.';
select tenancy.isolate('governance.plan_activities', 'select, insert');

create table governance.plan_follow_ups (
    organization_id uuid        not null,
    plan_id         uuid        not null,
    activity_number text        not null,
    month           integer     not null,
    progress        text        not null,
    evidence_file_id uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint plan_follow_ups_pkey primary key (organization_id, plan_id, activity_number, month, recorded_at),
    constraint plan_follow_ups_activity_fkey foreign key (organization_id, plan_id, activity_number)
        references governance.plan_activities (organization_id, plan_id, number),
    constraint plan_follow_ups_evidence_fkey foreign key (organization_id, evidence_file_id)
        references tenancy.files (organization_id, file_id),
    constraint plan_follow_ups_month_known check (month between 1 and 12),
    constraint plan_follow_ups_progress_told check (btrim(progress) <> '')
);
comment on table governance.plan_follow_ups is
    'The monthly follow-up of a plan, activity by activity. The latest of a month counts; none is changed.';
select tenancy.isolate('governance.plan_follow_ups', 'select, insert');

create table governance.training_topics (
    organization_id uuid    not null,
    plan_id         uuid    not null,
    audience        text    not null,
    position        integer not null,
    topic           text    not null,

    constraint training_topics_pkey primary key (organization_id, plan_id, audience, position),
    constraint training_topics_plan_fkey foreign key (organization_id, plan_id)
        references governance.work_plans (organization_id, plan_id),
    constraint training_topics_audience_known check (audience in ('users', 'members'))
);
comment on table governance.training_topics is
    'Topics of training that a plan proposes, for all users and for the alliance''s members.';
select tenancy.isolate('governance.training_topics', 'select, insert');

create table governance.agenda_templates (
    organization_id uuid        not null,
    template_id     uuid        not null,
    alliance_id     uuid        not null,
    source_id       uuid,
    title           text        not null,
    items           text[]      not null,
    every_months    integer,
    notice_days     integer,
    recorded_at     timestamptz not null,

    constraint agenda_templates_pkey primary key (organization_id, template_id),
    constraint agenda_templates_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint agenda_templates_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id),
    constraint agenda_templates_title_key unique (organization_id, alliance_id, title),
    constraint agenda_templates_items_given check (cardinality(items) > 0),
    constraint agenda_templates_months_count check (every_months between 1 and 24),
    constraint agenda_templates_notice_counts check (notice_days between 0 and 365)
);
comment on table governance.agenda_templates is
    'Standing agendas (orden del día permanente), with how often the meeting is held and how long before it is called.';
select tenancy.isolate('governance.agenda_templates', 'select, insert');

create table governance.meetings (
    organization_id uuid        not null,
    meeting_id      uuid        not null,
    alliance_id     uuid        not null,
    plan_id         uuid,
    source_id       uuid,
    position        integer     not null,
    kind            text        not null,
    title           text        not null,
    state           text        not null,
    day             date        not null,
    start_minute    integer,
    end_minute      integer,
    mode            text        not null,
    place           text,
    participants    text[]      not null,
    agenda          text[]      not null,
    restriction     text,
    as_written      text,
    recorded_at     timestamptz not null,

    constraint meetings_pkey primary key (organization_id, meeting_id),
    constraint meetings_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint meetings_plan_fkey foreign key (organization_id, plan_id)
        references governance.work_plans (organization_id, plan_id),
    constraint meetings_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id),
    constraint meetings_kind_known check (kind in (
        'board', 'assembly', 'encounter', 'accountability', 'public_hearing', 'socialization', 'group',
        'training', 'other')),
    constraint meetings_state_known check (state in ('planned', 'held', 'cancelled')),
    constraint meetings_mode_known check (mode in ('in_person', 'virtual', 'mixed', 'unknown')),
    constraint meetings_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint meetings_start_in_day check (start_minute between 0 and 1439),
    constraint meetings_end_after_start check (end_minute > start_minute and end_minute <= 1440)
);
comment on table governance.meetings is
    'Meetings planned and held. Hours are minutes since midnight in Colombia. as_written: date and hours as the source has them; restriction: who alone may move it.';
create index meetings_alliance_index on governance.meetings (organization_id, alliance_id, day);
create index meetings_day_index on governance.meetings (organization_id, day);
select tenancy.isolate(
    'governance.meetings',
    'select, insert, update (state, day, start_minute, end_minute, mode, place, agenda)');

create table governance.meeting_calls (
    organization_id uuid        not null,
    call_id         uuid        not null,
    meeting_id      uuid        not null,
    sent_on         date        not null,
    channel         text        not null,
    reached         integer,
    note            text,
    recorded_at     timestamptz not null,

    constraint meeting_calls_pkey primary key (organization_id, call_id),
    constraint meeting_calls_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint meeting_calls_channel_is_trimmed check (channel = btrim(channel) and channel <> ''),
    constraint meeting_calls_reached_counts check (reached >= 0)
);
comment on table governance.meeting_calls is
    'How and when a meeting was called, channel by channel: the proof of its notice.';
create index meeting_calls_meeting_index on governance.meeting_calls (organization_id, meeting_id);
select tenancy.isolate('governance.meeting_calls', 'select, insert');

create table governance.minutes (
    organization_id uuid        not null,
    minutes_id      uuid        not null,
    alliance_id     uuid        not null,
    meeting_id      uuid        not null,
    source_id       uuid,
    number          text,
    dated_on        date        not null,
    first_day       date        not null,
    last_day        date        not null,
    municipality    text,
    activity        text,
    facilitator     text,
    company         text,
    audience        text,
    narrative       text[]      not null,
    follow_up       text[]      not null,
    attachments     text[]      not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint minutes_pkey primary key (organization_id, minutes_id),
    constraint minutes_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint minutes_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint minutes_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id),
    constraint minutes_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint minutes_meeting_key unique (organization_id, meeting_id),
    constraint minutes_days check (first_day <= last_day)
);
comment on table governance.minutes is
    'Minutes (actas) as they were recorded. Facilitator is an office, never a name. They are never changed: what has to be mended is told in later minutes.';
create index minutes_alliance_index on governance.minutes (organization_id, alliance_id, dated_on);
select tenancy.isolate('governance.minutes', 'select, insert');

create table governance.minutes_counts (
    organization_id uuid    not null,
    minutes_id      uuid    not null,
    position        integer not null,
    label           text    not null,
    people          integer not null,

    constraint minutes_counts_pkey primary key (organization_id, minutes_id, position),
    constraint minutes_counts_minutes_fkey foreign key (organization_id, minutes_id)
        references governance.minutes (organization_id, minutes_id),
    constraint minutes_counts_people_count check (people >= 0)
);
comment on table governance.minutes_counts is
    'What minutes count, under the name that they give it: those in the meeting, those who enrolled.';
select tenancy.isolate('governance.minutes_counts', 'select, insert');

create table governance.minutes_decisions (
    organization_id uuid    not null,
    minutes_id      uuid    not null,
    position        integer not null,
    decision        text    not null,
    in_favor        integer,
    against         integer,
    abstained       integer,

    constraint minutes_decisions_pkey primary key (organization_id, minutes_id, position),
    constraint minutes_decisions_minutes_fkey foreign key (organization_id, minutes_id)
        references governance.minutes (organization_id, minutes_id),
    constraint minutes_decisions_votes_count check (
        coalesce(in_favor, 0) >= 0 and coalesce(against, 0) >= 0 and coalesce(abstained, 0) >= 0)
);
comment on table governance.minutes_decisions is
    'What was decided, with the votes where the minutes give them.';
select tenancy.isolate('governance.minutes_decisions', 'select, insert');

create table governance.minutes_commitments (
    organization_id uuid    not null,
    minutes_id      uuid    not null,
    position        integer not null,
    activity        text    not null,
    due_on          date,
    responsible     text    not null,

    constraint minutes_commitments_pkey primary key (organization_id, minutes_id, position),
    constraint minutes_commitments_minutes_fkey foreign key (organization_id, minutes_id)
        references governance.minutes (organization_id, minutes_id)
);
comment on table governance.minutes_commitments is
    'Commitments (compromisos): what, until when and who answers for it, an office or a body.';
select tenancy.isolate('governance.minutes_commitments', 'select, insert');

create table governance.reports (
    organization_id uuid        not null,
    report_id       uuid        not null,
    alliance_id     uuid        not null,
    kind            text        not null,
    title           text        not null,
    given_on        date        not null,
    audience        text        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,

    constraint reports_pkey primary key (organization_id, report_id),
    constraint reports_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint reports_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint reports_kind_known check (kind in ('accountability', 'consolidated', 'management')),
    constraint reports_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.reports is
    'Reports that were given: accountability to members and citizens, the consolidated one of six months, the yearly one to management.';
create index reports_alliance_index on governance.reports (organization_id, alliance_id, given_on);
select tenancy.isolate('governance.reports', 'select, insert');

create table governance.source_warnings (
    organization_id uuid    not null,
    source_id       uuid    not null,
    position        integer not null,
    kind            text    not null,
    place           text    not null,
    written         text    not null,
    first_reading   text    not null,
    second_reading  text    not null,
    meeting_id      uuid,

    constraint source_warnings_pkey primary key (organization_id, source_id, position),
    constraint source_warnings_source_fkey foreign key (organization_id, source_id)
        references governance.source_documents (organization_id, source_id),
    constraint source_warnings_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint source_warnings_kind_known check (kind in ('weekday', 'hours', 'days', 'control_header'))
);
comment on table governance.source_warnings is
    'Where a source contradicts itself: the place, what is written there, and both readings. The first is the one that the other tables carry.';
create index source_warnings_meeting_index on governance.source_warnings (organization_id, meeting_id);
select tenancy.isolate('governance.source_warnings', 'select, insert');

alter table governance.bylaws
    add column approved_in text,
    add constraint bylaws_approved_in_is_trimmed check (approved_in = btrim(approved_in) and approved_in <> '');
comment on column governance.bylaws.approved_in is
    'The minutes of the assembly that approved them, by number and date.';
