-- 0032 · elections · rolls and claims
-- The electoral roll (censo electoral): provisional, published with masked names, claimed against, and
-- frozen once with its SHA-256. The serving role cannot write the frozen roll: elections.freeze_roll
-- does, and only once. The form of what is hashed is described in Elections.docc/RollSeal.md.
-- Locks: none on existing tables. Undo: a later migration.

create table elections.provisional_rolls (
    organization_id uuid        not null,
    process_id      uuid        not null,
    version         integer     not null,
    cutoff_on       date        not null,
    eligible        bigint      not null,
    ineligible      bigint      not null,
    unproven        bigint      not null,
    board_salt      bytea       not null,
    reason          text,
    published_at    timestamptz not null,
    published_by    uuid,

    constraint provisional_rolls_pkey primary key (organization_id, process_id, version),
    constraint provisional_rolls_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint provisional_rolls_version_counts check (version >= 1),
    constraint provisional_rolls_counts check (eligible >= 0 and ineligible >= 0 and unproven >= 0),
    constraint provisional_rolls_board_salt_length check (octet_length(board_salt) = 16),
    constraint provisional_rolls_correction_is_reasoned check (version = 1 or reason is not null)
);
comment on table elections.provisional_rolls is
    'Publications of the provisional roll, with the day as of which eligibility was read. A correction is a new version with its reason.';
select tenancy.isolate('elections.provisional_rolls', 'select, insert');

create table elections.provisional_entries (
    organization_id   uuid    not null,
    process_id        uuid    not null,
    version           integer not null,
    person_id         uuid    not null,
    document_type     text    not null,
    document_number   text    not null,
    name              text    not null,
    name_folded       text    not null,
    municipality_code text    not null,
    verdict           text    not null,
    failed            text[]  not null,
    unproven          text[]  not null,

    constraint provisional_entries_pkey primary key (organization_id, process_id, version, person_id),
    constraint provisional_entries_roll_fkey foreign key (organization_id, process_id, version)
        references elections.provisional_rolls (organization_id, process_id, version),
    constraint provisional_entries_document_key
        unique (organization_id, process_id, version, document_type, document_number),
    constraint provisional_entries_verdict_known check (verdict in ('eligible', 'ineligible', 'unproven')),
    constraint provisional_entries_verdict_follows check (
        verdict = case
            when failed <> '{}' then 'ineligible' when unproven <> '{}' then 'unproven' else 'eligible'
        end)
);
comment on table elections.provisional_entries is
    'Every member with the verdict on their right to vote and the requirements that they fail or have not proven. What can only be met on the day itself (presence, identity document, hours) is not asked here.';
create index provisional_entries_name_index on elections.provisional_entries
    (organization_id, process_id, version, name_folded text_pattern_ops);
select tenancy.isolate('elections.provisional_entries', 'select, insert');

create table elections.claims (
    organization_id uuid        not null,
    claim_id        uuid        not null,
    process_id      uuid        not null,
    kind            text        not null,
    person_id       uuid,
    document_type   text        not null,
    document_number text        not null,
    person_name     text        not null,
    claimant        text        not null,
    is_ex_officio   boolean     not null,
    ground          text        not null,
    proof_file_id   uuid,
    filed_at        timestamptz not null,
    filed_by        uuid,
    state           text        not null,
    decision_reason text,
    decided_at      timestamptz,
    decided_by      uuid,

    constraint claims_pkey primary key (organization_id, claim_id),
    constraint claims_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint claims_proof_file_fkey foreign key (organization_id, proof_file_id)
        references tenancy.files (organization_id, file_id),
    constraint claims_kind_known check (kind in ('include', 'exclude')),
    constraint claims_state_known check (state in ('open', 'upheld', 'dismissed')),
    constraint claims_ground_given check (ground = btrim(ground) and ground <> ''),
    constraint claims_claimant_given check (claimant = btrim(claimant) and claimant <> ''),
    constraint claims_decision_is_reasoned check (
        (state = 'open') = (decided_at is null)
        and (state = 'open') = (decision_reason is null)
        and decision_reason <> ''),
    constraint claims_decided_after_filed check (decided_at >= filed_at),
    constraint claims_upheld_is_of_a_person check (state <> 'upheld' or person_id is not null)
);
comment on table elections.claims is
    'Claims to include somebody in the roll or exclude them, each with its reasoned decision. The committee''s own findings are claims ex officio.';
create unique index claims_one_open_key on elections.claims
    (organization_id, process_id, document_type, document_number, kind) where state = 'open';
create index claims_process_index on elections.claims (organization_id, process_id, filed_at);
select tenancy.isolate(
    'elections.claims', 'select, insert, update (state, person_id, decision_reason, decided_at, decided_by)');

create table elections.rolls (
    organization_id uuid        not null,
    process_id      uuid        not null,
    electors        bigint      not null,
    salt            bytea       not null,
    sha256          bytea       not null,
    frozen_at       timestamptz not null,
    frozen_by       uuid,

    constraint rolls_pkey primary key (organization_id, process_id),
    constraint rolls_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint rolls_electors_count check (electors >= 1),
    constraint rolls_salt_length check (octet_length(salt) = 32),
    constraint rolls_digest_length check (octet_length(sha256) = 32)
);
comment on table elections.rolls is
    'Frozen rolls with their SHA-256. Written by elections.freeze_roll alone, once a process; never changed.';
select tenancy.isolate('elections.rolls', 'select');

create table elections.roll_entries (
    organization_id   uuid   not null,
    process_id        uuid   not null,
    person_id         uuid   not null,
    position          bigint not null,
    document_type     text   not null,
    document_number   text   not null,
    name              text   not null,
    name_folded       text   not null,
    municipality_code text   not null,
    leaf              bytea  not null,

    constraint roll_entries_pkey primary key (organization_id, process_id, person_id),
    constraint roll_entries_position_key unique (organization_id, process_id, position),
    constraint roll_entries_document_key unique (organization_id, process_id, document_type, document_number),
    -- To the process, not to the roll: its entries are written first, since its hash is taken over them.
    constraint roll_entries_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint roll_entries_position_counts check (position >= 1),
    constraint roll_entries_leaf_length check (octet_length(leaf) = 32)
);
comment on table elections.roll_entries is
    'The electors of a frozen roll as they were on that day, in the order of their names, each with the salted digest (leaf) that the roll''s SHA-256 is taken over.';
create index roll_entries_name_index on elections.roll_entries
    (organization_id, process_id, name_folded text_pattern_ops);
create index roll_entries_municipality_index on elections.roll_entries
    (organization_id, process_id, municipality_code);
select tenancy.isolate('elections.roll_entries', 'select');

create function elections.freeze_roll(
    organization uuid, process uuid, roll_salt bytea, at timestamptz, by_user uuid)
returns table (electors bigint, sha256 bytea)
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    process_state text;
    last_version integer;
    number_of_electors bigint;
    digest bytea;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the process belongs to another tenant' using errcode = '42501';
    end if;
    select processes.state into process_state from elections.processes
    where processes.organization_id = organization and processes.process_id = process
    for update;
    if process_state is distinct from 'provisional_roll' and process_state is distinct from 'claims' then
        raise exception 'the roll cannot be frozen in state %', process_state
            using errcode = '23514', constraint = 'rolls_follow_claims';
    end if;
    if exists (
        select from elections.claims
        where claims.organization_id = organization and claims.process_id = process and claims.state = 'open')
    then
        raise exception 'a claim waits for its decision'
            using errcode = '23514', constraint = 'rolls_claims_are_decided';
    end if;
    select max(version) into last_version from elections.provisional_rolls
    where provisional_rolls.organization_id = organization and provisional_rolls.process_id = process;

    -- A person is in the roll if the last of their upheld claims says so, otherwise if the provisional roll
    -- does: each exclusion has a published verdict or a decision.
    insert into elections.roll_entries (
        organization_id, process_id, person_id, position, document_type, document_number, name, name_folded,
        municipality_code, leaf)
    select
        organization, process, person_id, position, document_type, document_number, name, name_folded,
        municipality_code,
        pg_catalog.sha256(
            pg_catalog.sha256(roll_salt || convert_to(person_id::text, 'UTF8'))
            || convert_to(
                tenancy.canonical(position::text, document_type, document_number, name, municipality_code), 'UTF8'))
    from (
        select
            listed.*,
            row_number() over (order by name_folded collate "C", document_type, document_number) as position
        from (
            select
                coalesce(entry.person_id, claim.person_id) as person_id,
                coalesce(entry.document_type, affiliate.document_type) as document_type,
                coalesce(entry.document_number, affiliate.document_number) as document_number,
                coalesce(entry.name, concat_ws(
                    ' ', affiliate.first_name, affiliate.second_name, affiliate.first_surname,
                    affiliate.second_surname)) as name,
                coalesce(entry.name_folded, affiliate.name_folded) as name_folded,
                coalesce(entry.municipality_code, affiliate.municipality_code) as municipality_code
            from (
                select * from elections.provisional_entries as entries
                where entries.organization_id = organization and entries.process_id = process
                    and entries.version = last_version
            ) as entry
            full join (
                select distinct on (claims.person_id) claims.person_id, claims.kind
                from elections.claims
                where claims.organization_id = organization and claims.process_id = process
                    and claims.state = 'upheld'
                order by claims.person_id, claims.decided_at desc, claims.claim_id desc
            ) as claim on claim.person_id = entry.person_id
            left join membership.affiliates as affiliate
                on affiliate.organization_id = organization and affiliate.person_id = claim.person_id
            where coalesce(claim.kind = 'include', entry.verdict = 'eligible')
        ) as listed
    ) as numbered;
    get diagnostics number_of_electors = row_count;
    if number_of_electors = 0 then
        raise exception 'nobody is in the roll' using errcode = '23514', constraint = 'rolls_electors_count';
    end if;

    select pg_catalog.sha256(convert_to(
        E'alianzas roll 1\n' || process::text || E'\n' || number_of_electors || E'\n'
        || (extract(epoch from at) * 1000000)::bigint || E'\n'
        || string_agg(encode(leaf, 'hex'), E'\n' order by leaf) || E'\n',
        'UTF8'))
    into digest
    from elections.roll_entries
    where roll_entries.organization_id = organization and roll_entries.process_id = process;

    insert into elections.rolls (organization_id, process_id, electors, salt, sha256, frozen_at, frozen_by)
    values (organization, process, number_of_electors, roll_salt, digest, at, by_user);
    return query select number_of_electors, digest;
end
$$;
comment on function elections.freeze_roll is
    'Writes the frozen roll of a process of the tenant in scope, entries and header: the only way in, and only once.';
grant execute on function elections.freeze_roll to alianzas_app;

create table elections.roll_assignments (
    organization_id uuid not null,
    process_id      uuid not null,
    person_id       uuid not null,
    table_id        uuid not null,

    constraint roll_assignments_pkey primary key (organization_id, process_id, person_id),
    constraint roll_assignments_entry_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id),
    constraint roll_assignments_table_fkey foreign key (organization_id, process_id, table_id)
        references elections.voting_tables (organization_id, process_id, table_id)
);
comment on table elections.roll_assignments is
    'The one table at which each elector votes, taken from the slices of the tables.';
create index roll_assignments_table_index on elections.roll_assignments (organization_id, table_id);
select tenancy.isolate('elections.roll_assignments', 'select, insert, delete');

-- A name as it is published: the first letter of each word.
create function elections.masked_name(name text)
returns text
language sql immutable parallel safe
as $$
    select string_agg(left(word, 1) || '***', ' ' order by place)
    from regexp_split_to_table(btrim(name), '\s+') with ordinality as words (word, place)
$$;
comment on function elections.masked_name is 'A name as it is published: the first letter of each of its words.';
grant execute on function elections.masked_name to alianzas_app;

-- What a published roll shows: those who are on it, masked. To ask whether one is on it, a person types the
-- document, whose salted digest is looked up. Those who are not on it leave nothing here.
create table elections.roll_board (
    organization_id   uuid    not null,
    process_id        uuid    not null,
    phase             text    not null,
    document_digest   bytea   not null,
    municipality_code text    not null,
    masked_name       text    not null,
    masked_document   text    not null,
    is_public         boolean not null,

    constraint roll_board_pkey primary key (organization_id, process_id, phase, document_digest),
    constraint roll_board_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint roll_board_phase_known check (phase in ('provisional', 'frozen')),
    constraint roll_board_digest_length check (octet_length(document_digest) = 32)
);
comment on table elections.roll_board is
    'Projection: published rolls with masked names, for the board and for "am I on the roll?".';
create index roll_board_name_index on elections.roll_board (organization_id, process_id, phase, masked_name);
select tenancy.isolate('elections.roll_board', 'select, insert, delete');
select tenancy.project('elections.roll_board');

create table elections.roll_notices (
    organization_id   uuid        not null,
    process_id        uuid        not null,
    phase             text        not null,
    municipality_code text        not null,
    alliance_id       uuid        not null,
    process_name      text        not null,
    electors          bigint      not null,
    board_salt        bytea       not null,
    sha256            bytea,
    claims_until      timestamptz,
    published_at      timestamptz not null,
    is_public         boolean     not null,

    constraint roll_notices_pkey primary key (organization_id, process_id, phase, municipality_code),
    constraint roll_notices_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint roll_notices_phase_known check (phase in ('provisional', 'frozen')),
    constraint roll_notices_frozen_is_sealed check ((phase = 'frozen') = (sha256 is not null))
);
comment on table elections.roll_notices is
    'Projection: the headers of published rolls in each municipality of the alliance, with the hash of the frozen one and the salt of its board.';
select tenancy.isolate('elections.roll_notices', 'select, insert, delete');
select tenancy.project('elections.roll_notices');
grant usage on schema elections to alianzas_control, alianzas_public;
