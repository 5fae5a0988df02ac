-- 0056 · membership · uploads
-- Files of affiliates that somebody sent through the pages: received, checked, and confirmed or given up.
-- What was merged stands in membership.import_batches, under the same identifier.
-- Locks: membership.import_batches and membership.applications, for a moment. Undo: a later migration.

create table membership.affiliate_uploads (
    organization_id uuid        not null,
    batch_id        uuid        not null,
    file_name       text        not null,
    byte_count      bigint      not null,
    sha256          bytea       not null,
    cutoff_on       date        not null,
    state           text        not null,
    job_id          uuid        not null,
    preview         jsonb,
    confirmed_by    uuid,
    uploaded_by     uuid,
    uploaded_at     timestamptz not null,

    constraint affiliate_uploads_pkey primary key (organization_id, batch_id),
    constraint affiliate_uploads_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id),
    constraint affiliate_uploads_job_fkey foreign key (organization_id, job_id)
        references tenancy.jobs (organization_id, job_id),
    constraint affiliate_uploads_state_known check (
        state in ('received', 'checked', 'confirmed', 'merged', 'discarded')),
    constraint affiliate_uploads_bytes_count check (byte_count >= 0),
    constraint affiliate_uploads_checked_has_preview check (
        (state in ('checked', 'confirmed')) = (preview is not null))
);
comment on table membership.affiliate_uploads is
    'Files of affiliates sent through the pages, from their receipt until they are merged or given up; the preview holds what the check found while it is open.';
select tenancy.isolate('membership.affiliate_uploads', 'select, insert, update');

-- An import is undone by long work, too: the page finds it by its job, and tells who asked.
alter table membership.import_batches add column undo_job_id uuid;
alter table membership.import_batches add column undone_by uuid;
alter table membership.import_batches add constraint import_batches_undo_job_fkey
    foreign key (organization_id, undo_job_id) references tenancy.jobs (organization_id, job_id);
grant update (undo_job_id, undone_by) on membership.import_batches to alianzas_app;

-- People whom an import brought go when it is undone, unless something refers to them: each reference is
-- looked up by the person, and this is the only table that could not.
create index applications_person_index on membership.applications (organization_id, person_id);
