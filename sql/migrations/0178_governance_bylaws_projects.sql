-- 0178 · governance · projects of bylaws
-- A reform is written as a project, compared with what is in force, and adopted by the decision of an assembly: until then
-- it orders nothing. A version that was adopted stays as it is.
-- Locks: governance.bylaws, for a moment. Undo: a later migration.

alter table governance.bylaws
    alter column approved_on drop not null,
    alter column in_force_from drop not null,
    add column proposed_from date,
    add column decision_id uuid,
    add constraint bylaws_decision_fkey foreign key (organization_id, decision_id)
        references governance.decisions (organization_id, decision_id),
    add constraint bylaws_adoption_is_whole check ((approved_on is null) = (in_force_from is null)),
    add constraint bylaws_project_has_no_act check (
        approved_on is not null or (decision_id is null and approved_in is null));
comment on column governance.bylaws.proposed_from is
    'Of a project: from when it should count, where that is later than its approval.';
comment on column governance.bylaws.decision_id is 'The decision that adopted it, where it was a project.';
comment on column governance.bylaws.approved_on is 'The day of approval; null for a project.';
-- What was approved without a decision held here is past changing; what a decision adopted goes back with it alone.
create policy adopted_stays on governance.bylaws as restrictive for update to alianzas_app
    using (approved_on is null or decision_id is not null);
grant update (approved_on, in_force_from, approved_in, decision_id) on governance.bylaws to alianzas_app;
