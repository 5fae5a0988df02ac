-- 0275 · governance · whether minutes are published is decided
-- Sealed minutes stood on the citizen's page by themselves; only those of a meeting that its board had kept to itself
-- were published by an act. Now all are: somebody publishes the version without names, or decides not to and says why,
-- or takes it back. Each decision is a row, and the last one counts.
-- What stands on a public page already stays there and counts as published.
-- Locks: governance.minutes_publications, reporting.published_documents, for a moment. Undo: a later migration.

alter table governance.minutes_publications rename column published_at to decided_at;
alter table governance.minutes_publications rename column published_by to decided_by;
alter table governance.minutes_publications add column position integer not null default 1;
alter table governance.minutes_publications add column act text not null default 'published';
alter table governance.minutes_publications add column reason text;
alter table governance.minutes_publications alter column position drop default;
alter table governance.minutes_publications alter column act drop default;
alter table governance.minutes_publications drop constraint minutes_publications_pkey;
alter table governance.minutes_publications
    add constraint minutes_publications_pkey primary key (organization_id, minutes_id, position),
    add constraint minutes_publications_position_counts check (position >= 1),
    add constraint minutes_publications_act_known check (act in ('published', 'withheld', 'withdrawn')),
    add constraint minutes_publications_first_withdraws_nothing check (position > 1 or act <> 'withdrawn'),
    add constraint minutes_publications_refusal_has_reason check (
        (act = 'published') = (reason is null) and btrim(reason) <> '');
comment on table governance.minutes_publications is
    'What was decided about publishing sealed minutes to every citizen: published, withheld or taken back, the last row of each counts. What is reserved is not decided on.';
create index minutes_publications_alliance_index on governance.minutes_publications
    (organization_id, alliance_id, decided_at);

insert into governance.minutes_publications (
    organization_id, minutes_id, position, alliance_id, act, decided_at)
select seals.organization_id, seals.minutes_id, 1, seals.alliance_id, 'published', documents.published_at
from governance.minutes_seals as seals
join reporting.published_documents as documents on documents.organization_id = seals.organization_id
    and documents.document_id = seals.minutes_id
where not seals.is_reserved
    and not exists (
        select from governance.minutes_publications as known
        where known.organization_id = seals.organization_id and known.minutes_id = seals.minutes_id);

grant update (is_public, published_at) on reporting.published_documents to alianzas_app;
comment on column reporting.published_documents.is_public is
    'Whether it stands on the public page; false for minutes that were taken back, whose code goes on to be answered.';

update catalogue.copied_tables
set columns = '{minutes_id,position,alliance_id,minutes_are_reserved,act,reason,decided_at,decided_by}'
where relation = 'governance.minutes_publications';
