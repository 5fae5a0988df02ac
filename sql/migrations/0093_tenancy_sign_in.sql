-- 0093 · tenancy · sign-in
-- What keeps strangers out without keeping the owner out: where a session has come in (each entity apart, so that two
-- windows in two entities do not take each other's page away), the secret of a second factor that waits with the
-- session that asked for it and not with the account, devices from which a login succeeded, and the user whose way in
-- was reset, shut at once. Events of sign-in are written with what they tell, in one transaction, and carried to the
-- entity's chain from there.
-- Locks: the tables of identity, for a moment. Undo: a later migration.

create table identity.session_entries (
    session_id      uuid        not null,
    organization_id uuid        not null,
    account_id      uuid        not null,
    user_id         uuid        not null,
    entered_at      timestamptz not null,
    last_seen_at    timestamptz not null,

    constraint session_entries_pkey primary key (session_id, organization_id),
    constraint session_entries_session_fkey foreign key (session_id) references identity.sessions (session_id),
    -- A session never acts in a tenant that its account does not work in.
    constraint session_entries_user_fkey foreign key (account_id, organization_id, user_id)
        references identity.account_users (account_id, organization_id, user_id)
);
comment on table identity.session_entries is
    'The tenants in which a session has acted, and when it last did. The address of a page says in which it acts.';
create index session_entries_user_index on identity.session_entries (organization_id, user_id);
insert into identity.session_entries (session_id, organization_id, account_id, user_id, entered_at, last_seen_at)
select session_id, organization_id, account_id, user_id, created_at, last_seen_at
from identity.sessions
where organization_id is not null;
grant select, insert, update (last_seen_at), delete on identity.session_entries to alianzas_identity;

drop index identity.sessions_user_index;
alter table identity.sessions
    drop constraint sessions_user_fkey,
    drop constraint sessions_tenant_is_whole,
    drop column organization_id,
    drop column user_id,
    add column totp_pending bytea,
    add column totp_pending_at timestamptz,
    add constraint sessions_totp_pending_is_dated check ((totp_pending is null) = (totp_pending_at is null));
grant update (totp_pending, totp_pending_at) on identity.sessions to alianzas_identity;
alter table identity.accounts drop column totp_pending;
comment on table identity.sessions is
    'Sessions by the SHA-256 of their token, with their limits, where they were opened, and the secret of a second factor that is being set up.';

insert into identity.limits (name, amount, reason) values
    ('enrolment_seconds', 600, 'The secret of a second factor waits to be set up: long enough to find the telephone.'),
    ('known_seconds', 2592000, 'A device or an address from which a login succeeded is known for 30 days.');

alter table identity.attempts add column device_hash bytea;
comment on column identity.attempts.device_hash is
    'A keyed hash of the browser''s own cookie: strangers do not use up the attempts of a device that is known.';

-- A user whose way in was reset is let in by nobody but the holder of the link.
alter table identity.account_users add column suspended_at timestamptz;
grant update (suspended_at) on identity.account_users to alianzas_identity;

create function identity.suspend_user(organization uuid, of_user uuid, at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the user belongs to another tenant' using errcode = '42501';
    end if;
    update identity.sessions as sessions set revoked_at = at, revocation = 'access_reset'
    where sessions.revoked_at is null
        and sessions.session_id in (
            select entries.session_id from identity.session_entries as entries
            where entries.organization_id = organization and entries.user_id = of_user);
    update identity.account_users as links set suspended_at = at
    where links.organization_id = organization and links.user_id = of_user;
end
$$;
comment on function identity.suspend_user is
    'Shuts the way in of a user of the tenant in scope until they are invited anew: sessions and account.';
revoke execute on function identity.suspend_user from public;
grant execute on function identity.suspend_user to alianzas_app;

create or replace function identity.access_of_users(organization uuid)
returns table (
    user_id uuid, has_account boolean, has_second_factor boolean, last_seen_at timestamptz,
    invited_until timestamptz)
language plpgsql
stable
security definer
set search_path = pg_catalog
as $$
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the users belong to another tenant' using errcode = '42501';
    end if;
    return query
    select
        users.user_id,
        links.account_id is not null,
        coalesce(accounts.totp_secret is not null, false),
        (select max(entries.last_seen_at) from identity.session_entries as entries
            where entries.organization_id = organization and entries.user_id = users.user_id),
        (select max(invitations.expires_at) from identity.invitations as invitations
            where invitations.organization_id = organization and invitations.user_id = users.user_id
                and invitations.used_at is null and invitations.voided_at is null)
    from tenancy.users as users
    left join identity.account_users as links
        on links.organization_id = users.organization_id and links.user_id = users.user_id
    left join identity.accounts as accounts on accounts.account_id = links.account_id
    where users.organization_id = organization;
end
$$;

create or replace function identity.sessions_of_user(organization uuid, of_user uuid, at timestamptz)
returns table (
    session_id uuid, created_at timestamptz, last_seen_at timestamptz, has_second_factor boolean, address text,
    agent text)
language plpgsql
stable
security definer
set search_path = pg_catalog
as $$
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the sessions belong to another tenant' using errcode = '42501';
    end if;
    return query
    select
        sessions.session_id, sessions.created_at, entries.last_seen_at,
        sessions.second_factor_at is not null, sessions.address, sessions.agent
    from identity.session_entries as entries
    join identity.sessions as sessions on sessions.session_id = entries.session_id
    where entries.organization_id = organization and entries.user_id = of_user
        and sessions.revoked_at is null and sessions.ends_at > at
        and sessions.last_seen_at + sessions.idle_seconds * interval '1 second' > at
    order by entries.last_seen_at desc, sessions.session_id;
end
$$;

create or replace function identity.end_sessions_of_user(organization uuid, of_user uuid, at timestamptz)
returns bigint
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    ended bigint;
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the sessions belong to another tenant' using errcode = '42501';
    end if;
    update identity.sessions as sessions set revoked_at = at, revocation = 'revoked'
    where sessions.revoked_at is null and sessions.ends_at > at
        and sessions.session_id in (
            select entries.session_id from identity.session_entries as entries
            where entries.organization_id = organization and entries.user_id = of_user);
    get diagnostics ended = row_count;
    return ended;
end
$$;

create table identity.notes (
    note_id         uuid        not null,
    organization_id uuid        not null,
    user_id         uuid        not null,
    action          text        not null,
    details         text        not null,
    noted_at        timestamptz not null,

    constraint notes_pkey primary key (note_id),
    constraint notes_organization_fkey foreign key (organization_id)
        references catalogue.organizations (organization_id)
);
comment on table identity.notes is
    'Events of sign-in on their way to the office chain of an entity: written with what they tell, taken away once they stand there.';
create index notes_noted_index on identity.notes (noted_at);
grant select, insert, delete on identity.notes to alianzas_identity;
