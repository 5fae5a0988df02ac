-- 0055 · tenancy · verifications of the chains
-- When each chain was last reckoned anew, link by link, and what was found: the log's page tells it, so that nobody
-- has to take the word of the server for it. And the order of events over all chains of a tenant.
-- Locks: tenancy.audit_events, while the index is made. Undo: a later migration.

create table tenancy.audit_verifications (
    organization_id uuid        not null,
    verification_id uuid        not null,
    stream_id       uuid        not null,
    verified_at     timestamptz not null,
    links           bigint      not null,
    head            bytea       not null,
    anchored        bigint      not null,
    broken_at       bigint,
    fault           text,
    asked_by        uuid,

    constraint audit_verifications_pkey primary key (organization_id, verification_id, stream_id),
    constraint audit_verifications_links_count check (links >= 0),
    constraint audit_verifications_anchored_within check (anchored >= 0),
    constraint audit_verifications_head_length check (octet_length(head) = 32),
    constraint audit_verifications_fault_known check (
        fault in ('missing', 'altered', 'details', 'anchor', 'cut_off', 'head')),
    constraint audit_verifications_fault_has_place check ((fault is null) = (broken_at is null))
);
comment on table tenancy.audit_verifications is
    'What each verification of a chain found, link by link. None is changed or removed.';
create index audit_verifications_time_index on tenancy.audit_verifications (organization_id, verified_at);
select tenancy.isolate('tenancy.audit_verifications', 'select, insert');

create index audit_events_time_index on tenancy.audit_events (organization_id, happened_at);
