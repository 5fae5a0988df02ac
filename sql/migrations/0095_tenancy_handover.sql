-- 0095 · tenancy · handover
-- Whether the administration of an entity saw the link by which a user comes in: of jurors, committees and whoever
-- looks in from outside their election is told.
-- Locks: tenancy.users, for a moment. Undo: a later migration.

alter table tenancy.users add column link_shown_at timestamptz;
comment on column tenancy.users.link_shown_at is
    'When the administration of the entity last saw a link that opens this user; a link that went by mail or by an operator makes it null.';
