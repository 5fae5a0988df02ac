-- 0370 · elections · the messages that carried codes
-- A message with a code tells whom it let in, and at which hour; it stayed in the outbox for weeks after its box had ended,
-- while 0358 took the same out of passes and codes. It goes with its code.
-- Locks: none on existing tables. Undo: a later migration.

create or replace function elections.forget_entrances(organization uuid, voting_box uuid, at timestamptz)
returns void
language plpgsql
set search_path = pg_catalog
as $$
begin
    delete from tenancy.outbox as messages
    using elections.voting_codes as codes
    where codes.organization_id = organization and codes.box_id = voting_box
        and messages.organization_id = organization and messages.topic = 'elections.voting.code'
        and messages.subject_id = codes.code_id::text;
    delete from elections.voting_codes as codes
    where codes.organization_id = organization and codes.box_id = voting_box;
    update elections.voting_passes as passes set expires_at = at, ended_at = at
    where passes.organization_id = organization and passes.box_id = voting_box;
end
$$;
comment on function elections.forget_entrances is
    'Deletes the codes of a box that ended and the messages that carried them, and gives all of its passes the hour of the end.';
