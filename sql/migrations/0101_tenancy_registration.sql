-- 0101 · tenancy · registration
-- A tenant is registered in one transaction, in its own scope: directory, codes, territory, settings and first event are
-- there together or not at all. Sign-in adds no tenant any more.
-- Locks: none. Undo: a later migration.

create function tenancy.register_organization(
    organization uuid, address text, organization_kind text, official_name text, common_name text, tax_number text,
    seat text, codes text[], municipalities text[], at timestamptz)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    -- The owner passes row security by, so the tenant is asked for here.
    if organization is distinct from current_setting('alianzas.organization_id')::uuid then
        raise exception 'the scope is that of another tenant' using errcode = '42501';
    end if;
    insert into catalogue.organizations (
        organization_id, slug, kind, name, short_name, nit, municipality_code, created_at)
    values (
        organization, address, organization_kind, official_name, common_name, tax_number, seat, at);
    insert into catalogue.organization_codes (code, organization_id, kind)
    select given.code, organization, case organization_kind when 'insurer' then 'insurer' else 'provider' end
    from unnest(codes) as given (code);
    if organization_kind = 'control_body' then
        insert into tenancy.territories (organization_id, municipality_code)
        select organization, given.code from unnest(municipalities) as given (code);
    elsif cardinality(municipalities) > 0 then
        raise exception 'only a control body watches a territory'
            using errcode = '23514', constraint = 'territories_of_control_bodies';
    end if;
end
$$;
comment on function tenancy.register_organization is
    'Adds the tenant in scope, which is new, to the directory, with its codes and, of a control body, its territory. Nobody widens it later.';
revoke execute on function tenancy.register_organization from public;
grant execute on function tenancy.register_organization to alianzas_app;

drop function tenancy.set_territory;
revoke insert on catalogue.organizations, catalogue.organization_codes from alianzas_identity;
