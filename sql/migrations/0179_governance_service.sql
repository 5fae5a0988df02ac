-- 0179 · governance · what representatives do outside
-- An alliance sends representatives to bodies outside it: what they did there (sessions, proposals, what was decided and
-- whether it was carried out) and what they told the members of it.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.service_sessions (
    organization_id uuid        not null,
    session_id      uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid        not null,
    mandate_id      uuid        not null,
    held_on         date        not null,
    attended        boolean     not null,
    summary         text        not null,
    excuse          text,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint service_sessions_pkey primary key (organization_id, session_id),
    constraint service_sessions_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint service_sessions_body_key unique (organization_id, body_id, session_id),
    constraint service_sessions_mandate_fkey foreign key (organization_id, mandate_id)
        references governance.mandates (organization_id, mandate_id),
    constraint service_sessions_mandate_key unique (organization_id, mandate_id, held_on),
    constraint service_sessions_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint service_sessions_summary_is_told check (not attended or btrim(summary) <> ''),
    constraint service_sessions_excuse_is_trimmed check (excuse = btrim(excuse) and excuse <> '')
);
comment on table governance.service_sessions is
    'Sessions of bodies outside in which a representative of the alliance took part, or did not, with what was treated.';
create index service_sessions_body_index on governance.service_sessions (organization_id, body_id, held_on);
select tenancy.isolate('governance.service_sessions', 'select, insert');

create table governance.service_proposals (
    organization_id uuid        not null,
    proposal_id     uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid        not null,
    session_id      uuid,
    kind            text        not null,
    proposal        text        not null,
    proposed_on     date        not null,
    outcome         text        not null,
    decision        text,
    decided_on      date,
    carried_out     text        not null,
    follow_up       text,
    followed_on     date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint service_proposals_pkey primary key (organization_id, proposal_id),
    constraint service_proposals_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint service_proposals_session_fkey foreign key (organization_id, body_id, session_id)
        references governance.service_sessions (organization_id, body_id, session_id),
    constraint service_proposals_kind_known check (kind in ('opening_hours', 'quality', 'access', 'participation', 'other')),
    constraint service_proposals_proposal_is_trimmed check (proposal = btrim(proposal) and proposal <> ''),
    constraint service_proposals_outcome_known check (outcome in ('pending', 'accepted', 'refused')),
    constraint service_proposals_decided_is_told check (
        (outcome = 'pending') = (decision is null) and (decision is null) = (decided_on is null)),
    constraint service_proposals_decided_after check (decided_on >= proposed_on),
    constraint service_proposals_carried_out_known check (carried_out in ('unknown', 'yes', 'partly', 'no')),
    constraint service_proposals_carried_out_of_accepted check (
        carried_out = 'unknown' or (outcome = 'accepted' and follow_up is not null and followed_on is not null))
);
comment on table governance.service_proposals is
    'What representatives proposed in bodies outside (days and hours of attention among it), what was decided, and whether it was carried out.';
create index service_proposals_body_index on governance.service_proposals (organization_id, body_id, proposed_on);
select tenancy.isolate(
    'governance.service_proposals',
    'select, insert, update (outcome, decision, decided_on, carried_out, follow_up, followed_on)');

create table governance.service_reports (
    organization_id uuid        not null,
    report_id       uuid        not null,
    alliance_id     uuid        not null,
    body_id         uuid        not null,
    meeting_id      uuid,
    reported_on     date        not null,
    audience        text        not null,
    summary         text        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint service_reports_pkey primary key (organization_id, report_id),
    constraint service_reports_body_fkey foreign key (organization_id, alliance_id, body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint service_reports_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint service_reports_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint service_reports_audience_is_trimmed check (audience = btrim(audience) and audience <> ''),
    constraint service_reports_summary_is_trimmed check (summary = btrim(summary) and summary <> '')
);
comment on table governance.service_reports is
    'What representatives in bodies outside told the members of what they did there.';
create index service_reports_body_index on governance.service_reports (organization_id, body_id, reported_on);
select tenancy.isolate('governance.service_reports', 'select, insert');
