import Kernel
import Postgres
import Tenancy
import TestSupport

/// Rows of two tenants in every table of tenants, made from the catalogue alone, and what each role then sees of them
/// when statements name no tenant.
///
/// A new table is covered by being there. Where a row cannot be made, or nobody's is seen, the check fails: a wall is
/// proved by what stands behind it.
struct RowWalls {
    let database: Database
    let tenant = ID<Organization>()
    let neighbour = ID<Organization>()

    /// The municipality and the visibility of the rows of each: of the tenant San Antero and published, of its
    /// neighbour Medellín and not.
    private static let municipalities = ("23672", "05001")

    /// Makes the rows.
    static func make() async throws -> RowWalls {
        let walls = RowWalls(database: try await TestDatabase.make())
        try await walls.fill()
        return walls
    }

    /// The tables of tenants, their partitions left out, and the views that show them.
    private static let tables = """
        select pg_class.oid, nspname || '.' || relname as name, relname, relkind
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        join pg_attribute on attrelid = pg_class.oid and attname = 'organization_id' and not attisdropped
        where nspname !~ '^(pg_|information_schema$)' and nspname not in ('catalogue', 'identity')
            and relkind in ('r', 'p', 'v') and not relispartition
        order by 2
        """

    /// Gives each table a row of the tenant and one of its neighbour. What a row means is of no interest here, so its
    /// own checks and its references are put aside; the guard and the policies stay.
    private func fill() async throws {
        try await database.script(
            """
            set session_replication_role = replica;
            do $$
            declare
                entry record;
                rule record;
                columns text;
                row_values text;
            begin
                for entry in \(Self.tables) loop
                    continue when entry.relkind = 'v';
                    for rule in
                        select conname from pg_constraint
                        where conrelid = entry.oid and contype = 'c' and conname <> entry.relname || '_tenant_guard'
                    loop
                        execute format('alter table %s drop constraint %I', entry.name, rule.conname);
                    end loop;
                    for place in 1..2 loop
                        select string_agg(quote_ident(attname), ', ' order by attnum), string_agg(
                            case
                                when attname = 'organization_id' then
                                    quote_literal((array['\(tenant)', '\(neighbour)'])[place])
                                when attname = 'municipality_code' then
                                    quote_literal(
                                        (array['\(Self.municipalities.0)', '\(Self.municipalities.1)'])[place])
                                when attname = 'is_public' then (place = 1)::text
                                when typname = 'uuid' then 'gen_random_uuid()'
                                when typname = 'text' then 'md5(random()::text)'
                                when typname = 'bytea' then 'decode(md5(random()::text), ''hex'')'
                                when typname in ('int2', 'int4', 'int8') then '1 + (random() * 30000)::int'
                                when typname = 'bool' then 'true'
                                when typname = 'date' then 'current_date'
                                when typname = 'timestamptz' then 'now()'
                                when typname = 'time' then 'localtime'
                                when typname = 'jsonb' then '''{}'''
                                when typcategory = 'A' then '''{}'''
                                else 'null'
                            end, ', ' order by attnum)
                        into columns, row_values
                        from pg_attribute join pg_type on pg_type.oid = atttypid
                        where attrelid = entry.oid and attnum > 0 and not attisdropped and attgenerated = '';
                        execute format('insert into %s (%s) values (%s)', entry.name, columns, row_values);
                    end loop;
                end loop;
            end
            $$
            """, as: TestCluster.superuser)
    }

    /// Runs statements as a role, the rest of the script a body of PL/pgSQL that adds to `broken` what it finds, and
    /// keeps nothing.
    ///
    /// - Returns: What was found.
    private func findings(
        as role: DatabaseRole, after entry: String, for entries: String = Self.tables, _ body: String
    ) async throws -> [String] {
        do throws(PostgresError) {
            try await database.script(
                """
                begin;
                \(entry);
                do $$
                declare
                    entry record;
                    own bigint;
                    others bigint;
                    seen int := 0;
                    columns text;
                    row_values text;
                    guard text;
                    broken text[] := '{}';
                begin
                    for entry in \(entries) loop
                        \(body)
                    end loop;
                    raise exception 'seen % found %', seen, array_to_string(broken, '|');
                end
                $$;
                """, as: role)
        } catch {
            // The end of the transaction and the only word that comes out of such a block.
            guard let match = error.message.wholeMatch(of: /seen (\d+) found (.*)/) else { throw error }
            if match.1 == "0" { return ["no table was looked at"] }
            return match.2.split(separator: "|").map(String.init)
        }
        return ["nothing was looked at"]
    }

    /// The scope of the tenant, in which every own space is open.
    private var entry: String { "select tenancy.enter_tenant('\(tenant)', null, '*')" }

    // MARK: What is there

    /// Tables without a row of both tenants, as the superuser sees them, from whom nothing is hidden.
    func tablesWithoutRows() async throws -> [String] {
        try await findings(
            as: TestCluster.superuser, after: "select 1",
            """
            continue when entry.relkind = 'v';
            seen := seen + 1;
            execute format(
                'select count(*) filter (where organization_id = %L), count(*) filter (where organization_id = %L) from %s',
                '\(tenant)', '\(neighbour)', entry.name) into own, others;
            if own = 0 or others = 0 then broken := broken || entry.name; end if;
            """)
    }

    // MARK: What is seen

    /// What the serving role sees of the neighbour in a tenant's scope, and tables in which it sees nothing at all.
    func rowsSeen() async throws -> [String] {
        try await findings(
            as: .app, after: entry,
            """
            continue when not has_column_privilege(entry.oid, 'organization_id', 'select');
            seen := seen + 1;
            execute format(
                'select count(*) filter (where organization_id = %L), count(*) filter (where organization_id <> %L) from %s',
                '\(tenant)', '\(tenant)', entry.name) into own, others;
            if others > 0 then broken := broken || (entry.name || ' shows a neighbour'); end if;
            if own = 0 and entry.relkind <> 'v' then broken := broken || (entry.name || ' shows nothing'); end if;
            """)
    }

    /// Reserved rows that the serving role sees or changes in the scope of a tenant whose own spaces are closed to it,
    /// or where another's is open.
    func reservedRowsSeen() async throws -> [String] {
        let closed = ["''", "'\(ID<Alliance>())'"]
        var found: [String] = []
        for spaces in closed {
            found += try await findings(
                as: .app, after: "select tenancy.enter_tenant('\(tenant)', null, \(spaces))",
                """
                continue when entry.relkind = 'v' or not exists (
                    select from pg_attribute
                    where attrelid = entry.oid and attname = 'is_reserved' and not attisdropped);
                seen := seen + 1;
                execute format('select count(*) from %s', entry.name) into own;
                if own > 0 then broken := broken || (entry.name || ' shows what is reserved'); end if;
                -- What no privilege changes is opened by a function, which has a test of its own.
                continue when not has_column_privilege(entry.oid, 'is_reserved', 'update');
                execute format('update %s set is_reserved = is_reserved', entry.name);
                get diagnostics own = row_count;
                if own > 0 then broken := broken || (entry.name || ' changes what is reserved'); end if;
                """)
        }
        return found
    }

    /// Tables that answer a serving role that has entered no tenant.
    func tablesReadWithoutScope() async throws -> [String] {
        try await findings(
            as: .app, after: "select 1",
            """
            continue when not has_column_privilege(entry.oid, 'organization_id', 'select');
            seen := seen + 1;
            begin
                execute format('select count(organization_id) from %s', entry.name) into own;
                broken := broken || entry.name;
            exception when undefined_object or invalid_text_representation then
                null;
            end;
            """)
    }

    /// What roles that read across tenants see of what is not theirs, and what those see that read nothing.
    func rowsSeen(by role: DatabaseRole, after entry: String, mayNotSee condition: String) async throws
        -> [String]
    {
        try await findings(
            as: role, after: entry,
            """
            seen := seen + 1;
            begin
                execute format('select count(*) filter (where \(condition)) from %s', entry.name) into others;
                if others > 0 then broken := broken || entry.name; end if;
            exception when insufficient_privilege or undefined_column then
                null;
            end;
            """)
    }

    /// What a control body of the tenant's municipality sees of others.
    func rowsSeenByControl() async throws -> [String] {
        try await rowsSeen(
            by: .control,
            after: "select tenancy.enter_territory('\(neighbour)', array['\(Self.municipalities.0)'])",
            mayNotSee: "municipality_code is distinct from ''\(Self.municipalities.0)''")
    }

    /// What anybody sees that is not published.
    func rowsSeenByPublic() async throws -> [String] {
        try await rowsSeen(by: .published, after: "select 1", mayNotSee: "is_public is not true")
    }

    /// What sign-in and the import see of tenants: nothing.
    func rowsSeen(by role: DatabaseRole) async throws -> [String] {
        try await rowsSeen(by: role, after: "select 1", mayNotSee: "true")
    }

    // MARK: What is written

    /// Where a statement was refused: notes it unless the policy or the guard did that, since a privilege that lacks
    /// proves no wall.
    private static func unlessTheWallRefused(_ statement: String) -> String {
        """
        get stacked diagnostics guard = constraint_name;
        if sqlerrm !~ 'row-level security' and guard <> entry.relname || '_tenant_guard' then
            broken := broken || (entry.name || ' refuses \(statement) for another reason: ' || sqlerrm);
        end if;
        """
    }

    /// What the serving role changes, removes or adds of the neighbour in a tenant's scope.
    func rowsWritten() async throws -> [String] {
        try await findings(
            as: .app, after: entry,
            """
            continue when entry.relkind = 'v';
            select string_agg(quote_ident(attname), ', '),
                string_agg(
                    case when attname = 'organization_id' then quote_literal('\(neighbour)')
                        -- Of what may be put in and not read, nothing can be copied: the policy refuses before that.
                        when not has_column_privilege(entry.oid, attnum, 'select')
                            then 'null::' || format_type(atttypid, atttypmod)
                        else quote_ident(attname) end,
                    ', ')
            into columns, row_values
            from pg_attribute
            where attrelid = entry.oid and attnum > 0 and not attisdropped and attgenerated = ''
                and has_column_privilege(entry.oid, attnum, 'insert');
            if columns is not null then
                seen := seen + 1;
                begin
                    execute format('insert into %s (%s) select %s from %s', entry.name, columns, row_values, entry.name);
                    broken := broken || (entry.name || ' takes a row for a neighbour');
                exception when insufficient_privilege or check_violation then
                    \(Self.unlessTheWallRefused("an insert"))
                end;
            end if;
            select quote_ident(attname) into columns from pg_attribute
            where attrelid = entry.oid and attnum > 0 and not attisdropped and attgenerated = ''
                and has_column_privilege(entry.oid, attnum, 'update')
            order by attname = 'organization_id'
            limit 1;
            if columns is not null then
                seen := seen + 1;
                begin
                    execute format('update %s set %s = %s', entry.name, columns, columns);
                    get diagnostics others = row_count;
                    if others <> 1 then broken := broken || (entry.name || ' has a neighbour changed'); end if;
                exception when check_violation then
                    broken := broken || (entry.name || ' leaves a neighbour to its guard');
                end;
            end if;
            if has_column_privilege(entry.oid, 'organization_id', 'update') then
                begin
                    execute format('update %s set organization_id = %L', entry.name, '\(neighbour)');
                    broken := broken || (entry.name || ' gives a row away');
                exception when insufficient_privilege or check_violation then
                    \(Self.unlessTheWallRefused("an update"))
                end;
            end if;
            if has_table_privilege(entry.oid, 'delete') then
                seen := seen + 1;
                execute format('delete from %s', entry.name);
                get diagnostics others = row_count;
                if others <> 1 then broken := broken || (entry.name || ' has a neighbour removed'); end if;
            end if;
            """)
    }

    /// Functions with their owner's rights, whom no policy binds, that do something for a neighbour when the serving
    /// role asks for it in a tenant's scope.
    func functionsCalledForNeighbours() async throws -> [String] {
        try await findings(
            as: .app, after: entry,
            for: """
                select pg_proc.oid, pg_proc.oid::regprocedure::text as name, pronamespace::regnamespace || '.'
                    || quote_ident(proname) || '(' || array_to_string(array(
                        select case when place = 1 then quote_literal('\(neighbour)') else 'null' end
                            || '::' || format_type(proargtypes[place - 1], null)
                        from generate_series(1, pronargs) as place), ', ') || ')' as call
                from pg_proc
                where prosecdef and pronargs > 0 and has_function_privilege(oid, 'execute')
                """,
            """
            seen := seen + 1;
            begin
                execute format('select count(*) from %s', entry.call);
                broken := broken || (entry.name || ' serves a neighbour');
            exception
                when insufficient_privilege then
                    null;
                when others then
                    broken := broken || (entry.name || ' does not ask for the tenant first: ' || sqlerrm);
            end;
            """)
    }

    /// What a bulk write of the owner, whom no policy binds, puts into a neighbour's rows once a tenant is entered:
    /// the guard constraint is the wall there.
    func rowsWrittenPastPolicies() async throws -> [String] {
        try await findings(
            as: TestCluster.superuser, after: entry,
            """
            continue when entry.relkind = 'v';
            seen := seen + 1;
            begin
                execute format('update %s set organization_id = organization_id', entry.name);
                broken := broken || entry.name;
            exception when check_violation then
                null;
            end;
            """)
    }
}
