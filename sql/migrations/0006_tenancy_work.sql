-- 0006 · tenancy · work
-- What long work and the outbox need to survive a kill, and the territory of a control body.
-- Locks: tenancy.jobs and tenancy.outbox, for a moment. Undo: a later migration.

-- Each time that a job is taken up it gets a new lease: a server that was thought dead and was only slow
-- finds its lease gone and stops.
alter table tenancy.jobs add column lease_id uuid;
alter table tenancy.jobs add column attempts integer not null default 0;
alter table tenancy.jobs add constraint jobs_attempts_counts check (attempts >= 0);
alter table tenancy.jobs add constraint jobs_running_has_lease check (
    state <> 'running' or (lease_id is not null and beat_at is not null and started_at is not null));
alter table tenancy.jobs add constraint jobs_end_is_dated check (
    (state in ('done', 'failed', 'cancelled')) = (finished_at is not null));
create index jobs_history_index on tenancy.jobs (organization_id, requested_at);

-- What was delivered is no evidence (the chain is): it is thrown away after some weeks.
grant delete on tenancy.outbox to alianzas_app;
create index outbox_delivered_index on tenancy.outbox (organization_id, delivered_at)
    where delivered_at is not null;

create function tenancy.set_territory(control_body uuid, municipalities text[])
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
begin
    perform 1 from catalogue.organizations as organizations
    where organizations.organization_id = control_body and organizations.kind = 'control_body';
    if not found then
        raise exception 'only a control body watches a territory'
            using errcode = '23514', constraint = 'territories_of_control_bodies';
    end if;
    delete from tenancy.territories as territories
    where territories.organization_id = control_body
        and territories.municipality_code <> all (municipalities);
    insert into tenancy.territories (organization_id, municipality_code)
    select control_body, codes.code from unnest(municipalities) as codes (code)
    on conflict on constraint territories_pkey do nothing;
end
$$;
comment on function tenancy.set_territory is
    'Sets the municipalities that a control body watches: for operators, before any tenant scope.';
grant execute on function tenancy.set_territory to alianzas_identity;

-- The table of files came after that of settings.
alter table tenancy.settings add constraint settings_logo_fkey foreign key (organization_id, logo_file_id)
    references tenancy.files (organization_id, file_id);
