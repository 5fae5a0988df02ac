-- 0102 · tenancy · places of grants
-- A role counts in a process that is there, of the alliance that it is given in; one that comes from a mandate names it,
-- and who gave it is a user of the tenant. Alliances were kept by a key before.
-- Locks: tenancy.grants, and share row exclusive on elections.processes and governance.mandates, for a moment.
-- Undo: a later migration.

alter table tenancy.grants
    add constraint grants_process_fkey foreign key (organization_id, process_id)
        references elections.processes (organization_id, process_id),
    add constraint grants_process_alliance_fkey foreign key (organization_id, alliance_id, process_id)
        references elections.processes (organization_id, alliance_id, process_id),
    add constraint grants_mandate_fkey foreign key (organization_id, mandate_id)
        references governance.mandates (organization_id, mandate_id),
    add constraint grants_granter_fkey foreign key (organization_id, granted_by)
        references tenancy.users (organization_id, user_id);
