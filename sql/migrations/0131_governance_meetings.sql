-- 0131 · governance · series of sessions, agenda, calls, outreach, support
-- What comes before a meeting: the series that it belongs to, its agenda point by point, the call as it was issued with
-- the proof of each channel, who was sought out and reached, and what was asked of the entity for it.
-- Locks: governance.meetings and meeting_calls, for as long as their rows are copied. Undo: a later migration.

create table governance.meeting_series (
    organization_id uuid        not null,
    series_id       uuid        not null,
    alliance_id     uuid        not null,
    title           text        not null,
    purpose         text        not null,
    sessions_needed integer     not null,
    norm            text,
    created_at      timestamptz not null,
    created_by      uuid,

    constraint meeting_series_pkey primary key (organization_id, series_id),
    constraint meeting_series_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint meeting_series_alliance_key unique (organization_id, alliance_id, series_id),
    constraint meeting_series_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint meeting_series_purpose_known check (purpose in ('constitution', 'renewal', 'training', 'other')),
    constraint meeting_series_sessions_count check (sessions_needed between 1 and 60)
);
comment on table governance.meeting_series is
    'Sessions that belong together: those that have to be held before an assembly of constitution, a course. sessions_needed: how many before the last.';
select tenancy.isolate('governance.meeting_series', 'select, insert, update (title, sessions_needed, norm)');

alter table governance.bodies
    add constraint bodies_of_alliance_key unique (organization_id, alliance_id, body_id);

alter table governance.meetings
    drop constraint meetings_state_known,
    add column body_id uuid,
    add column series_id uuid,
    add column event_id uuid,
    add column last_day date,
    add column link text,
    add column is_reserved boolean not null default false,
    add column opened_at timestamptz,
    add column opened_by uuid,
    add column opened_in integer,
    add column entitled integer,
    add column closed_at timestamptz,
    add column closed_by uuid,
    add constraint meetings_state_known check (state in ('planned', 'in_session', 'held', 'cancelled')),
    add constraint meetings_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    add constraint meetings_series_fkey foreign key (organization_id, alliance_id, series_id)
        references governance.meeting_series (organization_id, alliance_id, series_id),
    add constraint meetings_reserved_key unique (organization_id, meeting_id, alliance_id, is_reserved),
    add constraint meetings_last_day_follows check (last_day > day),
    add constraint meetings_link_is_trimmed check (link = btrim(link) and link <> ''),
    add constraint meetings_reserved_is_not_public check (not (is_reserved and is_public)),
    add constraint meetings_opened_in_call check (opened_in in (1, 2)),
    add constraint meetings_opening_is_whole check (
        (opened_at is null) = (entitled is null) and (opened_at is not null or closed_at is null)),
    add constraint meetings_closed_after_opened check (closed_at >= opened_at),
    add constraint meetings_session_is_open check (
        state <> 'in_session' or (opened_at is not null and closed_at is null)),
    add constraint meetings_entitled_count check (entitled >= 0);
comment on column governance.meetings.body_id is 'The body that meets; null where the members do, or whoever was called.';
comment on column governance.meetings.event_id is
    'One event that several alliances hold at once: each has its own meeting of it, with its own evidence.';
comment on column governance.meetings.last_day is 'The last day of one that takes several; null where it is held in one.';
comment on column governance.meetings.link is 'Where those who take part from afar enter. For those who were called alone.';
comment on column governance.meetings.is_reserved is 'Whether it is the board''s own, until the board shares it.';
comment on column governance.meetings.opened_in is 'The call (1 or 2) in which the session opened; null where no quorum is asked.';
comment on column governance.meetings.entitled is
    'How many could take part in decisions when the session opened: the base of its quorum.';
select tenancy.reserve('governance.meetings');

-- A link was written where the place goes until now.
update governance.meetings set link = place, place = null where place ^@ 'https://' or place ^@ 'http://';

create table governance.agenda_items (
    organization_id uuid        not null,
    item_id         uuid        not null,
    meeting_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    position        integer     not null,
    kind            text        not null,
    title           text        not null,
    minutes_planned integer,
    presenter       text,
    origin          text        not null,
    carried_from    uuid,
    state           text        not null,
    opened_at       timestamptz,
    closed_at       timestamptz,
    notes           text        not null,
    noted_at        timestamptz,

    constraint agenda_items_pkey primary key (organization_id, item_id),
    constraint agenda_items_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint agenda_items_meeting_key unique (organization_id, meeting_id, item_id),
    constraint agenda_items_carried_from_fkey foreign key (organization_id, carried_from)
        references governance.agenda_items (organization_id, item_id),
    constraint agenda_items_kind_known check (kind in (
        'opening', 'objective', 'quorum', 'previous_minutes', 'commitments', 'topic', 'report', 'presentation',
        'training', 'election', 'decision', 'questions', 'break', 'next_meeting', 'closing')),
    constraint agenda_items_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint agenda_items_minutes_count check (minutes_planned between 1 and 600),
    constraint agenda_items_origin_known check (origin in ('template', 'carried', 'added')),
    constraint agenda_items_state_known check (state in ('pending', 'open', 'treated', 'postponed')),
    constraint agenda_items_carried_has_origin check (carried_from is null or origin = 'carried'),
    constraint agenda_items_closed_after_opened check (closed_at >= opened_at)
);
comment on table governance.agenda_items is
    'The points of an agenda (orden del día), in order, with what was said of each. Points that were not treated, and those that the meeting before left open, are carried into the next.';
create index agenda_items_meeting_index on governance.agenda_items (organization_id, meeting_id, position);
select tenancy.isolate(
    'governance.agenda_items',
    'select, insert, delete, update (is_reserved, position, kind, title, minutes_planned, presenter, state, opened_at, closed_at, notes, noted_at)');
select tenancy.reserve('governance.agenda_items');

-- The points that meetings had until now, as the text of their agenda.
insert into governance.agenda_items (
    organization_id, item_id, meeting_id, alliance_id, is_reserved, position, kind, title, origin, state, notes)
select organization_id, gen_random_uuid(), meeting_id, alliance_id, false, points.position, 'topic', btrim(points.title),
    'added', case when state = 'held' then 'treated' else 'pending' end, ''
from governance.meetings cross join unnest(agenda) with ordinality as points (title, position)
where btrim(points.title) <> '';
alter table governance.meetings drop column agenda;

create table governance.meeting_notices (
    organization_id     uuid        not null,
    notice_id           uuid        not null,
    meeting_id          uuid        not null,
    alliance_id         uuid        not null,
    is_reserved         boolean     not null,
    version             integer     not null,
    issued_on           date        not null,
    caller              text        not null,
    contact             text        not null,
    words               text        not null,
    sha256              bytea       not null,
    required_days       integer,
    counts_business_days boolean    not null,
    required_by         text,
    given_days          integer     not null,
    short_notice_reason text,
    issued_at           timestamptz not null,
    issued_by           uuid,

    constraint meeting_notices_pkey primary key (organization_id, notice_id),
    constraint meeting_notices_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint meeting_notices_meeting_key unique (organization_id, meeting_id, notice_id),
    constraint meeting_notices_version_key unique (organization_id, meeting_id, version),
    constraint meeting_notices_version_counts check (version >= 1),
    constraint meeting_notices_caller_is_trimmed check (caller = btrim(caller) and caller <> ''),
    constraint meeting_notices_contact_is_trimmed check (contact = btrim(contact) and contact <> ''),
    constraint meeting_notices_digest_length check (octet_length(sha256) = 32),
    constraint meeting_notices_required_is_cited check ((required_days is null) = (required_by is null)),
    constraint meeting_notices_short_is_reasoned check (
        given_days >= coalesce(required_days, 0) or coalesce(btrim(short_notice_reason), '') <> '')
);
comment on table governance.meeting_notices is
    'Calls (convocatorias) as they were issued: day, hours, place and agenda of that moment, and whether the notice that the bylaws ask for was given. A meeting that is moved is called anew, in another version.';
select tenancy.isolate('governance.meeting_notices', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.meeting_notices');

alter table governance.meeting_calls
    add column notice_id uuid,
    add column kind text not null default 'other',
    add column file_id uuid,
    add column recorded_by uuid,
    add constraint meeting_calls_notice_fkey foreign key (organization_id, meeting_id, notice_id)
        references governance.meeting_notices (organization_id, meeting_id, notice_id),
    add constraint meeting_calls_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    add constraint meeting_calls_kind_known check (kind in (
        'poster', 'whatsapp', 'sms', 'loudspeaker', 'mail', 'phone', 'leaflet', 'visit', 'press', 'web', 'other'));
comment on column governance.meeting_calls.kind is 'The channel by which people were called; channel says it in words.';

create table governance.outreach_visits (
    organization_id uuid        not null,
    visit_id        uuid        not null,
    meeting_id      uuid        not null,
    kind            text        not null,
    place           text        not null,
    users           integer,
    visited_on      date        not null,
    posters         integer     not null,
    leaflets        integer     not null,
    received_by     text,
    note            text,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint outreach_visits_pkey primary key (organization_id, visit_id),
    constraint outreach_visits_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint outreach_visits_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint outreach_visits_kind_known check (kind in (
        'main_insurer', 'other_insurer', 'medical_centre', 'own_service', 'administrative_site', 'press', 'other')),
    constraint outreach_visits_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint outreach_visits_figures_count check (users >= 0 and posters >= 0 and leaflets >= 0)
);
comment on table governance.outreach_visits is
    'Where people were sought out for a meeting: insurers by how many users they have, services, the press; with what was left there. received_by is an office, never a name.';
create index outreach_visits_meeting_index on governance.outreach_visits (organization_id, meeting_id);
select tenancy.isolate('governance.outreach_visits', 'select, insert, delete');

create table governance.call_sheet_rows (
    organization_id uuid        not null,
    row_id          uuid        not null,
    meeting_id      uuid        not null,
    person_id       uuid        not null,
    position        integer     not null,
    phone           text,
    source          text        not null,
    outcome         text,
    called_at       timestamptz,
    called_by       uuid,
    attempts        integer     not null,
    note            text,

    constraint call_sheet_rows_pkey primary key (organization_id, row_id),
    constraint call_sheet_rows_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint call_sheet_rows_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint call_sheet_rows_person_key unique (organization_id, meeting_id, person_id),
    constraint call_sheet_rows_source_known check (source in ('member', 'user')),
    constraint call_sheet_rows_outcome_known check (outcome in (
        'coming', 'maybe', 'not_coming', 'no_answer', 'wrong_number', 'do_not_call')),
    constraint call_sheet_rows_called_has_outcome check ((called_at is null) = (outcome is null)),
    constraint call_sheet_rows_attempts_count check (attempts >= 0)
);
comment on table governance.call_sheet_rows is
    'Whom to call by phone for a meeting: members, and those who used the services in the year before it; with the outcome of each call.';
create index call_sheet_rows_meeting_index on governance.call_sheet_rows (organization_id, meeting_id, position);
select tenancy.isolate(
    'governance.call_sheet_rows',
    'select, insert, delete, update (outcome, called_at, called_by, attempts, note)');

create table governance.meeting_supports (
    organization_id uuid        not null,
    support_id      uuid        not null,
    meeting_id      uuid        not null,
    kind            text        not null,
    detail          text        not null,
    asked_on        date        not null,
    asked_by        uuid,
    answered_on     date,
    is_granted      boolean,
    answer          text,
    delivered_on    date,
    delivery        text,
    file_id         uuid,
    withdrawn_on    date,
    recorded_at     timestamptz not null,

    constraint meeting_supports_pkey primary key (organization_id, support_id),
    constraint meeting_supports_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint meeting_supports_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint meeting_supports_kind_known check (kind in (
        'room', 'snacks', 'transport', 'speaker', 'printing', 'equipment', 'connection', 'other')),
    constraint meeting_supports_detail_is_trimmed check (detail = btrim(detail) and detail <> ''),
    constraint meeting_supports_answer_is_whole check ((answered_on is null) = (is_granted is null)),
    constraint meeting_supports_refusal_is_reasoned check (
        is_granted is not false or coalesce(btrim(answer), '') <> ''),
    constraint meeting_supports_delivered_was_granted check (delivered_on is null or is_granted is true),
    constraint meeting_supports_in_order check (answered_on >= asked_on and delivered_on >= asked_on)
);
comment on table governance.meeting_supports is
    'What the alliance asked of the entity for a meeting (rooms, snacks, transport, speakers), what was granted and what came.';
create index meeting_supports_meeting_index on governance.meeting_supports (organization_id, meeting_id);
select tenancy.isolate(
    'governance.meeting_supports',
    'select, insert, update (answered_on, is_granted, answer, delivered_on, delivery, file_id, withdrawn_on)');

revoke update on governance.meetings from alianzas_app;
grant update (
    title, state, day, last_day, start_minute, end_minute, mode, place, link, participants, body_id, series_id,
    is_public, is_own_accountability, is_reserved, opened_at, opened_by, opened_in, entitled, closed_at, closed_by
) on governance.meetings to alianzas_app;
