-- 0276 · governance · the scan of a signature on paper is seen before it counts
-- A scan that was attached by mistake as the last signature sealed minutes at once, for good. It is now kept apart, and
-- signs once somebody who saw it said that it is the one; until the seal, who attached it may bring another, and the
-- last that was confirmed is the one of the signature.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.minutes_scans (
    organization_id uuid        not null,
    scan_id         uuid        not null,
    signer_id       uuid        not null,
    minutes_id      uuid        not null,
    alliance_id     uuid        not null,
    is_reserved     boolean     not null,
    file_id         uuid        not null,
    dated_on        date        not null,
    attached_at     timestamptz not null,
    attached_by     uuid,
    confirmed_at    timestamptz,

    constraint minutes_scans_pkey primary key (organization_id, scan_id),
    constraint minutes_scans_draft_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred,
    constraint minutes_scans_signer_fkey foreign key (organization_id, signer_id)
        references governance.minutes_signers (organization_id, signer_id),
    constraint minutes_scans_file_fkey foreign key (organization_id, file_id)
        references tenancy.files (organization_id, file_id),
    constraint minutes_scans_confirmed_after_attached check (confirmed_at >= attached_at)
);
comment on table governance.minutes_scans is
    'Scans of signatures on paper, before and after somebody said that they are the ones; of each signer the last one that was confirmed counts.';
create index minutes_scans_signer_index on governance.minutes_scans (organization_id, signer_id, attached_at);
create index minutes_scans_minutes_index on governance.minutes_scans (organization_id, minutes_id);
create index minutes_scans_file_index on governance.minutes_scans (organization_id, file_id);
select tenancy.isolate('governance.minutes_scans', 'select, insert, update (confirmed_at, is_reserved)');
select tenancy.reserve('governance.minutes_scans');
create policy confirmed_stays on governance.minutes_scans as restrictive for update to alianzas_app
    using (confirmed_at is null or is_reserved) with check (true);

create or replace function governance.file_is_bound(organization uuid, file uuid)
returns boolean
language sql stable
as $$
    select exists (
            select from tenancy.files
            where files.organization_id = organization and files.file_id = file and files.process_id is not null)
        or exists (
            select from tenancy.documents
            where documents.organization_id = organization and documents.file_id = file)
        or exists (
            select from governance.minutes_seals as seals
            where seals.organization_id = organization and seals.file_id = file)
        or exists (
            select from governance.minutes_seals as seals
            where seals.organization_id = organization and seals.redacted_file_id = file)
        or exists (
            select from governance.minutes_signers as signers
            where signers.organization_id = organization and signers.paper_file_id = file)
        or exists (
            select from governance.minutes_scans as scans
            where scans.organization_id = organization and scans.file_id = file
                and scans.confirmed_at is not null)
        or exists (
            select from governance.handover_signers as signers
            where signers.organization_id = organization and signers.paper_file_id = file)
$$;

insert into catalogue.copied_tables (relation, condition, columns, left_out, reason)
values
    ('governance.minutes_scans', 't.alliance_id = $2',
        '{scan_id,signer_id,minutes_id,alliance_id,is_reserved,file_id,dated_on,attached_at,attached_by,confirmed_at}',
        '{}', null);
