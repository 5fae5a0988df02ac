-- 0010 · membership · affiliates
-- The register of affiliates or users (padrón) of each tenant, with what each row said before.
-- Locks: none on existing tables. Undo: a later migration.

-- Lower case without accents, as people type when they search. Immutable, so that it can be stored.
create function membership.folded(name text)
returns text
language sql immutable parallel safe
as $$
    select translate(lower(name), 'áàäâãéèëêíìïîóòöôõúùüûñç', 'aaaaaeeeeiiiiooooouuuunc')
$$;
comment on function membership.folded is 'A name as it is searched for: lower case, no accents.';
grant execute on function membership.folded to alianzas_app, alianzas_import;

create table membership.import_batches (
    organization_id uuid        not null,
    batch_id        uuid        not null,
    file_name       text        not null,
    sha256          bytea       not null,
    cutoff_on       date        not null,
    state           text        not null,
    read_rows       bigint      not null,
    new_rows        bigint      not null,
    changed_rows    bigint      not null,
    unchanged_rows  bigint      not null,
    refused_rows    bigint      not null,
    report_file_id  uuid,
    imported_by     uuid,
    imported_at     timestamptz not null,
    undone_at       timestamptz,

    constraint import_batches_pkey primary key (organization_id, batch_id),
    constraint import_batches_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint import_batches_report_fkey foreign key (organization_id, report_file_id)
        references tenancy.files (organization_id, file_id),
    constraint import_batches_state_known check (state in ('merged', 'undone')),
    constraint import_batches_rows_add_up check (read_rows = new_rows + changed_rows + unchanged_rows + refused_rows),
    constraint import_batches_undone_is_dated check ((state = 'undone') = (undone_at is not null))
);
comment on table membership.import_batches is 'Files of affiliates that were merged, whole or not at all, with their counts.';
select tenancy.isolate('membership.import_batches', 'select, insert, update (state, undone_at)');

create table membership.affiliates (
    organization_id   uuid not null,
    person_id         uuid not null,
    document_type     text not null,
    document_number   text not null,
    first_surname     text not null,
    second_surname    text,
    first_name        text not null,
    second_name       text,
    birth_date        date not null,
    sex               text not null,
    municipality_code text not null,
    regime            text not null,
    affiliation_state text not null,
    phone             text,
    email             text,
    insurer_code      text not null,
    valid_from        date not null,
    batch_id          uuid,
    name_folded       text not null generated always as (membership.folded(
        first_surname || coalesce(' ' || second_surname, '') || ' ' || first_name || coalesce(' ' || second_name, '')
    )) stored,

    constraint affiliates_pkey primary key (organization_id, person_id),
    constraint affiliates_document_key unique (organization_id, document_type, document_number),
    constraint affiliates_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code),
    constraint affiliates_document_type_known check (document_type in (
        'CC', 'CE', 'CD', 'PA', 'SC', 'PT', 'PE', 'RC', 'TI', 'CN', 'MS', 'AS')),
    constraint affiliates_document_number_shape check (document_number ~ '^[0-9A-Z]{1,20}$'),
    constraint affiliates_sex_known check (sex in ('F', 'M', 'I')),
    constraint affiliates_regime_known check (regime in ('contributivo', 'subsidiado', 'especial', 'no_asegurado')),
    constraint affiliates_state_known check (affiliation_state in ('active', 'suspended', 'retired', 'deceased'))
);
comment on table membership.affiliates is
    'The register of affiliates or users of a tenant (padrón), as of valid_from: the day from which what the row says is known to be so.';
create index affiliates_name_index on membership.affiliates (organization_id, name_folded text_pattern_ops);
create index affiliates_municipality_index on membership.affiliates (organization_id, municipality_code);
select tenancy.isolate('membership.affiliates', 'select, insert, update, delete');

create table membership.affiliate_versions (
    organization_id   uuid not null,
    person_id         uuid not null,
    valid_from        date not null,
    valid_until       date not null,
    first_surname     text not null,
    second_surname    text,
    first_name        text not null,
    second_name       text,
    birth_date        date not null,
    sex               text not null,
    municipality_code text not null,
    regime            text not null,
    affiliation_state text not null,
    phone             text,
    email             text,
    insurer_code      text not null,
    replaced_by       uuid not null,
    batch_id          uuid,

    constraint affiliate_versions_pkey primary key (organization_id, person_id, replaced_by),
    constraint affiliate_versions_person_fkey foreign key (organization_id, person_id)
        references membership.affiliates (organization_id, person_id),
    constraint affiliate_versions_batch_fkey foreign key (organization_id, replaced_by)
        references membership.import_batches (organization_id, batch_id),
    constraint affiliate_versions_period check (valid_from <= valid_until)
);
comment on table membership.affiliate_versions is
    'What a row of the register said before an import (replaced_by) changed it: in force from valid_from to the day before valid_until.';
select tenancy.isolate('membership.affiliate_versions', 'select, insert, delete');
