-- 0228 · tenancy · rights end with the mandate
-- A daily chore more: the rights of those whose mandate is over end.
-- Locks: tenancy.chores, for a moment. Undo: a later migration.

alter table tenancy.chores
    drop constraint chores_chore_known,
    add constraint chores_chore_known check (
        chore in ('forget_traces', 'end_rights', 'anchor', 'verify', 'forget_messages', 'remind'));
