-- 0094 · tenancy · shapes
-- What only the program kept right so far, for whoever writes past it: a role of an alliance has its alliance, and a NIT
-- looks like one.
-- Locks: tenancy.grants and catalogue.organizations, for a moment. Undo: a later migration.

alter table tenancy.grants add constraint grants_role_has_its_space check (
    role not in ('board', 'member', 'election_committee', 'juror', 'witness', 'guarantor')
    or alliance_id is not null or process_id is not null);

alter table catalogue.organizations add constraint organizations_nit_shape
    check (nit ~ '^[0-9]{5,15}(-[0-9])?$');
