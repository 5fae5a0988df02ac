-- 0161 · governance · trainings
-- What members and users ask to be trained in, with the answer of the entity; the programme of a year by audience,
-- provider and activity; and how those who came found it. A training is a meeting: who came, and for how long, stands
-- in its attendance. An evaluation names nobody: who has evaluated and what was said stand apart.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.topic_proposals (
    organization_id uuid        not null,
    proposal_id     uuid        not null,
    alliance_id     uuid        not null,
    year            integer     not null,
    audience        text        not null,
    topic           text        not null,
    reason          text,
    origin          text        not null,
    proposed_on     date        not null,
    is_accepted     boolean,
    answer          text,
    answered_on     date,
    answered_by     uuid,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint topic_proposals_pkey primary key (organization_id, proposal_id),
    constraint topic_proposals_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint topic_proposals_topic_key unique (organization_id, alliance_id, year, audience, topic),
    constraint topic_proposals_year_plausible check (year between 2000 and 2100),
    constraint topic_proposals_audience_known check (audience in ('users', 'members')),
    constraint topic_proposals_topic_is_trimmed check (topic = btrim(topic) and topic <> ''),
    constraint topic_proposals_origin_known check (origin in ('plan', 'board', 'member', 'user')),
    constraint topic_proposals_answer_is_whole check (
        num_nonnulls(is_accepted, answer, answered_on) in (0, 3)),
    constraint topic_proposals_answer_comes_after check (answered_on >= proposed_on)
);
comment on table governance.topic_proposals is
    'Topics of training that the plan, the board, members or users propose to the entity, and what it answers to each.';
select tenancy.isolate(
    'governance.topic_proposals', 'select, insert, update (is_accepted, answer, answered_on, answered_by)');

create table governance.trainings (
    organization_id uuid        not null,
    training_id     uuid        not null,
    alliance_id     uuid        not null,
    year            integer     not null,
    month           integer     not null,
    topic           text        not null,
    audience        text        not null,
    provider        text        not null,
    activity_id     uuid,
    proposal_id     uuid,
    meeting_id      uuid,
    stay_percent    integer     not null,
    dropped_on      date,
    drop_reason     text,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint trainings_pkey primary key (organization_id, training_id),
    constraint trainings_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint trainings_proposal_fkey foreign key (organization_id, proposal_id)
        references governance.topic_proposals (organization_id, proposal_id),
    constraint trainings_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint trainings_meeting_key unique (organization_id, meeting_id),
    constraint trainings_year_plausible check (year between 2000 and 2100),
    constraint trainings_month_known check (month between 1 and 12),
    constraint trainings_topic_is_trimmed check (topic = btrim(topic) and topic <> ''),
    constraint trainings_provider_is_trimmed check (provider = btrim(provider) and provider <> ''),
    constraint trainings_audience_known check (audience in ('users', 'members')),
    constraint trainings_stay_is_a_share check (stay_percent between 1 and 100),
    constraint trainings_drop_is_reasoned check ((dropped_on is null) = (drop_reason is null)),
    constraint trainings_held_is_not_dropped check (dropped_on is null or meeting_id is null)
);
comment on table governance.trainings is
    'The programme of trainings of a year: topic, audience, provider, month, and the activity of the plan that it fulfils. meeting_id: the meeting in which it is given. stay_percent: how much of it one has to stay for to be certified.';
create index trainings_alliance_index on governance.trainings (organization_id, alliance_id, year);
select tenancy.isolate(
    'governance.trainings',
    'select, insert, update (month, topic, audience, provider, activity_id, meeting_id, stay_percent, dropped_on, drop_reason)');

create table governance.training_evaluations (
    organization_id uuid    not null,
    evaluation_id   uuid    not null,
    meeting_id      uuid    not null,
    content         integer not null,
    trainer         integer not null,
    usefulness      integer not null,
    remark          text,
    way             text    not null,
    evaluated_on    date    not null,

    constraint training_evaluations_pkey primary key (organization_id, evaluation_id),
    constraint training_evaluations_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint training_evaluations_marks_known check (
        content between 1 and 5 and trainer between 1 and 5 and usefulness between 1 and 5),
    constraint training_evaluations_remark_is_trimmed check (remark = btrim(remark) and remark <> ''),
    constraint training_evaluations_way_known check (way in ('own', 'paper'))
);
comment on table governance.training_evaluations is
    'How those who came to a training found it, from 1 to 5. Nobody is named, nor is the hour kept.';
create index training_evaluations_meeting_index on governance.training_evaluations (organization_id, meeting_id);
select tenancy.isolate('governance.training_evaluations', 'select, insert');

create table governance.training_evaluators (
    organization_id uuid not null,
    meeting_id      uuid not null,
    person_id       uuid not null,

    constraint training_evaluators_pkey primary key (organization_id, meeting_id, person_id),
    constraint training_evaluators_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint training_evaluators_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id)
);
comment on table governance.training_evaluators is 'Who has evaluated a training themselves: once each.';
select tenancy.isolate('governance.training_evaluators', 'select, insert');
