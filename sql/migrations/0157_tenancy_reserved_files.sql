-- 0157 · tenancy · files of the alliance's own space
-- What comes with a meeting that a board keeps to itself (scans, evidence, sealed minutes) is walled as the meeting is:
-- whoever is not on the board finds neither the file nor its place in the register of documents.
-- Locks: tenancy.files and tenancy.documents, for as long as their rows are written. Undo: a later migration.

alter table tenancy.files
    add column is_reserved boolean not null default false,
    add constraint files_reserved_is_an_alliances check (not is_reserved or alliance_id is not null);
comment on column tenancy.files.is_reserved is 'Whether it is the board''s own, until the board shares it.';
select tenancy.reserve('tenancy.files');
grant update (is_reserved) on tenancy.files to alianzas_app;

alter table tenancy.documents
    add column is_reserved boolean not null default false,
    add constraint documents_reserved_is_an_alliances check (not is_reserved or alliance_id is not null);
comment on column tenancy.documents.is_reserved is
    'Whether it is the board''s own. Whoever holds its code still learns whether it is what was issued.';
select tenancy.reserve('tenancy.documents');
grant update (is_reserved) on tenancy.documents to alianzas_app;

-- What is there already, of meetings that are still reserved.
update tenancy.files set is_reserved = true
where (organization_id, file_id) in (
    select meetings.organization_id, kept.file_id
    from governance.meetings
    cross join lateral (
        select file_id from governance.attendance_scans as scans
        where scans.organization_id = meetings.organization_id and scans.meeting_id = meetings.meeting_id
        union all
        select seals.file_id from governance.minutes_seals as seals
        join governance.minutes_drafts as drafts on drafts.organization_id = seals.organization_id
            and drafts.minutes_id = seals.minutes_id
        where seals.organization_id = meetings.organization_id and drafts.meeting_id = meetings.meeting_id
        union all
        select signers.paper_file_id from governance.minutes_signers as signers
        join governance.minutes_drafts as drafts on drafts.organization_id = signers.organization_id
            and drafts.minutes_id = signers.minutes_id
        where signers.organization_id = meetings.organization_id and drafts.meeting_id = meetings.meeting_id
    ) as kept
    where meetings.is_reserved and kept.file_id is not null);
update tenancy.documents set is_reserved = true
where (organization_id, file_id) in (
    select organization_id, file_id from tenancy.files where is_reserved);
