-- 0001 · tenancy · foundations
-- Schemas, the functions that open a scope, and the one that walls a tenant table in.
-- The roles exist already (sql/bootstrap.sql): they belong to the server, not to this database.
-- Locks: none. Undo: a later migration.

create schema catalogue;
create schema identity;
create schema tenancy;
create schema membership;
create schema governance;
create schema elections;
create schema reporting;

comment on schema catalogue is 'Public facts shared by all tenants: places, insurers, tenants'' names. Reference tables.';
comment on schema identity is 'Who signs in. Before a tenant is known; no tenant may read it.';
comment on schema tenancy is 'Alliances, users, grants, files, audit, outbox, jobs of each tenant.';
comment on schema membership is 'Affiliates, members, consents, facts and eligibility.';
comment on schema governance is 'Bylaws, bodies, mandates, plans, meetings and minutes.';
comment on schema elections is 'Processes, rolls, candidates, tables, counts and proclamations.';
comment on schema reporting is 'Obligations, and the projections that control bodies and citizens read.';

grant usage on schema catalogue
    to alianzas_app, alianzas_identity, alianzas_control, alianzas_public, alianzas_import;
grant usage on schema identity to alianzas_identity, alianzas_app;
grant usage on schema tenancy to alianzas_app, alianzas_identity, alianzas_control, alianzas_public, alianzas_import;
grant usage on schema membership to alianzas_app, alianzas_import;
grant usage on schema governance to alianzas_app;
grant usage on schema elections to alianzas_app;
grant usage on schema reporting to alianzas_app, alianzas_control, alianzas_public;

-- Functions are open to everybody by default; here each is opened to those who need it.
alter default privileges revoke execute on functions from public;

-- A scope is opened by `set local` inside an explicit transaction, the only form that a sharded
-- database carries to its nodes and that a pooler cannot leak: `set_config` and a session's `set` gave
-- silent empty results there.

create function tenancy.enter_tenant(organization uuid, acting_user uuid)
returns void
language plpgsql
as $$
begin
    execute format('set local alianzas.organization_id = %L', organization);
    execute format('set local alianzas.user_id = %L', coalesce(acting_user::text, ''));
end
$$;
comment on function tenancy.enter_tenant is 'Opens the scope of one tenant until the transaction ends.';
grant execute on function tenancy.enter_tenant to alianzas_app;

create function tenancy.enter_territory(control_body uuid, municipalities text[])
returns void
language plpgsql
as $$
begin
    execute format('set local alianzas.control_body_id = %L', control_body);
    execute format('set local alianzas.municipalities = %L', array_to_string(municipalities, ','));
end
$$;
comment on function tenancy.enter_territory is
    'Opens the scope of a control body''s municipalities, on projections, until the transaction ends.';
grant execute on function tenancy.enter_territory to alianzas_control;

-- Walls a tenant table in, the same way for each:
-- * a guard constraint, because bulk writes do not always pass through row security;
-- * row security with a restrictive policy that compares directly with the strict setting, so that a
--   missing tenant is an error and no later permissive policy can open the table;
-- * the privileges that the serving role is to have, and no others: what must never change is
--   protected by what is left out here.
create function tenancy.isolate(relation regclass, privileges text)
returns void
language plpgsql
as $$
declare
    table_name constant text := (select relname from pg_class where oid = relation);
begin
    execute format(
        'alter table %s add constraint %I check (organization_id = coalesce('
        'nullif(current_setting(''alianzas.organization_id'', true), '''')::uuid, organization_id))',
        relation, table_name || '_tenant_guard');
    execute format('alter table %s enable row level security', relation);
    execute format(
        'create policy tenant_isolation on %s as restrictive to alianzas_app '
        'using (organization_id = current_setting(''alianzas.organization_id'')::uuid) '
        'with check (organization_id = current_setting(''alianzas.organization_id'')::uuid)',
        relation);
    execute format(
        'create policy server_access on %s to alianzas_app using (true) with check (true)', relation);
    execute format('grant %s on %s to alianzas_app', privileges, relation);
end
$$;
comment on function tenancy.isolate is
    'Walls a tenant table in: guard constraint, row security, the serving role''s privileges.';

-- Opens a projection, a tenant table already isolated, to the two roles that read across tenants:
-- to control bodies by municipality, and to everybody where a row is published.
-- A projection has the columns municipality_code and is_public.
create function tenancy.project(relation regclass)
returns void
language plpgsql
as $$
begin
    execute format(
        'create policy territory on %s for select to alianzas_control '
        'using (municipality_code = any (string_to_array(current_setting(''alianzas.municipalities''), '','')))',
        relation);
    execute format(
        'create policy published on %s for select to alianzas_public using (is_public)', relation);
    execute format('grant select on %s to alianzas_control, alianzas_public', relation);
end
$$;
comment on function tenancy.project is
    'Opens a projection to control bodies by municipality and to citizens where a row is published.';

-- Netstring-like canonical form of a list of texts: the octets of each, preceded by their number and a
-- colon. Two different lists never have the same form. An absent value is written as "-".
create function tenancy.canonical(variadic fields text[])
returns text
language sql immutable parallel safe
as $$
    select coalesce(
        string_agg(case when field is null then '-' else octet_length(field) || ':' || field end, ',' order by place),
        '')
    from unnest(fields) with ordinality as list (field, place)
$$;
comment on function tenancy.canonical is 'An unambiguous text of a list of texts, for hashing.';
