-- 0365 · elections · codes to vote by telephone
-- Most members have a mobile telephone and no mail. A number that several electors of a roll gave sends nobody a code, as
-- an address of several does not. Rolls that were frozen before keep addresses alone.
-- Locks: access exclusive on elections.roll_contacts, for a scan. Undo: a later migration.

alter table elections.roll_contacts
    alter column email drop not null,
    add column phone text,
    -- The national number of mobile services: ten digits, of which the first is a 3.
    add constraint roll_contacts_phone_is_mobile check (phone ~ '^3[0-9]{9}$'),
    add constraint roll_contacts_reach_somebody check (num_nonnulls(email, phone) > 0);
create index roll_contacts_phone_index on elections.roll_contacts (organization_id, process_id, phone);
comment on table elections.roll_contacts is
    'Where electors are reached, as the register had it when the roll was frozen: what is changed later takes no code to vote. An address or a number of several sends nobody one.';
comment on column elections.roll_contacts.phone is
    'The first mobile number among what the register has as their telephone, without its country.';
