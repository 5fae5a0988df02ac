-- 0170 · governance · complaints
-- What users complain of (PQRD), without clinical data: a radicado without gap, the way to the entity with its proof, the
-- clock of its answer, and the alliance's own check of the correction. Who complains stands apart, with authorisation,
-- in a table that only the command which leaves an event reads. Terms and what may not be written are data.
-- Locks: none on existing tables. Undo: a later migration.

create table catalogue.complaint_terms (
    kind              text    not null,
    risk              text    not null,
    unit              text    not null,
    amount            integer not null,
    norm              text    not null,
    norm_is_confirmed boolean not null,
    source            text    not null,

    constraint complaint_terms_pkey primary key (kind, risk),
    constraint complaint_terms_unit_known check (unit in ('hours', 'business_days')),
    constraint complaint_terms_amount_counts check (amount between 1 and 2000),
    constraint complaint_terms_source_given check (source <> '')
);
comment on table catalogue.complaint_terms is
    'In how long an entity answers what users complain of, by kind and risk, with its norm and whether somebody confirmed it. Nothing is late by a term that nobody confirmed.';
grant select on catalogue.complaint_terms to alianzas_app, alianzas_identity, alianzas_control, alianzas_public;

create table catalogue.clinical_patterns (
    kind    text not null,
    pattern text not null,
    reason  text not null,

    constraint clinical_patterns_pkey primary key (kind, pattern),
    constraint clinical_patterns_kind_known check (kind in ('word', 'expression')),
    constraint clinical_patterns_reason_known check (reason in (
        'code', 'condition', 'medicine', 'procedure', 'document', 'contact')),
    constraint clinical_patterns_pattern_given check (pattern = btrim(pattern) and pattern <> '')
);
comment on table catalogue.clinical_patterns is
    'What nobody may write where a complaint is told: codes and names of diseases, medicines, procedures, numbers of documents. A word is compared folded, and one that ends in * is the beginning of others; an expression is one of the ICU library.';
grant select on catalogue.clinical_patterns to alianzas_app;

create table governance.complaint_books (
    organization_id uuid    not null,
    alliance_id     uuid    not null,
    year            integer not null,
    last_number     integer not null,

    constraint complaint_books_pkey primary key (organization_id, alliance_id, year),
    constraint complaint_books_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint complaint_books_last_number_counts check (last_number >= 0)
);
comment on table governance.complaint_books is
    'The last radicado of each alliance and year. A number is given in the transaction that files, under the lock of this row: without gap or repeat.';
select tenancy.isolate('governance.complaint_books', 'select, insert, update (last_number)');

create table governance.complaints (
    organization_id  uuid        not null,
    complaint_id     uuid        not null,
    alliance_id      uuid        not null,
    year             integer     not null,
    number           integer     not null,
    kind             text        not null,
    risk             text        not null,
    category         text        not null,
    entity           text        not null,
    place            text,
    occurred_on      date,
    account          text        not null,
    wish             text,
    channel          text        not null,
    is_anonymous     boolean     not null,
    state            text        not null,
    outcome          text,
    filed_at         timestamptz not null,
    recorded_by      uuid,
    transferred_at   timestamptz,
    due_at           timestamptz,
    due_is_confirmed boolean     not null,
    answered_at      timestamptz,
    closed_at        timestamptz,

    constraint complaints_pkey primary key (organization_id, complaint_id),
    constraint complaints_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint complaints_alliance_key unique (organization_id, complaint_id, alliance_id),
    constraint complaints_number_key unique (organization_id, alliance_id, year, number),
    constraint complaints_number_counts check (number >= 1),
    constraint complaints_kind_known check (kind in ('health_claim', 'complaint', 'request', 'suggestion', 'praise')),
    constraint complaints_risk_known check (risk in ('vital', 'priority', 'simple', 'none')),
    constraint complaints_risk_is_of_claims check ((kind = 'health_claim') = (risk <> 'none')),
    constraint complaints_category_known check (category in (
        'appointments', 'medicines', 'authorizations', 'examinations', 'emergencies', 'treatment', 'information',
        'transport', 'facilities', 'affiliation', 'charges', 'other')),
    constraint complaints_entity_is_trimmed check (entity = btrim(entity) and entity <> ''),
    constraint complaints_account_is_trimmed check (account = btrim(account) and account <> ''),
    constraint complaints_channel_known check (channel in ('page', 'in_person', 'phone', 'mail', 'paper', 'meeting')),
    constraint complaints_state_known check (state in ('filed', 'transferred', 'answered', 'reopened', 'closed')),
    constraint complaints_closed_has_outcome check ((state = 'closed') = (outcome is not null)
        and (state = 'closed') = (closed_at is not null)),
    constraint complaints_outcome_known check (outcome in ('corrected', 'partly', 'not_corrected', 'withdrawn', 'oriented')),
    constraint complaints_due_is_of_transfers check (due_at is null or transferred_at is not null),
    constraint complaints_confirmed_has_due check (not due_is_confirmed or due_at is not null)
);
comment on table governance.complaints is
    'What users complain of, ask or suggest (PQRD), by alliance, year and number. It holds no clinical data and names nobody; who complains, where they authorised it, stands in complainants.';
create index complaints_alliance_index on governance.complaints (organization_id, alliance_id, filed_at);
create index complaints_due_index on governance.complaints (organization_id, due_at)
    where state = 'transferred' and due_is_confirmed;
select tenancy.isolate('governance.complaints',
    'select, insert, update (kind, risk, state, outcome, transferred_at, due_at, due_is_confirmed, answered_at, closed_at)');

create table governance.complaint_steps (
    organization_id   uuid        not null,
    step_id           uuid        not null,
    complaint_id      uuid        not null,
    alliance_id       uuid        not null,
    is_reserved       boolean     not null,
    kind              text        not null,
    note              text        not null,
    happened_at       timestamptz not null,
    addressee         text,
    reference         text,
    due_at            timestamptz,
    term              text,
    term_is_confirmed boolean,
    verdict           text,
    file_id           uuid,
    recorded_at       timestamptz not null,
    recorded_by       uuid,

    constraint complaint_steps_pkey primary key (organization_id, step_id),
    constraint complaint_steps_complaint_fkey foreign key (organization_id, complaint_id, alliance_id)
        references governance.complaints (organization_id, complaint_id, alliance_id),
    constraint complaint_steps_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint complaint_steps_kind_known check (kind in (
        'filed', 'classified', 'transferred', 'answered', 'checked', 'reopened', 'closed', 'progress', 'analysis')),
    constraint complaint_steps_reserved_is_analysis check (not is_reserved or kind = 'analysis'),
    constraint complaint_steps_transferred_has_addressee check ((kind = 'transferred') = (addressee is not null)),
    constraint complaint_steps_verdict_known check (verdict in (
        'corrected', 'partly', 'not_corrected', 'withdrawn', 'oriented')),
    constraint complaint_steps_verdict_is_of_end check ((kind in ('checked', 'closed')) = (verdict is not null)),
    constraint complaint_steps_told check (kind in ('filed', 'transferred') or btrim(note) <> '')
);
comment on table governance.complaint_steps is
    'What became of a complaint, step by step: its way to the entity with proof and term, answers, the alliance''s own check. What the board analyses is its own. None is changed.';
create index complaint_steps_complaint_index on governance.complaint_steps (organization_id, complaint_id, recorded_at);
select tenancy.isolate('governance.complaint_steps', 'select, insert, update (is_reserved)');
select tenancy.reserve('governance.complaint_steps');

create table governance.complainants (
    organization_id uuid        not null,
    complaint_id    uuid        not null,
    alliance_id     uuid        not null,
    user_id         uuid,
    name            text,
    document        text,
    contact         text,
    authorised_on   date,
    authorised_how  text,
    recorded_at     timestamptz not null,

    constraint complainants_pkey primary key (organization_id, complaint_id),
    constraint complainants_complaint_fkey foreign key (organization_id, complaint_id, alliance_id)
        references governance.complaints (organization_id, complaint_id, alliance_id),
    constraint complainants_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id),
    constraint complainants_name_is_authorised check ((name is null) = (authorised_on is null)
        and (name is null) = (authorised_how is null)
        and (name is not null or (document is null and contact is null))),
    constraint complainants_are_somebody check (name is not null or user_id is not null),
    constraint complainants_authorised_how_known check (authorised_how in ('paper', 'page', 'in_person', 'phone'))
);
comment on table governance.complainants is
    'Who complains, where they authorised it (Ley 1581 de 2012), and by which account a member finds their own. Read by the command that leaves an event with its purpose, and by members of their own.';
create index complainants_user_index on governance.complainants (organization_id, user_id);
select tenancy.isolate('governance.complainants', 'select, insert');

create table governance.complaint_terms (
    organization_id   uuid        not null,
    term_id           uuid        not null,
    kind              text        not null,
    risk              text        not null,
    unit              text        not null,
    amount            integer     not null,
    norm              text        not null,
    set_at            timestamptz not null,
    set_by            uuid,
    withdrawn_at      timestamptz,
    withdrawn_by      uuid,
    withdrawal_reason text,

    constraint complaint_terms_pkey primary key (organization_id, term_id),
    constraint complaint_terms_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint complaint_terms_unit_known check (unit in ('hours', 'business_days')),
    constraint complaint_terms_amount_counts check (amount between 1 and 2000),
    constraint complaint_terms_norm_given check (norm = btrim(norm) and norm <> ''),
    constraint complaint_terms_withdrawn_has_reason check ((withdrawn_at is null) = (withdrawal_reason is null))
);
comment on table governance.complaint_terms is
    'Terms of answer that an entity confirmed for its alliances, with the norm or procedure that orders them. The latest that was not withdrawn counts, else the catalogue''s.';
create index complaint_terms_kind_index on governance.complaint_terms (organization_id, kind, risk, set_at);
select tenancy.isolate('governance.complaint_terms',
    'select, insert, update (withdrawn_at, withdrawn_by, withdrawal_reason)');

create table governance.complaint_receipts (
    organization_id   uuid        not null,
    complaint_id      uuid        not null,
    alliance_id       uuid        not null,
    municipality_code text        not null,
    is_public         boolean     not null,
    receipt_digest    bytea       not null,
    filing_number     text        not null,
    state             text        not null,
    outcome           text,
    filed_at          timestamptz not null,
    transferred_at    timestamptz,
    answered_at       timestamptz,
    closed_at         timestamptz,

    constraint complaint_receipts_pkey primary key (organization_id, complaint_id),
    constraint complaint_receipts_digest_length check (octet_length(receipt_digest) = 32)
);
comment on table governance.complaint_receipts is
    'Projection: where a complaint stands, for whoever has the code that its filing gave. It tells nothing of what happened nor of whom.';
create index complaint_receipts_digest_index on governance.complaint_receipts (organization_id, receipt_digest);
select tenancy.isolate('governance.complaint_receipts',
    'select, insert, update (state, outcome, transferred_at, answered_at, closed_at)');
select tenancy.project('governance.complaint_receipts');
grant usage on schema governance to alianzas_control, alianzas_public;
