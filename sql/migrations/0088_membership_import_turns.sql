-- 0088 · membership · turns of imports
-- Which import is the latest, and may be undone, is told by the turn in which it was merged: its time is read before
-- it holds the register, and a later one may have been faster.
-- Locks: membership.import_batches, for as long as it is read. Undo: a later migration.

alter table membership.import_batches add column turn bigint;
update membership.import_batches as batches
set turn = numbered.turn
from (
    select organization_id, batch_id,
        row_number() over (partition by organization_id order by imported_at, batch_id) as turn
    from membership.import_batches
) as numbered
where numbered.organization_id = batches.organization_id and numbered.batch_id = batches.batch_id;
alter table membership.import_batches
    alter column turn set not null,
    add constraint import_batches_turn_key unique (organization_id, turn),
    add constraint import_batches_turn_counts check (turn >= 1);
comment on column membership.import_batches.turn is
    'The place of the import among those of the tenant, given while it held the register.';
