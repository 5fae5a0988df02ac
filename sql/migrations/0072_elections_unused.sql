-- 0072 · elections · what nothing writes
-- Drops the checks before a table opens, which no act of the product ever wrote, and the state of a challenge that was
-- taken back: a challenge is decided.
-- Locks: access exclusive on elections.opening_checks and elections.challenges, for a moment. Undo: a later migration.

drop table elections.opening_checks;

alter table elections.challenges drop constraint challenges_state_known;
alter table elections.challenges add constraint challenges_state_known
    check (state in ('open', 'upheld', 'dismissed'));
