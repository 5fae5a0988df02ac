-- 0245 · governance · what lists and homes look up
-- Filters that were asked often and had no index: minutes to sign at each sign-in and on each home, the steps that a
-- meeting looked at, complaints by state, letters that are open however old they are.
-- Locks: each index is built under a lock against writing of its table; none of these tables is long yet. The one over
-- the register may take some seconds where a million people are in it.
-- Undo: drop the indexes.

create index commitments_meeting_index on governance.commitments (organization_id, meeting_id);
create index commitment_steps_meeting_index on governance.commitment_steps (organization_id, meeting_id)
    where meeting_id is not null;
create index minutes_signers_user_index on governance.minutes_signers (organization_id, user_id)
    where signed_at is null;
create index minutes_signers_person_index on governance.minutes_signers (organization_id, person_id)
    where signed_at is null;
create index minutes_drafts_state_index on governance.minutes_drafts (organization_id, state)
    where state <> 'sealed';
create index minutes_drafts_decision_index on governance.minutes_drafts (organization_id, approving_decision_id)
    where approving_decision_id is not null;
create index agenda_items_carried_index on governance.agenda_items (organization_id, carried_from)
    where carried_from is not null;
create index minutes_seals_document_index on governance.minutes_seals (organization_id, document_id);
create index minutes_seals_redacted_document_index on governance.minutes_seals (organization_id, redacted_document_id);
create index complaints_state_index on governance.complaints (organization_id, alliance_id, state);
create index complaint_steps_alliance_index on governance.complaint_steps (organization_id, alliance_id, happened_at);
create index meetings_series_index on governance.meetings (organization_id, series_id) where series_id is not null;
create index meetings_event_index on governance.meetings (organization_id, event_id) where event_id is not null;
create index letters_open_index on governance.letters (organization_id, alliance_id)
    where direction = 'in' and asks_answer and settled_on is null;
create index letter_addressees_open_index on governance.letter_addressees (organization_id, alliance_id, letter_id)
    where answered_on is null;

-- How many people each insurer has in the register is told from the index alone.
create index affiliates_insurer_index on membership.affiliates (organization_id, insurer_code)
    where insurer_code is not null and affiliation_state in ('active', 'suspended');
