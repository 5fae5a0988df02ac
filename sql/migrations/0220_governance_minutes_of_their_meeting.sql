-- 0220 · governance · minutes are as reserved as their meeting, and what is approved is one version
-- Minutes from paper of a meeting that the board keeps to itself, and their scans, were open: the reserve of minutes is
-- now their meeting's by a key, and that of their papers theirs. A decision that approves minutes says which version:
-- a later one needs a decision of its own.
-- Locks: governance.minutes, governance.papers, governance.decisions and tenancy.files, for as long as their rows are
-- written. Undo: a later migration.

update governance.minutes set is_reserved = true
from governance.meetings
where meetings.organization_id = minutes.organization_id and meetings.meeting_id = minutes.meeting_id
    and meetings.is_reserved and not minutes.is_reserved;
alter table governance.minutes drop constraint minutes_meeting_fkey;
alter table governance.minutes
    add constraint minutes_meeting_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred;
alter table governance.minutes
    add constraint minutes_reserved_key unique (organization_id, minutes_id, alliance_id, is_reserved);

alter table governance.papers add column is_reserved boolean not null default false;
update governance.papers set is_reserved = true
from governance.minutes
where minutes.organization_id = papers.organization_id and minutes.minutes_id = papers.minutes_id
    and minutes.is_reserved;
alter table governance.papers drop constraint papers_minutes_fkey;
alter table governance.papers
    add constraint papers_minutes_fkey foreign key (organization_id, minutes_id, alliance_id, is_reserved)
        references governance.minutes (organization_id, minutes_id, alliance_id, is_reserved)
        deferrable initially deferred;
alter table governance.papers
    add constraint papers_reserved_is_of_minutes check (not is_reserved or minutes_id is not null);
comment on column governance.papers.is_reserved is 'Whether it is the board''s own, as the minutes are that it is of.';
grant update (is_reserved) on governance.papers to alianzas_app;
select tenancy.reserve('governance.papers');

update tenancy.files set is_reserved = true
where (organization_id, file_id) in (
    select organization_id, file_id from governance.papers where is_reserved);

alter table governance.decisions add column approves_version integer;
-- What was decided before was decided on the version that was out then: the one that was approved, or the latest.
update governance.decisions set approves_version = drafts.version
from governance.minutes_drafts as drafts
where drafts.organization_id = decisions.organization_id and drafts.minutes_id = decisions.approves_minutes_id
    and drafts.meeting_id <> decisions.meeting_id and drafts.version > 0;
alter table governance.decisions
    add constraint decisions_version_is_of_minutes check (
        approves_version is null or approves_minutes_id is not null);
alter table governance.decisions
    add constraint decisions_version_fkey foreign key (organization_id, approves_minutes_id, approves_version)
        references governance.minutes_versions (organization_id, minutes_id, version);
comment on column governance.decisions.approves_version is
    'The version of the minutes that was approved; null for those of the same session, whose text is that of the first version.';
