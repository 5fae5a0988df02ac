-- 0135 · tenancy · reminders
-- A daily chore more: people are reminded by mail of what is due.
-- Locks: tenancy.chores, for a moment. Undo: a later migration.

alter table tenancy.chores
    drop constraint chores_chore_known,
    add constraint chores_chore_known check (
        chore in ('forget_traces', 'anchor', 'verify', 'forget_messages', 'remind'));
