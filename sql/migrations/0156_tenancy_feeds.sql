-- 0156 · tenancy · calendar feeds
-- A user's calendar can be followed from a telephone by an address that holds a signed proof in the place of a session.
-- The proof names this number: one more, and every address that was given out before is void.
-- Locks: tenancy.users, for a moment. Undo: a later migration.

alter table tenancy.users add column feed_number integer not null default 1;
comment on column tenancy.users.feed_number is
    'The number that the address of the user''s calendar feed proves; raising it voids the addresses of before.';
