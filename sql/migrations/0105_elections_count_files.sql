-- 0105 · elections · files of counts
-- Drops the files of count sheets and of frozen counts, which no act of the product ever wrote or read: the sheet that is
-- printed is signed on paper, and its figures are what two juries enter apart.
-- Locks: access exclusive on elections.count_sheets and elections.table_counts, for a moment. Undo: a later migration.

alter table elections.count_sheets drop column photo_file_id;
alter table elections.table_counts drop column sheet_file_id;
