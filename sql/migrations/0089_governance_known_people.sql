-- 0089 · governance · known people
-- An import is not taken back while somebody whom it brought holds a seat, as principal or alternate, or signed a
-- constitution: the register keeps whom an act names.
-- Locks: short exclusive locks on governance.mandates and constitution_signers, and shared on membership.affiliates.
-- Undo: a later migration.

alter table governance.mandates add constraint mandates_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);

create index constitution_signers_person_index on governance.constitution_signers (organization_id, person_id);
alter table governance.constitution_signers add constraint constitution_signers_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);
