import Kernel
import Postgres
import TestSupport
import Testing

/// A rule of the schema that can be read from the system catalogue.
///
/// The query gives back what breaks the rule, a line each. `defect` makes a schema that breaks it, by which the
/// test of the rules shows that each can fail.
struct CatalogueRule: Sendable, CustomTestStringConvertible {
    let name: String
    let query: SQL
    let defect: String

    var testDescription: String { name }

    /// What breaks the rule in a database.
    func violations(in database: Database) async throws -> [String] {
        try await database.read(SuperuserScope()) { try await $0.values(query, as: String.self) }
    }
}

/// The superuser of the test's own server, whom no policy binds.
struct SuperuserScope: TransactionScope {
    static var role: DatabaseRole { TestCluster.superuser }
    var entry: SQL? { nil }
}

/// The roles that serve.
let servingRoles = "alianzas_app, alianzas_identity, alianzas_control, alianzas_public, alianzas_import"

extension CatalogueRule {
    /// All tables of ours, in whatever schema, and of those the tenants': they have the column of the tenant, and lie
    /// in neither of the schemas that stand before tenants.
    private static let tables: SQL = """
        with ours as (
            select classes.oid, nspname as schema, relname as name, nspname || '.' || relname as full_name, relkind,
                relispartition, relrowsecurity, relforcerowsecurity, relpersistence
            from pg_class as classes
            join pg_namespace on pg_namespace.oid = relnamespace
            where nspname !~ '^(pg_|information_schema$)' and relkind in ('r', 'p', 'f')
                -- What has been migrated is written down by the owner, for the owner.
                and nspname || '.' || relname <> 'public.migrations'
        ),
        tenants as (
            select ours.*, attnum from ours
            join pg_attribute on attrelid = ours.oid and attname = 'organization_id' and not attisdropped
            where schema not in ('catalogue', 'identity')
        ),
        serving as (
            select oid, rolname from pg_roles
            where rolname in (
                'alianzas_app', 'alianzas_identity', 'alianzas_control', 'alianzas_public', 'alianzas_import')
        )

        """

    private init(_ name: String, _ query: SQL, defect: String) {
        self.init(name: name, query: "\(fragment: Self.tables) \(fragment: query)", defect: defect)
    }

    /// The walls between tenants.
    static let walls: [Self] = [
        Self(
            "every table outside identity and catalogue has a tenant",
            """
            select full_name from ours
            where schema not in ('catalogue', 'identity') and ours.oid not in (select oid from tenants)
            """,
            defect: "create schema other; create table other.things (name text)"),
        Self(
            "a tenant's role reads catalogues, and nothing of sign-in but its limits",
            """
            select full_name || ' to alianzas_app' from ours
            where schema = 'identity' and (
                    has_any_column_privilege('alianzas_app', oid, 'insert, update')
                    or name <> 'limits' and has_any_column_privilege('alianzas_app', oid, 'select')
                    or has_table_privilege('alianzas_app', oid, 'delete'))
                or schema = 'catalogue' and (
                    has_any_column_privilege('alianzas_app', oid, 'insert, update')
                    or has_table_privilege('alianzas_app', oid, 'delete'))
            """,
            defect: "grant select on identity.accounts to alianzas_app"),
        Self(
            "every tenant table has the guard constraint",
            """
            select full_name from tenants
            where not relispartition and not exists (
                select from pg_constraint
                where conrelid = tenants.oid and contype = 'c' and convalidated
                    and conname = name || '_tenant_guard'
                    and pg_get_constraintdef(pg_constraint.oid) =
                        'CHECK ((organization_id = COALESCE((NULLIF(current_setting('
                        || '''alianzas.organization_id''::text, true), ''''::text))::uuid, organization_id)))')
            """,
            defect: "alter table tenancy.users drop constraint users_tenant_guard"),
        Self(
            "every tenant table has row security on, and not forced",
            """
            select full_name from tenants where not relispartition and (not relrowsecurity or relforcerowsecurity)
            """,
            defect: "alter table tenancy.users force row level security"),
        Self(
            "every tenant table has the restrictive policy for reading and writing",
            """
            select full_name from tenants
            where not relispartition and not exists (
                select from pg_policy
                where polrelid = tenants.oid and not polpermissive and polcmd = '*'
                    and polroles @> array['alianzas_app'::regrole::oid]
                    and pg_get_expr(polqual, polrelid) =
                        '(organization_id = (current_setting(''alianzas.organization_id''::text))::uuid)'
                    and pg_get_expr(polwithcheck, polrelid) = pg_get_expr(polqual, polrelid))
            """,
            defect: """
                drop policy tenant_isolation on tenancy.users;
                create policy tenant_isolation on tenancy.users as restrictive to alianzas_app using (
                    organization_id = current_setting('alianzas.organization_id', true)::uuid)
                """),
        Self(
            "no policy holds a subquery, or asks leniently",
            """
            select full_name || ' ' || polname from pg_policy join ours on ours.oid = polrelid
            where concat(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
                ~* '(select|current_setting\\([^)]*, true)'
            """,
            defect: """
                create policy mine on tenancy.users for select to alianzas_app using (
                    user_id in (select user_id from tenancy.grants))
                """),
        Self(
            "only projections open rows to those who read across tenants",
            """
            select full_name || ' to ' || rolname from tenants, serving
            where rolname in ('alianzas_control', 'alianzas_public', 'alianzas_identity')
                and (has_any_column_privilege(serving.oid, tenants.oid, 'select, insert, update')
                    or has_table_privilege(serving.oid, tenants.oid, 'delete, truncate'))
                and not (
                    rolname in ('alianzas_control', 'alianzas_public')
                    and not has_any_column_privilege(serving.oid, tenants.oid, 'insert, update')
                    and exists (
                        select from pg_policy where polrelid = tenants.oid and polcmd = 'r' and polpermissive
                            and polroles = array[serving.oid]
                            and pg_get_expr(polqual, polrelid) in (
                                'is_public',
                                '(municipality_code = ANY (string_to_array(current_setting('
                                || '''alianzas.municipalities''::text), '',''::text)))')))
            """,
            defect: "grant select on tenancy.users to alianzas_control"),
        Self(
            "nothing is granted on a partition, but writing to the staging role",
            """
            select full_name || ' to ' || rolname from ours, serving
            where relispartition and (
                has_any_column_privilege(serving.oid, ours.oid, 'select, update')
                or has_table_privilege(serving.oid, ours.oid, 'delete, truncate')
                or (rolname <> 'alianzas_import'
                    and has_any_column_privilege(serving.oid, ours.oid, 'insert')))
            """,
            defect: """
                create table tenancy.things (organization_id uuid) partition by list (organization_id);
                create table tenancy.things_default partition of tenancy.things default;
                grant select on tenancy.things_default to alianzas_app
                """),
        Self(
            "the serving roles own nothing",
            """
            select 'relation ' || relname from pg_class, serving where relowner = serving.oid
            union all select 'function ' || proname from pg_proc, serving where proowner = serving.oid
            union all select 'schema ' || nspname from pg_namespace, serving where nspowner = serving.oid
            union all select 'type ' || typname from pg_type, serving where typowner = serving.oid
            union all select 'database ' || datname from pg_database, serving where datdba = serving.oid
            """,
            defect: """
                create table tenancy.things (organization_id uuid);
                alter table tenancy.things owner to alianzas_app
                """),
        Self(
            "the serving roles are no superusers, pass no row security by and are members of nothing",
            """
            select rolname from pg_roles
            where rolname like 'alianzas\\_%' and (rolsuper or rolbypassrls or rolcreatedb or rolcreaterole
                or rolreplication or not rolcanlogin)
            union all
            select rolname || ' is a member of another' from serving
            join pg_auth_members on member = serving.oid
            """,
            defect: "create role alianzas_extra login bypassrls"),
        Self(
            "the serving roles make nothing, and truncate nothing",
            """
            select rolname || ' in ' || nspname from pg_namespace, serving
            where nspname !~ '^pg_(temp|toast)' and has_schema_privilege(serving.oid, pg_namespace.oid, 'create')
            union all
            select rolname || ' of ' || full_name from ours, serving
            where has_table_privilege(serving.oid, ours.oid, 'truncate, references, trigger')
            """,
            defect: "grant truncate on tenancy.users to alianzas_app"),
        Self(
            "the staging role writes the inboxes of bulk loads, and reads nothing",
            """
            select full_name from ours
            where has_any_column_privilege('alianzas_import', oid, 'select, update')
                    and schema <> 'catalogue'
                or has_table_privilege('alianzas_import', oid, 'delete, truncate')
                or has_any_column_privilege('alianzas_import', oid, 'insert')
                    and not (relispartition and relpersistence = 'u')
            """,
            defect: "grant insert on membership.affiliates to alianzas_import"),
        Self(
            "a role that may write a tenant's row never moves it by its keys alone",
            """
            select full_name || ' ' || attname || ' by ' || rolname from tenants
            join pg_attribute on attrelid = tenants.oid and attname = 'organization_id'
            join serving on rolname <> 'alianzas_app'
            where has_column_privilege(serving.oid, tenants.oid, pg_attribute.attnum, 'update')
            """,
            defect: "grant update on tenancy.users to alianzas_identity"),
    ]

    /// Those of the twenty rules of a distributed engine that the catalogue shows.
    static let distribution: [Self] = [
        Self(
            "the tenant is the first column and never null",
            """
            select full_name from tenants
            join pg_attribute on attrelid = tenants.oid and pg_attribute.attnum = tenants.attnum
            where tenants.attnum <> 1 or not attnotnull or atttypid <> 'uuid'::regtype
            """,
            defect: "create table tenancy.things (name text, organization_id uuid not null)"),
        Self(
            "the tenant is first in every key and unique index",
            """
            select full_name || ' ' || indexes.relname from tenants
            join pg_index on indrelid = tenants.oid
            join pg_class as indexes on indexes.oid = indexrelid
            where (indisunique or indisexclusion or indisprimary) and indkey[0] <> tenants.attnum
            """,
            defect: "create unique index on tenancy.users (user_id)"),
        Self(
            "every tenant table has a primary key, or is the inbox of a bulk load",
            """
            select full_name from tenants
            where not relispartition and not exists (
                    select from pg_constraint where conrelid = tenants.oid and contype = 'p')
                and not exists (
                    select from pg_inherits
                    where inhparent = tenants.oid and has_any_column_privilege(
                        'alianzas_import', inhrelid, 'insert'))
            """,
            defect: "create table tenancy.things (organization_id uuid not null)"),
        Self(
            "the tenant is first in every foreign key, on both sides, or the key points at the catalogue",
            """
            select tenants.full_name || ' ' || conname from tenants
            join pg_constraint on conrelid = tenants.oid and contype = 'f'
            join ours as target on target.oid = confrelid
            where case
                when target.schema = 'catalogue' then
                    cardinality(conkey) > 1 and conkey[1] = tenants.attnum
                when target.schema = 'identity' then true
                when target.oid in (select oid from tenants) then
                    conkey[1] <> tenants.attnum
                    or confkey[1] <> (select attnum from tenants as targets where targets.oid = confrelid)
                else conkey[1] = tenants.attnum
            end
            """,
            defect: """
                create table tenancy.things (
                    organization_id uuid not null, thing_id uuid not null, alliance_id uuid,
                    primary key (organization_id, thing_id),
                    unique (organization_id, alliance_id),
                    foreign key (alliance_id, organization_id)
                        references tenancy.alliances (alliance_id, organization_id))
                """),
        Self(
            "catalogues point at catalogues alone",
            """
            select full_name || ' ' || conname from ours
            join pg_constraint on conrelid = ours.oid and contype = 'f'
            join pg_class as target on target.oid = confrelid
            join pg_namespace on pg_namespace.oid = target.relnamespace
            where schema = 'catalogue' and nspname <> 'catalogue'
                or schema = 'identity' and nspname not in ('identity', 'catalogue')
            """,
            defect: """
                alter table identity.account_users add foreign key (organization_id, user_id)
                    references tenancy.users (organization_id, user_id)
                """),
        Self(
            "no foreign key sets null or defaults, or cascades an update",
            """
            select conrelid::regclass || ' ' || conname from pg_constraint
            where contype = 'f' and (confdeltype in ('n', 'd') or confupdtype in ('c', 'n', 'd'))
            """,
            defect: """
                alter table tenancy.grants drop constraint grants_user_fkey;
                alter table tenancy.grants add constraint grants_user_fkey
                    foreign key (organization_id, user_id)
                    references tenancy.users (organization_id, user_id) on update cascade
                """),
        Self(
            "no triggers",
            "select tgrelid::regclass || ' ' || tgname from pg_trigger where not tgisinternal",
            defect: """
                create function tenancy.react() returns trigger language plpgsql as 'begin return new; end';
                create trigger react before insert on tenancy.users
                    for each row execute function tenancy.react()
                """),
        Self(
            "no rules but those of views",
            """
            select ev_class::regclass || ' ' || rulename from pg_rewrite
            join ours on ours.oid = ev_class
            """,
            defect: "create rule nothing as on delete to tenancy.users do instead nothing"),
        Self(
            "no inheritance, and partitions of one level",
            """
            select inhrelid::regclass::text from pg_inherits
            join pg_class as parents on parents.oid = inhparent and parents.relkind in ('r', 'p')
            where parents.relkind <> 'p'
                or exists (select from pg_class where pg_class.oid = inhrelid and relkind = 'p')
            """,
            defect: "create table tenancy.things () inherits (tenancy.users)"),
        Self(
            "no enumerations, domains, numerics, floats or times without a zone",
            """
            select full_name || ' ' || attname || ' ' || format_type(atttypid, atttypmod) from ours
            join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
            join pg_type on pg_type.oid = atttypid
            where typtype <> 'b' or typname in (
                'numeric', '_numeric', 'float4', 'float8', 'money', 'timestamp', 'timetz', 'varchar', 'bpchar',
                'json', 'serial')
            """,
            defect: "alter table tenancy.users add column size numeric"),
        Self(
            "no identities, sequences or defaults that are reckoned",
            """
            select full_name || ' ' || attname from ours
            join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
            left join pg_attrdef on adrelid = attrelid and adnum = pg_attribute.attnum
            where attidentity <> '' or (attgenerated = '' and pg_get_expr(adbin, adrelid) ~ '\\(')
                or pg_get_expr(adbin, adrelid) ~* '^(current_|local|session_)'
            union all
            select 'sequence ' || relname from pg_class
            join pg_namespace on pg_namespace.oid = relnamespace
            where relkind = 'S' and nspname !~ '^(pg_|information_schema)'
            """,
            defect: "alter table tenancy.users add column made_at timestamptz not null default now()"),
        Self(
            "every folded column has its index for prefixes, the tenant first",
            """
            select full_name || ' ' || attname from tenants
            join pg_attribute on attrelid = tenants.oid and attname like '%\\_folded' and not attisdropped
            where not exists (
                select from pg_index
                where indrelid = tenants.oid and indkey[0] = tenants.attnum
                    and exists (
                        select from generate_subscripts(indkey, 1) as place
                        where indkey[place] = pg_attribute.attnum
                            and indclass[place] in (
                                select oid from pg_opclass where opcname = 'text_pattern_ops')))
            """,
            defect: "alter table tenancy.users add column name_folded text"),
        // A projection is read across tenants, by those who see a municipality or what is published: there an
        // index that begins with the tenant serves nobody but the writer. Its unique ones still begin with it.
        Self(
            "every index of a tenant table begins with the tenant, but for the reading of projections",
            """
            select full_name || ' ' || indexrelid::regclass from tenants
            join pg_index on indrelid = tenants.oid
            where indkey[0] <> tenants.attnum and (
                indisunique or not exists (
                    select from pg_policy
                    where polrelid = tenants.oid and polroles && array[
                        'alianzas_control'::regrole::oid, 'alianzas_public'::regrole::oid]))
            """,
            defect: "create index users_name_index on tenancy.users (name)"),
        Self(
            "constraints are named for their table and what they do",
            """
            select full_name || ' ' || conname from ours
            join pg_constraint on conrelid = ours.oid
            where not relispartition and (
                not starts_with(conname, name || '_')
                or contype = 'p' and conname <> name || '_pkey'
                or contype = 'u' and conname not like '%\\_key'
                or contype = 'f' and conname not like '%\\_fkey'
                or contype = 'c' and conname ~ '_check[0-9]*$')
            """,
            defect: "alter table tenancy.users add check (name <> 'x')"),
        Self(
            "every constraint was validated, and every index is whole",
            """
            select full_name || ' ' || conname from ours
            join pg_constraint on conrelid = ours.oid where not convalidated
            union all
            select full_name || ' ' || indexrelid::regclass from ours
            join pg_index on indrelid = ours.oid where not indisvalid or not indisready
            """,
            defect:
                "alter table tenancy.users add constraint users_name_short check (length(name) < 99) not valid"
        ),
        // Row security passes by an index whose operator is not leakproof: those of arrays, documents, ranges, full
        // text and trigrams, and functions such as lower(). Exclusion constraints are asked without it.
        Self(
            "no index that row security would pass by",
            """
            select full_name || ' ' || indexrelid::regclass from tenants
            join pg_index on indrelid = tenants.oid and not indisexclusion
            join pg_class as indexes on indexes.oid = indexrelid
            join pg_am on pg_am.oid = indexes.relam
            where amname not in ('btree', 'hash') or 0 = any (indkey)
            """,
            defect: "create index users_name_lower on tenancy.users (organization_id, lower(name))"),
        // Rule 17: a time or a number beside a ballot tells whose it is.
        Self(
            "ballots and marks of participation hold no time, no number and nobody",
            """
            select full_name || ' ' || attname from ours
            join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
            where name in ('ballots', 'cast_ballots', 'participations') and (
                atttypid in (
                    'date'::regtype, 'time'::regtype, 'timestamptz'::regtype, 'smallint'::regtype, 'integer'::regtype,
                    'bigint'::regtype)
                or name <> 'participations' and attname in ('person_id', 'user_id', 'voter_id', 'recorded_by'))
            """,
            defect: """
                create table elections.ballots (
                    organization_id uuid not null, ballot_id uuid not null, person_id uuid not null)
                """),
        // Rule 15: where the outcome of a commit is unknown, the same request again is refused by its key.
        Self(
            "a request is carried out once in a tenant",
            """
            select 'tenancy.requests' where not exists (
                select from pg_constraint
                where conname = 'requests_pkey' and contype = 'p'
                    and pg_get_constraintdef(oid) = 'PRIMARY KEY (organization_id, request_id)')
            """,
            defect: "alter table tenancy.requests drop constraint requests_pkey"),
        Self(
            "tables say what they hold",
            "select full_name from ours where obj_description(oid, 'pg_class') is null and not relispartition",
            defect: "create table tenancy.things (name text)"),
        Self(
            "names are plain: small letters, digits and underscores",
            """
            select full_name from ours where name !~ '^[a-z][a-z0-9_]*$'
            union all
            select full_name || ' ' || attname from ours
            join pg_attribute on attrelid = ours.oid and attnum > 0 and not attisdropped
            where attname !~ '^[a-z][a-z0-9_]*$'
            """,
            defect: "alter table tenancy.users add column \"Name\" text"),
        Self(
            "views run with the rights of who asks",
            """
            select nspname || '.' || relname from pg_class
            join pg_namespace on pg_namespace.oid = relnamespace
            where relkind = 'v' and nspname !~ '^(pg_|information_schema$)'
                and not coalesce(reloptions @> array['security_invoker=true'], false)
                and not coalesce(reloptions @> array['security_invoker=on'], false)
            union all
            select 'materialized ' || relname || ' to ' || rolname from pg_class, serving
            where relkind = 'm' and has_any_column_privilege(serving.oid, pg_class.oid, 'select')
            """,
            defect: "create view tenancy.everybody as select * from tenancy.users"),
    ]

    /// What functions may do.
    static let functions: [Self] = [
        Self(
            "no function is open to everybody",
            """
            select procs.oid::regprocedure::text from pg_proc as procs
            join pg_namespace on pg_namespace.oid = pronamespace
            where nspname in (
                    'catalogue', 'identity', 'tenancy', 'membership', 'governance', 'elections', 'reporting')
                and has_function_privilege('public', procs.oid, 'execute')
            """,
            defect: "grant execute on function tenancy.enter_tenant to public"),
        Self(
            "functions with their owner's rights fix the search path",
            """
            select oid::regprocedure::text from pg_proc
            where prosecdef and not exists (
                select from unnest(proconfig) as setting where setting ~ '^search_path=(pg_catalog|"")')
            """,
            defect: """
                create function tenancy.all_users() returns bigint language sql security definer
                    as 'select count(*) from tenancy.users'
                """),
        Self(
            "functions with their owner's rights that a tenant may call ask which tenant it is",
            """
            select oid::regprocedure::text from pg_proc
            where prosecdef and has_function_privilege('alianzas_app', oid, 'execute')
                and prosrc !~ 'current_setting\\(''alianzas.organization_id''\\)::uuid'
            """,
            defect: """
                create function tenancy.all_users() returns bigint language sql security definer
                    set search_path = pg_catalog as 'select count(*) from tenancy.users';
                grant execute on function tenancy.all_users to alianzas_app
                """),
        Self(
            "no function sets a scope by other means, notifies, merges, makes ids or asks the clock",
            """
            select procs.oid::regprocedure::text from pg_proc as procs
            join pg_namespace on pg_namespace.oid = pronamespace
            where nspname in (
                    'catalogue', 'identity', 'tenancy', 'membership', 'governance', 'elections', 'reporting')
                and prosrc ~* (
                    '(set_config|notify|merge into|now\\(\\)|clock_timestamp|current_timestamp|current_date|'
                    || 'statement_timestamp|gen_random_uuid|random\\(\\)|pg_advisory_lock|'
                    || 'pg_try_advisory_lock|\\mset session\\M)')
            """,
            defect: """
                create function tenancy.hour() returns timestamptz language sql as 'select now()'
                """),
    ]
}
