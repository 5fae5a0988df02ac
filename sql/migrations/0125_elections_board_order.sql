-- 0125 · elections · the order of a published roll
-- The public list of a roll is turned page by page by anybody: each line keeps its place in the order of names, so that a
-- page reads its own lines instead of sorting the whole roll.
-- Locks: access exclusive on elections.roll_board while its rows are numbered. Undo: a later migration.

alter table elections.roll_board add column place integer;
comment on column elections.roll_board.place is 'The place in the order of names, 1 being the first.';
update elections.roll_board set place = numbered.place
from (
    select organization_id, process_id, phase, document_digest,
        row_number() over (
            partition by organization_id, process_id, phase
            order by masked_name collate "es-CO-x-icu", masked_document, document_digest) as place
    from elections.roll_board
) as numbered
where numbered.organization_id = roll_board.organization_id and numbered.process_id = roll_board.process_id
    and numbered.phase = roll_board.phase and numbered.document_digest = roll_board.document_digest;
alter table elections.roll_board
    alter column place set not null,
    add constraint roll_board_place_positive check (place > 0);
create index roll_board_place_index on elections.roll_board (organization_id, process_id, phase, place);
drop index elections.roll_board_name_index;
