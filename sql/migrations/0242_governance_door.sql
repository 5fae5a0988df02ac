-- 0242 · governance · the door of a meeting
-- At each arrival the door shows who came last and how many there are. Both are found by an index, so that the arrival of the
-- three thousandth costs what that of the first does.
-- Locks: governance.attendances, while the indexes are built. Undo: a later migration.

create index attendances_latest_index on governance.attendances (organization_id, meeting_id, recorded_at)
    where undone_at is null;
create index attendances_twice_index on governance.attendances (organization_id, meeting_id, recorded_at)
    where same_as is not null;
