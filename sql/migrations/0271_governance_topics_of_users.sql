-- 0271 · governance · topics of training that users propose by themselves
-- A user who is no member proposes a topic on the public page, and reads the entity's answer by a code.
-- Locks: governance.topic_proposals, for an instant. Undo: a later migration.

alter table governance.topic_proposals
    add column receipt_digest bytea,
    add constraint topic_proposals_digest_length check (octet_length(receipt_digest) = 32),
    -- Who has an account reads the answer by it.
    add constraint topic_proposals_receipt_is_of_users check (receipt_digest is null or origin = 'user'),
    add constraint topic_proposals_receipt_key unique (organization_id, receipt_digest);

-- What waits for the entity's answer is asked for on every morning.
create index topic_proposals_open_index on governance.topic_proposals (organization_id, alliance_id, proposed_on)
    where answered_on is null;

update catalogue.copied_tables
set left_out = left_out || '{receipt_digest}', reason = 'Los códigos con que se lee una respuesta no se copian.'
where relation = 'governance.topic_proposals';
