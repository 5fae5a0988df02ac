-- 0053 · tenancy · users and settings
-- What the administration of a tenant does with its users and its own description: sees and ends the sessions
-- that act here, keeps names, NIT and official codes right, and says where an alliance is reached.
-- Functions and not grants: the serving role reads no session and writes no row of the directory by itself.
-- Locks: tenancy.settings and tenancy.alliances, for a moment. Undo: a later migration.

create function identity.sessions_of_user(organization uuid, of_user uuid, at timestamptz)
returns table (
    session_id uuid, created_at timestamptz, last_seen_at timestamptz, has_second_factor boolean, address text,
    agent text)
language plpgsql
stable
security definer
set search_path = pg_catalog
as $$
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the sessions belong to another tenant' using errcode = '42501';
    end if;
    return query
    select
        sessions.session_id, sessions.created_at, sessions.last_seen_at,
        sessions.second_factor_at is not null, sessions.address, sessions.agent
    from identity.sessions as sessions
    where sessions.organization_id = organization and sessions.user_id = of_user
        and sessions.revoked_at is null and sessions.ends_at > at
        and sessions.last_seen_at + sessions.idle_seconds * interval '1 second' > at
    order by sessions.last_seen_at desc, sessions.session_id;
end
$$;
comment on function identity.sessions_of_user is
    'The open sessions in which a user of the tenant in scope acts there: nothing of what they do elsewhere.';
grant execute on function identity.sessions_of_user to alianzas_app;

create function identity.end_sessions_of_user(organization uuid, of_user uuid, at timestamptz)
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
    where sessions.organization_id = organization and sessions.user_id = of_user
        and sessions.revoked_at is null and sessions.ends_at > at;
    get diagnostics ended = row_count;
    return ended;
end
$$;
comment on function identity.end_sessions_of_user is
    'Ends the sessions in which a user of the tenant in scope acts there. Answers how many.';
grant execute on function identity.end_sessions_of_user to alianzas_app;

create function tenancy.describe_organization(
    organization uuid, official_name text, common_name text, tax_number text, seat text)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the description is that of another tenant' using errcode = '42501';
    end if;
    update catalogue.organizations as organizations
    set name = official_name, short_name = common_name, nit = tax_number, municipality_code = seat
    where organizations.organization_id = organization;
end
$$;
comment on function tenancy.describe_organization is
    'Sets names, NIT and seat of the tenant in scope. Its kind and its part of addresses stay.';
grant execute on function tenancy.describe_organization to alianzas_app;

create function tenancy.set_organization_codes(organization uuid, codes text[])
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    code_kind text;
begin
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the codes are those of another tenant' using errcode = '42501';
    end if;
    select case organizations.kind when 'insurer' then 'insurer' else 'provider' end into code_kind
    from catalogue.organizations as organizations
    where organizations.organization_id = organization;
    delete from catalogue.organization_codes as held
    where held.organization_id = organization and held.code <> all (codes);
    -- A code that another tenant holds is refused by its primary key.
    insert into catalogue.organization_codes (code, organization_id, kind)
    select given.code, organization, code_kind
    from unnest(codes) as given (code)
    where not exists (
        select from catalogue.organization_codes as held
        where held.code = given.code and held.organization_id = organization);
end
$$;
comment on function tenancy.set_organization_codes is
    'Sets the official codes of the tenant in scope. One tenant holds a code.';
grant execute on function tenancy.set_organization_codes to alianzas_app;

alter table tenancy.settings add column contact_place text;
alter table tenancy.settings add constraint settings_contact_place_is_trimmed check (
    contact_place = btrim(contact_place) and contact_place <> '' and length(contact_place) <= 160);

alter table tenancy.alliances add column contact_email text;
alter table tenancy.alliances add column contact_phone text;
alter table tenancy.alliances add column contact_place text;
alter table tenancy.alliances add constraint alliances_contact_place_is_trimmed check (
    contact_place = btrim(contact_place) and contact_place <> '' and length(contact_place) <= 160);
