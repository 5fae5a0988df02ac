-- 0171 · governance · improvement opportunities
-- What could be better (oportunidades de mejora), from where it was found to its evidence: analysed and approved by the
-- management or the unit, done, and told in the yearly report.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.improvements (
    organization_id uuid        not null,
    improvement_id  uuid        not null,
    alliance_id     uuid        not null,
    found_in        text        not null,
    meeting_id      uuid,
    complaint_id    uuid,
    found_on        date        not null,
    title           text        not null,
    unit            text,
    state           text        not null,
    approved_by     text,
    approved_on     date,
    due_on          date,
    done_on         date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint improvements_pkey primary key (organization_id, improvement_id),
    constraint improvements_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint improvements_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint improvements_complaint_fkey foreign key (organization_id, complaint_id, alliance_id)
        references governance.complaints (organization_id, complaint_id, alliance_id),
    constraint improvements_found_in_known check (found_in in ('meeting', 'visit', 'complaint', 'other')),
    constraint improvements_origin_is_of_kind check (
        (meeting_id is null or found_in = 'meeting') and (complaint_id is null or found_in = 'complaint')),
    constraint improvements_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint improvements_state_known check (state in ('found', 'analysed', 'approved', 'rejected', 'done')),
    constraint improvements_approved_has_who check ((approved_by is null) = (approved_on is null)
        and (state not in ('approved', 'done') or approved_by is not null)),
    constraint improvements_done_has_day check ((state = 'done') = (done_on is not null))
);
comment on table governance.improvements is
    'Improvement opportunities of an alliance (oportunidades de mejora), with who approved each and when it was done.';
create index improvements_alliance_index on governance.improvements (organization_id, alliance_id, found_on);
select tenancy.isolate('governance.improvements',
    'select, insert, update (unit, state, approved_by, approved_on, due_on, done_on)');

create table governance.improvement_steps (
    organization_id uuid        not null,
    step_id         uuid        not null,
    improvement_id  uuid        not null,
    kind            text        not null,
    note            text        not null,
    who             text,
    happened_on     date        not null,
    file_id         uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint improvement_steps_pkey primary key (organization_id, step_id),
    constraint improvement_steps_improvement_fkey foreign key (organization_id, improvement_id)
        references governance.improvements (organization_id, improvement_id),
    constraint improvement_steps_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint improvement_steps_kind_known check (kind in (
        'found', 'analysed', 'approved', 'rejected', 'progress', 'done', 'reopened')),
    constraint improvement_steps_told check (kind = 'found' or btrim(note) <> '')
);
comment on table governance.improvement_steps is
    'What became of an improvement opportunity, step by step, with its evidence. None is changed.';
create index improvement_steps_improvement_index on governance.improvement_steps
    (organization_id, improvement_id, recorded_at);
select tenancy.isolate('governance.improvement_steps', 'select, insert');
