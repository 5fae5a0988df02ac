-- 0350 · elections · nobody decrypts a box alone
-- Where one trustee is enough, that trustee reads every vote, and what pages and manual say of shared keys does not hold. A
-- rehearsal holds no vote.
-- Locks: access exclusive on elections.boxes, for a scan. Undo: a later migration.

alter table elections.boxes add constraint boxes_threshold_is_shared check (is_mock or threshold >= 2);
