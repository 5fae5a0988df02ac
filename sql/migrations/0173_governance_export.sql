-- 0173 · governance · the alliance's own copy
-- All that an alliance has here, to be taken away by its board: which rows of which tables are its own is read from the
-- catalogue (a column alliance_id, or a key that leads to a row that has one), so that a table that is added later is in it
-- without anybody thinking of it. The functions run with the rights of who asks: row security stays in force.
-- Locks: none on existing tables. Undo: a later migration.

create table governance.alliance_exports (
    organization_id uuid        not null,
    export_id       uuid        not null,
    alliance_id     uuid        not null,
    job_id          uuid        not null,
    requested_at    timestamptz not null,
    requested_by    uuid,
    finished_at     timestamptz,
    byte_count      bigint,
    entry_count     integer,
    sha256          bytea,
    manifest_sha256 bytea,
    chain_head      bytea,
    removed_at      timestamptz,

    constraint alliance_exports_pkey primary key (organization_id, export_id),
    constraint alliance_exports_alliance_fkey foreign key (organization_id, alliance_id)
        references tenancy.alliances (organization_id, alliance_id),
    constraint alliance_exports_job_fkey foreign key (organization_id, job_id)
        references tenancy.jobs (organization_id, job_id),
    constraint alliance_exports_finished_is_whole check (
        (finished_at is null) = (sha256 is null) and (finished_at is null) = (byte_count is null)
        and (finished_at is null) = (entry_count is null) and (finished_at is null) = (manifest_sha256 is null)),
    constraint alliance_exports_digest_length check (octet_length(sha256) = 32 and octet_length(manifest_sha256) = 32)
);
comment on table governance.alliance_exports is
    'The copies that boards had made of all that their alliance has (exportaciones), with the digest of each archive. The archive lies on disk for some days.';
create index alliance_exports_alliance_index on governance.alliance_exports (organization_id, alliance_id, requested_at);
select tenancy.isolate('governance.alliance_exports',
    'select, insert, update (finished_at, byte_count, entry_count, sha256, manifest_sha256, chain_head, removed_at)');

create function governance.export_exclusions()
returns table (relation text, reason text)
language sql immutable
as $$
    values
        ('governance.complainants', 'Quién presentó cada queja: se ve una por una, con constancia de para qué.'),
        ('governance.complaint_receipts', 'Códigos con que se sigue una queja.'),
        ('governance.minutes_codes', 'Códigos de firma, de un solo uso.'),
        ('governance.alliance_exports', 'El historial de estas copias, que no cabe en ellas.'),
        ('membership.affiliate_uploads', 'Archivos del padrón de la entidad.'),
        ('membership.affiliates', 'El padrón de la entidad: de él van aparte los asociados.'),
        ('reporting.alliance_profiles', 'Se calcula de lo demás.'),
        ('reporting.obligation_states', 'Se calcula de lo demás.'),
        ('tenancy.jobs', 'Tareas del servidor.'),
        ('tenancy.users', 'Cuentas de la entidad: van aparte los nombres de quienes actuaron.')
$$;
comment on function governance.export_exclusions is 'Tables that no copy holds, with why, in Spanish for its readers.';
grant execute on function governance.export_exclusions to alianzas_app;

-- The condition by which a row of a table is an alliance's, of the alias; null where no row of the table is any's.
create function governance.export_condition(target oid, alias text, path oid[])
returns text
language plpgsql stable
as $$
declare
    link record;
    parent text;
    found_condition text;
    alternatives text[] := '{}';
begin
    if exists (
        select from pg_attribute
        where attrelid = target and attname = 'alliance_id' and not attisdropped
    ) then
        return format('%I.alliance_id = $2', alias);
    end if;
    for link in
        select conname, confrelid,
            (select bool_and(attnotnull) from pg_attribute where attrelid = conrelid and attnum = any (conkey)) as is_owner,
            (
                select string_agg(format('%%1$I.%I = %%2$I.%I', parents.attname, children.attname), ' and ' order by place)
                from unnest(conkey, confkey) with ordinality as pair (child, parent, place)
                join pg_attribute as children on children.attrelid = conrelid and children.attnum = pair.child
                join pg_attribute as parents on parents.attrelid = confrelid and parents.attnum = pair.parent
            ) as joined
        from pg_constraint
        where conrelid = target and contype = 'f' and confrelid <> all (path || target)
            and confrelid::regclass::text not in (select relation from governance.export_exclusions())
            and confrelid::regclass::text not in ('tenancy.alliances', 'tenancy.files')
        order by 3 desc, conname
    loop
        parent := alias || 'p';
        found_condition := governance.export_condition(link.confrelid, parent, path || target);
        continue when found_condition is null;
        found_condition := format(
            'exists (select from %s as %I where %s and %s)', link.confrelid::regclass, parent,
            format(link.joined, parent, alias), found_condition);
        if link.is_owner then return found_condition; end if;
        alternatives := alternatives || found_condition;
    end loop;
    if alternatives = '{}' then return null; end if;
    return '(' || array_to_string(alternatives, ' or ') || ')';
end
$$;
grant execute on function governance.export_condition to alianzas_app;
comment on function governance.export_condition is
    'The condition by which a row is an alliance''s ($2): its own column, or a key that leads to a row that has one.';

create function governance.export_relations()
returns table (relation text, condition text)
language sql stable
as $$
    select relation, condition
    from (
        select classes.oid::regclass::text as relation, governance.export_condition(classes.oid, 't', '{}') as condition
        from pg_class as classes
        join pg_namespace on pg_namespace.oid = classes.relnamespace
        join pg_attribute on attrelid = classes.oid and attname = 'organization_id' and not attisdropped
        where nspname in ('tenancy', 'membership', 'governance', 'elections', 'reporting')
            and classes.relkind in ('r', 'p') and not classes.relispartition
            and has_table_privilege(classes.oid, 'select')
    ) as known
    where condition is not null and relation not in (select excluded.relation from governance.export_exclusions() as excluded)
    order by relation
$$;
comment on function governance.export_relations is 'The tables that have rows of alliances, with the condition of each.';
grant execute on function governance.export_relations to alianzas_app;

create function governance.export_rows(target text, organization uuid, alliance uuid, first_row bigint, row_limit bigint)
returns setof text
language plpgsql stable
as $$
declare
    row_condition text;
    listed text;
    ordering text;
begin
    select condition into row_condition from governance.export_relations() where relation = target;
    if row_condition is null then
        raise exception 'no table of alliances is called %', target using errcode = '42P01';
    end if;
    -- The content of files is in files of its own.
    select string_agg(format('t.%I', attname), ', ' order by attnum) into listed
    from pg_attribute
    where attrelid = target::regclass and attnum > 0 and not attisdropped
        and not (attname = 'content' and atttypid = 'bytea'::regtype)
        and has_column_privilege(attrelid, attnum, 'select');
    select string_agg(format('t.%I', attname), ', ' order by place) into ordering
    from pg_index, unnest(indkey::int2[]) with ordinality as keys (key, place)
    join pg_attribute on attnum = keys.key
    where indrelid = target::regclass and indisprimary and attrelid = indrelid;
    return query execute format(
        'select to_jsonb(listed)::text from (select %s from %s as t where t.organization_id = $1 and %s '
        'order by %s offset $3 limit $4) as listed',
        listed, target::regclass, row_condition, coalesce(ordering, '1'))
    using organization, alliance, first_row, row_limit;
end
$$;
comment on function governance.export_rows is
    'Rows of an alliance in a table, as JSON, in the order of their keys: a page of a copy.';
grant execute on function governance.export_rows to alianzas_app;
