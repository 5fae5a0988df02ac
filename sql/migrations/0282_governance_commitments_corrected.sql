-- 0282 · governance · commitments that are corrected
-- A slip in what is to be done, by whom or until when could be mended only by dropping the commitment, which then stood in
-- its history as given up. It is corrected while no minutes tell of it; what it said before stays as a step.
-- Locks: governance.commitment_steps while its rows are checked. Undo: a later migration.

alter table governance.commitment_steps
    drop constraint commitment_steps_kind_known,
    add constraint commitment_steps_kind_known check (kind in (
        'made', 'corrected', 'progress', 'postponed', 'reminded', 'reviewed', 'done', 'reopened', 'dropped'));
grant update (activity, owner_kind, owner, owner_body_id, owner_person_id) on governance.commitments to alianzas_app;
