-- 0207 · governance · terms of letters that an entity confirmed
-- In how long letters are answered, as an entity confirmed it for its alliances with the norm or procedure that orders it.
-- The latest that was not withdrawn counts, else the catalogue's; what was delivered before keeps what it was told.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.letter_terms (
    organization_id   uuid        not null,
    term_id           uuid        not null,
    code              text        not null,
    business_days     integer     not null,
    norm              text        not null,
    set_at            timestamptz not null,
    set_by            uuid,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint letter_terms_pkey primary key (organization_id, term_id),
    constraint letter_terms_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint letter_terms_code_fkey foreign key (code) references catalogue.letter_terms (code),
    constraint letter_terms_days_count check (business_days between 1 and 365),
    constraint letter_terms_norm_given check (norm = btrim(norm) and norm <> ''),
    constraint letter_terms_withdrawn_has_reason check (
        (withdrawn_at is null) = (withdrawal_reason is null) and btrim(withdrawal_reason) <> '')
);
comment on table governance.letter_terms is
    'Terms of answer to letters that an entity confirmed for its alliances, with the norm or procedure that orders them. The latest that was not withdrawn counts, else the catalogue''s.';
create index letter_terms_code_index on governance.letter_terms (organization_id, code, set_at);
select tenancy.isolate('governance.letter_terms',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');
