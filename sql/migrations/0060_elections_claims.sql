-- 0060 · elections · claims and what the public asks of a roll
-- Numbers claims and lets them ask for a correction, which the frozen roll takes in; adds the projections by which a
-- person who knows document and date of birth finds out whether they are on the roll, and what became of a claim.
-- Locks: access exclusive on elections.claims, which is empty (no command wrote it before), and on
-- identity.attempts, for a moment. Undo: a later migration.

alter table elections.claims
    add column number integer not null,
    add column corrects text,
    add column correction text,
    add column correction_order text,
    add column stated_birth_date date,
    add column contact text,
    add constraint claims_number_key unique (organization_id, process_id, number),
    add constraint claims_number_counts check (number >= 1),
    add constraint claims_corrects_known check (corrects in ('name', 'municipality', 'document')),
    add constraint claims_correction_is_whole check (
        (kind = 'correct') = (corrects is not null)
        and (corrects is null) = (correction is null) and correction <> ''
        and (corrects = 'name') is true = (correction_order is not null)),
    add constraint claims_document_correction_is_a_document check (
        corrects <> 'document'
        or correction ~ '^(CC|CE|CD|PA|SC|PT|PE|RC|TI|CN|MS|AS) [0-9A-Z]{1,20}$');
alter table elections.claims drop constraint claims_kind_known;
alter table elections.claims add constraint claims_kind_known check (kind in ('include', 'exclude', 'correct'));
comment on table elections.claims is
    'Claims to include somebody in the roll, exclude them or correct what it says of them, each with its reasoned decision. The committee''s own findings are claims ex officio.';

-- A decision is written once, and by this function alone: the serving role may file claims and read them.
revoke update on elections.claims from alianzas_app;
create function elections.decide_claim(
    organization uuid, process uuid, claim uuid, person uuid, verdict text, reason text, at timestamptz, by_user uuid)
returns boolean
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the claim belongs to another tenant' using errcode = '42501';
    end if;
    if verdict is null or verdict not in ('upheld', 'dismissed') then
        raise exception 'a claim is upheld or dismissed' using errcode = '22023';
    end if;
    update elections.claims
    set state = verdict, person_id = coalesce(person, claims.person_id), decision_reason = reason,
        decided_at = at, decided_by = by_user
    where claims.organization_id = organization and claims.process_id = process and claims.claim_id = claim
        and claims.state = 'open'
        and exists (
            select from elections.processes
            where processes.organization_id = organization and processes.process_id = process
                and processes.state in ('provisional_roll', 'claims'));
    return found;
end
$$;
comment on function elections.decide_claim is
    'Decides an open claim of the tenant in scope, once, before the roll is frozen: the only way in.';
grant execute on function elections.decide_claim to alianzas_app;

-- As in 0032, and with the corrections that were upheld: of several of the same thing the last counts.
create or replace function elections.freeze_roll(
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
                coalesce(
                    split_part(correction.document, ' ', 1), entry.document_type, affiliate.document_type)
                    as document_type,
                coalesce(
                    split_part(correction.document, ' ', 2), entry.document_number, affiliate.document_number)
                    as document_number,
                coalesce(correction.name, entry.name, concat_ws(
                    ' ', affiliate.first_name, affiliate.second_name, affiliate.first_surname,
                    affiliate.second_surname)) as name,
                coalesce(correction.name_folded, entry.name_folded, affiliate.name_folded) as name_folded,
                coalesce(
                    correction.municipality_code, entry.municipality_code, affiliate.municipality_code)
                    as municipality_code
            from (
                select * from elections.provisional_entries as entries
                where entries.organization_id = organization and entries.process_id = process
                    and entries.version = last_version
            ) as entry
            full join (
                select distinct on (claims.person_id) claims.person_id, claims.kind
                from elections.claims
                where claims.organization_id = organization and claims.process_id = process
                    and claims.state = 'upheld' and claims.kind <> 'correct'
                order by claims.person_id, claims.decided_at desc, claims.claim_id desc
            ) as claim on claim.person_id = entry.person_id
            left join membership.affiliates as affiliate
                on affiliate.organization_id = organization and affiliate.person_id = claim.person_id
            left join (
                select
                    latest.person_id,
                    max(latest.correction) filter (where latest.corrects = 'name') as name,
                    max(latest.correction_order) as name_folded,
                    max(latest.correction) filter (where latest.corrects = 'municipality') as municipality_code,
                    max(latest.correction) filter (where latest.corrects = 'document') as document
                from (
                    select distinct on (claims.person_id, claims.corrects)
                        claims.person_id, claims.corrects, claims.correction, claims.correction_order
                    from elections.claims
                    where claims.organization_id = organization and claims.process_id = process
                        and claims.state = 'upheld' and claims.kind = 'correct'
                    order by claims.person_id, claims.corrects, claims.decided_at desc, claims.claim_id desc
                ) as latest
                group by latest.person_id
            ) as correction on correction.person_id = coalesce(entry.person_id, claim.person_id)
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

-- What somebody proves to be who they ask about with: the digest of the process's salt, then document and date of
-- birth. Who knows only one of the two finds nothing.
create function elections.answer_digest(
    board_salt bytea, document_type text, document_number text, birth_date date)
returns bytea
language sql immutable parallel safe
as $$
    select sha256(
        board_salt
        || convert_to(tenancy.canonical(document_type, document_number, to_char(birth_date, 'YYYY-MM-DD')), 'UTF8'))
$$;
comment on function elections.answer_digest is
    'The salted digest of a document and a date of birth, by which a person finds their own answer.';
grant execute on function elections.answer_digest to alianzas_app;

create table elections.roll_answers (
    organization_id   uuid    not null,
    process_id        uuid    not null,
    answer_digest     bytea   not null,
    municipality_code text    not null,
    standing          text    not null,
    reasons           text[]  not null,
    polling_place     text,
    is_public         boolean not null,

    constraint roll_answers_pkey primary key (organization_id, process_id, answer_digest),
    constraint roll_answers_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    constraint roll_answers_digest_length check (octet_length(answer_digest) = 32),
    constraint roll_answers_standing_known check (standing in ('in', 'out', 'unproven')),
    constraint roll_answers_refusal_is_explained check (standing = 'in' or cardinality(reasons) > 0)
);
comment on table elections.roll_answers is
    'Projection: whether somebody is on the roll and why, found by the salted digest of document and date of birth; it names nobody.';
select tenancy.isolate('elections.roll_answers', 'select, insert, delete');
select tenancy.project('elections.roll_answers');

create table elections.claim_answers (
    organization_id   uuid        not null,
    claim_id          uuid        not null,
    process_id        uuid        not null,
    municipality_code text        not null,
    answer_digest     bytea       not null,
    number            integer     not null,
    kind              text        not null,
    state             text        not null,
    decision_reason   text,
    filed_at          timestamptz not null,
    decided_at        timestamptz,
    is_public         boolean     not null,

    constraint claim_answers_pkey primary key (organization_id, claim_id),
    constraint claim_answers_claim_fkey foreign key (organization_id, claim_id)
        references elections.claims (organization_id, claim_id),
    constraint claim_answers_digest_length check (octet_length(answer_digest) = 32)
);
comment on table elections.claim_answers is
    'Projection: what became of a claim, for whom it is about, found by the salted digest of document and date of birth.';
create index claim_answers_digest_index on elections.claim_answers (organization_id, process_id, answer_digest);
select tenancy.isolate('elections.claim_answers', 'select, insert, delete');
select tenancy.project('elections.claim_answers');

-- Questions of the public are limited as sign-in is.
alter table identity.attempts drop constraint attempts_kind_known;
alter table identity.attempts add constraint attempts_kind_known check (
    kind in ('password', 'second_factor', 'invitation', 'roll_check', 'claim'));
