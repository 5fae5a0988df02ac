-- 0232 · governance · the end of copies
-- A copy of everything is kept for some days, and not until somebody asks for the next: it is a chore of each day to remove
-- what is past them, and what lies there of work that came to nothing. Of two who ask at once, one is answered that a copy
-- is being made.
-- Locks: governance.alliance_exports and tenancy.chores, for a moment. Undo: a later migration.

-- What failed came to nothing; of several under way, all but the last are given up.
update governance.alliance_exports as exports
set removed_at = exports.requested_at
from tenancy.jobs
where jobs.organization_id = exports.organization_id and jobs.job_id = exports.job_id
    and exports.finished_at is null and exports.removed_at is null
    and (jobs.state in ('done', 'failed', 'cancelled') or exists (
        select from governance.alliance_exports as later
        where later.organization_id = exports.organization_id and later.alliance_id = exports.alliance_id
            and later.finished_at is null and later.removed_at is null
            and (later.requested_at, later.export_id) > (exports.requested_at, exports.export_id)));

create unique index alliance_exports_under_way_key on governance.alliance_exports (organization_id, alliance_id)
    where finished_at is null and removed_at is null;

alter table tenancy.chores drop constraint chores_chore_known;
alter table tenancy.chores add constraint chores_chore_known check (
    chore in ('forget_traces', 'end_rights', 'anchor', 'verify', 'forget_messages', 'remind', 'forget_copies'));
