-- 0182 · governance · letters in and out
-- Letters, official letters, petitions and public statements (cartas, oficios, derechos de petición, comunicados): one that
-- goes out gets the next number of its year and stays as it was then; each of those addressed has its own radicado, term and
-- answer. What comes in waits for its answer. A board may keep a letter to itself until it shares it.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.letter_terms (
    code              text    not null,
    title             text    not null,
    business_days     integer not null,
    norm              text    not null,
    norm_is_confirmed boolean not null,
    source            text    not null,

    constraint letter_terms_pkey primary key (code),
    constraint letter_terms_days_count check (business_days between 1 and 365),
    constraint letter_terms_source_given check (source <> '')
);
comment on table catalogue.letter_terms is
    'In how long a letter is answered, by what it asks, with its norm and whether somebody confirmed it. Nothing is late by a term that nobody confirmed.';
grant select on catalogue.letter_terms to alianzas_app;

create table governance.letter_books (
    organization_id uuid    not null,
    alliance_id     uuid    not null,
    year            integer not null,
    last_number     integer not null,

    constraint letter_books_pkey primary key (organization_id, alliance_id, year),
    constraint letter_books_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint letter_books_last_number_counts check (last_number >= 0)
);
comment on table governance.letter_books is
    'The last number of each alliance and year of letters that went out. A number is given in the transaction that issues, under the lock of this row: without gap or repeat.';
select tenancy.isolate('governance.letter_books', 'select, insert, update (last_number)');

create table governance.letters (
    organization_id  uuid        not null,
    letter_id        uuid        not null,
    alliance_id      uuid        not null,
    is_reserved      boolean     not null,
    direction        text        not null,
    kind             text        not null,
    state            text        not null,
    year             integer,
    number           integer,
    subject          text        not null,
    body             text        not null,
    dated_on         date        not null,
    addressees       text[]      not null,
    signers          text[]      not null,
    carrier          text,
    term             text,
    answers_id       uuid,
    sender           text,
    reference        text,
    received_on      date,
    asks_answer      boolean     not null,
    due_on           date,
    due_norm         text,
    due_is_confirmed boolean     not null,
    settled_on       date,
    settlement       text,
    words_sha256     bytea,
    revision         integer     not null,
    recorded_at      timestamptz not null,
    recorded_by      uuid,

    constraint letters_pkey primary key (organization_id, letter_id),
    constraint letters_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint letters_alliance_key unique (organization_id, letter_id, alliance_id),
    constraint letters_number_key unique (organization_id, alliance_id, year, number),
    constraint letters_term_fkey foreign key (term) references catalogue.letter_terms (code),
    constraint letters_answers_fkey foreign key (organization_id, answers_id, alliance_id)
        references governance.letters (organization_id, letter_id, alliance_id),
    constraint letters_direction_known check (direction in ('out', 'in')),
    constraint letters_kind_known check (kind in ('letter', 'official', 'petition', 'statement')),
    constraint letters_state_known check (
        direction = 'out' and state in ('draft', 'issued', 'dropped') or direction = 'in' and state = 'received'),
    constraint letters_number_counts check (number >= 1),
    constraint letters_issued_is_numbered check ((state = 'issued') = (number is not null)
        and (number is null) = (year is null) and (number is null) = (words_sha256 is null)),
    constraint letters_digest_length check (octet_length(words_sha256) = 32),
    constraint letters_subject_is_trimmed check (subject = btrim(subject) and subject <> ''),
    constraint letters_issued_says_something check (state <> 'issued' or (btrim(body) <> ''
        and cardinality(signers) > 0 and (cardinality(addressees) > 0 or kind = 'statement'))),
    constraint letters_received_has_sender check ((direction = 'in') = (sender is not null)
        and (direction = 'in') = (received_on is not null)),
    constraint letters_answer_goes_out check (answers_id is null or direction = 'out'),
    constraint letters_due_is_of_received check (due_on is null or (direction = 'in' and due_norm is not null)),
    constraint letters_confirmed_has_due check (not due_is_confirmed or due_on is not null),
    constraint letters_settled_is_told check ((settled_on is null) = (settlement is null)
        and (settled_on is null or direction = 'in' or state = 'dropped')),
    constraint letters_revision_counts check (revision >= 1)
);
comment on table governance.letters is
    'Letters of an alliance, in and out. One that was issued has its number and the digest of its words. Reserved ones are the board''s own until it shares them.';
create index letters_alliance_index on governance.letters (organization_id, alliance_id, dated_on);
create index letters_answers_index on governance.letters (organization_id, answers_id);
select tenancy.isolate('governance.letters',
    'select, insert, update (is_reserved, kind, state, year, number, subject, body, dated_on, addressees, signers, carrier, term, settled_on, settlement, words_sha256, revision)');
select tenancy.reserve('governance.letters');
-- What was issued is past changing; one that is reserved is changed by being shared alone, and its digest tells of more.
create policy issued_stays on governance.letters as restrictive for update to alianzas_app
    using (state in ('draft', 'received') or is_reserved) with check (true);

create table governance.letter_addressees (
    organization_id  uuid        not null,
    letter_id        uuid        not null,
    position         integer     not null,
    alliance_id      uuid        not null,
    is_reserved      boolean     not null,
    name             text        not null,
    delivered_on     date,
    reference        text,
    delivery_file_id uuid,
    due_on           date,
    due_norm         text,
    due_is_confirmed boolean     not null,
    answered_on      date,
    answer_reference text,
    answer           text,
    answer_file_id   uuid,

    constraint letter_addressees_pkey primary key (organization_id, letter_id, position),
    constraint letter_addressees_letter_fkey foreign key (organization_id, letter_id, alliance_id)
        references governance.letters (organization_id, letter_id, alliance_id),
    constraint letter_addressees_delivery_file_fkey foreign key (organization_id, delivery_file_id)
        references tenancy.files (organization_id, file_id),
    constraint letter_addressees_answer_file_fkey foreign key (organization_id, answer_file_id)
        references tenancy.files (organization_id, file_id),
    constraint letter_addressees_position_counts check (position >= 1),
    constraint letter_addressees_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint letter_addressees_delivery_is_proven check (delivered_on is null or reference is not null
        or delivery_file_id is not null),
    constraint letter_addressees_due_follows_delivery check (due_on is null
        or (delivered_on is not null and due_norm is not null and due_on >= delivered_on)),
    constraint letter_addressees_confirmed_has_due check (not due_is_confirmed or due_on is not null),
    constraint letter_addressees_answer_is_told check ((answered_on is null) = (answer is null))
);
comment on table governance.letter_addressees is
    'Each of those to whom a letter was issued: when they got it, under which number, until when they were to answer, and what they did.';
create index letter_addressees_due_index on governance.letter_addressees (organization_id, due_on)
    where answered_on is null;
select tenancy.isolate('governance.letter_addressees',
    'select, insert, update (is_reserved, delivered_on, reference, delivery_file_id, due_on, due_norm, due_is_confirmed, answered_on, answer_reference, answer, answer_file_id)');
select tenancy.reserve('governance.letter_addressees');

create table governance.letter_files (
    organization_id uuid        not null,
    letter_id       uuid        not null,
    file_id         uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    title           text        not null,
    added_at        timestamptz not null,
    added_by        uuid,

    constraint letter_files_pkey primary key (organization_id, letter_id, file_id),
    constraint letter_files_letter_fkey foreign key (organization_id, letter_id, alliance_id)
        references governance.letters (organization_id, letter_id, alliance_id),
    constraint letter_files_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint letter_files_title_is_trimmed check (title = btrim(title) and title <> '')
);
comment on table governance.letter_files is 'The files of a letter: its scan, its enclosures.';
select tenancy.isolate('governance.letter_files', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.letter_files');
