-- 0355 · elections · who keeps a key is nothing else
-- Three of the committee could be the trustees of three bodies, and one person both make the slips and let people in. From
-- here on who keeps a share for a body is of that body or nothing else in the process, and who makes the credentials
-- nothing else at all.
-- Locks: access exclusive on elections.box_trustees and elections.box_authorities, for a scan. Undo: a later migration.

alter table elections.box_trustees add constraint box_trustees_are_of_their_body check (
    capacity = 'trustee' or capacity = 'committee' and body = 'committee' or capacity = 'guarantor' and body = 'control');
alter table elections.box_authorities add constraint box_authorities_are_nothing_else check (
    capacity = 'credential_authority');
