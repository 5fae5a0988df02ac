-- 0096 · tenancy · upkeep
-- When each daily chore was last done for each tenant, or why it was not: what fails is tried again the same day, and
-- people hear of it. The chains whose last verification failed, found without reading all verifications. And which
-- migrations were applied, for the serving role: the program compares them with its own before it serves a server that
-- it does not own.
-- Locks: tenancy.audit_verifications, while the index is made. Undo: a later migration.

create table tenancy.chores (
    organization_id uuid        not null,
    chore           text        not null,
    done_on         date,
    done_at         timestamptz,
    failed_at       timestamptz,
    failure         text,

    constraint chores_pkey primary key (organization_id, chore),
    constraint chores_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint chores_chore_known check (chore in ('forget_traces', 'anchor', 'verify', 'forget_messages')),
    constraint chores_end_is_dated check ((done_on is null) = (done_at is null)),
    constraint chores_failure_is_told check ((failed_at is null) = (failure is null))
);
comment on table tenancy.chores is
    'When each daily chore was last done for the tenant, and since when and why it fails.';
select tenancy.isolate('tenancy.chores', 'select, insert, update');

create index audit_verifications_fault_index on tenancy.audit_verifications (organization_id, stream_id, verified_at)
    where fault is not null;
create index outbox_failing_index on tenancy.outbox (organization_id, topic)
    where delivered_at is null and attempts > 4;

grant select on public.migrations to alianzas_app;
