-- 0212 · governance · public statements on the citizen's page
-- A board publishes a statement (comunicado) that was issued: anybody then reads it with those to whom it went and what
-- each of them answered, or since when nothing came. It may be taken back, with the reason. A publication refers to its
-- letter together with the facts that it is a statement, was issued, and is shared.
-- Locks: governance.letters, for as long as an index is built. Undo: a later migration.

alter table governance.letters
    add constraint letters_publication_key unique (
        organization_id, letter_id, alliance_id, kind, state, is_reserved);

create table governance.statement_publications (
    organization_id   uuid        not null,
    publication_id    uuid        not null,
    letter_id         uuid        not null,
    alliance_id       uuid        not null,
    kind              text        not null,
    state             text        not null,
    letter_is_reserved boolean    not null,
    published_at      timestamptz not null,
    published_by      uuid,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint statement_publications_pkey primary key (organization_id, publication_id),
    constraint statement_publications_letter_fkey foreign key (
        organization_id, letter_id, alliance_id, kind, state, letter_is_reserved)
        references governance.letters (organization_id, letter_id, alliance_id, kind, state, is_reserved),
    constraint statement_publications_is_issued_statement check (
        kind = 'statement' and state = 'issued' and not letter_is_reserved),
    constraint statement_publications_withdrawn_has_reason check (
        (withdrawn_at is null) = (withdrawal_reason is null) and btrim(withdrawal_reason) <> '')
);
comment on table governance.statement_publications is
    'Which public statements a board has on the citizen''s page, since when, and why one was taken back.';
create unique index statement_publications_current_key on governance.statement_publications
    (organization_id, letter_id) where withdrawn_at is null;
create index statement_publications_alliance_index on governance.statement_publications
    (organization_id, alliance_id, published_at);
select tenancy.isolate('governance.statement_publications',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');

create table reporting.published_statements (
    organization_id   uuid        not null,
    statement_id      uuid        not null,
    alliance_id       uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    number            text        not null,
    subject           text        not null,
    body              text        not null,
    signers           text[]      not null,
    issued_on         date        not null,
    addressees        jsonb       not null,
    published_at      timestamptz not null,

    constraint published_statements_pkey primary key (organization_id, statement_id)
);
comment on table reporting.published_statements is
    'Projection: public statements as anybody reads them. addressees: to whom it went, since when they have it, and what they answered.';
create index published_statements_alliance_index on reporting.published_statements
    (organization_id, alliance_id, issued_on);
select tenancy.isolate('reporting.published_statements',
    'select, insert, update (is_public, addressees, published_at)');
select tenancy.project('reporting.published_statements');
