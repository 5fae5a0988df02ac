-- 0278 · governance · a commitment is as reserved as its meeting
-- The mark of a commitment was its own: a query that wrote another than its meeting's would have shown the entity what the
-- board keeps to itself, or hidden what it shared. A key that is checked at commit keeps them equal, as with minutes.
-- A delivery has a number from one on, as what it is counted in says.
-- Locks: governance.commitments and governance.deliveries, while their rows are compared. Undo: a later migration.

update governance.commitments set is_reserved = meetings.is_reserved
from governance.meetings
where meetings.organization_id = commitments.organization_id and meetings.meeting_id = commitments.meeting_id
    and meetings.is_reserved <> commitments.is_reserved;
alter table governance.commitments
    add constraint commitments_reserve_fkey foreign key (organization_id, meeting_id, alliance_id, is_reserved)
        references governance.meetings (organization_id, meeting_id, alliance_id, is_reserved)
        deferrable initially deferred;

alter table governance.deliveries add constraint deliveries_number_counts check (number >= 1);
