-- 0109 · elections · a canvass that elects nobody
-- Where all valid votes are blank, or those who won have no candidate left, a canvass says so instead of telling of an
-- election with every seat vacant, and the contest ends. Canvasses that told it so and wait for a proclamation say it
-- from now on; the record that was sealed of them keeps its words.
-- Locks: access exclusive on elections.canvasses, for a moment. Undo: a later migration.

alter table elections.canvasses drop constraint canvasses_outcome_known;
alter table elections.canvasses add constraint canvasses_outcome_known check (
    outcome in ('elected', 'tie', 'runoff', 'blank_wins', 'nobody', 'void'));

update elections.canvasses set outcome = 'nobody'
from elections.contests
where contests.organization_id = canvasses.organization_id and contests.contest_id = canvasses.contest_id
    and contests.state = 'open' and canvasses.outcome = 'elected'
    and not exists (
        select from elections.canvass_elected as elected
        where elected.organization_id = canvasses.organization_id
            and elected.canvass_id = canvasses.canvass_id);
