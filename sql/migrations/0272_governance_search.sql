-- 0272 · governance · what the search of the bar looks up
-- Minutes by their number, those made here and those kept from paper.
-- Locks: governance.minutes and governance.minutes_drafts, while the indexes are built. Undo: a later migration.

create index minutes_drafts_number_index on governance.minutes_drafts (organization_id, number)
    where number is not null;
create index minutes_number_index on governance.minutes (organization_id, number) where number is not null;
