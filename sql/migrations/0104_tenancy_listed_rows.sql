-- 0104 · tenancy · listed rows
-- Indexes by which lists find what they show, where they read all that their tenant has: affiliates in a state in the order
-- of their names, the log of one chain in the order of time, the mandates of a body, the stays of an elector in a session.
-- The log of a tenant was looked up by time over all of its chains, which nobody asks for: each reads some chains.
-- Locks: the four tables, while their indexes are made. Undo: a later migration.

create index affiliates_state_index
    on membership.affiliates (organization_id, affiliation_state, name_folded text_pattern_ops);

drop index tenancy.audit_events_time_index;
create index audit_events_stream_index on tenancy.audit_events (organization_id, stream_id, happened_at);

create index mandates_body_index on governance.mandates (organization_id, body_id);

create index presences_person_index on elections.presences (organization_id, session_id, person_id);
