-- 0092 · governance · open meetings
-- A meeting is on the citizens' page where the alliance said so, and only a public hearing was ever meant to be without
-- being asked. It also says whether the alliance itself renders accounts in it, since the entity's own accounts are
-- none of the alliance's.
-- Locks: governance.meetings, for as long as its public hearings are written. Undo: a later migration.

alter table governance.meetings
    add column is_public boolean not null default false,
    add column is_own_accountability boolean not null default false;
update governance.meetings set is_public = true where kind = 'public_hearing';
grant update (is_public, is_own_accountability) on governance.meetings to alianzas_app;
comment on column governance.meetings.is_public is
    'Whether citizens are told of it: its name, day, hour and room, never a link.';
comment on column governance.meetings.is_own_accountability is
    'Whether the alliance renders accounts in it to its members and to citizens, whoever else does.';
