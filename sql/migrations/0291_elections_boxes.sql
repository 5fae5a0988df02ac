-- 0291 · elections · electronic boxes and those who carry them
-- A box (urna electrónica) takes the secret votes of several contests on the roll of their process. It is drafted,
-- gets its key from trustees and its credentials from an authority, is sealed, opened, closed, tallied and counted; each
-- step beyond the draft is a function's, and nothing of a sealed box is changed. A mock box is the same in everything
-- and can be referred to by nothing that counts: what counts names the box together with is_mock, and asks for false.
-- What the browsers of trustees send is kept as they sent it. No private half of anything is ever here.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.boxes (
    organization_id    uuid        not null,
    box_id             uuid        not null,
    alliance_id        uuid        not null,
    process_id         uuid        not null,
    number             integer     not null,
    is_mock            boolean     not null,
    uuid               text        not null,
    group_name         text        not null,
    trustees           integer     not null,
    threshold          integer     not null,
    ceremony           integer     not null,
    has_paper          boolean     not null,
    allows_remote      boolean     not null,
    allows_kiosk       boolean     not null,
    leaving_ends_right boolean     not null,
    opens_at           timestamptz not null,
    closes_at          timestamptz not null,
    state              text        not null,
    state_changed_at   timestamptz not null,
    state_reason       text,
    drafted_at         timestamptz not null,
    drafted_by         uuid,
    is_public          boolean     not null,
    fingerprint        text,
    credentials        bigint,
    archive            smallint    not null,
    records            bigint      not null,
    events             integer     not null,
    head               bytea,
    ballots            bigint      not null,
    voters             bigint      not null,
    excluded           bigint      not null,

    constraint boxes_pkey primary key (organization_id, box_id),
    constraint boxes_process_fkey foreign key (organization_id, alliance_id, process_id)
        references elections.processes (organization_id, alliance_id, process_id),
    constraint boxes_process_key unique (organization_id, process_id, box_id),
    constraint boxes_mock_key unique (organization_id, box_id, is_mock),
    constraint boxes_number_key unique (organization_id, process_id, number),
    constraint boxes_uuid_key unique (organization_id, uuid),
    constraint boxes_number_counts check (number >= 1),
    constraint boxes_uuid_shape check (uuid ~ '^[1-9A-HJ-NP-Za-km-z]{14,32}$'),
    constraint boxes_group_known check (group_name in ('BELENIOS-2048', 'Ed25519')),
    constraint boxes_trustees_count check (trustees between 1 and 9 and threshold between 1 and trustees),
    constraint boxes_ceremony_counts check (ceremony >= 1),
    constraint boxes_have_a_way check (allows_remote or allows_kiosk),
    constraint boxes_window check (closes_at > opens_at),
    constraint boxes_state_known check (state in (
        'preparing', 'sealed', 'open', 'closed', 'tallied', 'counted', 'annulled')),
    constraint boxes_annulment_is_reasoned check (state <> 'annulled' or btrim(state_reason) <> '' and state_reason is not null),
    constraint boxes_sealed_is_public check (is_public = (fingerprint is not null)),
    constraint boxes_fingerprint_shape check (fingerprint ~ '^[A-Za-z0-9+/]{43}$'),
    constraint boxes_seal_is_whole check (
        (fingerprint is null) = (head is null) and (fingerprint is null) = (credentials is null)
        and (fingerprint is null) = (events = 0) and (fingerprint is null) = (records = 0)
        and case state when 'preparing' then fingerprint is null when 'annulled' then true
            else fingerprint is not null end),
    constraint boxes_head_length check (octet_length(head) = 32),
    constraint boxes_figures check (
        archive >= 0 and ballots >= voters and voters >= excluded and excluded >= 0 and voters <= credentials),
    -- Sums of fewer than five would tell of somebody. A rehearsal tells of nobody.
    constraint boxes_few_ballots_stay_closed check (
        is_mock or state not in ('tallied', 'counted') or voters - excluded >= 5)
);
comment on table elections.boxes is
    'Electronic boxes of a process: who may come in which way and when, where the box stands, and the end of its chain. Sealed, opened, filled, closed and counted by functions alone.';
comment on column elections.boxes.ceremony is
    'Which making of the key counts: a trustee who is replaced begins another, and what was sent for the one before stays.';
comment on column elections.boxes.archive is
    'Which archive goes on: 0 as it was filled; where ballots were excluded, the last one derived from it.';
comment on column elections.boxes.voters is 'Credentials that voted; ballots counts those that were replaced, too.';
create index boxes_state_index on elections.boxes (organization_id, process_id, state);
select tenancy.isolate('elections.boxes', 'select');
create policy published on elections.boxes for select to alianzas_public using (is_public);
grant select (
    organization_id, box_id, alliance_id, process_id, number, is_mock, uuid, group_name, trustees, threshold, has_paper,
    allows_remote, allows_kiosk, opens_at, closes_at, state, state_reason, is_public, fingerprint, credentials, archive,
    records, events, head, ballots)
on elections.boxes to alianzas_public;

create table elections.box_questions (
    organization_id uuid    not null,
    box_id          uuid    not null,
    position        integer not null,
    is_mock         boolean not null,
    process_id      uuid    not null,
    contest_id      uuid    not null,
    round           integer not null,
    is_standing     boolean not null,

    constraint box_questions_pkey primary key (organization_id, box_id, position),
    constraint box_questions_box_fkey foreign key (organization_id, box_id, is_mock)
        references elections.boxes (organization_id, box_id, is_mock),
    constraint box_questions_contest_fkey foreign key (organization_id, process_id, contest_id)
        references elections.contests (organization_id, process_id, contest_id),
    constraint box_questions_contest_key unique (organization_id, box_id, contest_id),
    constraint box_questions_round_key unique (organization_id, box_id, contest_id, round),
    constraint box_questions_position_counts check (position between 1 and 50),
    constraint box_questions_round_counts check (round in (1, 2)),
    constraint box_questions_mock_stands_for_nothing check (not (is_mock and is_standing))
);
comment on table elections.box_questions is
    'The contests that a box asks, in their order. is_standing: the votes of the round are taken here, so that no other box takes them; not so of a mock, nor once annulled.';
create unique index box_questions_one_box_key on elections.box_questions (organization_id, contest_id, round)
    where is_standing;
select tenancy.isolate('elections.box_questions', 'select');

create table elections.box_options (
    organization_id uuid    not null,
    box_id          uuid    not null,
    position        integer not null,
    number          integer not null,
    process_id      uuid    not null,
    contest_id      uuid    not null,
    slate_id        uuid    not null,

    constraint box_options_pkey primary key (organization_id, box_id, position, number),
    constraint box_options_question_fkey foreign key (organization_id, box_id, position)
        references elections.box_questions (organization_id, box_id, position),
    constraint box_options_slate_fkey foreign key (organization_id, process_id, contest_id, slate_id)
        references elections.slates (organization_id, process_id, contest_id, slate_id),
    constraint box_options_slate_key unique (organization_id, box_id, slate_id),
    constraint box_options_number_counts check (number >= 1)
);
comment on table elections.box_options is
    'What stands on the ballot of a sealed box, in its order; the blank vote stands before them in the archive. Written by elections.seal_box alone.';
select tenancy.isolate('elections.box_options', 'select');

create table elections.box_trustees (
    organization_id uuid        not null,
    trustee_id      uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    number          integer     not null,
    body            text        not null,
    user_id         uuid        not null,
    person_id       uuid,
    capacity        text,
    grant_id        uuid        not null,
    name            text        not null,
    appointed_at    timestamptz not null,
    appointed_by    uuid,
    relieved_at     timestamptz,
    relief_reason   text,

    constraint box_trustees_pkey primary key (organization_id, trustee_id),
    constraint box_trustees_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint box_trustees_key unique (organization_id, box_id, trustee_id),
    constraint box_trustees_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint box_trustees_grant_fkey foreign key (organization_id, grant_id)
        references tenancy.grants (organization_id, grant_id),
    constraint box_trustees_capacity_fkey foreign key (organization_id, process_id, person_id, capacity)
        references elections.capacities (organization_id, process_id, person_id, capacity),
    constraint box_trustees_do_not_stand check ((person_id is null) = (capacity is null) and capacity <> 'candidate'),
    constraint box_trustees_number_counts check (number between 1 and 9),
    constraint box_trustees_body_known check (body in ('committee', 'control', 'alliance', 'other')),
    constraint box_trustees_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint box_trustees_relief_is_reasoned check (
        (relieved_at is null) = (relief_reason is null) and relief_reason = btrim(relief_reason) and relief_reason <> '')
);
comment on table elections.box_trustees is
    'Who keeps a share of the key of a box (custodios de la llave): no two of the same body, but those of other bodies.';
create unique index box_trustees_number_key on elections.box_trustees (organization_id, box_id, number)
    where relieved_at is null;
create unique index box_trustees_user_key on elections.box_trustees (organization_id, box_id, user_id)
    where relieved_at is null;
create unique index box_trustees_body_key on elections.box_trustees (organization_id, box_id, body)
    where relieved_at is null and body <> 'other';
select tenancy.isolate('elections.box_trustees', 'select, insert, update (relieved_at, relief_reason)');

create table elections.trustee_messages (
    organization_id uuid        not null,
    box_id          uuid        not null,
    ceremony        integer     not null,
    number          integer     not null,
    kind            text        not null,
    trustee_id      uuid        not null,
    content         bytea       not null,
    posted_at       timestamptz not null,
    posted_by       uuid        not null,

    constraint trustee_messages_pkey primary key (organization_id, box_id, ceremony, number, kind),
    constraint trustee_messages_trustee_fkey foreign key (organization_id, box_id, trustee_id)
        references elections.box_trustees (organization_id, box_id, trustee_id),
    constraint trustee_messages_kind_known check (kind in (
        'single_key', 'certificate', 'polynomial', 'verification_key', 'trial', 'partial_decryption')),
    constraint trustee_messages_content_fits check (octet_length(content) between 2 and 16777216)
);
comment on table elections.trustee_messages is
    'What the browsers of trustees sent, each once: their halves of the key that anybody may see, the proof that the key file opens, their part of the decryption.';
select tenancy.isolate('elections.trustee_messages', 'select, insert');

create table elections.box_authorities (
    organization_id uuid        not null,
    authority_id    uuid        not null,
    box_id          uuid        not null,
    process_id      uuid        not null,
    user_id         uuid        not null,
    person_id       uuid,
    capacity        text,
    grant_id        uuid        not null,
    name            text        not null,
    appointed_at    timestamptz not null,
    appointed_by    uuid,
    relieved_at     timestamptz,
    relief_reason   text,

    constraint box_authorities_pkey primary key (organization_id, authority_id),
    constraint box_authorities_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint box_authorities_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint box_authorities_grant_fkey foreign key (organization_id, grant_id)
        references tenancy.grants (organization_id, grant_id),
    constraint box_authorities_capacity_fkey foreign key (organization_id, process_id, person_id, capacity)
        references elections.capacities (organization_id, process_id, person_id, capacity),
    constraint box_authorities_do_not_stand check (
        (person_id is null) = (capacity is null) and capacity <> 'candidate'),
    constraint box_authorities_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint box_authorities_relief_is_reasoned check ((relieved_at is null) = (relief_reason is null))
);
comment on table elections.box_authorities is
    'Who makes the credentials of a box (autoridad de credenciales), one at a time.';
create unique index box_authorities_one_key on elections.box_authorities (organization_id, box_id)
    where relieved_at is null;
select tenancy.isolate('elections.box_authorities', 'select, insert, update (relieved_at, relief_reason)');

-- The public half of each credential. A usable one belongs to one person; a slip that is drawn at a table, and a spare,
-- to nobody until it is bound.
create table elections.box_credentials (
    organization_id uuid    not null,
    box_id          uuid    not null,
    credential      text    not null,
    process_id      uuid    not null,
    serial          text,
    person_id       uuid,
    is_spare        boolean not null,
    is_usable       boolean not null,
    reason          text,

    constraint box_credentials_pkey primary key (organization_id, box_id, credential),
    constraint box_credentials_box_fkey foreign key (organization_id, process_id, box_id)
        references elections.boxes (organization_id, process_id, box_id),
    constraint box_credentials_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    -- A participation names the credential with its person: nobody takes part by another's.
    constraint box_credentials_person_key unique (organization_id, box_id, credential, person_id),
    constraint box_credentials_serial_key unique (organization_id, box_id, serial),
    constraint box_credentials_shape check (
        credential ~ '^[0-9a-f]+$' and length(credential) <= 617),
    constraint box_credentials_serial_shape check (serial ~ '^[0-9A-Z-]{1,20}$'),
    constraint box_credentials_unbound_has_serial check (person_id is not null or serial is not null),
    constraint box_credentials_unusable_is_reasoned check (is_usable or btrim(reason) <> '' and reason is not null)
);
comment on table elections.box_credentials is
    'Public credentials of a box with whose they are. serial stands on the outside of a slip. A lost one is made unusable before it votes, and a spare bound in its place, with a reason. Written by functions alone.';
create unique index box_credentials_one_usable_key on elections.box_credentials (organization_id, box_id, person_id)
    where is_usable and person_id is not null;
select tenancy.isolate('elections.box_credentials', 'select');

create table elections.roll_contacts (
    organization_id uuid not null,
    process_id      uuid not null,
    person_id       uuid not null,
    email           text not null,

    constraint roll_contacts_pkey primary key (organization_id, process_id, person_id),
    constraint roll_contacts_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    constraint roll_contacts_email_is_folded check (email = lower(btrim(email)) and email like '%_@_%')
);
comment on table elections.roll_contacts is
    'Where electors are reached, as the register had it when the roll was frozen: what is changed later takes no code to vote. An address of several sends nobody one.';
create index roll_contacts_email_index on elections.roll_contacts (organization_id, process_id, email);
select tenancy.isolate('elections.roll_contacts', 'select, insert');
