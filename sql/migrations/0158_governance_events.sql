-- 0158 · governance · joint events and evidence of meetings
-- One event that several alliances hold at once is planned once by the office; each alliance has its own meeting of it,
-- with its own call, attendance and minutes. What shows that a meeting was held (photographs, slides, recordings of it
-- on paper) is kept as its evidence; what shows an event is kept with the meeting of each alliance.
-- Locks: governance.meetings, for as long as its constraints are checked. Undo: a later migration.

create table governance.joint_events (
    organization_id uuid        not null,
    event_id        uuid        not null,
    title           text        not null,
    kind            text        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint joint_events_pkey primary key (organization_id, event_id),
    constraint joint_events_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint joint_events_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint joint_events_kind_known check (kind in (
        'board', 'assembly', 'encounter', 'accountability', 'public_hearing', 'socialization', 'group', 'training',
        'other'))
);
comment on table governance.joint_events is
    'Events that several alliances hold at once (eventos conjuntos). Day, hours and state are those of their meetings.';
select tenancy.isolate('governance.joint_events', 'select, insert');

alter table governance.meetings
    add constraint meetings_event_fkey foreign key (organization_id, event_id)
        references governance.joint_events (organization_id, event_id),
    add constraint meetings_event_is_not_reserved check (event_id is null or not is_reserved),
    add constraint meetings_event_once_key unique (organization_id, event_id, alliance_id);

create table governance.meeting_evidence (
    organization_id uuid        not null,
    evidence_id     uuid        not null,
    alliance_id     uuid        not null,
    meeting_id      uuid        not null,
    is_reserved     boolean     not null,
    title           text        not null,
    dated_on        date        not null,
    file_id         uuid        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint meeting_evidence_pkey primary key (organization_id, evidence_id),
    constraint meeting_evidence_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint meeting_evidence_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint meeting_evidence_once_key unique (organization_id, meeting_id, file_id),
    constraint meeting_evidence_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.meeting_evidence is
    'What shows that a meeting was held (evidencias): never exchanged, and named in its minutes with its hash.';
select tenancy.isolate('governance.meeting_evidence', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.meeting_evidence');
