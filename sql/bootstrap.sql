-- Roles and database of Alianzas, for psql and a superuser. May be run again at any time.
--
-- The private cluster of a data folder runs it by itself. The administrator of any other server runs
--     psql --set ON_ERROR_STOP=1 --file sql/bootstrap.sql 'host=… dbname=postgres'
-- and then gives each role its password, where the server asks for one (\password alianzas_app), or admits
-- it by certificate or peer. Who may come in from where is said in pg_hba.conf; alianzas_owner from the
-- machine that migrates, and nowhere else.
--
-- What each role may do with which table is granted by the migrations. `--set database=NAME` names another database.

\set QUIET on
\if :{?database}
\else
    \set database alianzas
\endif

set client_min_messages = warning;

select format('create role %I', role)
from unnest(array[
    'alianzas_owner', 'alianzas_app', 'alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import'
]) as role
where not exists (select from pg_roles where rolname = role)
\gexec

alter role alianzas_owner    login nosuperuser nocreatedb nocreaterole noreplication nobypassrls inherit;
alter role alianzas_app      login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit;
alter role alianzas_identity login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit;
alter role alianzas_control  login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit;
alter role alianzas_public   login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit;
alter role alianzas_import   login nosuperuser nocreatedb nocreaterole noreplication nobypassrls noinherit;

comment on role alianzas_owner is 'Owns and migrates the database, and does nothing else.';
comment on role alianzas_app is 'Serves tenants; the only one with privileges on tenant tables.';
comment on role alianzas_identity is 'Serves sign-in and sessions, before a tenant is known.';
comment on role alianzas_control is 'Reads the projections of a control body''s municipalities.';
comment on role alianzas_public is 'Reads the projections that are published.';
comment on role alianzas_import is 'Writes staging tables, and nothing else.';

-- No page waits longer for one statement; those for the public and for control bodies read little, and whoever asks for
-- more is cut off. Migrations and imports take as long as they take.
alter role alianzas_app set statement_timeout = '30s';
alter role alianzas_public set statement_timeout = '15s';
alter role alianzas_control set statement_timeout = '15s';
alter role alianzas_identity set statement_timeout = '15s';

-- A scope is opened by `set local`; on a sharded database its nodes have to hear of it. Elsewhere this is
-- a name without meaning.
alter role alianzas_app set citus.propagate_set_commands = 'local';
alter role alianzas_control set citus.propagate_set_commands = 'local';
alter role alianzas_owner set citus.propagate_set_commands = 'local';

select format(
    'create database %I owner alianzas_owner template template0 encoding ''UTF8'' '
    'lc_collate ''C'' lc_ctype ''C.UTF-8''', :'database')
where not exists (select from pg_database where datname = :'database')
\gexec

select format('alter database %I owner to alianzas_owner', :'database')
from pg_database
where datname = :'database' and datdba <> 'alianzas_owner'::regrole
\gexec

revoke all on database :"database" from public;
grant connect on database :"database" to
    alianzas_app, alianzas_identity, alianzas_control, alianzas_public, alianzas_import;

alter database :"database" set timezone to 'UTC';
alter database :"database" set jit to off;
alter database :"database" set default_text_search_config to 'pg_catalog.spanish';
