-- 0013 · membership · import
-- Where the rows of a file of affiliates wait, checked one by one, until all of them are merged at once.
-- Locks: membership.affiliates and its versions, for as long as they are read. Undo: a later migration.

-- `copy` is refused to a role whom row security binds, and the import has to copy. So the role that copies
-- and the role that merges see two different doors of the same rows:
-- * `alianzas_import` writes to the partition, which has no row security, and can read nothing, not even what it wrote;
-- * `alianzas_app` reads and clears through the parent, under the tenant's policy as everywhere. It holds no
--   privilege on the partition.
-- Both are sharded alike, so that the merge stays within its tenant's shard.
create table membership.staged_affiliates (
    organization_id   uuid    not null,
    batch_id          uuid    not null,
    line              integer not null,
    person_id         uuid    not null,
    document_type     text    not null,
    document_number   text    not null,
    first_surname     text    not null,
    second_surname    text,
    first_name        text    not null,
    second_name       text,
    birth_date        date    not null,
    sex               text    not null,
    municipality_code text    not null,
    regime            text    not null,
    affiliation_state text    not null,
    phone             text,
    email             text,
    insurer_code      text
) partition by list (organization_id);
comment on table membership.staged_affiliates is
    'Checked rows of files of affiliates (line, and the id that a new person is to have), until their batch is merged or given up.';
select tenancy.isolate('membership.staged_affiliates', 'select, delete');

-- Unlogged: a crash loses what was not merged, and the import is repeated.
create unlogged table membership.staged_affiliates_inbox partition of membership.staged_affiliates default;
comment on table membership.staged_affiliates_inbox is
    'The door of membership.staged_affiliates through which the import copies.';
grant insert on membership.staged_affiliates_inbox to alianzas_import;

-- Who is insured by nobody has no insurer.
alter table membership.affiliates alter column insurer_code drop not null;
alter table membership.affiliates
    add constraint affiliates_insurer_given check (insurer_code is not null or regime = 'no_asegurado') not valid;
alter table membership.affiliates validate constraint affiliates_insurer_given;
alter table membership.affiliate_versions alter column insurer_code drop not null;

-- An import is undone by what it brought and what it replaced.
create index affiliates_batch_index on membership.affiliates (organization_id, batch_id);
create index affiliate_versions_batch_index on membership.affiliate_versions (organization_id, replaced_by);
