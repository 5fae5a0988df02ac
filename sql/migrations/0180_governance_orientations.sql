-- 0180 · governance · orientations
-- What an alliance's people told users who asked them (orientaciones): about what, of which entity, how, to how many, and
-- what came of it. Nobody who was told is named, and nothing clinical is kept. The topics are data.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.orientation_topics (
    code     text    not null,
    title    text    not null,
    position integer not null,

    constraint orientation_topics_pkey primary key (code),
    constraint orientation_topics_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table catalogue.orientation_topics is
    'What users are told about when they ask an alliance, in the order in which it is offered.';
grant select on catalogue.orientation_topics to alianzas_app;

create table governance.orientations (
    organization_id   uuid        not null,
    orientation_id    uuid        not null,
    alliance_id       uuid        not null,
    given_on          date        not null,
    topic             text        not null,
    other_topic       text,
    entity            text,
    channel           text        not null,
    people            integer     not null,
    outcome           text        not null,
    note              text,
    giver             text        not null,
    capacity          text        not null,
    given_by          uuid,
    follow_up_on      date,
    followed_on       date,
    follow_up_note    text,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,
    recorded_at       timestamptz not null,
    recorded_by       uuid,

    constraint orientations_pkey primary key (organization_id, orientation_id),
    constraint orientations_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint orientations_topic_fkey foreign key (topic) references catalogue.orientation_topics (code),
    constraint orientations_giver_fkey foreign key (organization_id, given_by)
        references tenancy.users (organization_id, user_id),
    constraint orientations_other_topic_is_told check ((topic = 'other') = (other_topic is not null)),
    constraint orientations_channel_known check (channel in (
        'in_person', 'phone', 'whatsapp', 'mail', 'visit', 'meeting', 'other')),
    constraint orientations_people_count check (people between 1 and 1000),
    constraint orientations_outcome_known check (outcome in (
        'informed', 'accompanied', 'solved', 'referred', 'complaint')),
    constraint orientations_capacity_known check (capacity in ('board', 'representative', 'member', 'office')),
    constraint orientations_texts_are_trimmed check (
        other_topic = btrim(other_topic) and other_topic <> '' and entity = btrim(entity) and entity <> ''
        and note = btrim(note) and note <> '' and giver = btrim(giver) and giver <> ''),
    constraint orientations_follow_up_comes_after check (follow_up_on >= given_on and followed_on >= given_on),
    constraint orientations_followed_is_told check ((followed_on is null) = (follow_up_note is null)
        and (followed_on is null or follow_up_on is not null)),
    constraint orientations_withdrawn_has_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
);
comment on table governance.orientations is
    'Orientations given to users by people of an alliance: topic, entity, channel, how many were told and what came of it. Who was told is not kept.';
create index orientations_alliance_index on governance.orientations (organization_id, alliance_id, given_on);
create index orientations_giver_index on governance.orientations (organization_id, given_by, given_on);
create index orientations_follow_up_index on governance.orientations (organization_id, follow_up_on)
    where followed_on is null and withdrawn_at is null;
select tenancy.isolate('governance.orientations',
    'select, insert, update (followed_on, follow_up_note, withdrawn_at, withdrawn_by, withdrawal_reason)');
