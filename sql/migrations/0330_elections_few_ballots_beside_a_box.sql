-- 0330 · elections · few ballots on paper beside an electronic box
-- The only table of a vote is opened whatever is in it, since it is not apart (0300). Where an electronic box takes votes of
-- the same round it is: what the table counts tells how its few voted, and its ballots cannot go into the box. From here on
-- a box that stands for the round is asked for, too. One that is annulled stands for nothing, and the table is whole again.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.has_box(organization uuid, contest uuid, vote_round integer)
returns boolean
language sql stable
as $$
    select exists (
        select from elections.box_questions as questions
        where questions.organization_id = organization and questions.contest_id = contest
            and questions.round = vote_round and questions.is_standing)
$$;
comment on function elections.has_box is 'Whether an electronic box takes votes of a round.';
grant execute on function elections.has_box to alianzas_app;

create or replace function elections.is_counted_apart(
    organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns boolean
language sql stable
as $$
    select elections.has_box(organization, contest, vote_round) or exists (
        select from elections.contests
        join elections.voting_tables as others on others.organization_id = organization
            and others.process_id = contests.process_id and others.table_id <> voting_table
        where contests.organization_id = organization and contests.contest_id = contest
            and not exists (
                select from elections.omitted_polls as omitted
                where omitted.organization_id = organization and omitted.table_id = others.table_id
                    and omitted.contest_id = contest and omitted.round = vote_round)
            and not exists (
                select from elections.merged_polls as merged
                where merged.organization_id = organization and merged.table_id = others.table_id
                    and merged.contest_id = contest and merged.round = vote_round)
            and not exists (
                select from elections.table_counts as counts
                where counts.organization_id = organization and counts.table_id = others.table_id
                    and counts.contest_id = contest and counts.round = vote_round and counts.ballots = 0))
$$;
comment on function elections.is_counted_apart is
    'Whether another table counts ballots of the same vote, or still could, or an electronic box does: otherwise a table is the whole vote.';
