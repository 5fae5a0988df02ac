-- 0356 · elections · papers are handed over once, for every box
-- A table hands over the papers of all its votes at once, and the mark of it was made in one box: in another one of the
-- process its person voted again. From here on the mark is made in each box that counts, takes votes and has paper beside
-- it, or in none; and is taken away likewise. Who takes it away leaves a row that two people settle before the sums of a
-- box are published: a paper that is in the urn and a mark that is gone would be two votes, and nothing else would tell.
-- Locks: access exclusive on elections.participation_conflicts, for a scan. Undo: a later migration.

alter table elections.participation_conflicts
    drop constraint participation_conflicts_kind_known,
    drop constraint participation_conflicts_person_key,
    drop constraint participation_conflicts_participation_fkey;
alter table elections.participation_conflicts
    -- Of papers that came back the mark is gone; each other contradiction keeps the one that it is about.
    add column marked_person_id uuid generated always as (
        case when kind <> 'paper_returned' then person_id end) stored,
    add constraint participation_conflicts_kind_known check (
        kind in ('signed_and_electronic', 'signed_elsewhere', 'paper_returned')),
    add constraint participation_conflicts_participation_fkey foreign key (organization_id, box_id, marked_person_id)
        references elections.participations (organization_id, box_id, person_id),
    add constraint participation_conflicts_elector_fkey foreign key (organization_id, process_id, person_id)
        references elections.roll_entries (organization_id, process_id, person_id);
create unique index participation_conflicts_person_key on elections.participation_conflicts
    (organization_id, box_id, person_id, kind) where kind <> 'paper_returned';
comment on table elections.participation_conflicts is
    'What the marks of paper and box contradict each other in, and marks of paper that were taken away: listed, decided by two people, never merged.';

-- The boxes in which a mark of paper is made or taken away, locked in the order of their numbers, so that two tables do not
-- wait for each other. A rehearsal is alone.
create function elections.boxes_of_papers(organization uuid, voting_box uuid, tenant_in_scope uuid)
returns setof elections.boxes
language plpgsql
set search_path = pg_catalog
as $$
begin
    if organization is distinct from tenant_in_scope then
        raise exception 'the box belongs to another tenant' using errcode = '42501';
    end if;
    return query
        select boxes.* from elections.boxes
        join elections.boxes as asked on asked.organization_id = organization and asked.box_id = voting_box
            and asked.process_id = boxes.process_id
        where boxes.organization_id = organization
            and (
                boxes.box_id = voting_box
                or not asked.is_mock and not boxes.is_mock and boxes.has_paper and boxes.state in ('sealed', 'open'))
        order by boxes.number
        for update of boxes;
end
$$;
comment on function elections.boxes_of_papers is
    'The box that is asked for and, where it counts, each other one of its process that takes votes beside paper, locked.';

create or replace function elections.mark_paper_vote(
    organization uuid, voting_box uuid, elector uuid, voting_table uuid)
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes;
begin
    for box in
        select * from elections.boxes_of_papers(
            organization, voting_box, current_setting('alianzas.organization_id')::uuid)
    loop
        perform elections.require_box_state(box, 'sealed', 'open');
        if not box.has_paper then
            raise exception 'nobody votes on paper beside the box'
                using errcode = '23514', constraint = 'participations_paper_is_beside_the_box';
        end if;
        if not exists (
            select from elections.roll_assignments as assignments
            where assignments.organization_id = organization and assignments.process_id = box.process_id
                and assignments.person_id = elector and assignments.table_id = voting_table)
        then
            raise exception 'they vote at another table'
                using errcode = '23514', constraint = 'participations_table_is_theirs';
        end if;
        -- Another box may have the mark already: it was sealed before this one.
        insert into elections.participations (organization_id, box_id, process_id, person_id, way, table_id)
        select organization, box.box_id, box.process_id, elector, 'paper', voting_table
        where box.box_id = voting_box or not exists (
            select from elections.participations as marks
            where marks.organization_id = organization and marks.box_id = box.box_id and marks.person_id = elector
                and marks.way = 'paper');
        update elections.voting_passes as passes set ended_at = passes.expires_at
        where passes.organization_id = organization and passes.box_id = box.box_id and passes.person_id = elector
            and passes.ended_at is null;
    end loop;
end
$$;
comment on function elections.mark_paper_vote is
    'Marks that an elector votes on paper at their table, once, and in no box of the process that counts; in none where one refuses.';

drop function elections.undo_paper_vote(uuid, uuid, uuid, uuid);
create function elections.undo_paper_vote(
    organization uuid, voting_box uuid, elector uuid, voting_table uuid, reason_given text, at timestamptz, by_user uuid,
    new_conflicts uuid[])
returns void
language plpgsql
security definer
set search_path = pg_catalog
as $$
declare
    box elections.boxes;
    listed integer := 0;
begin
    for box in
        select * from elections.boxes_of_papers(
            organization, voting_box, current_setting('alianzas.organization_id')::uuid)
    loop
        perform elections.require_box_state(box, 'sealed', 'open');
        if exists (
            select from elections.polls
            join elections.box_questions as questions on questions.organization_id = organization
                and questions.box_id = box.box_id and questions.contest_id = polls.contest_id
                and questions.round = polls.round
            where polls.organization_id = organization and polls.table_id = voting_table
                and polls.closed_at is not null)
        then
            raise exception 'the urn of the table is closed'
                using errcode = '23514', constraint = 'participations_paper_comes_back_in_time';
        end if;
        delete from elections.participations as marks
        where marks.organization_id = organization and marks.box_id = box.box_id and marks.person_id = elector
            and marks.table_id = voting_table and marks.way = 'paper';
        if found then
            listed := listed + 1;
            insert into elections.participation_conflicts (
                organization_id, conflict_id, box_id, process_id, person_id, table_id, kind, account, found_at, found_by)
            values (
                organization, new_conflicts[listed], box.box_id, box.process_id, elector, voting_table, 'paper_returned',
                reason_given, at, by_user);
        elsif box.box_id = voting_box then
            raise exception 'they were handed no papers here'
                using errcode = '23503', constraint = 'participations_paper_was_marked';
        end if;
    end loop;
end
$$;
comment on function elections.undo_paper_vote is
    'Takes the mark away that an elector votes on paper, in each box that has it, while the urn of their table is open and the papers came back; each box lists who took it away and why, for two people to settle, under one of the identifiers that are given: as many as the process has boxes.';
grant execute on function elections.undo_paper_vote to alianzas_app;
