-- 0292 · elections · the archive of a box, who took part, and the ways in
-- The archive of a box is kept record by record, as anybody downloads it. A ballot's credential has one participation
-- with it, and each electronic participation has its first ballot: two keys that point at each other, so that neither
-- is ever there without the other. Neither bears a time. Who votes on paper where a box is open is in the same list,
-- so that one person has one way. What is to be done by two people about a box is an act like the others.
-- Locks: access exclusive on elections.acts, for a moment. Undo: a later migration.

create table elections.box_records (
    organization_id uuid     not null,
    box_id          uuid     not null,
    archive         smallint not null,
    position        bigint   not null,
    name            text     not null,
    content         bytea    not null,
    is_public       boolean  not null,

    constraint box_records_pkey primary key (organization_id, box_id, archive, position),
    constraint box_records_box_fkey foreign key (organization_id, box_id)
        references elections.boxes (organization_id, box_id),
    constraint box_records_position_counts check (position >= 0 and archive >= 0),
    constraint box_records_name_follows check (
        case position when 0 then name = 'BELENIOS'
            else name in (
                encode(sha256(content), 'hex') || '.data.json', encode(sha256(content), 'hex') || '.event.json') end),
    constraint box_records_are_public check (is_public)
);
comment on table elections.box_records is
    'The records of the archives (.bel) of a box in their order: public from the sealing on. Written by functions alone, never changed.';
create index box_records_name_index on elections.box_records (organization_id, box_id, archive, name);
select tenancy.isolate('elections.box_records', 'select');
create policy published on elections.box_records for select to alianzas_public using (is_public);
grant select on elections.box_records to alianzas_public;

create table elections.participations (
    organization_id uuid     not null,
    box_id          uuid     not null,
    process_id      uuid     not null,
    person_id       uuid     not null,
    way             text     not null,
    table_id        uuid,
    credential      text,
    has_ballot      boolean,

    constraint participations_pkey primary key (organization_id, box_id, person_id),
    constraint participations_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint participations_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    constraint participations_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint participations_credential_key unique (organization_id, box_id, credential),
    constraint participations_own_credential_fkey foreign key (organization_id, box_id, credential, person_id)
        references elections.box_credentials (organization_id, box_id, credential, person_id),
    constraint participations_way_known check (way in ('kiosk', 'remote', 'paper')),
    constraint participations_paper_has_no_credential check (
        (way = 'paper') = (credential is null) and (credential is null) = (has_ballot is null)),
    constraint participations_ballot_is_there check (has_ballot),
    constraint participations_table_is_where check ((way = 'remote') = (table_id is null))
);
comment on table elections.participations is
    'Who voted in a box, or on paper beside it, once each (constancia de que votó). Bears no time and no order. Written by functions alone.';
select tenancy.isolate('elections.participations', 'select');

create table elections.box_ballots (
    organization_id uuid    not null,
    box_id          uuid    not null,
    height          integer not null,
    credential      text    not null,
    turn            integer not null,
    is_first        boolean,
    sha256          bytea   not null,

    constraint box_ballots_pkey primary key (organization_id, box_id, height),
    constraint box_ballots_participation_fkey foreign key (organization_id, box_id, credential)
        references elections.participations (organization_id, box_id, credential),
    constraint box_ballots_turn_key unique (organization_id, box_id, credential, turn),
    -- True of one ballot of each credential, and null of those that replaced it.
    constraint box_ballots_first_key unique (organization_id, box_id, credential, is_first),
    constraint box_ballots_first_is_told check ((turn = 1) = (is_first is not null) and is_first),
    -- The same text is cast once.
    constraint box_ballots_text_key unique (organization_id, box_id, sha256),
    constraint box_ballots_counts check (height >= 1 and turn >= 1),
    constraint box_ballots_digest_length check (octet_length(sha256) = 32)
);
comment on table elections.box_ballots is
    'The ballots of a box by the height of their event: whose credential, which of its ballots (the last counts), and the digest that is the tracker. Written by elections.append_ballots alone.';
select tenancy.isolate('elections.box_ballots', 'select');
alter table elections.participations add constraint participations_ballot_fkey
    foreign key (organization_id, box_id, credential, has_ballot)
    references elections.box_ballots (organization_id, box_id, credential, is_first) deferrable initially deferred;

create table elections.kiosks (
    organization_id uuid        not null,
    kiosk_id        uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    table_id        uuid        not null,
    name            text        not null,
    token_sha256    bytea       not null,
    pin_hash        text        not null,
    failures        integer     not null,
    locked_until    timestamptz,
    opened_at       timestamptz not null,
    opened_by       uuid,
    closed_at       timestamptz,

    constraint kiosks_pkey primary key (organization_id, kiosk_id),
    constraint kiosks_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint kiosks_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint kiosks_place_key unique (organization_id, box_id, table_id, kiosk_id),
    constraint kiosks_token_key unique (organization_id, token_sha256),
    constraint kiosks_name_is_trimmed check (name = btrim(name) and name <> '' and length(name) <= 60),
    constraint kiosks_token_length check (octet_length(token_sha256) = 32),
    constraint kiosks_pin_is_hashed check (pin_hash like '$argon2id$%'),
    constraint kiosks_failures_count check (failures >= 0)
);
comment on table elections.kiosks is
    'Devices that a juror turned into a booth at a table (cabinas), known by the digest of a token and opened by a PIN.';
create index kiosks_table_index on elections.kiosks (organization_id, table_id);
select tenancy.isolate('elections.kiosks', 'select, insert, update (failures, locked_until, closed_at)');

create table elections.voting_passes (
    organization_id uuid        not null,
    pass_id         uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    person_id       uuid        not null,
    way             text        not null,
    table_id        uuid,
    kiosk_id        uuid,
    token_sha256    bytea       not null,
    expires_at      timestamptz not null,
    ended_at        timestamptz,

    constraint voting_passes_pkey primary key (organization_id, pass_id),
    constraint voting_passes_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint voting_passes_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    constraint voting_passes_kiosk_fkey foreign key (organization_id, box_id, table_id, kiosk_id)
        references elections.kiosks (organization_id, box_id, table_id, kiosk_id),
    constraint voting_passes_token_key unique (organization_id, token_sha256),
    constraint voting_passes_token_length check (octet_length(token_sha256) = 32),
    constraint voting_passes_way_known check (way in ('kiosk', 'remote')),
    constraint voting_passes_kiosk_is_where check (
        (way = 'kiosk') = (kiosk_id is not null) and (kiosk_id is null) = (table_id is null))
);
comment on table elections.voting_passes is
    'What lets one person cast in one box for a while, from the booth of a table or from their own device; known by the digest of a token.';
create index voting_passes_person_index on elections.voting_passes (organization_id, box_id, person_id);
-- A booth is free before the next enters.
create unique index voting_passes_one_in_kiosk_key on elections.voting_passes (organization_id, kiosk_id)
    where kiosk_id is not null and ended_at is null;
select tenancy.isolate('elections.voting_passes', 'select, insert, update (ended_at)');

create table elections.voting_codes (
    organization_id uuid        not null,
    code_id         uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    person_id       uuid        not null,
    digest          bytea       not null,
    attempts        integer     not null,
    made_at         timestamptz not null,
    expires_at      timestamptz not null,
    used_at         timestamptz,

    constraint voting_codes_pkey primary key (organization_id, code_id),
    constraint voting_codes_contact_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_contacts (organization_id, process_id, person_id),
    constraint voting_codes_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint voting_codes_digest_length check (octet_length(digest) = 32),
    constraint voting_codes_attempts_count check (attempts between 0 and 5),
    constraint voting_codes_window check (expires_at > made_at)
);
comment on table elections.voting_codes is
    'One-time codes that were sent to an elector''s address of the frozen roll, by their digest; each is tried five times at most.';
create index voting_codes_person_index on elections.voting_codes (organization_id, box_id, person_id, made_at);
select tenancy.isolate('elections.voting_codes', 'select, insert, update (attempts, used_at)');

alter table elections.acts drop constraint acts_kind_known;
alter table elections.acts
    add column box_id uuid,
    add column credential text,
    add column conflict_id uuid,
    add constraint acts_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    add constraint acts_credential_fkey foreign key (organization_id, box_id, credential)
        references elections.box_credentials (organization_id, box_id, credential),
    add constraint acts_box_key unique (organization_id, box_id, act_id),
    add constraint acts_kind_known check (kind in (
        'proclaim', 'annul', 'omit', 'open_box', 'close_box', 'count_box', 'annul_box', 'exclude_ballots',
        'settle_conflict')),
    add constraint acts_of_a_box check ((box_id is not null) = (
        kind in ('open_box', 'close_box', 'count_box', 'annul_box', 'exclude_ballots', 'settle_conflict'))),
    add constraint acts_exclude_a_credential check ((kind = 'exclude_ballots') = (credential is not null)),
    add constraint acts_settle_a_conflict check ((kind = 'settle_conflict') = (conflict_id is not null));
comment on table elections.acts is
    'Acts that need two people of different roles (proclamation, annulment, a table that is left out, what is done with an electronic box): proposed by one, carried out by the other or taken back.';

drop index elections.acts_one_open_key;
create unique index acts_one_open_key on elections.acts (organization_id, process_id)
    where seconded_at is null and withdrawn_at is null and kind in ('proclaim', 'annul');
create unique index acts_one_open_of_box_key on elections.acts
    (organization_id, box_id, kind, credential, conflict_id) nulls not distinct
    where seconded_at is null and withdrawn_at is null and box_id is not null;

create table elections.box_exclusions (
    organization_id uuid  not null,
    box_id          uuid  not null,
    credential      text  not null,
    act_id          uuid  not null,
    trackers        bytea[] not null,
    reason          text  not null,

    constraint box_exclusions_pkey primary key (organization_id, box_id, credential),
    constraint box_exclusions_participation_fkey foreign key (organization_id, box_id, credential)
        references elections.participations (organization_id, box_id, credential),
    constraint box_exclusions_act_fkey foreign key (organization_id, box_id, act_id)
        references elections.acts (organization_id, box_id, act_id),
    constraint box_exclusions_name_a_ballot check (cardinality(trackers) >= 1),
    constraint box_exclusions_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table elections.box_exclusions is
    'Credentials whose ballots are not in the derived archive that is counted, with the digest of each and why. Before the tally alone. Written by elections.exclude_ballots.';
select tenancy.isolate('elections.box_exclusions', 'select');

create table elections.participation_conflicts (
    organization_id uuid        not null,
    conflict_id     uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    person_id       uuid        not null,
    table_id        uuid        not null,
    kind            text        not null,
    account         text        not null,
    found_at        timestamptz not null,
    found_by        uuid,
    act_id          uuid,
    decision        text,

    constraint participation_conflicts_pkey primary key (organization_id, conflict_id),
    constraint participation_conflicts_person_key unique (organization_id, box_id, person_id, kind),
    constraint participation_conflicts_key unique (organization_id, box_id, conflict_id),
    constraint participation_conflicts_participation_fkey foreign key (organization_id, box_id, person_id)
        references elections.participations (organization_id, box_id, person_id),
    constraint participation_conflicts_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint participation_conflicts_act_fkey foreign key (organization_id, box_id, act_id)
        references elections.acts (organization_id, box_id, act_id),
    constraint participation_conflicts_kind_known check (kind in ('signed_and_electronic', 'signed_elsewhere')),
    constraint participation_conflicts_account_given check (account = btrim(account) and account <> ''),
    constraint participation_conflicts_decision_is_whole check (
        (act_id is null) = (decision is null) and decision = btrim(decision) and decision <> '')
);
comment on table elections.participation_conflicts is
    'What the marks of paper and box contradict each other in: listed, decided by two people, never merged.';
select tenancy.isolate('elections.participation_conflicts', 'select, insert, update (act_id, decision)');
alter table elections.acts add constraint acts_conflict_fkey
    foreign key (organization_id, box_id, conflict_id)
    references elections.participation_conflicts (organization_id, box_id, conflict_id);

create table elections.box_counts (
    organization_id uuid        not null,
    box_id          uuid        not null,
    contest_id      uuid        not null,
    round           integer     not null,
    process_id      uuid        not null,
    is_mock         boolean     not null,
    slate_ids       uuid[]      not null,
    votes           bigint[]    not null,
    blank           bigint      not null,
    ballots         bigint      not null,
    marks_per_ballot integer    not null,
    frozen_at       timestamptz not null,

    constraint box_counts_pkey primary key (organization_id, box_id, contest_id, round),
    constraint box_counts_box_fkey foreign key (organization_id, box_id, is_mock)
        references elections.boxes (organization_id, box_id, is_mock),
    constraint box_counts_question_fkey foreign key (organization_id, box_id, contest_id, round)
        references elections.box_questions (organization_id, box_id, contest_id, round),
    constraint box_counts_round_fkey foreign key (organization_id, process_id, contest_id, round)
        references elections.contest_rounds (organization_id, process_id, contest_id, round),
    -- A rehearsal never counts.
    constraint box_counts_is_no_mock check (not is_mock),
    constraint box_counts_of_five_or_more check (ballots >= 5),
    constraint box_counts_rows_match check (cardinality(slate_ids) = cardinality(votes)),
    constraint box_counts_add_up check (
        0 <= all (votes) and blank between 0 and ballots
        and elections.total(votes) between ballots - blank and (ballots - blank) * marks_per_ballot)
);
comment on table elections.box_counts is
    'The verified sums of a box, contest by contest, as its archive ends. Written by elections.count_box alone; never changed. The canvass adds those of boxes that stand to the tables.';
create index box_counts_round_index on elections.box_counts (organization_id, contest_id, round);
select tenancy.isolate('elections.box_counts', 'select');
