-- 0087 · reporting · confirmed deadlines
-- Nothing is overdue by a deadline that nobody confirmed: neither in the program nor in the table. What a body's own
-- confirmed limit makes overdue is kept as confirmed from now on.
-- Locks: reporting.obligation_states, for as long as it is read. Undo: a later migration.

update reporting.obligation_states set deadline_is_confirmed = true where state = 'overdue';

alter table reporting.obligation_states drop constraint obligation_states_overdue_is_confirmed;
alter table reporting.obligation_states add constraint obligation_states_overdue_is_confirmed check (
    state <> 'overdue' or (due_on is not null and deadline_is_confirmed));
