-- 0341 · elections · spare slips
-- A spare is in the place of one that was lost, and nobody draws it: what is kept aside is not given out twice unseen.
-- Locks: none on existing tables. Undo: a later migration.

create or replace function elections.bind_credential(
    organization uuid, voting_box uuid, elector uuid, slip text, reason_given text)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes := elections.locked_box(
        organization, voting_box, current_setting('alianzas.organization_id')::uuid);
    lost text;
begin
    perform elections.require_box_state(box, 'sealed', 'open');
    select credential into lost from elections.box_credentials as listed
    where listed.organization_id = organization and listed.box_id = voting_box and listed.person_id = elector
        and listed.is_usable;
    if lost is not null then
        if exists (
            select from elections.participations as marks
            where marks.organization_id = organization and marks.box_id = voting_box and marks.credential = lost)
        then
            raise exception 'the credential has voted'
                using errcode = '23514', constraint = 'box_credentials_voted_stay';
        end if;
        if reason_given is null then
            raise exception 'a credential is replaced for a reason'
                using errcode = '23514', constraint = 'box_credentials_unusable_is_reasoned';
        end if;
        update elections.box_credentials as listed set is_usable = false, reason = reason_given
        where listed.organization_id = organization and listed.box_id = voting_box and listed.credential = lost;
    end if;
    update elections.box_credentials as listed set person_id = elector, reason = reason_given
    where listed.organization_id = organization and listed.box_id = voting_box and listed.serial = slip
        and listed.person_id is null and listed.is_usable and (lost is not null or not listed.is_spare);
    if not found then
        raise exception 'no free slip has the serial'
            using errcode = '23503', constraint = 'box_credentials_slips_are_free';
    end if;
end
$$;
comment on function elections.bind_credential is
    'Binds a slip that is free to an elector: one that is drawn, or in the place of the credential that they had and have not used, which is unusable from then on; a spare in such a place alone.';
