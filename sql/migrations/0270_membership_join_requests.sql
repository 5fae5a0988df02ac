-- 0270 · membership · requests to join that people make by themselves
-- Who asks on the public page is believed nothing: what they typed stands apart from the register until it names the same
-- person, or somebody of the office says that it does. Only then it is an application.
-- Locks: none on existing tables but catalogue.copied_tables. Undo: a later migration.

create table membership.join_requests (
    organization_id   uuid        not null,
    request_id        uuid        not null,
    alliance_id       uuid        not null,
    document_type     text,
    document_number   text,
    name              text,
    birth_date        date,
    phone             text,
    email             text,
    personal_text_id  uuid        not null,
    sensitive_text_id uuid,
    receipt_digest    bytea       not null,
    requested_on      date        not null,
    recorded_at       timestamptz not null,
    application_id    uuid,
    closed_on         date,
    closed_by         uuid,
    close_reason      text,
    erased_on         date,

    constraint join_requests_pkey primary key (organization_id, request_id),
    constraint join_requests_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint join_requests_personal_text_fkey foreign key (organization_id, personal_text_id)
        references membership.consent_texts (organization_id, consent_text_id),
    constraint join_requests_sensitive_text_fkey foreign key (organization_id, sensitive_text_id)
        references membership.consent_texts (organization_id, consent_text_id),
    constraint join_requests_application_fkey foreign key (organization_id, application_id)
        references membership.applications (organization_id, application_id),
    -- The code is all that whoever asks has: one code is one request.
    constraint join_requests_receipt_key unique (organization_id, receipt_digest),
    constraint join_requests_application_key unique (organization_id, application_id),
    constraint join_requests_digest_length check (octet_length(receipt_digest) = 32),
    -- What was typed is kept whole, with a way to answer, or is erased whole.
    constraint join_requests_typed_or_erased check (
        case when erased_on is null
            then num_nonnulls(document_type, document_number, name, birth_date) = 4 and num_nonnulls(phone, email) > 0
            else num_nonnulls(document_type, document_number, name, birth_date, phone, email) = 0
        end),
    constraint join_requests_name_given check (name = btrim(name) and name <> '' and length(name) <= 160),
    constraint join_requests_close_is_whole check ((closed_on is null) = (close_reason is null)),
    constraint join_requests_close_reason_given check (close_reason = btrim(close_reason) and close_reason <> ''),
    constraint join_requests_one_answer check (num_nonnulls(application_id, closed_on) < 2),
    -- Nothing waits without the data that it is decided by.
    constraint join_requests_erased_is_over check (
        erased_on is null or num_nonnulls(application_id, closed_on) = 1),
    constraint join_requests_dates_follow check (
        coalesce(closed_on, requested_on) >= requested_on and coalesce(erased_on, requested_on) >= requested_on)
);
comment on table membership.join_requests is
    'Requests to join that people make by themselves on the public page, as they typed them, with the texts that they agreed to; application_id once the register has the same person.';
create index join_requests_open_index on membership.join_requests (organization_id, alliance_id, requested_on)
    where application_id is null and closed_on is null;
select tenancy.isolate('membership.join_requests',
    'select, insert, update (document_type, document_number, name, birth_date, phone, email, application_id, closed_on, closed_by, close_reason, erased_on)');

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values
    ('membership.join_requests', null, '{}', '{}',
        'Lo que escribieron personas que no son todavía de la alianza, o que el padrón tiene por su lado.');
