-- 0211 · governance · undertakings signed by a mailed code
-- The undertaking of confidentiality is signed by a one-time code as well, as minutes are: for one version of its words,
-- tried a few times, used once.
-- Locks: governance.confidentiality_undertakings, for a moment. Undo: a later migration.

create table governance.undertaking_codes (
    organization_id uuid        not null,
    code_id         uuid        not null,
    alliance_id     uuid        not null,
    text_id         uuid        not null,
    user_id         uuid        not null,
    digest          bytea       not null,
    sent_to         text        not null,
    sent_at         timestamptz not null,
    expires_at      timestamptz not null,
    attempts        integer     not null,
    used_at         timestamptz,

    constraint undertaking_codes_pkey primary key (organization_id, code_id),
    constraint undertaking_codes_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint undertaking_codes_text_fkey foreign key (organization_id, text_id)
        references governance.confidentiality_texts (organization_id, text_id),
    constraint undertaking_codes_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint undertaking_codes_digest_length check (octet_length(digest) = 32),
    constraint undertaking_codes_attempts_count check (attempts >= 0),
    constraint undertaking_codes_expires_after_sent check (expires_at > sent_at)
);
comment on table governance.undertaking_codes is
    'One-time codes by which the undertaking of confidentiality is signed: the digest of each, the address it went to in hidden form, and how often it was tried.';
create index undertaking_codes_user_index on governance.undertaking_codes
    (organization_id, alliance_id, user_id, sent_at);
select tenancy.isolate('governance.undertaking_codes', 'select, insert, update (attempts, used_at)');

alter table governance.confidentiality_undertakings
    add column proof text,
    drop constraint confidentiality_undertakings_way_known,
    add constraint confidentiality_undertakings_way_known check (way in ('drawn', 'code', 'paper')),
    drop constraint confidentiality_undertakings_signature_is_whole,
    add constraint confidentiality_undertakings_signature_is_whole check (
        (way = 'drawn') = (drawing is not null) and (way = 'code') = (proof is not null)
        and (way = 'paper') = (paper_file_id is not null));
comment on column governance.confidentiality_undertakings.proof is
    'The address to which the code went by which it was signed, most of it hidden.';

-- As in 0186, and without codes to sign undertakings.
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
        ('governance.undertaking_codes', 'Códigos de firma, de un solo uso.'),
        ('governance.alliance_exports', 'El historial de estas copias, que no cabe en ellas.'),
        ('membership.affiliate_uploads', 'Archivos del padrón de la entidad.'),
        ('membership.affiliates', 'El padrón de la entidad: de él van aparte los asociados.'),
        ('reporting.alliance_profiles', 'Se calcula de lo demás.'),
        ('reporting.obligation_states', 'Se calcula de lo demás.'),
        ('tenancy.jobs', 'Tareas del servidor.'),
        ('tenancy.users', 'Cuentas de la entidad: van aparte los nombres de quienes actuaron.')
$$;
