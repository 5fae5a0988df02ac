-- 0208 · governance, tenancy · events of notes, and reserved documents
-- Notes of a session are saved every few seconds while somebody writes: their chain gets one event for each person and
-- quarter of an hour, so it is remembered when the last one was. And a control body does not find in its territory the
-- documents that a board keeps to itself; whoever holds the code of one still learns whether it is what was issued.
-- Locks: tenancy.documents, for a moment. Undo: a later migration.

create table governance.note_traces (
    organization_id uuid        not null,
    meeting_id      uuid        not null,
    item_id         uuid        not null,
    user_id         uuid        not null,
    traced_at       timestamptz not null,

    constraint note_traces_pkey primary key (organization_id, meeting_id, item_id, user_id),
    constraint note_traces_meeting_fkey foreign key (organization_id, meeting_id)
        references governance.meetings (organization_id, meeting_id),
    constraint note_traces_user_fkey foreign key (organization_id, user_id)
        references tenancy.users (organization_id, user_id)
);
comment on table governance.note_traces is
    'When the last event of the notes that somebody writes on a point was appended to the chain: what they write within a quarter of an hour goes on with it.';
select tenancy.isolate('governance.note_traces', 'select, insert, update (traced_at)');

create policy territory_is_shared on tenancy.documents as restrictive for select to alianzas_control
    using (not is_reserved);
