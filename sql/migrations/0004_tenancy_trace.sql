-- 0004 · tenancy · trace, outbox, jobs
-- The audit chain, the keys of requests already carried out, what is to leave the database, and
-- long work. The serving role appends to the chain through one definer function and can neither write nor
-- change an event by itself.
-- Locks: none. Undo: a later migration.

create table tenancy.audit_heads (
    organization_id uuid   not null,
    stream_id       uuid   not null,
    kind            text   not null,
    sequence        bigint not null,
    hash            bytea  not null,

    constraint audit_heads_pkey primary key (organization_id, stream_id),
    constraint audit_heads_kind_known check (kind in ('office', 'alliance', 'process')),
    constraint audit_heads_sequence_counts check (sequence >= 0),
    constraint audit_heads_hash_length check (octet_length(hash) = 32)
);
comment on table tenancy.audit_heads is
    'The last link of each chain of events: the office''s, each alliance''s, each electoral process''s.';
select tenancy.isolate('tenancy.audit_heads', 'select');

create table tenancy.audit_events (
    organization_id uuid        not null,
    stream_id       uuid        not null,
    sequence        bigint      not null,
    event_id        uuid        not null,
    happened_at     timestamptz not null,
    actor_kind      text        not null,
    actor_id        uuid,
    action          text        not null,
    subject_id      text,
    commitment      bytea,
    hash            bytea       not null,

    constraint audit_events_pkey primary key (organization_id, stream_id, sequence),
    constraint audit_events_event_key unique (organization_id, event_id),
    constraint audit_events_sequence_counts check (sequence >= 1),
    constraint audit_events_actor_known check (actor_kind in ('user', 'terminal', 'system')),
    constraint audit_events_actor_named check ((actor_kind = 'user') = (actor_id is not null)),
    constraint audit_events_action_shape check (action ~ '^[a-z_]+(\.[a-z_]+)+$'),
    constraint audit_events_commitment_length check (octet_length(commitment) = 32),
    constraint audit_events_hash_length check (octet_length(hash) = 32)
);
comment on table tenancy.audit_events is
    'What was done, by whom and when, each event bound to the one before by its hash. Ids and salted commitments only: personal data can be purged and the chain still verifies.';
create index audit_events_subject_index on tenancy.audit_events (organization_id, subject_id);
select tenancy.isolate('tenancy.audit_events', 'select');

create table tenancy.audit_details (
    organization_id uuid  not null,
    event_id        uuid  not null,
    salt            bytea not null,
    details         text  not null,

    constraint audit_details_pkey primary key (organization_id, event_id),
    constraint audit_details_event_fkey foreign key (organization_id, event_id)
        references tenancy.audit_events (organization_id, event_id),
    constraint audit_details_salt_length check (octet_length(salt) = 16)
);
comment on table tenancy.audit_details is
    'The words of an event, which its commitment fixes (SHA-256 of salt and details). A purge removes the row; the chain stands.';
select tenancy.isolate('tenancy.audit_details', 'select, insert, delete');

create function tenancy.append_audit_event(
    organization uuid, stream uuid, stream_kind text, event uuid, at timestamptz, actor_kind text, actor uuid,
    action text, subject text, commitment bytea)
returns table (sequence bigint, hash bytea)
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    head tenancy.audit_heads;
    next_hash bytea;
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the event belongs to another tenant' using errcode = '42501';
    end if;
    insert into tenancy.audit_heads (organization_id, stream_id, kind, sequence, hash)
    values (organization, stream, stream_kind, 0, sha256(convert_to(stream::text, 'UTF8')))
    on conflict on constraint audit_heads_pkey do nothing;
    select * into head from tenancy.audit_heads as heads
    where heads.organization_id = organization and heads.stream_id = stream
    for update;
    next_hash := sha256(head.hash || convert_to(
        tenancy.canonical(
            stream::text, (head.sequence + 1)::text, event::text,
            (extract(epoch from at) * 1000000)::bigint::text,
            actor_kind, actor::text, action, subject, encode(commitment, 'hex')),
        'UTF8'));
    insert into tenancy.audit_events (
        organization_id, stream_id, sequence, event_id, happened_at, actor_kind, actor_id, action, subject_id,
        commitment, hash)
    values (
        organization, stream, head.sequence + 1, event, at, actor_kind, actor, action, subject, commitment,
        next_hash);
    update tenancy.audit_heads as heads set sequence = head.sequence + 1, hash = next_hash
    where heads.organization_id = organization and heads.stream_id = stream;
    return query select head.sequence + 1, next_hash;
end
$$;
comment on function tenancy.append_audit_event is
    'Appends an event to a chain of the tenant in scope: the only way in. Called last in a transaction, it holds the chain''s head for as short as can be.';
grant execute on function tenancy.append_audit_event to alianzas_app;
grant execute on function tenancy.canonical to alianzas_app;

create table tenancy.audit_anchors (
    organization_id uuid        not null,
    stream_id       uuid        not null,
    sequence        bigint      not null,
    hash            bytea       not null,
    medium          text        not null,
    anchored_at     timestamptz not null,

    constraint audit_anchors_pkey primary key (organization_id, stream_id, sequence, medium),
    constraint audit_anchors_event_fkey foreign key (organization_id, stream_id, sequence)
        references tenancy.audit_events (organization_id, stream_id, sequence),
    constraint audit_anchors_medium_known check (medium in ('file', 'mail', 'minutes'))
);
comment on table tenancy.audit_anchors is
    'Where a link was told to the outside: without an anchor an owner of the database could rewrite a chain.';
select tenancy.isolate('tenancy.audit_anchors', 'select, insert');

create table tenancy.requests (
    organization_id uuid        not null,
    request_id      uuid        not null,
    command         text        not null,
    requested_at    timestamptz not null,

    constraint requests_pkey primary key (organization_id, request_id)
);
comment on table tenancy.requests is
    'The keys of requests that were carried out: a double click or a resend does the thing once.';
select tenancy.isolate('tenancy.requests', 'select, insert');

create table tenancy.outbox (
    organization_id uuid        not null,
    message_id      uuid        not null,
    topic           text        not null,
    subject_id      text        not null,
    payload         jsonb       not null,
    posted_at       timestamptz not null,
    attempts        integer     not null,
    next_attempt_at timestamptz not null,
    delivered_at    timestamptz,
    failure         text,

    constraint outbox_pkey primary key (organization_id, message_id),
    constraint outbox_attempts_counts check (attempts >= 0)
);
comment on table tenancy.outbox is
    'What is to happen outside of the transaction that caused it: projections, mails, copies to another tenant.';
create index outbox_pending_index on tenancy.outbox (organization_id, next_attempt_at) where delivered_at is null;
select tenancy.isolate('tenancy.outbox', 'select, insert, update (attempts, next_attempt_at, delivered_at, failure)');

create table tenancy.jobs (
    organization_id uuid        not null,
    job_id          uuid        not null,
    kind            text        not null,
    alliance_id     uuid,
    payload         jsonb       not null,
    state           text        not null,
    done_units      bigint      not null,
    total_units     bigint,
    phase           text        not null,
    result          jsonb,
    failure         text,
    requested_by    uuid,
    requested_at    timestamptz not null,
    started_at      timestamptz,
    beat_at         timestamptz,
    finished_at     timestamptz,

    constraint jobs_pkey primary key (organization_id, job_id),
    constraint jobs_state_known check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    constraint jobs_progress_counts check (done_units >= 0 and (total_units is null or total_units >= 0))
);
comment on table tenancy.jobs is
    'Long work with its progress: imports, rolls, documents. A job whose beat stopped is taken up again.';
create index jobs_open_index on tenancy.jobs (organization_id, requested_at) where state in ('waiting', 'running');
select tenancy.isolate('tenancy.jobs', 'select, insert, update');
