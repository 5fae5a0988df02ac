-- 0195 · governance · who complained can be erased
-- Whoever authorised that their name be kept may take that back (Ley 1581 de 2012, article 8, e): the name goes, and the
-- complaint says since when. Its course goes on as that of an anonymous one.
-- Locks: governance.complaints, for a moment. Undo: a later migration.

alter table governance.complaints
    add column identity_erased_on date,
    add constraint complaints_erased_was_known check (identity_erased_on is null or not is_anonymous);
comment on column governance.complaints.identity_erased_on is
    'The day on which the name was erased that whoever complains had authorised; null where it is kept or never was.';
grant update (identity_erased_on) on governance.complaints to alianzas_app;

-- A row is erased, and put back with the account alone where a member finds their own complaint by it: no name is
-- ever changed.
grant delete on governance.complainants to alianzas_app;
