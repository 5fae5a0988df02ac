-- 0332 · elections · who came to a table beside an electronic box
-- The voters of a table are held against those who came in. Beside a box some of these vote in it: they are not asked for at
-- the table.
-- Locks: none on existing tables. Undo: a later migration.

create function elections.voted_in_box(organization uuid, elector uuid, contest uuid, vote_round integer)
returns boolean
language sql stable
as $$
    select exists (
        select from elections.box_questions as questions
        join elections.participations as marks on marks.organization_id = organization
            and marks.box_id = questions.box_id and marks.person_id = elector and marks.way <> 'paper'
        where questions.organization_id = organization and questions.contest_id = contest
            and questions.round = vote_round and questions.is_standing)
$$;
comment on function elections.voted_in_box is 'Whether an elector voted in the electronic box of a round.';
grant execute on function elections.voted_in_box to alianzas_app;

create or replace function elections.table_attendance(
    organization uuid, voting_table uuid, contest uuid, vote_round integer)
returns table (electors bigint, checked_in bigint)
language sql stable
as $$
    select
        (
            select count(*) from elections.tables_in_urn(organization, voting_table, contest, vote_round) as urn
            join elections.roll_assignments as assignments on assignments.organization_id = organization
                and assignments.process_id = own.process_id and assignments.table_id = urn.table_id),
        (
            select count(distinct presences.person_id)
            from elections.tables_in_urn(organization, voting_table, contest, vote_round) as urn
            join elections.polls on polls.organization_id = organization and polls.table_id = urn.table_id
                and polls.contest_id = contest and polls.round = vote_round
            join elections.presences on presences.organization_id = organization
                and presences.session_id = polls.session_id and presences.table_id = polls.table_id
                and presences.undone_at is null
                and (polls.closed_at is null or presences.arrived_at <= polls.closed_at)
                and (presences.left_at is null or presences.left_at >= polls.opened_at)
            where not elections.voted_in_box(organization, presences.person_id, contest, vote_round))
    from elections.polls as own
    where own.organization_id = organization and own.table_id = voting_table
        and own.contest_id = contest and own.round = vote_round
$$;
comment on function elections.table_attendance is
    'Electors of the tables whose ballots are in the urn of a table, and how many of them were in at some time while theirs voted, but for those who voted in an electronic box beside it.';
