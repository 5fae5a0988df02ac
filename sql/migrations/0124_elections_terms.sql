-- 0124 · elections · terms that run from what happened
-- A term that begins later than was planned (a roll published late, a result known the day after) ends later too. The end
-- is reckoned once, when what it runs from happens, in days of the sort that its rule counts, and kept with it: the
-- calendar, the agenda and the public page tell the same end by which challenges and claims are taken.
-- Locks: access exclusive on elections.calendar_milestones, elections.canvasses and elections.provisional_rolls, for a
-- moment. Undo: a later migration.

alter table elections.calendar_milestones add column counts_business_days boolean not null default false;
comment on column elections.calendar_milestones.counts_business_days is
    'Whether the length of the term is in business days.';
-- Until now only the words of the rule told it.
update elections.calendar_milestones set counts_business_days = true where rule ~ '^\d+ días? hábil';

alter table elections.canvasses add column challenges_until date;
comment on column elections.canvasses.challenges_until is
    'The last day to challenge the result, but for extensions; null where it was made before this was kept.';

alter table elections.provisional_rolls add column claims_until timestamptz;
comment on column elections.provisional_rolls.claims_until is
    'Until when claims are taken, but for extensions; null where it was published before this was kept.';
