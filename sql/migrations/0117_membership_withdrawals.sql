-- 0117 · membership · withdrawals of papers, and who refers to people
-- A paper that was accepted is taken back by somebody other than who recorded it, as it was reviewed. And an import
-- tells beforehand whom it cannot take back, by the same keys that refuse it.
-- Locks: a short exclusive lock on membership.recorded_facts, which is read whole once. Undo: a later migration.

alter table membership.recorded_facts
    add constraint recorded_facts_withdrawn_by_someone_else check (
        not needs_review or origin_id is not null or cancelled_by is null or cancelled_by <> recorded_by);

create function membership.people_in_use(organization uuid, batch uuid)
returns table (person_id uuid)
language plpgsql
stable
set search_path = pg_catalog
as $$
declare
    place record;
begin
    for place in
        select keys.conrelid::regclass as relation, columns.attname as person_column
        from pg_constraint as keys
        join pg_attribute as target on target.attrelid = keys.confrelid and target.attname = 'person_id'
        join pg_attribute as columns on columns.attrelid = keys.conrelid
            and columns.attnum = keys.conkey[array_position(keys.confkey, target.attnum)]
        where keys.contype = 'f' and keys.conparentid = 0
            and keys.confrelid = 'membership.affiliates'::regclass
            -- What an import replaced is put back with it.
            and keys.conrelid <> 'membership.affiliate_versions'::regclass
    loop
        return query execute format(
            'select distinct places.%1$I from %2$s as places '
            'join membership.affiliates on affiliates.organization_id = $1 '
            'and affiliates.person_id = places.%1$I '
            'where places.organization_id = $1 and affiliates.batch_id = $2',
            place.person_column, place.relation)
        using organization, batch;
    end loop;
end
$$;
comment on function membership.people_in_use(uuid, uuid) is
    'Those whom an import last wrote and to whom anything refers, read with the rights of who asks: whatever has a key to membership.affiliates.';
revoke all on function membership.people_in_use(uuid, uuid) from public;
grant execute on function membership.people_in_use(uuid, uuid) to alianzas_app;
