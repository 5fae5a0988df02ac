-- 0114 · elections · extensions of periods
-- A period that was extended still says when it would have ended: a term to challenge that runs from a late result has
-- the length of before, and ends no sooner than the extension says.
-- Locks: short exclusive lock on elections.calendar_milestones. Undo: a later migration.

alter table elections.calendar_milestones
    add column unextended_closes_at timestamptz,
    add constraint calendar_milestones_extension_ends check (
        unextended_closes_at is null or unextended_closes_at >= opens_at and closes_at is not null);
comment on column elections.calendar_milestones.unextended_closes_at is
    'When the period would have ended, where it was extended; unknown of extensions from before this was kept.';
