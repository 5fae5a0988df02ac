-- 0112 · elections · slates that stand
-- Which slates go on a ballot, said in one place: those that were admitted and still have somebody to seat. One that
-- lost its last principal keeps its decision and is not voted on. A name is taken on a contest by a slate that stands or
-- waits: one that was rejected or taken back leaves it, so that the same people come again under their own.
-- Locks: access exclusive on elections.slates, for a moment. Undo: a later migration.

alter table elections.slates drop constraint slates_name_key;
create unique index slates_name_key on elections.slates (organization_id, contest_id, name_folded)
    where state in ('registered', 'admitted');

create view elections.standing_slates with (security_invoker = true) as
select slates.organization_id, slates.slate_id, slates.process_id, slates.contest_id, slates.name,
    slates.registered_at, slates.decided_at
from elections.slates
where slates.state = 'admitted' and exists (
    select from elections.candidates
    where candidates.organization_id = slates.organization_id and candidates.slate_id = slates.slate_id
        and candidates.role = 'principal' and candidates.state = 'standing');
comment on view elections.standing_slates is
    'Slates (planchas) that were admitted and have a principal who stands: those of the ballot.';
grant select on elections.standing_slates to alianzas_app;
