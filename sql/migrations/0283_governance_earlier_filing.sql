-- 0283 · governance · what a complaint was filed under before
-- Who already asked the entity has its radicado, and wrote it into the text, where the filter takes long numbers for those
-- of documents. It has a place of its own: the transfer names it, so that the entity finds what it already has.
-- Locks: governance.complaints for an instant; no row is written. Undo: drop the column.

alter table governance.complaints
    add column earlier_number text,
    add constraint complaints_earlier_number_is_one check (earlier_number ~ '^[[:alnum:]./-][[:alnum:]./ -]{0,39}$'
        and earlier_number ~ '[0-9]');
comment on column governance.complaints.earlier_number is
    'The radicado under which the entity already has it; null where none was told. It may lead the entity to who complains.';

update catalogue.copied_tables set columns = columns || '{earlier_number}'
where relation = 'governance.complaints';
