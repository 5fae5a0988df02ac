-- 0221 · governance · what is sealed or signed stays, and a point that was spoken of was treated
-- The serving role may lift the reserve of sealed minutes and of signatures, and change nothing else of them. Points
-- with notes or decisions of sessions that ended were told as not treated.
-- Locks: short ones on governance.minutes_drafts, governance.minutes_signers, governance.agenda_items. Undo: a later
-- migration.

create policy sealed_stays on governance.minutes_drafts as restrictive for update to alianzas_app
    using (state <> 'sealed' or is_reserved) with check (true);
create policy signed_stays on governance.minutes_signers as restrictive for update to alianzas_app
    using (signed_at is null or is_reserved) with check (true);

update governance.agenda_items as items set state = 'treated'
from governance.meetings
where meetings.organization_id = items.organization_id and meetings.meeting_id = items.meeting_id
    and meetings.state = 'held' and items.state = 'pending'
    and (items.notes <> ''
        or exists (
            select from governance.decisions
            where decisions.organization_id = items.organization_id and decisions.item_id = items.item_id)
        or exists (
            select from governance.meeting_questions as questions
            where questions.organization_id = items.organization_id and questions.item_id = items.item_id));
