-- 0089 · governance · known people
-- An import is not taken back while somebody whom it brought holds a seat, as principal or alternate, or signed a
-- constitution: the register keeps whom an act names.
-- Locks: short exclusive locks on governance.mandates and constitution_signers, and shared on membership.affiliates.
-- Undo: a later migration.

-- Imports that were taken back before this left people here whom the register no longer knows: they stand by name, as
-- those whom it never knew. Who was elected or holds a seat as principal has facts, and was never among them.
update governance.mandates
set person_id = null
where person_id is not null and origin in ('appointment', 'ex_officio', 'recorded') and not exists (
    select from membership.affiliates
    where affiliates.organization_id = mandates.organization_id and affiliates.person_id = mandates.person_id);

update governance.constitution_signers
set person_id = null
where person_id is not null and not exists (
    select from membership.affiliates
    where affiliates.organization_id = constitution_signers.organization_id
        and affiliates.person_id = constitution_signers.person_id);

alter table governance.mandates add constraint mandates_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);

create index constitution_signers_person_index on governance.constitution_signers (organization_id, person_id);
alter table governance.constitution_signers add constraint constitution_signers_person_fkey
    foreign key (organization_id, person_id) references membership.affiliates (organization_id, person_id);
