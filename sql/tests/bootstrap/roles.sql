-- The roles that the program connects as can do nothing that was not granted to them.
begin;
select plan(5 * 6 + 4 + 3 + 4 + 4);

create temporary table expected_role (name text) on commit drop;
insert into expected_role values
    ('alianzas_owner'), ('alianzas_app'), ('alianzas_identity'), ('alianzas_control'), ('alianzas_public'),
    ('alianzas_import');

select has_role(name) from expected_role;
select isnt_superuser(name) from expected_role;
select is(rolbypassrls, false, name || ' is held by row security')
from expected_role join pg_roles on rolname = name;
select is(rolcreaterole or rolcreatedb or rolreplication, false, name || ' makes no roles, databases or replicas')
from expected_role join pg_roles on rolname = name;
select is(count(member)::int, 0, name || ' is a member of no other role')
from expected_role join pg_roles on rolname = name left join pg_auth_members on member = pg_roles.oid
group by name;

select db_owner_is(current_database(), 'alianzas_owner');
select is_empty(
    $$select name from expected_role
      where name <> 'alianzas_owner'
        and (has_database_privilege(name, current_database(), 'create')
             or has_database_privilege(name, current_database(), 'temporary')
             or has_schema_privilege(name, 'public', 'create'))$$,
    'only the owner makes schemas and tables, temporary ones too');
select is_empty(
    $$select nspname from pg_namespace
      where nspowner <> 'alianzas_owner'::regrole
        and nspname not like 'pg\_%' and nspname not in ('information_schema', 'public', 'tap')$$,
    'every schema of the product is its owner''s');
select is_empty(
    $$select relname from pg_class
      where relnamespace in (select oid from pg_namespace where nspowner = 'alianzas_owner'::regrole)
        and relowner <> 'alianzas_owner'::regrole$$,
    'every table of the product is its owner''s');

-- Scopes are opened by `set local`, of which the nodes of a sharded database have to hear.
select ok(
    'citus.propagate_set_commands=local' = any (rolconfig), rolname || ' tells all nodes what it sets')
from pg_roles where rolname in ('alianzas_owner', 'alianzas_app', 'alianzas_control');

-- Who serves the public is cut off sooner than who serves a tenant.
select ok(('statement_timeout=' || allowed) = any (rolconfig), name || ' is cut off after ' || allowed)
from (values ('alianzas_app', '30s'), ('alianzas_public', '15s'), ('alianzas_control', '15s'), ('alianzas_identity', '15s'))
    as limits (name, allowed)
join pg_roles on rolname = name;

-- A scope ends with its transaction, and without one nothing is read.
set local role alianzas_app;
select tenancy.enter_tenant('aaaaaaaa-0000-4000-8000-000000000000', null);
select is(current_setting('alianzas.organization_id'), 'aaaaaaaa-0000-4000-8000-000000000000', 'a tenant is entered');
select is_empty('select 1 from tenancy.users', 'and has no users yet');
reset role;
commit;
begin;
select is(
    coalesce(current_setting('alianzas.organization_id', true), ''), '', 'the scope was left with its transaction');
set local role alianzas_app;
select throws_ok('select 1 from tenancy.users', '22P02', null, 'whoever has left a tenant is refused, not shown nothing');
reset role;

select * from finish();
rollback;
