-- 0186 · governance · information under confidentiality
-- What an entity hands to the board of an alliance on condition that it stays there. Whoever reads it has signed an
-- undertaking that is in force. The content is no column that the server may read: one definer function alone gives it
-- out, and writes who read it in the same statement. No copy of an alliance holds any of it.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.confidentiality_texts (
    organization_id uuid        not null,
    text_id         uuid        not null,
    version         integer     not null,
    words           text        not null,
    months          integer     not null,
    published_at    timestamptz not null,
    published_by    uuid,

    constraint confidentiality_texts_pkey primary key (organization_id, text_id),
    constraint confidentiality_texts_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint confidentiality_texts_version_key unique (organization_id, version),
    constraint confidentiality_texts_version_counts check (version >= 1),
    constraint confidentiality_texts_words_told check (btrim(words) <> ''),
    constraint confidentiality_texts_months_count check (months between 1 and 120)
);
comment on table governance.confidentiality_texts is
    'The words of the undertaking (compromiso de confidencialidad) that an entity asks for, in versions, and for how many months each signature holds.';
select tenancy.isolate('governance.confidentiality_texts', 'select, insert');

create table governance.confidentiality_undertakings (
    organization_id   uuid        not null,
    undertaking_id    uuid        not null,
    alliance_id       uuid        not null,
    text_id           uuid        not null,
    user_id           uuid        not null,
    name              text        not null,
    way               text        not null,
    drawing           text,
    paper_file_id     uuid,
    words_sha256      bytea       not null,
    signed_at         timestamptz not null,
    starts_on         date        not null,
    ends_on           date        not null,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,
    recorded_by       uuid,

    constraint confidentiality_undertakings_pkey primary key (organization_id, undertaking_id),
    constraint confidentiality_undertakings_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint confidentiality_undertakings_text_fkey foreign key (organization_id, text_id)
        references governance.confidentiality_texts (organization_id, text_id),
    constraint confidentiality_undertakings_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint confidentiality_undertakings_file_fkey foreign key (organization_id, paper_file_id)
        references tenancy.files (organization_id, file_id),
    constraint confidentiality_undertakings_name_is_trimmed check (name = btrim(name) and name <> ''),
    constraint confidentiality_undertakings_way_known check (way in ('drawn', 'paper')),
    constraint confidentiality_undertakings_signature_is_whole check (
        (way = 'drawn') = (drawing is not null) and (way = 'paper') = (paper_file_id is not null)),
    constraint confidentiality_undertakings_digest_length check (octet_length(words_sha256) = 32),
    constraint confidentiality_undertakings_ends_after_start check (ends_on >= starts_on),
    constraint confidentiality_undertakings_withdrawn_has_reason check (
        (withdrawn_at is null) = (withdrawal_reason is null) and btrim(withdrawal_reason) <> '')
);
comment on table governance.confidentiality_undertakings is
    'Who of a board undertook to keep to themselves what the entity hands over: which words, when, until when. What was signed is not changed; it is withdrawn.';
create unique index confidentiality_undertakings_current_key on governance.confidentiality_undertakings
    (organization_id, alliance_id, user_id, starts_on) where withdrawn_at is null;
select tenancy.isolate('governance.confidentiality_undertakings',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');

create table governance.confidential_items (
    organization_id uuid        not null,
    item_id         uuid        not null,
    alliance_id     uuid        not null,
    title           text        not null,
    giver           text        not null,
    purpose         text        not null,
    received_on     date        not null,
    until_on        date        not null,
    ended_on        date,
    end_reason      text,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint confidential_items_pkey primary key (organization_id, item_id),
    constraint confidential_items_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint confidential_items_title_is_trimmed check (title = btrim(title) and title <> ''),
    constraint confidential_items_giver_is_trimmed check (giver = btrim(giver) and giver <> ''),
    constraint confidential_items_purpose_is_trimmed check (purpose = btrim(purpose) and purpose <> ''),
    constraint confidential_items_until_after_received check (until_on >= received_on),
    constraint confidential_items_ended_has_reason check (
        (ended_on is null) = (end_reason is null) and btrim(end_reason) <> '')
);
comment on table governance.confidential_items is
    'What an entity handed to a board under confidentiality: who gave it, for what, and until when it may be read.';
create index confidential_items_alliance_index on governance.confidential_items
    (organization_id, alliance_id, received_on);
select tenancy.isolate('governance.confidential_items', 'select, insert, update (ended_on, end_reason)');

create table governance.confidential_files (
    organization_id uuid        not null,
    file_id         uuid        not null,
    item_id         uuid        not null,
    alliance_id     uuid        not null,
    name            text        not null,
    media_type      text        not null,
    byte_count      integer     not null,
    sha256          bytea       not null,
    content         bytea       not null,
    recorded_at     timestamptz not null,
    recorded_by     uuid,

    constraint confidential_files_pkey primary key (organization_id, file_id),
    constraint confidential_files_item_fkey foreign key (organization_id, item_id)
        references governance.confidential_items (organization_id, item_id),
    constraint confidential_files_once_key unique (organization_id, item_id, sha256),
    constraint confidential_files_sha256_length check (octet_length(sha256) = 32),
    constraint confidential_files_byte_count_matches check (byte_count = octet_length(content) and byte_count > 0)
);
comment on table governance.confidential_files is
    'The files of what was handed over. Their content is read by governance.read_confidential_file alone.';
create index confidential_files_item_index on governance.confidential_files (organization_id, item_id, recorded_at);
select tenancy.isolate('governance.confidential_files',
    'select (organization_id, file_id, item_id, alliance_id, name, media_type, byte_count, sha256, recorded_at, recorded_by), insert');

create table governance.confidential_reads (
    organization_id uuid        not null,
    read_id         uuid        not null,
    alliance_id     uuid        not null,
    item_id         uuid        not null,
    file_id         uuid        not null,
    undertaking_id  uuid        not null,
    user_id         uuid        not null,
    read_at         timestamptz not null,

    constraint confidential_reads_pkey primary key (organization_id, read_id),
    constraint confidential_reads_file_fkey foreign key (organization_id, file_id)
        references governance.confidential_files (organization_id, file_id),
    constraint confidential_reads_undertaking_fkey foreign key (organization_id, undertaking_id)
        references governance.confidentiality_undertakings (organization_id, undertaking_id)
);
comment on table governance.confidential_reads is
    'Each time that somebody read what was handed over under confidentiality, and by which undertaking. Nobody writes it but the function that gives the content out.';
create index confidential_reads_item_index on governance.confidential_reads
    (organization_id, alliance_id, item_id, read_at);
select tenancy.isolate('governance.confidential_reads', 'select');

create function governance.read_confidential_file(
    organization uuid, file uuid, reading uuid, today date, moment timestamptz)
returns bytea
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    reader uuid;
    wanted record;
    undertaking uuid;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the file belongs to another tenant' using errcode = '42501';
    end if;
    reader := nullif(current_setting('alianzas.user_id'), '')::uuid;
    select files.alliance_id, files.item_id, files.content into wanted
    from governance.confidential_files as files
    join governance.confidential_items as items
        on items.organization_id = organization and items.item_id = files.item_id
    where files.organization_id = organization and files.file_id = file and items.ended_on is null
        and items.received_on <= today and items.until_on >= today;
    if wanted is null or reader is null
        or not (wanted.alliance_id::text = any (string_to_array(current_setting('alianzas.own_spaces'), ',')))
    then
        raise exception 'the file is not to be read' using errcode = '42501';
    end if;
    select undertakings.undertaking_id into undertaking
    from governance.confidentiality_undertakings as undertakings
    where undertakings.organization_id = organization and undertakings.alliance_id = wanted.alliance_id
        and undertakings.user_id = reader and undertakings.withdrawn_at is null
        and undertakings.starts_on <= today and undertakings.ends_on >= today
    order by undertakings.signed_at desc
    limit 1;
    if undertaking is null then
        raise exception 'whoever reads it has undertaken nothing' using errcode = '42501';
    end if;
    insert into governance.confidential_reads (
        organization_id, read_id, alliance_id, item_id, file_id, undertaking_id, user_id, read_at)
    values (organization, reading, wanted.alliance_id, wanted.item_id, file, undertaking, reader, moment);
    return wanted.content;
end
$$;
comment on function governance.read_confidential_file is
    'Gives the content of a file to a member of the board whose undertaking is in force, and writes that they read it: the only way in.';
revoke execute on function governance.read_confidential_file from public;
grant execute on function governance.read_confidential_file to alianzas_app;

-- As in 0173, and without what was handed over under confidentiality.
create or replace function governance.export_exclusions()
returns table (relation text, reason text)
language sql immutable
as $$
    values
        ('governance.complainants', 'Quién presentó cada queja: se ve una por una, con constancia de para qué.'),
        ('governance.complaint_receipts', 'Códigos con que se sigue una queja.'),
        ('governance.confidential_files', 'Información que la entidad entregó bajo reserva.'),
        ('governance.confidential_items', 'Información que la entidad entregó bajo reserva.'),
        ('governance.confidential_reads', 'Quién leyó la información que la entidad entregó bajo reserva.'),
        ('governance.minutes_codes', 'Códigos de firma, de un solo uso.'),
        ('governance.alliance_exports', 'El historial de estas copias, que no cabe en ellas.'),
        ('membership.affiliate_uploads', 'Archivos del padrón de la entidad.'),
        ('membership.affiliates', 'El padrón de la entidad: de él van aparte los asociados.'),
        ('reporting.alliance_profiles', 'Se calcula de lo demás.'),
        ('reporting.obligation_states', 'Se calcula de lo demás.'),
        ('tenancy.jobs', 'Tareas del servidor.'),
        ('tenancy.users', 'Cuentas de la entidad: van aparte los nombres de quienes actuaron.')
$$;
