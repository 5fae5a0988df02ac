-- 0134 · governance · commitments
-- What somebody is to do, from the meeting in which they took it on until it is done: its owner may be a body outside
-- without an account. Each step stays: postponements, reminders, evidence. Those that minutes recorded from paper tell
-- of are taken up as they stand there.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.commitments (
    organization_id uuid        not null,
    commitment_id   uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    meeting_id      uuid,
    item_id         uuid,
    decision_id     uuid,
    activity        text        not null,
    owner_kind      text        not null,
    owner           text        not null,
    owner_body_id   uuid,
    owner_person_id uuid,
    owner_email     text,
    made_on         date        not null,
    due_on          date,
    state           text        not null,
    closed_on       date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint commitments_pkey primary key (organization_id, commitment_id),
    constraint commitments_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint commitments_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint commitments_item_fkey foreign key (organization_id, meeting_id, item_id)
        references governance.agenda_items (organization_id, meeting_id, item_id),
    constraint commitments_decision_fkey foreign key (organization_id, decision_id)
        references governance.decisions (organization_id, decision_id),
    constraint commitments_body_fkey foreign key (organization_id, alliance_id, owner_body_id)
        references governance.bodies (organization_id, alliance_id, body_id),
    constraint commitments_person_fkey foreign key (organization_id, owner_person_id)
        references membership.affiliates (organization_id, person_id),
    constraint commitments_activity_is_trimmed check (activity = btrim(activity) and activity <> ''),
    constraint commitments_owner_is_trimmed check (owner = btrim(owner) and owner <> ''),
    constraint commitments_owner_kind_known check (owner_kind in ('office', 'body', 'person', 'outside')),
    constraint commitments_owner_is_of_kind check (
        (owner_kind = 'body') = (owner_body_id is not null) and (owner_kind = 'person') = (owner_person_id is not null)),
    constraint commitments_due_after_made check (due_on >= made_on),
    constraint commitments_state_known check (state in ('open', 'done', 'dropped')),
    constraint commitments_closed_has_day check ((state = 'open') = (closed_on is null))
);
comment on table governance.commitments is
    'Commitments (compromisos) of an alliance, with who answers for them: the entity''s office, a body, a person, or somebody outside.';
create index commitments_alliance_index on governance.commitments (organization_id, alliance_id, state, due_on);
create index commitments_due_index on governance.commitments (organization_id, due_on) where state = 'open';
select tenancy.isolate(
    'governance.commitments', 'select, insert, update (is_reserved, due_on, state, closed_on, owner_email)');
select tenancy.reserve('governance.commitments');

create table governance.commitment_steps (
    organization_id uuid        not null,
    step_id         uuid        not null,
    commitment_id   uuid        not null,
    kind            text        not null,
    note            text        not null,
    due_before      date,
    due_after       date,
    meeting_id      uuid,
    file_id         uuid,
    happened_on     date        not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint commitment_steps_pkey primary key (organization_id, step_id),
    constraint commitment_steps_commitment_fkey foreign key (organization_id, commitment_id)
        references governance.commitments (organization_id, commitment_id),
    constraint commitment_steps_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint commitment_steps_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint commitment_steps_kind_known check (kind in (
        'made', 'progress', 'postponed', 'reminded', 'reviewed', 'done', 'reopened', 'dropped')),
    constraint commitment_steps_told check (kind in ('made', 'reminded') or btrim(note) <> ''),
    constraint commitment_steps_postponed_has_days check ((kind = 'postponed') = (due_after is not null))
);
comment on table governance.commitment_steps is
    'What became of a commitment, step by step: progress with its evidence, postponements with their reason, reminders, the meetings that reviewed it. None is changed.';
create index commitment_steps_commitment_index on governance.commitment_steps (organization_id, commitment_id, recorded_at);
select tenancy.isolate('governance.commitment_steps', 'select, insert');

insert into governance.commitments (
    organization_id, commitment_id, alliance_id, is_reserved, meeting_id, activity, owner_kind, owner, made_on, due_on,
    state, recorded_at)
select minutes.organization_id, gen_random_uuid(), minutes.alliance_id, false, minutes.meeting_id,
    btrim(commitments.activity), 'outside', btrim(commitments.responsible), minutes.dated_on,
    greatest(commitments.due_on, minutes.dated_on), 'open', minutes.recorded_at
from governance.minutes_commitments as commitments
join governance.minutes on minutes.organization_id = commitments.organization_id
    and minutes.minutes_id = commitments.minutes_id
where btrim(commitments.activity) <> '' and btrim(commitments.responsible) <> '';
