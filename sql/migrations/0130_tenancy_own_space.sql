-- 0130 · tenancy · the alliance's own space
-- An alliance lives in the tenant of the entity that it watches. What its board keeps to itself (deliberation, drafts)
-- stands in rows that are reserved: row security shows and takes them only where the scope names the alliance among
-- those whose own space the person has. The entity's office has none.
-- Locks: none. Undo: a later migration.

drop function tenancy.enter_tenant(uuid, uuid);
-- Without a word about own spaces, none is open.
create function tenancy.enter_tenant(organization uuid, acting_user uuid, own_spaces text default '')
returns void
language plpgsql
as $$
begin
    execute format('set local alianzas.organization_id = %L', organization);
    execute format('set local alianzas.user_id = %L', coalesce(acting_user::text, ''));
    execute format('set local alianzas.own_spaces = %L', own_spaces);
end
$$;
comment on function tenancy.enter_tenant is
    'Opens the scope of one tenant until the transaction ends. own_spaces: the alliances whose own space is open in it, with commas between them; * for work of the server itself.';
grant execute on function tenancy.enter_tenant to alianzas_app;

-- Keeps the rows of a table that are reserved to those who have the own space of their alliance. The table has the
-- columns alliance_id and is_reserved. Like the wall of the tenant, the setting is asked in its strict form: a scope
-- that says nothing is an error.
create function tenancy.reserve(relation regclass)
returns void
language plpgsql
as $$
begin
    execute format(
        'create policy own_space on %s as restrictive to alianzas_app '
        'using (not is_reserved or current_setting(''alianzas.own_spaces'') = ''*'' '
        'or alliance_id::text = any (string_to_array(current_setting(''alianzas.own_spaces''), '','')))',
        relation);
end
$$;
comment on function tenancy.reserve is
    'Keeps reserved rows to the board of their alliance, for reading and for writing.';
