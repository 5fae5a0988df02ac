-- 0074 · reporting · of what the next step is
-- The next step of an obligation leads to its form: the year of the plan or report, the election, the version of the
-- bylaws that it is about are kept with it.
-- Locks: a short exclusive lock on reporting.obligation_states. Undo: a later migration.

alter table reporting.obligation_states add column next_subject text;
comment on column reporting.obligation_states.next_subject is
    'What the next step is about, as its place needs it: a year, an election, a meeting, a version.';
