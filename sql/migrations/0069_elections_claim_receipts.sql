-- 0069 · elections · who files does not decide, and a claim shows its author nothing of somebody else
-- A decision is published to whom it is about, by the date of birth of the register where the register knows the
-- document; who filed it on the public page follows it by a receipt, without the reasons. One claim of a kind waits
-- for each who files, so that nobody keeps another from claiming.
-- Locks: access exclusive on elections.claims and elections.claim_answers, for a moment. Undo: a later migration.

alter table elections.claims
    add column receipt_digest bytea,
    add column was_decided_alone boolean not null default false,
    add constraint claims_receipt_length check (octet_length(receipt_digest) = 32);
alter table elections.challenges add column was_decided_alone boolean not null default false;
-- What somebody decided alone before this stays as it was taken, and is told apart.
update elections.claims set was_decided_alone = true where decided_by = filed_by;
update elections.challenges set was_decided_alone = true where decided_by = filed_by;
alter table elections.claims
    add constraint claims_second_person check (was_decided_alone or decided_by <> filed_by);
alter table elections.challenges
    add constraint challenges_second_person check (was_decided_alone or decided_by <> filed_by);

drop index elections.claims_one_open_key;
create unique index claims_one_open_key on elections.claims
    (organization_id, process_id, document_type, document_number, kind, filed_by)
    where state = 'open' and filed_by is not null;
-- On the public page nobody says who they are: whoever knows the date of birth is taken for the same person.
create unique index claims_one_open_public_key on elections.claims
    (organization_id, process_id, document_type, document_number, kind, stated_birth_date) nulls not distinct
    where state = 'open' and filed_by is null;

alter table elections.claim_answers
    add column receipt_digest bytea,
    alter column answer_digest drop not null,
    add constraint claim_answers_receipt_length check (octet_length(receipt_digest) = 32),
    add constraint claim_answers_are_found check (answer_digest is not null or receipt_digest is not null);
create index claim_answers_receipt_index on elections.claim_answers
    (organization_id, process_id, receipt_digest) where receipt_digest is not null;
comment on table elections.claim_answers is
    'Projection: what became of a claim. Whom it is about finds it by the salted digest of document and date of birth, as the register has them where it knows the document; who filed it on the public page, by the digest of the receipt.';

-- What was published by a date that somebody made up is published by the register's.
update elections.claim_answers
set answer_digest = elections.answer_digest(
    notices.board_salt, claims.document_type, claims.document_number, people.birth_date)
from elections.claims
join membership.affiliates as people on people.organization_id = claims.organization_id
    and people.document_type = claims.document_type and people.document_number = claims.document_number
join (
    select distinct on (organization_id, process_id) organization_id, process_id, board_salt
    from elections.provisional_rolls
    order by organization_id, process_id, version desc
) as notices on notices.organization_id = claims.organization_id and notices.process_id = claims.process_id
where claim_answers.organization_id = claims.organization_id and claim_answers.claim_id = claims.claim_id;
