-- 0115 · elections · answers to challenges
-- Each side that a challenge touches may answer, with who wrote it down: the first who writes no longer keeps the others
-- out. What was answered before this stays as the first answer.
-- Locks: access exclusive on elections.challenges, for a moment. Undo: a later migration.

create table elections.challenge_answers (
    organization_id uuid        not null,
    answer_id       uuid        not null,
    process_id      uuid        not null,
    challenge_id    uuid        not null,
    answer          text        not null,
    answered_by     text        not null,
    answered_at     timestamptz not null,
    recorded_by     uuid,

    constraint challenge_answers_pkey primary key (organization_id, answer_id),
    constraint challenge_answers_challenge_fkey foreign key (organization_id, process_id, challenge_id)
        references elections.challenges (organization_id, process_id, challenge_id),
    constraint challenge_answers_answer_given check (answer = btrim(answer) and answer <> ''),
    constraint challenge_answers_author_given check (answered_by = btrim(answered_by) and answered_by <> '')
);
comment on table elections.challenge_answers is
    'What the other sides answer to a challenge: the words, who answers, and who wrote it down (unknown of answers from before that was kept).';
create index challenge_answers_challenge_index on elections.challenge_answers
    (organization_id, process_id, challenge_id, answered_at);
select tenancy.isolate('elections.challenge_answers', 'select, insert');

insert into elections.challenge_answers (
    organization_id, answer_id, process_id, challenge_id, answer, answered_by, answered_at)
select organization_id, challenge_id, process_id, challenge_id, btrim(answer), btrim(answered_by), answered_at
from elections.challenges
where btrim(answer) <> '' and btrim(answered_by) <> '';

alter table elections.challenges
    drop constraint challenges_answer_is_whole,
    drop column answer,
    drop column answered_by,
    drop column answered_at;
