-- 0187 · governance · needs
-- What users say that they need (necesidades): the topic, where, how many people, by which channel; nothing of anybody's
-- health and nobody's name. Those of a topic are put on the agenda of a meeting together, or lead to an activity of the
-- plan, and each is attended or given up with what was done.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.needs (
    organization_id uuid        not null,
    need_id         uuid        not null,
    alliance_id     uuid        not null,
    topic           text        not null,
    account         text        not null,
    place           text        not null,
    people          integer     not null,
    channel         text        not null,
    told_on         date        not null,
    state           text        not null,
    meeting_id      uuid,
    activity_id     uuid,
    answer          text,
    answered_on     date,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint needs_pkey primary key (organization_id, need_id),
    constraint needs_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint needs_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint needs_topic_known check (topic in (
        'appointments', 'medicines', 'authorizations', 'examinations', 'emergencies', 'treatment', 'information',
        'transport', 'facilities', 'affiliation', 'charges', 'other')),
    constraint needs_account_is_trimmed check (account = btrim(account) and account <> ''),
    constraint needs_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint needs_people_count check (people between 1 and 100000),
    constraint needs_channel_known check (channel in ('page', 'in_person', 'phone', 'mail', 'paper', 'meeting')),
    constraint needs_state_known check (state in ('open', 'attended', 'dropped')),
    constraint needs_ended_is_told check (
        (state = 'open') = (answer is null) and (answer is null) = (answered_on is null)
        and btrim(answer) <> '' and answered_on >= told_on)
);
comment on table governance.needs is
    'Needs that users tell an alliance of: topic, place and how many people, and what became of each. The words of what was told stay.';
create index needs_alliance_index on governance.needs (organization_id, alliance_id, told_on);
select tenancy.isolate('governance.needs',
    'select, insert, update (state, meeting_id, activity_id, answer, answered_on)');
