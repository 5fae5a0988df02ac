-- 0031 · elections · voting tables
-- Where people vote, with whom, and which slice of the roll votes there; what happened that was not meant to.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.voting_tables (
    organization_id   uuid        not null,
    table_id          uuid        not null,
    process_id        uuid        not null,
    number            integer     not null,
    place             text        not null,
    address           text        not null,
    municipality_code text        not null,
    opens_at          timestamptz not null,
    closes_at         timestamptz not null,

    constraint voting_tables_pkey primary key (organization_id, table_id),
    constraint voting_tables_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint voting_tables_process_key unique (organization_id, process_id, table_id),
    constraint voting_tables_number_key unique (organization_id, process_id, number),
    constraint voting_tables_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code),
    constraint voting_tables_number_counts check (number >= 1),
    constraint voting_tables_place_is_trimmed check (place = btrim(place) and place <> ''),
    constraint voting_tables_address_is_trimmed check (address = btrim(address) and address <> ''),
    constraint voting_tables_window check (closes_at > opens_at)
);
comment on table elections.voting_tables is
    'Voting tables (mesas) of a process: where they stand and when they receive votes. One that has opened cannot be removed.';
select tenancy.isolate(
    'elections.voting_tables',
    'select, insert, delete, update (place, address, municipality_code, opens_at, closes_at)');

-- A slice is a municipality, or the surnames from one to another in it, both by their folded form.
create table elections.table_slices (
    organization_id   uuid not null,
    table_id          uuid not null,
    process_id        uuid not null,
    municipality_code text not null,
    surname_from      text not null,
    surname_to        text,

    constraint table_slices_pkey primary key (organization_id, table_id, municipality_code, surname_from),
    constraint table_slices_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint table_slices_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code),
    -- Two tables of a process never begin at the same surname of the same municipality.
    constraint table_slices_start_key unique (organization_id, process_id, municipality_code, surname_from),
    constraint table_slices_surnames_are_folded check (
        surname_from ~ '^[a-z ]*$' and (surname_to is null or surname_to ~ '^[a-z ]+$')),
    constraint table_slices_range check (surname_to is null or surname_to > surname_from collate "C")
);
comment on table elections.table_slices is
    'Which electors vote at a table: those of a municipality whose folded name is from surname_from (included) to surname_to (excluded).';
select tenancy.isolate('elections.table_slices', 'select, insert, delete');

create table elections.jurors (
    organization_id uuid        not null,
    juror_id        uuid        not null,
    process_id      uuid        not null,
    table_id        uuid        not null,
    jury            smallint    not null,
    user_id         uuid        not null,
    person_id       uuid,
    capacity        text        not null,
    grant_id        uuid        not null,
    name            text        not null,
    appointed_at    timestamptz not null,
    appointed_by    uuid,
    relieved_at     timestamptz,
    relief_reason   text,

    constraint jurors_pkey primary key (organization_id, juror_id),
    constraint jurors_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint jurors_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint jurors_grant_fkey foreign key (organization_id, grant_id)
        references tenancy.grants (organization_id, grant_id),
    constraint jurors_capacity_fkey foreign key (organization_id, process_id, person_id, capacity)
        references elections.capacities (organization_id, process_id, person_id, capacity),
    constraint jurors_capacity_known check (capacity = 'juror'),
    constraint jurors_jury_known check (jury in (1, 2)),
    constraint jurors_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint jurors_relief_is_reasoned check ((relieved_at is null) = (relief_reason is null))
);
comment on table elections.jurors is
    'Jurors of a table: each enters the count of one of its two juries, alone. Nobody sits in two.';
create unique index jurors_one_per_jury_key on elections.jurors (organization_id, table_id, jury)
    where relieved_at is null;
create unique index jurors_one_jury_key on elections.jurors (organization_id, process_id, user_id)
    where relieved_at is null;
select tenancy.isolate('elections.jurors', 'select, insert, update (relieved_at, relief_reason)');

create table elections.coverage_exceptions (
    organization_id   uuid        not null,
    process_id        uuid        not null,
    municipality_code text        not null,
    reason            text        not null,
    stated_at         timestamptz not null,
    stated_by         uuid,

    constraint coverage_exceptions_pkey primary key (organization_id, process_id, municipality_code),
    constraint coverage_exceptions_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint coverage_exceptions_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code),
    constraint coverage_exceptions_reason_given check (reason = btrim(reason) and reason <> '')
);
comment on table elections.coverage_exceptions is
    'Why a municipality with electors has no table. Without it the call cannot be published.';
select tenancy.isolate('elections.coverage_exceptions', 'select, insert, delete');

create table elections.incidents (
    organization_id uuid        not null,
    incident_id     uuid        not null,
    process_id      uuid        not null,
    table_id        uuid,
    kind            text        not null,
    account         text        not null,
    happened_at     timestamptz not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint incidents_pkey primary key (organization_id, incident_id),
    constraint incidents_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint incidents_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id),
    constraint incidents_kind_known check (kind in (
        'public_order', 'materials', 'access', 'roll', 'secrecy', 'ballots', 'weather', 'other')),
    constraint incidents_account_given check (account = btrim(account) and account <> ''),
    constraint incidents_past check (happened_at <= recorded_at)
);
comment on table elections.incidents is 'What happened that was not meant to, told by whom; it goes into the acta.';
create index incidents_process_index on elections.incidents (organization_id, process_id, happened_at);
select tenancy.isolate('elections.incidents', 'select, insert');
