-- 0054 · tenancy · issued documents
-- The register of the documents that were issued here, each with the code that stands on it and the SHA-256 of its
-- file, so that anybody who holds one learns whether it is what was issued. The register names no person: who
-- holds a code sees what the paper is, whose, of which day, and its digest. What is published, words and all, lies in
-- reporting.published_documents.
-- And the space that a file belongs to, in which the right to open it is asked.
-- Locks: tenancy.files, for a moment. Undo: a later migration.

alter table tenancy.files add column alliance_id uuid;
alter table tenancy.files add column process_id uuid;
alter table tenancy.files add constraint files_alliance_fkey foreign key (organization_id, alliance_id)
    references tenancy.alliances (organization_id, alliance_id);

create table tenancy.documents (
    organization_id   uuid        not null,
    document_id       uuid        not null,
    code              text        not null,
    kind              text        not null,
    title             text        not null,
    issuer            text        not null,
    subject_id        text        not null,
    version           integer     not null,
    words_digest      bytea       not null,
    sha256            bytea       not null,
    file_id           uuid        not null,
    alliance_id       uuid,
    process_id        uuid,
    municipality_code text        not null,
    is_public         boolean     not null,
    place             text,
    dated_on          date        not null,
    issued_at         timestamptz not null,
    issued_by         uuid,
    withdrawn_at      timestamptz,
    withdrawal        text,

    constraint documents_pkey primary key (organization_id, document_id),
    constraint documents_code_key unique (organization_id, code),
    constraint documents_version_key unique (organization_id, kind, subject_id, version),
    constraint documents_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint documents_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint documents_municipality_fkey foreign key (municipality_code)
        references catalogue.municipalities (municipality_code),
    constraint documents_code_shape check (code ~ '^[2-9a-hjkmnp-z]{5}(-[2-9a-hjkmnp-z]{5}){2}$'),
    constraint documents_kind_shape check (kind ~ '^[a-z]+(-[a-z]+)*$'),
    constraint documents_title_is_trimmed check (title = btrim(title) and title <> '' and length(title) <= 200),
    constraint documents_version_counts check (version >= 1),
    constraint documents_words_length check (octet_length(words_digest) = 32),
    constraint documents_digest_length check (octet_length(sha256) = 32),
    constraint documents_place_is_ours check (place ^@ '/' and not place ^@ '//'),
    constraint documents_withdrawal_has_reason check ((withdrawn_at is null) = (withdrawal is null))
);
comment on table tenancy.documents is
    'Documents issued here, by the code that stands on them. A later version takes the place of the one before; none is removed.';
create index documents_code_index on tenancy.documents (code);
create index documents_digest_index on tenancy.documents (sha256);
create index documents_place_index on tenancy.documents (organization_id, issued_at);
select tenancy.isolate('tenancy.documents', 'select, insert, update (withdrawn_at, withdrawal)');
select tenancy.project('tenancy.documents');
