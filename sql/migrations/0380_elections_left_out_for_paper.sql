-- 0380 · elections · who voted on paper after all
-- Of somebody who signed a table's list and voted in the box two people may leave the electronic vote out: their vote is
-- then the one on paper. The table counted it, and yet the door's number went without them, so that a reason was asked of
-- the jurors for a difference that there is not. From here on they are among those who came to the table. It hands out no
-- papers: `mark_paper_vote` rests on the mark, which stays, and on the box, which is closed when ballots are left out.
-- Locks: none on existing tables. Undo: a later migration.

create or replace function elections.voted_in_box(organization uuid, elector uuid, contest uuid, vote_round integer)
returns boolean
language sql stable
as $$
    select exists (
        select from elections.box_questions as questions
        join elections.participations as marks on marks.organization_id = organization
            and marks.box_id = questions.box_id and marks.person_id = elector and marks.way <> 'paper'
        where questions.organization_id = organization and questions.contest_id = contest
            and questions.round = vote_round and questions.is_standing
            and not exists (
                select from elections.box_exclusions as exclusions
                join elections.acts on acts.organization_id = organization and acts.act_id = exclusions.act_id
                where exclusions.organization_id = organization and exclusions.box_id = marks.box_id
                    and exclusions.credential = marks.credential and acts.conflict_id is not null))
$$;
comment on function elections.voted_in_box is
    'Whether an elector voted in the electronic box of a round, and at no table: whose ballots were left out by a contradiction voted on paper; those left out for another reason stay in, since nobody hands them papers any more.';
