-- 0243 · governance · votes by name
-- In a nominal vote each is called by name, and the minutes say who voted how. Only its totals were kept.
-- Locks: governance.decisions, while its key is built. Undo: a later migration.

alter table governance.decisions
    add constraint decisions_reserve_key unique (organization_id, decision_id, alliance_id, is_reserved);

create table governance.decision_votes (
    organization_id uuid    not null,
    decision_id     uuid    not null,
    position        integer not null,
    alliance_id     uuid    not null,
    is_reserved     boolean not null,
    person_id       uuid,
    name            text    not null,
    vote            text    not null,

    constraint decision_votes_pkey primary key (organization_id, decision_id, position),
    constraint decision_votes_decision_fkey foreign key (organization_id, decision_id, alliance_id, is_reserved)
        references governance.decisions (organization_id, decision_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint decision_votes_person_key unique (organization_id, decision_id, person_id),
    constraint decision_votes_position_counts check (position >= 1),
    constraint decision_votes_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint decision_votes_vote_known check (vote in ('in_favor', 'against', 'blank', 'abstained'))
);
comment on table governance.decision_votes is
    'How each voted in a decision in which they were called by name. The minutes list it; what is published has the figures alone.';
select tenancy.isolate('governance.decision_votes', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.decision_votes');
