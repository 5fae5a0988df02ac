-- 0118 · governance · corrections of constitutions and registrations
-- What was recorded in part or wrongly of a constitution or a registration gives way to another record in its place,
-- with the reason; what it said stays. Day and number are taken by what counts alone.
-- Locks: short exclusive locks on governance.constitutions and governance.registrations. Undo: a later migration.

alter table governance.constitutions
    add column withdrawn_at timestamptz,
    add column withdrawn_by uuid,
    add column withdrawal_reason text,
    drop constraint constitutions_day_key,
    add constraint constitutions_withdrawal_is_reasoned check (
        (withdrawn_at is null) = (withdrawal_reason is null) and (withdrawn_by is null or withdrawn_at is not null));
comment on column governance.constitutions.withdrawn_at is
    'The moment from which another record stands in its place.';
create unique index constitutions_day_key on governance.constitutions (organization_id, alliance_id, held_on)
    where withdrawn_at is null;
grant update (withdrawn_at, withdrawn_by, withdrawal_reason) on governance.constitutions to alianzas_app;

alter table governance.registrations
    add column withdrawn_at timestamptz,
    add column withdrawn_by uuid,
    add column withdrawal_reason text,
    drop constraint registrations_number_key,
    add constraint registrations_withdrawal_is_reasoned check (
        (withdrawn_at is null) = (withdrawal_reason is null) and (withdrawn_by is null or withdrawn_at is not null));
comment on column governance.registrations.withdrawn_at is
    'The moment from which another record stands in its place.';
create unique index registrations_number_key
    on governance.registrations (organization_id, alliance_id, authority, number)
    where withdrawn_at is null;
grant update (withdrawn_at, withdrawn_by, withdrawal_reason) on governance.registrations to alianzas_app;
