-- 0059 · tenancy · what waits for people
-- The indexes by which what awaits a user is counted with every page: only rows that wait are in them.
-- Locks: membership.recorded_facts, elections.claims, elections.slates and tenancy.jobs, while the indexes are
-- made. Undo: a later migration.

create index recorded_facts_review_index on membership.recorded_facts (organization_id, alliance_id)
    where needs_review;
create index claims_open_index on elections.claims (organization_id, process_id) where state = 'open';
create index slates_undecided_index on elections.slates (organization_id, process_id) where state = 'registered';
create index jobs_failed_index on tenancy.jobs (organization_id, finished_at) where state = 'failed';
