-- 0113 · elections · grants of guarantors
-- The right with which a guarantor's delegate signs in is known, so that it ends when somebody else comes for the
-- institution.
-- Locks: short exclusive lock on elections.guarantors. Undo: a later migration.

alter table elections.guarantors
    add column grant_id uuid,
    add constraint guarantors_grant_fkey foreign key (organization_id, grant_id)
        references tenancy.grants (organization_id, grant_id);
comment on column elections.guarantors.grant_id is
    'The right of who comes now; null for somebody who comes without signing in.';

update elections.guarantors
set grant_id = (
    select grants.grant_id from tenancy.grants
    where grants.organization_id = guarantors.organization_id and grants.user_id = guarantors.user_id
        and grants.process_id = guarantors.process_id and grants.role = 'guarantor'
        and grants.starts_at <= guarantors.accredited_at
        and (grants.ends_at is null or grants.ends_at > guarantors.accredited_at)
    order by grants.starts_at desc, grants.grant_id limit 1)
where user_id is not null;

grant update (grant_id) on elections.guarantors to alianzas_app;
