-- 0110 · elections · tables where nobody could vote
-- A table that was cut off takes no vote: one person proposes to leave it out, another of a different role seconds it,
-- the canvass does not wait for it any more, and the acta tells why. Several tables may wait for their second person at
-- once, beside a proclamation or an annulment.
-- Locks: access exclusive on elections.acts, for a moment. Undo: a later migration.

alter table elections.acts drop constraint acts_kind_known;
alter table elections.acts
    add column table_id uuid,
    add constraint acts_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    add constraint acts_kind_known check (kind in ('proclaim', 'annul', 'omit')),
    add constraint acts_omit_a_table check ((kind = 'omit') = (table_id is not null));
comment on table elections.acts is
    'Acts that need two people of different roles (proclamation of a process, annulment of a process or a contest, a table that is left out): proposed by one, carried out by the other or taken back.';

drop index elections.acts_one_open_key;
create unique index acts_one_open_key on elections.acts (organization_id, process_id)
    where seconded_at is null and withdrawn_at is null and kind <> 'omit';
create unique index acts_one_open_omission_key on elections.acts (organization_id, process_id, table_id)
    where seconded_at is null and withdrawn_at is null and kind = 'omit';

create table elections.omitted_polls (
    organization_id uuid    not null,
    table_id        uuid    not null,
    contest_id      uuid    not null,
    round           integer not null,
    process_id      uuid    not null,
    act_id          uuid    not null,

    constraint omitted_polls_pkey primary key (organization_id, table_id, contest_id, round),
    constraint omitted_polls_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint omitted_polls_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint omitted_polls_act_fkey foreign key (organization_id, process_id, act_id)
        references elections.acts (organization_id, process_id, act_id),
    constraint omitted_polls_round_counts check (round >= 1)
);
comment on table elections.omitted_polls is
    'Votes that a table does not take because nobody could vote there; the canvass is made without them.';
create index omitted_polls_round_index on elections.omitted_polls (organization_id, contest_id, round);
create index omitted_polls_act_index on elections.omitted_polls (organization_id, act_id);
select tenancy.isolate('elections.omitted_polls', 'select, insert');
