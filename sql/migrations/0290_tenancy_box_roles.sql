-- 0290 · tenancy · roles of the electronic box
-- Trustees of the key of an electronic box and its credential authority are users of the tenant with a role in the
-- space of the process, and have one capacity in it: whoever stands in an election holds neither its key nor its slips.
-- Locks: tenancy.grants and elections.capacities, for a moment. Undo: a later migration.

alter table tenancy.grants
    drop constraint grants_role_known,
    drop constraint grants_role_has_its_space;
alter table tenancy.grants
    add constraint grants_role_known check (role in (
        'office_administrator', 'office', 'board', 'member', 'election_committee', 'juror', 'witness', 'guarantor',
        'trustee', 'credential_authority', 'control_body', 'operator')),
    add constraint grants_role_has_its_space check (
        role not in (
            'board', 'member', 'election_committee', 'juror', 'witness', 'guarantor', 'trustee',
            'credential_authority')
        or alliance_id is not null or process_id is not null);

alter table elections.capacities drop constraint capacities_known;
alter table elections.capacities add constraint capacities_known check (capacity in (
    'candidate', 'juror', 'committee', 'guarantor', 'trustee', 'credential_authority'));
