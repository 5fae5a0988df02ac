-- 0213 · governance · what happens between meetings is handed over, too
-- Open letters, oversight exercises and polls are points of the handover between boards.
-- Locks: governance.handover_items, for a moment. Undo: a later migration.

alter table governance.handover_items
    drop constraint handover_items_kind_known,
    add constraint handover_items_kind_known check (kind in (
        'documents', 'minutes', 'meetings', 'commitments', 'complaints', 'letters', 'oversight', 'polls', 'plan',
        'rights', 'own_space', 'other'));
