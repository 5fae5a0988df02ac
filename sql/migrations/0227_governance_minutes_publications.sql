-- 0227 · governance · minutes that a board publishes
-- To share a meeting with the entity is one thing, to publish its minutes to every citizen another. Minutes of meetings
-- that were never reserved are published when they are sealed, as before; those of a meeting that a board kept to itself
-- and then shared, when the board says so.
-- What stands on a public page already stays there and counts as published: it cannot be unread.
-- Locks: governance.meetings, for a moment. Undo: a later migration.

alter table governance.meetings
    add column shared_at timestamptz,
    add constraint meetings_shared_is_not_reserved check (shared_at is null or not is_reserved);
comment on column governance.meetings.shared_at is
    'When the board shared with the entity what it had kept to itself; null for one that never was reserved, or is.';
grant update (shared_at) on governance.meetings to alianzas_app;

update governance.meetings set shared_at = shared.happened_at
from (
    select organization_id, subject_id, min(happened_at) as happened_at from tenancy.audit_events
    where action = 'governance.meeting.shared'
    group by organization_id, subject_id
) as shared
where shared.organization_id = meetings.organization_id and shared.subject_id = meetings.meeting_id::text
    and not meetings.is_reserved;

create table governance.minutes_publications (
    organization_id      uuid        not null,
    minutes_id           uuid        not null,
    alliance_id          uuid        not null,
    minutes_are_reserved boolean     not null default false,
    published_at         timestamptz not null,
    published_by         uuid,

    constraint minutes_publications_pkey primary key (organization_id, minutes_id),
    constraint minutes_publications_seal_fkey foreign key (organization_id, minutes_id)
        references governance.minutes_seals (organization_id, minutes_id),
    constraint minutes_publications_shared_fkey
        foreign key (organization_id, minutes_id, alliance_id, minutes_are_reserved)
        references governance.minutes_drafts (organization_id, minutes_id, alliance_id, is_reserved),
    constraint minutes_publications_are_shared check (not minutes_are_reserved)
);
comment on table governance.minutes_publications is
    'Sealed minutes of a meeting that was the board''s own, which the board published to every citizen. What is reserved cannot be; nothing is taken back.';
select tenancy.isolate('governance.minutes_publications', 'select, insert');

insert into governance.minutes_publications (organization_id, minutes_id, alliance_id, published_at)
select seals.organization_id, seals.minutes_id, seals.alliance_id, documents.published_at
from governance.minutes_seals as seals
join governance.minutes_drafts as drafts on drafts.organization_id = seals.organization_id
    and drafts.minutes_id = seals.minutes_id
join governance.meetings on meetings.organization_id = drafts.organization_id
    and meetings.meeting_id = drafts.meeting_id and meetings.shared_at is not null
join reporting.published_documents as documents on documents.organization_id = seals.organization_id
    and documents.document_id = seals.minutes_id;
